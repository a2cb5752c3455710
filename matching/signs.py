"""Which language tags are of languages that are signed: they are languages of their own, and nobody speaks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_REGISTERED: Final = """
    ads aed aen afg ase asf asp asq asw bfi bfk bog bqn bqy bvl bzs cds csc csd cse csf csg csl csn csq csr csx doq dse dsl dsz ecs ehs esl esn eso
    eth fcs fse fsl fss gds gse gsg gsm gss gus hab haf hds hks hos hps hsh hsl icl iks ils inl ins ise isg isr jcs jhs jks jls jos jsl jus kgi kvk
    lbs lls lsb lsc lsg lsl lsn lso lsp lst lsv lsw lsy lws mdl mfs mre msd msr mzc mzg mzy nbs ncs nsi nsl nsp nsr nzs okl pgz pks prl prz psc psd
    psg psl pso psp psr pys rib rms rnb rsi rsl rsm rsn scs sdl sfb sfs sgg sgn sgx slf sls sqk sqs sqx ssp ssr svk swl syy szs tse tsm tsq tss
    tsy tza ugn ugy ukl uks vgt vsi vsl vsv wbs xki xml xms yds ygs yhs ysl ysm zib zsl
"""
SIGNED: Final = frozenset(_REGISTERED.split())
"""The primary tags that the registry of BCP 47 keeps under ``sgn``, and that one itself."""


ANY_SPOKEN: Final = "mul"
"""In place of a tag: any spoken language ("by phone, any language"). It is the registry's tag for several languages."""


def is_signed(tag: str) -> bool:
    """Whether a tag is of a signed language, wherever it is used: ``ase``, ``ase-US``, ``sgn-US``."""
    return tag.partition("-")[0].casefold() in SIGNED


def used_of(labels: Iterable[tuple[str, str]], word: str = "and", verb: str = "") -> str:
    """Tags with their names as what is done with them: "Somali and Spanish spoken", "Somali is spoken or American Sign Language is signed"."""
    pairs = tuple(labels)
    kinds = (("spoken", [name for tag, name in pairs if not is_signed(tag)]), ("signed", [name for tag, name in pairs if is_signed(tag)]))
    return f" {word} ".join(f"{f' {word} '.join(names)} {verb}{done}" for done, names in kinds if names)
