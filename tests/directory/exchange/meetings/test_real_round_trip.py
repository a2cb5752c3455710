"""Two real feeds, read, written and read again: what came out of the second reading is what came out of the first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meeting_guide.writer import to_records
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.reading.wordrules import Tally
from tests.directory.exchange.meeting_guide.strict import read
from tests.directory.exchange.meetings.test_round_trip import BMLT, SOURCE, said_of_guide, shared, through_bmlt

pytestmark = pytest.mark.real_data
AA = load_programme("aa")


def five_decimals(meeting: Meeting) -> Meeting:
    """The meeting with its point as feeds write it."""
    spot = meeting.spot
    if spot is None or spot.latitude is None or spot.longitude is None:
        return meeting
    return replace(meeting, spot=replace(spot, latitude=round(spot.latitude, 5), longitude=round(spot.longitude, 5)))


def meetings_of(found: Any) -> list[Meeting]:
    return [five_decimals(one.meeting) for one in found if isinstance(one, Heard)]


def guide(path: Path, zone: str = "") -> list[Meeting]:
    return meetings_of(read_meeting_guide(path, SOURCE, Feed(programme=AA, timezone=zone, country="US", tally=Tally())))


def test_san_jose_comes_back_as_it_was_and_a_strict_reader_takes_it(real_data: Path, tmp_path: Path) -> None:
    first = guide(real_data / "meetingguide-sanjose" / "meetings.json", "America/Los_Angeles")
    path = tmp_path / "again.json"
    path.write_text(json.dumps(to_records(first, AA, country="USA")))
    again = guide(path)
    assert len(first) == len(again) == 670
    assert [said_of_guide(one) | {"notes": one.notes} for one in again] == [said_of_guide(one) | {"notes": one.notes} for one in first]
    assert read(json.loads(path.read_text())).dropped == {}


def test_new_york_comes_back_as_it_was(real_data: Path) -> None:
    feed = Feed(programme=BMLT, timezone="America/New_York", country="US", tally=Tally())
    first = sorted(meetings_of(read_bmlt(real_data / "bmlt-newyork", SOURCE, feed)), key=lambda one: one.key)
    _, again = through_bmlt(first)
    assert len(first) == len(again) == 1513   # 42 of 1,555 are not published
    assert [shared(one) | {"notes": one.notes} for one in map(five_decimals, again)] == [shared(one) | {"notes": one.notes} for one in first]
