"""The Meeting Guide feed: a strict reader takes all of it, and what readers grey out is what we warn of."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.exchange.meeting_guide.greyed import greyed, is_known_host
from directory.exchange.meeting_guide.writer import to_record, to_records
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.meeting import Joining, Meeting, Spot
from tests.directory.exchange.meeting_guide.strict import from_provider, read, why_inactive
from tests.directory.exchange.meetings.invented import CODED, UNCODED, areas, feeds, meetings

GENERAL = load_programme("general")
PORCH = Meeting(
    key="porch-1", name="Porch", weekday=0, starts=1140, ends=1230, timezone="America/Chicago",
    spot=Spot(street="27 Juniper Street", city="Alder Falls", region="WI", postal_code="54911", formatted="27 Juniper Street, Alder Falls, WI 54911, USA"),
)


def written(meeting: Meeting) -> dict[str, Any]:
    return to_record(meeting, GENERAL, country="USA")


def through_json(found: list[Meeting]) -> Any:
    return msgspec.json.decode(msgspec.json.encode(to_records(found, GENERAL, country="USA")))


@given(feeds(GENERAL, CODED + UNCODED))
@settings(max_examples=80, deadline=None)
def test_a_strict_reader_drops_nothing(found: list[Meeting]) -> None:
    said = read(through_json(found))
    assert said.dropped == {}
    assert said.taken == len(found)


@given(meetings(GENERAL), st.data())
@settings(max_examples=80, deadline=None)
def test_nor_when_much_is_not_known(meeting: Meeting, data: st.DataObject) -> None:
    changes: dict[str, Any] = {
        "weekday": None, "starts": None, "ends": None, "spot": None, "joining": None, "keeper": None, "languages": (), "codes": (), "notes": "", "url": "",
        "updated": "", "name": "x" * 300,
    }
    gone = data.draw(st.sets(st.sampled_from(sorted(changes))))
    if "weekday" in gone:
        gone |= {"starts", "ends"}
    left = replace(meeting, **{name: changes[name] for name in gone if name not in ("starts",) or "weekday" in gone})
    assert read(through_json([left])).dropped == {}


@given(feeds(GENERAL))
@settings(max_examples=80, deadline=None)
def test_we_warn_of_exactly_what_readers_show_as_not_held(found: list[Meeting]) -> None:
    records = through_json(found)
    warned = {one.slug for one in greyed(records) if "as not held" in one.why}
    paused = {one.key for one in found if one.is_paused}
    assert warned | paused == set(read(records).inactive) | paused


def test_an_empty_feed_is_no_feed_to_readers() -> None:
    assert read([]).dropped != {}


@pytest.mark.parametrize("weekday", range(7))
def test_days_count_from_sunday(weekday: int) -> None:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    theirs = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    assert theirs[written(replace(PORCH, weekday=weekday))["day"]] == days[weekday]


@pytest.mark.parametrize(("starts", "ends", "said"), [(1140, 1230, ("19:00", "20:30")), (1410, 1500, ("23:30", "01:00")), (0, 5, ("00:00", "00:05")),
                                                      (1380, 1440, ("23:00", "00:00")), (600, None, ("10:00", "11:00"))])  # fmt: skip
def test_times_are_of_the_wall(starts: int, ends: int | None, said: tuple[str, str]) -> None:
    record = written(replace(PORCH, starts=starts, ends=ends))
    assert (record["time"], record["end_time"]) == said


def test_what_is_not_every_week_stands_before_the_notes() -> None:
    record = written(replace(PORCH, pattern="2nd and 4th Tuesday", notes="Tea.", languages=("so",)))
    assert record["notes"] == "2nd and 4th Tuesday only. Somali spoken. Tea."


def test_what_does_not_meet_says_so_in_both_ways() -> None:
    record = written(replace(PORCH, is_paused=True))
    assert (record["types"], record["attendance_option"]) == (["TC"], "inactive")


def test_codes_of_another_programme_are_not_made_up() -> None:
    assert to_record(replace(PORCH, attendance=frozenset({"online"}), is_paused=True), load_programme("none"), country="USA").get("types") is None


@given(areas() | st.none())
def test_who_meets_nowhere_has_an_address_all_the_same(spot: Spot | None) -> None:
    record = written(replace(PORCH, spot=spot, attendance=frozenset({"online"})))
    assert record["approximate"] == "yes"
    assert record["formatted_address"]


@pytest.mark.parametrize(("url", "known"), [("https://us02web.zoom.us/j/1", True), ("https://zoom.us/j/1", True), ("https://evilzoom.us/j/1", False),
                                            ("https://zoom.us.evil.example/j", False), ("https://ZOOM.US/j", True), ("https://meet.porch.example", False),
                                            ("https://us/", False), ("https://[", False), ("", False)])  # fmt: skip
def test_hosts_are_known_by_whole_labels(url: str, known: bool) -> None:
    assert is_known_host(url) is known
    if url not in ("https://[", ""):
        assert from_provider(url) is known


def test_a_house_of_ones_own_is_warned_of() -> None:
    own = written(replace(PORCH, spot=None, attendance=frozenset({"online"}), joining=Joining(url="https://meet.porch.example/room")))
    (warning,) = greyed([own])
    assert "host" in warning.why
    assert why_inactive(own)
    assert greyed([written(PORCH)]) == []


def test_the_reader_is_strict() -> None:
    wrong: list[dict[str, Any]] = [
        {"day": [1, 3]}, {"day": "1"}, {"day": True}, {"day": 7}, {"time": "7:00 PM"}, {"timezone": "CST"}, {"timezone": None}, {"approximate": True},
        {"formatted_address": ""}, {"formatted_address": "Alder Falls, WI"}, {"slug": "a b"}, {"slug": "x" * 65}, {"name": ""}, {"notes": "<p>x</p>"},
        {"latitude": "44.1"}, {"latitude": 91.0, "longitude": 1.0}, {"contact_1_name": "Ann"}, {"url": "javascript:x"}, {"types": "O"}, {"types": ["O", "O"]},
        {"entity_url": "https://x.example"}, {"conference_url": "https://zoom.us/j/1?pwd=2"}, {"notes": ""}, {"updated": "yesterday"}, {"end_time": "24:00"},
    ]  # fmt: skip
    for change in wrong:
        assert read([written(PORCH) | change]).dropped != {}, change
    assert len(read([written(PORCH), written(PORCH)]).dropped) == 1
