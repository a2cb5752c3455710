"""Zones written out for calendars: read back by the library, they say what the clock says, hour by hour around every change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from directory.meetings.zones import FIRST, LAST, timezone_of, turns_of
from tests.directory.meetings.compared import ZONES


def read_back(zone: str) -> Timezone:
    calendar = Calendar()
    calendar.add_component(timezone_of(zone))
    return Calendar.from_ical(calendar.to_ical()).walk("VTIMEZONE")[0]   # type: ignore[no-any-return]


def offset_by(zone: Timezone, at: datetime) -> timedelta:
    """The offset at a moment, by the newest change before it: each is at its wall time minus the offset before it."""
    turns = []
    for part in zone.subcomponents:
        rdate = part.get("RDATE")
        walls = [part["DTSTART"].dt, *(one.dt for held in ([rdate] if rdate is not None and not isinstance(rdate, list) else rdate or []) for one in held.dts)]
        turns += [(wall.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for wall in walls]
    return max(turn for turn in turns if turn[0] <= at)[1]   # type: ignore[no-any-return]


@pytest.mark.parametrize("zone", [*ZONES, "Asia/Kolkata", "UTC"])
def test_every_change_of_the_clock_is_told_to_the_second(zone: str) -> None:
    told, there = read_back(zone), ZoneInfo(zone)
    around = [turn.at + timedelta(minutes=minutes) for turn in turns_of(zone) for minutes in (-61, -1, 0, 1, 61)]
    for at in (FIRST, *around, LAST - timedelta(days=1), datetime(2026, 7, 1, tzinfo=UTC)):
        assert offset_by(told, at) == at.astimezone(there).utcoffset(), (zone, at)


def test_zones_without_changes_have_none() -> None:
    assert turns_of("Asia/Kolkata") == ()
    assert len(turns_of("America/Chicago")) == 32
