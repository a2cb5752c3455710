"""What a sentence about interpreting says: for which languages there is somebody, whether for any, and whether that stays to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from directory.exchange.reading.languages import language_tag
from matching.signs import ANY_SPOKEN

ANY: Final = re.compile(
    r"\b(?:any|all|every|whatever)\s+(?:\w+\s+)?languages?\b|\b(?:\d{2,}\+?|hundreds? of|dozens of)\s+(?:\w+\s+)?languages\b|\blanguage ?line\b", re.I
)
OTHERS: Final = re.compile(r"\b(?:other|others|more)\b", re.I)
DEAF: Final = re.compile(r"\b(?:deaf|hard of hearing|signed?|signing)\b", re.I)
WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
LONGEST: Final = 3
"""Words in a language's name: "American Sign Language"."""


class Interpreters(Struct, frozen=True):
    """``languages`` by tag, with ``ANY_SPOKEN`` where any spoken language is; ``unsaid`` where there are interpreters and it is not said for which."""

    languages: frozenset[str] = frozenset()
    unsaid: bool = False


@lru_cache(maxsize=4096)
def interpreters_in(text: str, country: str | None) -> Interpreters:
    """What ``text`` says; ``country`` (ISO 3166, of the source) decides which language is signed there.

    "Interpreter for the deaf" is no interpreter for Vietnamese, and where Somali and Spanish are named, nothing is known of a third.
    """
    if not text.strip():
        return Interpreters()
    found = frozenset(_named(text, country))
    if ANY.search(text):
        return Interpreters(found | {ANY_SPOKEN})
    return Interpreters(found, unsaid=bool(OTHERS.search(text)) or not (found or DEAF.search(text)))


def _named(text: str, country: str | None) -> Iterator[str]:
    """The languages that a text names, as names are written, with a capital; the longest name first ("American Sign Language")."""
    words = WORD.findall(text)
    at = 0
    while at < len(words):
        taken, tag = next(((size, tag) for size in range(LONGEST, 0, -1) if (tag := _tag(words[at : at + size], country))), (1, None))
        if tag:
            yield tag
        at += taken
    if DEAF.search(text) and (signed := language_tag("sign language", country)):
        yield signed


def _tag(words: list[str], country: str | None) -> str | None:
    return language_tag(" ".join(words), country) if words[0][:1].isupper() else None
