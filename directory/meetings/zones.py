"""A zone as calendars want it written out: each change of the clock from the first year to the last, by the wall before it (RFC 5545, 3.6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from msgspec import Struct

FIRST: Final = datetime(2024, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2040, 1, 1, tzinfo=UTC)
STEP: Final = timedelta(days=7)
"""No zone changes its clock and changes it back within a week (Morocco's Ramadan is a month)."""


class Turn(Struct, frozen=True, kw_only=True):
    """A change of the clock: when (UTC), the offsets before and after, the name after it, and whether that is summer time."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@lru_cache(256)
def turns_of(zone: str) -> tuple[Turn, ...]:
    """The changes of the clock in a zone from ``FIRST`` to ``LAST``."""
    here = ZoneInfo(zone)
    return tuple(_turn(here, at) for at in _changes(here))


@lru_cache(256)
def timezone_of(zone: str) -> Timezone:
    """A zone for a calendar. The library's own writes the wall after a change where the wall before it belongs, an hour off on that day."""
    here, made = ZoneInfo(zone), Timezone()
    made.add("tzid", zone)
    made.add_component(_part(here, [_turn(here, FIRST, before=here.utcoffset(FIRST))]))
    alike: dict[tuple[timedelta, timedelta, str, bool], list[Turn]] = {}
    for turn in turns_of(zone):
        alike.setdefault((turn.before, turn.after, turn.name, turn.is_summer), []).append(turn)
    for turns in alike.values():
        made.add_component(_part(here, turns))
    return made


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    at = FIRST
    while at < LAST:
        if (at + STEP).astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset():
            yield _exactly(zone, at, at + STEP)
        at += STEP


def _exactly(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second of the new offset between two moments."""
    was = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == was else (low, middle)
    return high


def _turn(zone: ZoneInfo, at: datetime, *, before: timedelta | None = None) -> Turn:
    there = at.astimezone(zone)
    was = before if before is not None else (at - timedelta(seconds=1)).astimezone(zone).utcoffset()
    return Turn(at=at, before=was or timedelta(), after=there.utcoffset() or timedelta(), name=there.tzname() or "", is_summer=bool(there.dst()))


def _part(zone: ZoneInfo, turns: list[Turn]) -> TimezoneDaylight | TimezoneStandard:
    first = turns[0]
    part = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    walls = [(turn.at + turn.before).replace(tzinfo=None) for turn in turns]
    part.add("dtstart", walls[0])
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if walls[1:]:
        part.add("rdate", walls[1:])
    return part
