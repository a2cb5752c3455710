"""The fields of the one form of the client's door, and which values they may hold."""

from __future__ import annotations

from typing import Any, Protocol, get_args

from msgspec import Struct

from matching.values import Shared, SignalName

LONGEST = {"text": 400, "own_strengths": 400, "own_culture": 400, "place": 120}
MOST_CHOICES = 40
MOST_MINUTES = 600
PER_PAGE = 10
"""Results on a page: what a tired person on a phone can look through."""
PARTS_OF_DAY = {"m": (7 * 60, 12 * 60), "a": (12 * 60, 17 * 60), "e": (17 * 60, 22 * 60)}
MINUTES = ("15", "30", "45", "60", "90", "120")
IMPORTANCES = ("0", "1", "2", "4")
SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "groups": ("Groups and activities", ("peer_group", "group_therapy", "activity", "event", "training")),
    "services": ("Services", ("service", "therapy", "one_to_one", "self_help")),
    "give": ("Ways to give", ("give",)),
}
"""What the list of results may be narrowed to: its words, and the kinds of listing that are in it, each kind in one of them."""
SHARED: tuple[Shared, ...] = get_args(Shared)
WEIGHED: tuple[SignalName, ...] = (
    "strengths", "reach", "language", "belonging", "times", "cost", "access", "format", "interests", "helped_before", "social", "group", "focus",
)  # fmt: skip


class Posted(Protocol):
    """What a form body offers: one value, or all values of a name."""

    def get(self, key: str, /) -> Any: ...

    def getall(self, key: str, default: list[Any], /) -> list[Any]: ...


class InquiryForm(Struct, frozen=True, kw_only=True):
    """The fields of the form as text, in the order of the page. A choice that was never offered is left out."""

    text: str = ""
    supports: tuple[str, ...] = ()
    place: str = ""
    own_strengths: str = ""
    strengths: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    give: bool = False
    helped_before: tuple[str, ...] = ()
    steer_clear: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_must: bool = False
    language_direct: bool = False
    communities: tuple[str, ...] = ()
    own_culture: str = ""
    culture_must: bool = False
    access: tuple[str, ...] = ()
    access_must: bool = False
    modes: tuple[str, ...] = ()
    minutes: str = ""
    times: tuple[str, ...] = ()
    only_times: bool = False
    with_way: bool = False
    ordinary: bool = False
    formats: tuple[str, ...] = ()
    format_must: bool = False
    free: bool = False
    no_faith: bool = False
    open_door: bool = False
    kinds: tuple[str, ...] = ()
    show: str = ""
    about: tuple[str, ...] = ()
    age: str = ""
    size: str = ""
    tone: str = ""
    company_must: bool = False
    group: tuple[str, ...] = ()
    group_needs: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    focus_must: bool = False
    newness: str = ""
    weights: tuple[str, ...] = ()
    offset: str = ""


def choice(name: str, value: str) -> str:
    """A value of a list of choices, or nothing when the list does not offer it (somebody changed the page)."""
    if name in MOST:
        return value if value.isascii() and value.isdigit() and int(value) <= MOST[name] else ""
    return value if name not in OFFERED or value in OFFERED[name] else ""


MOST = {"offset": 1000, "minutes": MOST_MINUTES}
OFFERED = {"size": ("small", "medium", "large"), "tone": ("quiet", "lively"), "newness": ("same", "new"), "show": tuple(SHOWN)}
