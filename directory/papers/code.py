"""Papers as a code short enough for a picture that phones read: what somebody asks the directory, and what they kept. Text in, text out.

A code is ``HG1-`` and letters of base 32, which nobody has to type in capitals and no copying spoils. Behind them lies the file of ``file.pack``,
squeezed with the words that every such file holds, and a check over it. Whoever has a code can read it: it hides nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from directory.papers.asking import profile_of, words_asked
from directory.papers.file import BLANK, MOST_BYTES, Problem, UnreadablePapers, load, pack
from directory.papers.parts import About, Kept, Papers, Shortlist
from matching.values import Profile

MOST_LETTERS: Final = 700
"""With the sentence before it a picture of at most 85 squares a side: seven centimetres on paper, for a phone that is ten years old."""
MARK: Final = "HG1-"
_FOUND = re.compile(r"HG1-([A-Z2-7\s]*)", re.IGNORECASE)
_KNOWN: Final = (
    b'"importance":{"strengths":"reach":"language":"belonging":"interests":"newness":0.5,"size":"small","tone":"quiet","age":"about":["not_about":["give":true,'
    b'"group":["focus":["topic""there_and_back":true,"domains":["community""home""work""formats":["in_person""online""phone"],"access":["step_free"],"faiths":['
    b'"must_haves":{"free":true,"languages":["entry":["drop_in","self_refer"],"kinds":["peer_group"],"most_cost":"in_my_times":true,"company":true,'
    b'"confirmed":["activities":["liked_before":true,"way":"together"},"way":"refer"},"way":"myself"},"communities":["steer_clear":["helped_before":['
    b'"times":[{"weekday":1,"starts":1020,"ends":1320},{"weekday":2,"starts":540,"ends":720},"languages":["en","es","ar"],"interests":['
    b'"profile":{"strengths":[{"code":"cooking","enjoy":2},{"code":"listening","enjoy":3},{"code":"","enjoy":2}],"supports":["peer_support","community_meals",'
    b'"travel":{"max_km":"minutes":30,"modes":["walk","bus","car"]},{"about":{"place":"text":"shortlist":{"kept":[{"listing":"},"version":1}'
)
"""What files of papers hold again and again. Codes of this mark are read with these very bytes for ever."""
PIECES: Final[dict[str, tuple[str, ...]]] = {
    "limits": ("must_haves", "profile.steer_clear"), "wanted": ("text", "supports", "profile.domains"), "strengths": ("profile.strengths",),
    "interests": ("profile.interests",), "languages": ("profile.languages",), "place": ("place", "travel"),
    "helped": ("profile.helped_before", "profile.newness"), "access": ("profile.access", "profile.formats"),
    "belonging": ("profile.communities", "profile.faiths", "profile.about", "profile.not_about", "profile.age"),
    "times": ("profile.times", "profile.there_and_back"),
    "company": ("profile.size", "profile.tone", "profile.group", "profile.focus", "profile.give", "profile.ordinary_places"),
    "weights": ("profile.importance",),
}  # fmt: skip
"""What a code holds, the most needed first: the name of a piece, and its fields in ``About``."""
KEPT: Final = "kept"
"""One more piece: the ids of what was kept, with the way to each."""


class Coded(Struct, frozen=True, kw_only=True):
    """A code, and what is in it: ``holds`` and ``left`` name pieces (``left`` did not fit); ``kept`` of ``of_kept`` listings are in it."""

    text: str
    holds: tuple[str, ...]
    left: tuple[str, ...]
    kept: int
    of_kept: int


def compact(papers: Papers) -> Papers:
    """What a code can hold of papers: the question that they ask, with strengths, limits and what helped wherever they were said; and what was kept."""
    about = papers.about
    profile = profile_of(about.profile, replace(papers, shortlist=Shortlist()), supports=about.supports)
    asked = replace(about, text=words_asked(papers), profile=replace(profile, near_to=()))
    kept = tuple(replace(one, name="", note="") for one in papers.shortlist.kept)
    return replace(BLANK, for_somebody=papers.for_somebody, about=asked, shortlist=Shortlist(kept=kept))


def pieces_of(papers: Papers) -> tuple[str, ...]:
    """The pieces in which these papers say something."""
    part = compact(papers)
    said = tuple(name for name, paths in PIECES.items() if any(_at(part.about, path) != _at(About(), path) for path in paths))
    return (*said, *((KEPT,) if part.shortlist.kept else ()))


def write(papers: Papers, *, only: Iterable[str] | None = None, most: int = MOST_LETTERS) -> Coded:
    """The code of these papers, or of the pieces named in ``only``; what would make it longer than ``most`` letters is left out and named."""
    part, said = compact(papers), pieces_of(papers)
    wanted = [name for name in said if only is None or name in set(only)]
    made = replace(BLANK, for_somebody=papers.for_somebody)
    holds: list[str] = []
    for name in (one for one in wanted if one != KEPT):
        longer = replace(made, about=_with(made.about, part.about, PIECES[name]))
        if len(_letters(longer)) <= most:
            made, holds = longer, [*holds, name]
    made = _with_kept(made, part.shortlist.kept if KEPT in wanted else (), most)
    kept, of_kept = len(made.shortlist.kept), len(part.shortlist.kept) if KEPT in wanted else 0
    holds += [KEPT] if kept else []
    return Coded(text=_letters(made), holds=tuple(holds), left=tuple(one for one in wanted if one not in holds), kept=kept, of_kept=of_kept)


def read(text: str) -> Papers:
    """The papers in a code, wherever it stands in a text. ``UnreadablePapers`` says what is wrong with it."""
    found = _FOUND.search(text)
    if found is None:
        raise _wrong(f"There is no code here. A code begins with {MARK}")
    letters = "".join(found[1].split()).upper()
    try:
        body = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error:
        raise _wrong("Part of the code is missing. Scan it again, or copy the whole of it.") from None
    if len(body) < 5 or zlib.crc32(body[4:]).to_bytes(4) != body[:4]:
        raise _wrong("Part of the code is missing, or a letter of it changed. Scan it again, or copy the whole of it.")
    return load(_unsqueezed(body[4:]))


def _with_kept(made: Papers, kept: tuple[Kept, ...], most: int) -> Papers:
    """As many of what was kept as fit, the first first."""
    for one in kept:
        longer = replace(made, shortlist=Shortlist(kept=(*made.shortlist.kept, one)))
        if len(_letters(longer)) > most:
            break
        made = longer
    return made


def _letters(papers: Papers) -> str:
    maker = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, _KNOWN)
    body = maker.compress(msgspec.json.encode(_said(msgspec.json.decode(pack(papers))))) + maker.flush()
    return MARK + base64.b32encode(zlib.crc32(body).to_bytes(4) + body).decode().rstrip("=")


def _said(value: Any) -> Any:
    """A file without its fields that say nothing: read again they are the same, and here each letter counts. Rows of a list stay whole."""
    if not isinstance(value, dict):
        return value
    plain = {name: _said(one) for name, one in value.items()}
    return {name: one for name, one in plain.items() if one not in (None, "", [], {}) and one is not False}


def _unsqueezed(body: bytes) -> bytes:
    """The file behind a code, and never more than papers may hold."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS, _KNOWN)
    try:
        plain = reader.decompress(body, MOST_BYTES)
    except zlib.error:
        raise _wrong("This code was not made here.") from None
    if not reader.eof:
        raise _wrong("This code was not made here.")
    return plain


def _wrong(words: str) -> UnreadablePapers:
    return UnreadablePapers(Problem("", words))


def _at(about: About, path: str) -> Any:
    first, _, then = path.partition(".")
    value = getattr(about, first)
    return getattr(value, then) if then else value


def _with(made: About, whole: About, paths: tuple[str, ...]) -> About:
    plain = {path: _at(whole, path) for path in paths if "." not in path}
    inner = {path.partition(".")[2]: _at(whole, path) for path in paths if "." in path}
    profile: Profile = replace(made.profile, **inner)
    return replace(made, **plain, profile=profile)
