"""Two real feeds of meetings: counts that add up, days and hours as a slow reading of the raw file has them, and nothing private that was put into them.

The floors are just under what was measured on 2026-11-22, so that a rule that is lost shows.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.meetings.heard import Heard
from directory.exchange.readers import Reading, read_source
from directory.exchange.records import Location, Refusal, Service, SourceRecord
from tests.directory.exchange.meetings.make import SOURCE, feed_of
from tests.directory.exchange.test_real import share, walk

pytestmark = pytest.mark.real_data
SAN_JOSE, NEW_YORK = "meetingguide-sanjose/meetings.json", "bmlt-newyork"
KINDS = {SAN_JOSE: "meeting-guide", NEW_YORK: "bmlt"}
FEEDS = {
    SAN_JOSE: MeetingFeed(programme="aa", timezone="America/Los_Angeles", country="US"),
    NEW_YORK: MeetingFeed(programme="na", timezone="America/New_York", country="US"),
}
RECORDS, HIDDEN, GROUPS = {SAN_JOSE: 670, NEW_YORK: 1555}, {SAN_JOSE: 0, NEW_YORK: 42}, {SAN_JOSE: 517, NEW_YORK: 1369}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def raw(real_data: Path, name: str) -> list[dict[str, Any]]:
    """The records of the file as JSON has them."""
    path = real_data / name
    found: list[dict[str, Any]] = json.loads((path / "GetSearchResults.json" if path.is_dir() else path).read_text("utf-8"))
    return found


@cache
def heard(real_data: Path, name: str) -> dict[str, Heard]:
    """The meetings that are read, by key."""
    of = FEEDS[name]
    reader, table = (read_bmlt, "bmlt") if name == NEW_YORK else (read_meeting_guide, "aa")
    found = list(reader(real_data / name, SOURCE, feed_of(table, timezone=of.timezone)))
    assert len(found) == RECORDS[name]
    return {one.meeting.key: one for one in found if isinstance(one, Heard)}


@cache
def groups(real_data: Path, name: str) -> tuple[list[SourceRecord], list[Refusal], Reading]:
    """The groups, the refusals and the reading that counted."""
    _, reading = read_source(real_data / name, kind=KINDS[name], of=FEEDS[name])
    found = list(reading)
    return [one for one in found if isinstance(one, SourceRecord)], [one for one in found if isinstance(one, Refusal)], reading


@pytest.mark.parametrize("name", KINDS)
def test_every_meeting_is_in_a_group_or_refused_with_its_reason(real_data: Path, name: str) -> None:
    records, refusals, reading = groups(real_data, name)
    assert (len(records), len(refusals)) == (GROUPS[name], HIDDEN[name])
    assert len({record.key for record in records}) == len(records)
    assert len(heard(real_data, name)) + len(refusals) == RECORDS[name]
    assert {refusal.field for refusal in refusals} <= {"published"}
    told = f"{RECORDS[name]:,} meetings: {RECORDS[name] - HIDDEN[name]:,} of them as {GROUPS[name]:,} groups, {HIDDEN[name]} refused"
    assert reading.shares()[0] == told


def slowly(record: dict[str, Any], name: str) -> tuple[str, str, str | None]:
    """Day, start and end of a raw record, worked out another way: by dates of a week that begins on a Sunday."""
    sunday = datetime(2026, 11, 22, tzinfo=UTC)
    if name == NEW_YORK:
        day = sunday + timedelta(days=int(record["weekday_tinyint"]) - 1)
        hours, minutes, _ = map(int, record["duration_time"].split(":"))
        starts = datetime.combine(day, time.fromisoformat(record["start_time"]), UTC)
        return day.strftime("%A"), starts.strftime("%H:%M"), (starts + timedelta(hours=hours, minutes=minutes)).strftime("%H:%M")
    day = sunday + timedelta(days=record["day"])
    starts = datetime.combine(day, time.fromisoformat(record["time"]), UTC)
    return day.strftime("%A"), starts.strftime("%H:%M"), record.get("end_time") or (starts + timedelta(hours=1)).strftime("%H:%M")


def clock(minutes: int | None) -> str:
    assert minutes is not None
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


@pytest.mark.parametrize("name", KINDS)
def test_days_and_hours_are_those_of_a_slow_reading_record_by_record(real_data: Path, name: str) -> None:
    found, seen = heard(real_data, name), Counter[str]()
    for record in raw(real_data, name):
        one = found.get(str(record.get("slug") or record.get("id_bigint")))
        if record.get("published") == "0":
            assert one is None
            continue
        assert one is not None
        meeting = one.meeting
        assert meeting.weekday is not None
        assert (DAYS[meeting.weekday], clock(meeting.starts), clock(meeting.ends)) == slowly(record, name)
        seen[DAYS[meeting.weekday]] += 1
    assert set(seen) == set(DAYS)


@pytest.mark.parametrize("name", KINDS)
def test_the_rows_of_the_groups_say_the_same_as_their_meetings(real_data: Path, name: str) -> None:
    codes = {day[:2].upper(): day for day in DAYS}
    told = Counter[tuple[str, str, str | None]]()
    for record in groups(real_data, name)[0]:
        assert isinstance(record.content, Service)
        for row in record.content.schedules:
            if row.byday:
                assert row.timezone_name == FEEDS[name].timezone
                told.update((codes[day], row.opens_at or "", row.closes_at) for day in row.byday.split(","))
    meant = Counter(slowly(record, name) for record in raw(real_data, name) if record.get("published") != "0")
    # Two records of one group at one hour of one day are one row.
    assert set(told) == {(day, starts, "24:00" if ends == "00:00" else ends) for day, starts, ends in meant}
    assert sum(meant.values()) - sum(told.values()) == TWINS[name]


TWINS = {SAN_JOSE: 0, NEW_YORK: 1}
"""Records that repeat the name, day, hour and place of another one of their group."""


def test_nearly_all_types_are_understood(real_data: Path) -> None:
    _, _, san_jose = groups(real_data, SAN_JOSE)
    _, _, new_york = groups(real_data, NEW_YORK)
    assert san_jose.tally.mentions["type"] == 3396
    assert share(san_jose, "type") >= 0.998
    assert dict(san_jose.tally.unknown["type"]) == {"BS": 6}
    assert new_york.tally.mentions["format"] == 4037
    assert share(new_york, "format") == 1


def test_how_people_take_part_is_what_the_feed_says(real_data: Path) -> None:
    found = heard(real_data, SAN_JOSE)
    for record in raw(real_data, SAN_JOSE):
        meeting = found[record["slug"]].meeting
        told = "inactive" if meeting.is_paused else "hybrid" if len(meeting.attendance) == 2 else next(iter(meeting.attendance))
        assert told == record["attendance_option"]


def test_approximate_points_and_meetings_from_afar_are_near_nothing(real_data: Path) -> None:
    approximate = {record["slug"] for record in raw(real_data, SAN_JOSE) if record["approximate"] == "yes"}
    assert len(approximate) == 46
    for key, one in heard(real_data, SAN_JOSE).items():
        spot = one.meeting.spot
        if key in approximate or "in_person" not in one.meeting.attendance:
            assert spot is None or (spot.latitude, spot.longitude, spot.street) == (None, None, "")
    for record in groups(real_data, SAN_JOSE)[0]:
        for thing in walk(record.content):
            if isinstance(thing, Location) and (thing.location_type == "virtual" or not thing.addresses or not thing.addresses[0].address_1):
                assert (thing.latitude, thing.longitude) == (None, None)


def test_languages_are_those_of_the_meetings(real_data: Path) -> None:
    assert Counter(tag for one in heard(real_data, SAN_JOSE).values() for tag in one.meeting.languages) == {"es": 44, "en": 2, "ase": 1}
    assert Counter(tag for one in heard(real_data, NEW_YORK).values() for tag in one.meeting.languages)["es"] >= 26


def test_only_what_is_truly_not_weekly_is_asked_about(real_data: Path) -> None:
    """Of hundreds of records that name a week of the month, two in each feed."""
    for name in KINDS:
        asked = [repair.value for record in groups(real_data, name)[0] for repair in record.repairs if "every week" in repair.reason]
        assert len(asked) == 2, asked


@pytest.mark.parametrize("name", KINDS)
def test_no_private_value_of_any_record_is_read(real_data: Path, name: str, tmp_path: Path) -> None:
    """The real files came without them; so each record gets some, in their fields and in its words."""
    path, secrets = tmp_path / "feed.json", []
    records = raw(real_data, name)
    for number, record in enumerate(records):
        person, mail, phone, code = f"Zq{number}name Zqlast", f"zq{number}@people.example.org", f"718 55{number:05}", f"zqpass{number}"
        first = {"contact_1_name": person, "contact_1_email": mail, "contact_1_phone": phone, "venmo": f"@zqpay{number}", "author": f"zqauthor{number}"}
        other = {"contact_name_1": person, "contact_email_1": mail, "contact_phone_1": phone, "admin_notes": f"zqadmin{number}", "email_contact": mail}
        record |= other if name == NEW_YORK else first
        words, link = ("comments", "virtual_meeting_link") if name == NEW_YORK else ("notes", "conference_url")
        record[words] = f"{record.get(words) or ''} Ask {person} ({phone}, {mail}). Password: {code}"
        record[link] = f"https://zoom.us/j/1?pwd={code}"
        secrets.append(phone)
    formats = json.loads((real_data / NEW_YORK / "GetFormats.json").read_text("utf-8"))
    path.write_text(json.dumps({"meetings": records, "formats": formats}), "utf-8")
    _, reading = read_source(path, kind=KINDS[name], of=FEEDS[name])
    told = repr(list(reading))
    assert "zq" not in told.casefold()
    assert [secret for secret in secrets if secret in told] == []
