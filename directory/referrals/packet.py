"""The packet: what leaves of a record, as one document that is shown before, sent, and opened, the same to the letter.

It holds the parts that were ticked and nothing else. Fields that only the person sees are in no packet, and strengths come before everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from directory.clients.parts import SHARED
from directory.clients.safety import CHANNELS

HEADINGS: Final[Mapping[str, str]] = {
    "label": "What I like to be called",
    "achievements": "What I did and am glad of",
    "own_words": "What I am good at, in my own words",
    "goals": "What I am going for",
    "hopes": "What I would like more of",
    "came_through": "What I got through before, and how",
    "resilience": "My plan for hard days",
    "circle": "People and places I have already",
    "domains": "How the parts of my life go",
    "about": "What I am looking for",
    "reframes": "Strengths I would like to put to use",
    "shortlist": "Listings I kept",
    "contact": "How to reach me safely",
}
"""Every part that a packet may hold, in the order in which it is read: strengths first, how to reach somebody last."""
NEVER: Final = frozenset({"confidence", "key", "version", "goal", "listing", "for_somebody"})
"""Fields inside the parts that stay with the person (``confidence``) or say nothing to anybody else."""
FIELDS: Final[Mapping[str, str]] = {
    "good_at": "I am good at", "went_well": "What went well", "was_easy": "What comes easily", "culture": "My culture", "helped": "What helped before",
    "more_of": "More of", "already": "When it was a little like that already", "why": "Why it matters", "by": "By", "done_on": "Done on", "on": "On",
    "reached_on": "Reached on", "text": "Looking for", "place": "Near", "phone": "Telephone", "brings": "Brings", "how": "How", "best": "Best",
    **CHANNELS, "times": "Safe times",
}  # fmt: skip
CODES: Final = frozenset({"profile", "must_haves", "travel", "supports", "strengths", "activities", "codes", "steer_clear", "answers", "way"})
"""Fields that hold codes of vocabularies, and nothing that somebody wrote."""
LONGEST_NOTE: Final = 1_000


class Section(Struct, frozen=True, kw_only=True):
    """One part, as lines of text."""

    part: str
    heading: str
    lines: tuple[str, ...]


class Packet(Struct, frozen=True, kw_only=True):
    """What an organization is told. ``note`` holds the words that were added for it, mostly none."""

    listing: str
    organization: str
    sections: tuple[Section, ...]
    note: str = ""


def make_packet(texts: Mapping[str, str], parts: Iterable[str], note: str, *, listing: str, organization: str) -> bytes:
    """The packet of these parts of a record (JSON by part) as bytes; parts that are empty, unknown or nobody else's are not in it."""
    wanted = set(parts) & set(texts) & set(SHARED)
    sections = [Section(part=part, heading=heading, lines=lines) for part, heading in HEADINGS.items() if part in wanted and (lines := lines_of(texts[part]))]
    return msgspec.json.encode(Packet(listing=listing, organization=organization, sections=tuple(sections), note=note.strip()))


def read_packet(data: bytes) -> Packet:
    """A packet that was made."""
    return msgspec.json.decode(data, type=Packet)


def lines_of(text: str) -> tuple[str, ...]:
    """A part as lines: a line for each thing said, with what it is about before it."""
    return tuple(_lines(msgspec.json.decode(text), "", is_code=False))


def _lines(value: Any, name: str, *, is_code: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NEVER:
                yield from _lines(inner, _words(key, name), is_code=is_code or key in CODES)
    elif isinstance(value, list):
        if plain := [_plain(one, is_code) for one in value if not isinstance(one, dict | list)]:
            yield _line(name, ", ".join(plain))
        for one in value:
            if isinstance(one, dict | list):
                yield from _lines(one, name, is_code=is_code)
    elif value not in (None, "", False):
        yield _line(name, _plain(value, is_code))


def _words(key: str, name: str) -> str:
    """What a field is called. A container of things ("goals", "steps") adds nothing to what stands in it."""
    return "" if key in _SILENT else FIELDS.get(key, key.replace("_", " ").capitalize()) or name


_SILENT: Final = frozenset(
    {"words", "goals", "steps", "achievements", "cards", "lines", "answers", "reframes", "kept", "people", "places", "name", "profile", "state"}
)


def _line(name: str, words: str) -> str:
    return f"{name}: {words}" if name else words


def _plain(value: Any, is_code: bool) -> str:
    """A value as people read it: codes of vocabularies as their words, what somebody wrote as it is."""
    text = "yes" if value is True else str(value)
    return text.replace("_", " ") if is_code else text
