"""The still parts of a page: what is the same for everybody is drawn once, packed once, and put where a template left a mark.

Nothing that a person wrote or chose may be kept here: a part is still only while none of its fields is answered.
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from jinja2 import Template
from jinja2.filters import FILTERS
from msgspec import Struct

from web.deflate import QUICK, RAW, crc32, packer

MOST_KEPT: Final = 2_000
"""Parts that are remembered; a directory has some hundreds, and makes them again when its vocabularies change."""
MOST_TEXTS: Final = 20_000
"""Parts of cards that are remembered as text: those of some thousand listings, about ten megabytes."""
DIGITS: Final = 6
MARK: Final = f"\x00{secrets.token_hex(6)}:"
"""Nobody can write it: it is drawn when the process starts."""
MARKED: Final = re.compile(f"{MARK}(\\d{{{DIGITS}}})")
ESCAPED: Final = re.compile("[<>&\"']")
STILL_LEVEL: Final = 9
GZIP_START: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

escape: Final[Callable[[Any], str]] = FILTERS["escape"]
MARKUP: Final = type(escape(""))

Group = tuple[str, tuple[tuple[str, str], ...]]


class Html(str):
    """Text that is HTML already: templates put it in as it is."""

    __slots__ = ()

    def __html__(self) -> Html:
        return self


class Still(Struct, frozen=True):
    """Bytes that never change, as they are and as whole blocks of a deflate stream."""

    text: bytes
    packed: bytes


class Page(bytes):
    """The bytes of a page that remember which of them are still."""

    parts: tuple[bytes | Still, ...]

    @classmethod
    def of(cls, parts: Iterable[bytes | Still]) -> Page:
        """A page out of its parts in their order."""
        kept = tuple(parts)
        made = cls(b"".join(part.text if isinstance(part, Still) else part for part in kept))
        made.parts = kept
        return made

    def gzip(self) -> bytes:
        """The page packed: still parts go in as they were packed once, each live part is packed now, with no reference over a part's edge."""
        live = packer(QUICK, RAW)
        out = [GZIP_START]
        for part in self.parts:
            out += (part.packed,) if isinstance(part, Still) else (live.compress(part), live.flush(zlib.Z_FULL_FLUSH))
        return b"".join((*out, live.flush(), struct.pack("<II", crc32(self), len(self))))


class Stills:
    """The still parts of one set of templates. ``owner`` is what a part is drawn from (the choices, a group of them): a new owner, a new part."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._parts: dict[str, Still] = {}
        self._marks: dict[tuple[int, str], tuple[object, Html]] = {}
        self._of_cards: dict[tuple[int, str], tuple[object, Html]] = {}
        self._count = 0

    def still(self, owner: object, key: str, draw: Callable[..., str], *given: Any) -> Html:
        """The mark of a part, which is drawn when it is asked for first; for templates."""
        kept = self._marks.get((id(owner), key))
        if kept is None or kept[0] is not owner:
            kept = (owner, self._keep(draw(*given)))
            if len(self._marks) >= MOST_KEPT:
                self._marks.clear()
            self._marks[id(owner), key] = kept
        return kept[1]

    def kept(self, owner: object, key: str, draw: Callable[..., str], *given: Any) -> Html:
        """A text that hangs on its owner alone, too short to be packed for itself; for templates."""
        kept = self._of_cards.get((id(owner), key))
        if kept is None or kept[0] is not owner:
            kept = (owner, Html(draw(*given)))
            if len(self._of_cards) >= MOST_TEXTS:
                self._of_cards.clear()
            self._of_cards[id(owner), key] = kept
        return kept[1]

    def whole(self, text: str) -> str:
        """A drawn text with every mark replaced by its part."""
        return MARKED.sub(lambda mark: self._texts[mark[1]], text) if MARK in text else text

    def page(self, text: str) -> Page:
        """A drawn text as a page."""
        first, *rest = text.split(MARK)
        parts: list[bytes | Still] = [first.encode()]
        for piece in rest:
            parts += (self._parts[piece[:DIGITS]], piece[DIGITS:].encode())
        return Page.of(part for part in parts if part)

    def _keep(self, drawn: str) -> Html:
        self._count += 1
        number, text = f"{self._count % 10**DIGITS:0{DIGITS}d}", self.whole(drawn)
        once = zlib.compressobj(STILL_LEVEL, wbits=RAW)
        self._texts[number] = text
        self._parts[number] = Still(text.encode(), once.compress(text.encode()) + once.flush(zlib.Z_FULL_FLUSH))
        while len(self._parts) > 2 * MOST_KEPT:
            for kept in (self._texts, self._parts):
                kept.pop(next(iter(kept)), None)
        return Html(MARK + number)


def quick_escape(value: Any) -> str:
    """What goes into HTML, escaped. Most text has nothing to escape, and saying so is three times as quick as escaping it."""
    kind = type(value)
    if kind is str:
        return value if ESCAPED.search(value) is None else escape(value)
    return value if kind is MARKUP or kind is Html else escape(value)


class Drawn(Template):
    """A template that escapes quickly, and whose marks are always filled in: ``page`` fills them in with parts that are packed."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        """A template out of its compiled code."""
        made: Template = super().from_code(*given, **named)
        made.root_render_func.__globals__["escape"] = quick_escape
        return made

    def render(self, *given: Any, **named: Any) -> str:
        """The whole text."""
        stills: Stills = self.environment.globals["stills"]   # type: ignore[assignment]
        return stills.whole(super().render(*given, **named))

    def page(self, context: dict[str, Any]) -> Page:
        """The whole page, with what is still in it known."""
        stills: Stills = self.environment.globals["stills"]   # type: ignore[assignment]
        return stills.page(super().render(context))
