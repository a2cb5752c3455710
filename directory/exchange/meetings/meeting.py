"""One recurring meeting as meeting feeds tell of it, in words of ours: readers give it, writers take it, and nothing in it is private."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Attendance = Literal["in_person", "online"]
DAY_MINUTES: Final = 1440
JOIN_ONLINE: Final = "Join online"
JOIN_BY_PHONE: Final = "Join by phone"
"""The label of a link, and the words beside a number, by which people take part in a group from afar."""


class Spot(Struct, frozen=True, kw_only=True):
    """Where a meeting meets, as far as everybody may know.

    ``is_approximate``: the point or the address names an area and no door; then nothing is near it. ``notes`` hold for every meeting there.
    """

    name: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    formatted: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_approximate: bool = False
    areas: tuple[str, ...] = ()
    """From the widest to the nearest, as the feed names them."""
    notes: str = ""


class Joining(Struct, frozen=True, kw_only=True):
    """How to join from afar. A password is never part of it: who keeps the group gives it on contact."""

    url: str = ""
    url_notes: str = ""
    phone: str = ""
    phone_notes: str = ""


class Keeper(Struct, frozen=True, kw_only=True):
    """The body that answers for meetings: an entity of Meeting Guide, a service body of BMLT."""

    key: str = ""
    name: str = ""
    url: str = ""
    phone: str = ""
    email: str = ""
    words: str = ""
    parent_key: str = ""


class Meeting(Struct, frozen=True, kw_only=True):
    """One meeting on one day of the week, or by appointment.

    ``key`` is stable within the feed; ``group_key`` is the same for the days of one group. ``weekday`` counts from Monday 0; ``starts`` and ``ends`` are
    minutes after that day's midnight in ``timezone`` (IANA), ``ends`` past 1440 where it runs over midnight. ``codes`` are what the feed's programme calls
    the meeting's types, spelled as there; ``languages`` are BCP 47 tags of the meeting, never of the record's text: those that people use themselves, all of
    them where it ``is_bilingual``, and ``interpreted`` those for which there is an interpreter. ``pattern`` is the recurrence in words
    where it is not every week ("2nd and 4th Tuesday"), and ``notes`` do not repeat it. ``is_paused``: not meeting for now. ``updated`` is ISO 8601 in UTC.
    """

    key: str
    name: str
    group_key: str = ""
    group_notes: str = ""
    weekday: int | None = None
    starts: int | None = None
    ends: int | None = None
    timezone: str = ""
    pattern: str = ""
    attendance: frozenset[Attendance] = frozenset({"in_person"})
    spot: Spot | None = None
    joining: Joining | None = None
    codes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    is_bilingual: bool = False
    interpreted: tuple[str, ...] = ()
    notes: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    is_paused: bool = False
    updated: str = ""
    keeper: Keeper | None = None
