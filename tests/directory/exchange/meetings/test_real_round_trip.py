"""Two real feeds, read, written and read again: what came out of the second reading is what came out of the first."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meeting_guide.writer import to_records
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.public import public_meetings
from directory.exchange.readers import read_source
from directory.exchange.reading.wordrules import Tally
from directory.imports import import_records
from directory.migrations import upgrade
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from seeds.load import vocabularies
from tests.directory.exchange.meeting_guide.strict import read
from tests.directory.exchange.meetings.test_round_trip import BMLT, SOURCE, said_of_guide, shared, through_bmlt
from tests.make import NOON

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


def test_new_york_goes_through_the_directory_and_each_day_has_the_types_that_it_came_with(real_data: Path, tmp_path: Path, sealer: Sealer) -> None:
    """Days are edited as one group, and no day is told what is true of another. The counts add up: what is not told at all is named here."""
    storage = Storage(sqlite_url(tmp_path / "york.sqlite3"))
    upgrade(storage)
    vocabularies(storage, at=NOON)
    folder = real_data / "bmlt-newyork"
    source, found = read_source(folder, kind="bmlt", of=MeetingFeed(programme="na", timezone="America/New_York", country="US"))
    report = import_records(storage, source, found, by="test", at=NOON, sealer=sealer)
    assert (report.records_in, report.added, report.refused) == (report.added + report.refused, 1369, 42)
    with storage.reading() as session:
        told = public_meetings(session, on=NOON.date(), timezone="America/New_York", base_url="https://home.example")
    first = meetings_of(read_bmlt(folder, SOURCE, Feed(programme=BMLT, timezone="America/New_York", country="US", tally=Tally())))
    came, went = Counter(map(types_at, first)), Counter(types_at(one.under(BMLT)) for one in told)
    lost, new = came - went, went - came
    assert (came.total(), went.total(), lost.total(), new.total()) == (1513, 1508, 21, 16)   # five are of minors by their names
    supervised = Counter({key: count for key, count in lost.items() if "children_supervised" in key[3]})   # told as "children can come"
    assert supervised.total() == 16
    assert {(name, day, starts, types - {"children_supervised"} | {"CW"}) for name, day, starts, types in supervised} <= set(new)


def types_at(meeting: Meeting) -> tuple[str, int | None, int | None, frozenset[str]]:
    """When a meeting is, and what its formats say of it beside how it is held and in which language. One group has one spelling of its name."""
    types = (code for code in meeting.codes if code in BMLT.types and not BMLT.types[code].does and not BMLT.types[code].language)
    return meeting.name.casefold(), meeting.weekday, meeting.starts, frozenset(types)
