"""The words of a phrase in the forms by which they are met in several languages: English, Spanish, Arabic, Vietnamese and Chinese.

No language is guessed from a text as a whole: the script decides where it can, and Latin letters are read in more ways than one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from matching.stems import agent, arabic, root
from matching.words import fold, is_unspaced, words

Forms = tuple[tuple[str, float], ...]
"""The forms of one word, each with how far it is trusted, in (0, 1]. A form of a language other than English starts with a mark of its own."""

ROOT, DOER, STEM, SKELETON, CHARACTER = 0.95, 0.9, 0.9, 0.6, 0.35
"""Trust in "baked" for bake; in "baker"; in a stem without its endings; in the bare consonants of an Arabic word; in one Chinese character of a pair."""
SYLLABLE, UNMARKED = 0.5, 0.9
"""Trust in one Vietnamese syllable of a pair, and in a pair written without its marks."""

_SPANISH = (
    re.compile(r"(?:itos?|itas?|azos?|cit[oa]s?)$"),
    re.compile(
        r"(?:adoras?|edoras?|idoras?|adores?|edores?|idores?|ador|edor|idor|anderas?|anderos?|anzas?|amientos?|imientos?|aciones|acion|iendo|ando"
        r"|eros?|eras?|erias?|istas?|abamos|iamos|amos|emos|imos|aste|iste|aron|ieron|aban|aba|ian|ia|ados?|adas?|idos?|idas?|are|ere|ire"
        r"|ara|era|ira|arse|erse|irse|arlos?|erlos?|arles?|ar|er|ir|an|en|os|as|es|o|a|e|i)$"
    ),
)
_SPANISH_VOWELS = (("ue", "o"), ("ie", "e"))
_ARABIC_VERB = re.compile(r"^(?:است|س?[ايتن]|م)(?=...)")
_ARABIC_LONG = re.compile("(?<=.)[اوي](?=.)")
_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]")
_SHAPE = re.compile(r"(?:ngh?|n?h|[cgkpt]h|gi|qu|tr|[bcdgklmnprstvx])?[aeiouy]{1,3}(?:ch|n[gh]?|[cmpt])?")
_SYLLABLE = re.compile(r"[^\W\d_]+")


def readings(text: str, kept: Collection[str] | None = None) -> tuple[list[Forms], ...]:
    """Return the ways to read ``text``, each as the forms of its words; the likeliest first, at least one.

    ``kept`` are the folded words that may be read (see ``matching.words.words``); without it all are.
    """
    spelt = [word for word in words(text) if kept is None or word in kept]
    if is_vietnamese(text):
        return (_marked(text, spelt),)
    usual = [*map(_usual, spelt), *_characters(spelt)]
    return (usual, _unmarked(spelt)) if text.isascii() and len(spelt) > 1 and all(map(_SHAPE.fullmatch, spelt)) else (usual,)


def cue_forms(cue: str) -> list[Forms]:
    """Return the forms by which a cue is met: Vietnamese ones with their marks and, as a second chance, without."""
    spelt = words(cue)
    return [*_marked(cue, spelt), *_unmarked(spelt)] if is_vietnamese(cue) else readings(cue)[0]


def is_vietnamese(text: str) -> bool:
    """Say whether a text has a letter that only Vietnamese has, or other marks and nothing but words of the shape of a Vietnamese syllable."""
    if text.isascii():
        return False
    return bool(_VIETNAMESE.search(unicodedata.normalize("NFC", text).casefold())) or all(map(_SHAPE.fullmatch, words(text)))


@lru_cache(maxsize=16_384)
def _usual(word: str) -> Forms:
    """English and Spanish forms of a word in Latin letters, Arabic ones of an Arabic word, and any other word as it is."""
    if word.isascii():
        deed = agent(word)
        return _best(((word, 1.0), (root(word), ROOT), (deed, DOER if deed else 0.0), ("es:" + spanish(word), STEM)))
    if "\u0600" <= word[0] <= "\u06ff":
        bare = arabic(word)
        return _best(((word, 1.0), ("ar:" + bare, STEM), ("ar~" + skeleton(bare), SKELETON)))
    return ((word, 1.0),)


def spanish(word: str) -> str:
    """Return what "cocino", "cocinar", "cocinaba" and "cocinera" share: a folded word without its ending, with the vowel of "contar" for "cuento"."""
    bare = word
    for pattern in _SPANISH:
        cut = pattern.sub("", bare)
        bare = cut if len(cut) >= 3 else bare
    for sounded, written in _SPANISH_VOWELS:
        bare = bare.replace(sounded, written)
    return bare


def skeleton(bare: str) -> str:
    """Return the consonants that "اطبخ", "طباخ" and "مطبخ" share, or "" where fewer than three are left."""
    cut = _ARABIC_VERB.sub("", bare)
    consonants = _ARABIC_LONG.sub("", cut)
    return consonants if len(consonants) >= 3 else ""


def _characters(spelt: Sequence[str]) -> list[Forms]:
    """The single characters of a script without spaces: a second, weaker way to meet a word."""
    met = dict.fromkeys(character for word in spelt if not word.isascii() and is_unspaced(word[0]) for character in word)
    return [(("c:" + character, CHARACTER),) for character in met]


def _marked(text: str, spelt: Collection[str]) -> list[Forms]:
    """Vietnamese syllables with their marks, alone and in pairs."""
    found: list[str] = _SYLLABLE.findall(unicodedata.normalize("NFC", text).casefold())
    syllables = [one for one in found if fold(one) in spelt]
    alone: list[Forms] = [(("vi:" + one, SYLLABLE),) for one in syllables]
    return [*alone, *(((f"vi:{one} {two}", 1.0),) for one, two in pairwise(syllables))]


def _unmarked(spelt: Sequence[str]) -> list[Forms]:
    return [((f"vi~{one} {two}", UNMARKED),) for one, two in pairwise(spelt)]


def _best(forms: Forms) -> Forms:
    kept: dict[str, float] = {}
    for form, trust in forms:
        if trust and not form.endswith((":", "~")):
            kept[form] = max(trust, kept.get(form, 0.0))
    return tuple(kept.items())
