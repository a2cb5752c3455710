"""Reading Meeting Guide feeds: every tolerance that real feeds ask for, and what is refused with its line and reason."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.errors import UnreadableInput
from directory.exchange.meetings.heard import Heard
from directory.exchange.meetings.meeting import Keeper
from directory.exchange.records import Refusal
from tests.directory.exchange.meetings.make import guide, only, read_guide, refused, repairs

SUNDAY_FIRST = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
MONDAY_FIRST = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NOTHING: list[Any] = [None, "", "  "]


@pytest.mark.parametrize("day", range(7))
def test_days_count_from_sunday(tmp_path: Path, day: int) -> None:
    for written in (day, str(day), [day], [str(day)], SUNDAY_FIRST[day], SUNDAY_FIRST[day].lower(), SUNDAY_FIRST[day][:3], float(day)):
        found = only(read_guide(tmp_path, [guide(day=written)])).weekday
        assert found is not None
        assert MONDAY_FIRST[found] == SUNDAY_FIRST[day]


@pytest.mark.parametrize("day", [7, -1, "8", "Someday", [1, 9], True, 2.5, "T"])
def test_a_day_that_is_none_is_refused_with_its_line(tmp_path: Path, day: Any) -> None:
    found = refused(read_guide(tmp_path, "[\n" + json.dumps(guide(day=day)) + "\n]"))
    assert (found.field, found.line) == ("day", 2)


@pytest.mark.parametrize("day", [*NOTHING, []])
def test_without_a_day_it_is_by_appointment(tmp_path: Path, day: Any) -> None:
    meeting = only(read_guide(tmp_path, [guide(day=day)]))
    assert (meeting.weekday, meeting.starts, meeting.ends) == (None, None, None)


def test_several_days_in_one_record_are_a_meeting_each_with_a_key_of_its_own(tmp_path: Path) -> None:
    found = [one.meeting for one in read_guide(tmp_path, [guide(day=[1, 3])]) if isinstance(one, Heard)]
    assert [(one.key, one.weekday) for one in found] == [("lantern-circle-1", 0), ("lantern-circle-3", 2)]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("11:00 AM", 660),
        ("11:00", 660),
        ("7:30 pm", 1170),
        ("12:15 AM", 15),
        ("12:15 pm", 735),
        ("00:00", 0),
        ("19:30:00", 1170),
        ("noon", 720),
        ("6 a.m.", 360),
    ],
)
def test_times_as_feeds_write_them(tmp_path: Path, written: str, minutes: int) -> None:
    assert only(read_guide(tmp_path, [guide(time=written, end_time=None)])).starts == minutes


@pytest.mark.parametrize("written", ["25:00", "7", "evening", "13:00 PM", "19:61", 1930])
def test_a_time_that_is_none_is_refused(tmp_path: Path, written: Any) -> None:
    assert refused(read_guide(tmp_path, [guide(time=written)])).field == "time"


@pytest.mark.parametrize(
    ("ends", "minutes", "noted"),
    [
        ("20:30", 1230, False),
        (None, 1230, False),
        ("", 1230, False),
        ("00:30", 1470, False),
        ("19:30", 1230, True),
        ("soon", 1230, True),
        ("19:00", 2580, False),
    ],
)
def test_an_end_may_run_past_midnight_and_is_an_hour_on_where_none_is_told(tmp_path: Path, ends: str | None, minutes: int, noted: bool) -> None:
    found = read_guide(tmp_path, [guide(end_time=ends)])
    assert only(found).ends == minutes
    assert ("end_time" in repairs(found)) is noted


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01 10:20:30", "2026-03-01T10:20:30+00:00"),
        ("8/25/2022 11:17:07 AM", "2022-08-25T11:17:07+00:00"),
        ("2026-03-01", "2026-03-01T00:00:00+00:00"),
        ("2026-03-01T10:20:30-05:00", "2026-03-01T15:20:30+00:00"),
        ("last week", ""),
        ("0000-00-00 00:00:00", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_moments_as_feeds_write_them(tmp_path: Path, written: str | None, moment: str) -> None:
    found = read_guide(tmp_path, [guide(updated=written)])
    assert only(found).updated == moment
    assert ("updated" in repairs(found)) is (bool(written) and not moment)


@pytest.mark.parametrize(
    "field", ["notes", "location_notes", "group", "group_notes", "end_time", "types", "url", "region", "conference_url", "email", "updated"]
)
@pytest.mark.parametrize("nothing", NOTHING)
def test_null_empty_and_absent_are_one(tmp_path: Path, field: str, nothing: Any) -> None:
    absent = only(read_guide(tmp_path, [{name: value for name, value in guide().items() if name != field}]))
    assert only(read_guide(tmp_path, [{**guide(), field: nothing}])) == absent


def test_notes_of_blanks_say_nothing_and_entities_and_tags_are_read(tmp_path: Path) -> None:
    meeting = only(
        read_guide(tmp_path, [guide(name="Ham &amp; Rye &#39;Circle&#39;", notes=" \n \t", location_notes="<p>Use the <b>side</b> door</p><br>Ring twice")])
    )
    assert (meeting.name, meeting.notes) == ("Ham & Rye 'Circle'", "")
    assert meeting.spot is not None
    assert meeting.spot.notes == "Use the side door\nRing twice"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (["O", "W"], ("O", "W")),
        ("O,W", ("O", "W")),
        ("O", ("O",)),
        (["Open", "women"], ("O", "W")),
        ("Open, Women", ("O", "W")),
        (["o", "", " ", None], ("O",)),
        (["ASBI"], ("ABSI",)),
        (["ONL", "O"], ("ONL", "O")),
        (["BS", "O"], ("O", "BS")),
        ([], ()),
        (7, ("7",)),
    ],
)
def test_types_in_every_form_that_feeds_have(tmp_path: Path, written: Any, codes: tuple[str, ...]) -> None:
    assert only(read_guide(tmp_path, [guide(types=written)])).codes == codes


def test_unknown_types_are_kept_and_told_and_not_guessed(tmp_path: Path) -> None:
    found = read_guide(tmp_path, [guide(types=["BS", "AC", "O"])])
    assert repairs(found) == ["types", "types"]
    assert only(found).codes == ("O", "BS", "AC")


@pytest.mark.parametrize("slug", [7, "7", 7.0])
def test_a_key_may_be_a_number(tmp_path: Path, slug: Any) -> None:
    assert only(read_guide(tmp_path, [guide(slug=slug)])).key.startswith("7")


def test_without_a_slug_the_id_is_the_key_and_without_both_there_is_none(tmp_path: Path) -> None:
    assert only(read_guide(tmp_path, [guide(slug=None, id=12)])).key == "12"
    assert refused(read_guide(tmp_path, [guide(slug="")])).field == "slug"


def test_a_key_that_was_there_before_is_refused_and_says_where(tmp_path: Path) -> None:
    found = read_guide(tmp_path, "[" + ",\n".join(json.dumps(guide(name=name)) for name in ("One", "Two")) + "]")
    assert [type(one) for one in found] == [Heard, Refusal]
    assert isinstance(found[1], Refusal)
    assert (found[1].line, "line 1" in found[1].reason) == (2, True)


@pytest.mark.parametrize("name", [*NOTHING, "<b></b>"])
def test_a_meeting_without_a_name_is_refused(tmp_path: Path, name: Any) -> None:
    assert refused(read_guide(tmp_path, [guide(name=name)])).field == "name"


@pytest.mark.parametrize("record", [7, "x", None, ["a"]])
def test_what_is_no_record_is_refused_and_the_rest_goes_on(tmp_path: Path, record: Any) -> None:
    found = read_guide(tmp_path, [guide(), record])
    assert [type(one) for one in found] == [Heard, Refusal]


@pytest.mark.parametrize(
    ("record", "feed", "zone"),
    [
        ("America/Denver", "", "America/Denver"),
        (None, "America/Denver", "America/Denver"),
        ("America/Chicago", "America/Denver", "America/Chicago"),
    ],
)
def test_the_zone_is_that_of_the_record_else_that_of_the_feed(tmp_path: Path, record: str | None, feed: str, zone: str) -> None:
    assert only(read_guide(tmp_path, [guide(timezone=record)], timezone=feed)).timezone == zone


@pytest.mark.parametrize("zone", [None, "", "EST5", "Mars/Base", "../../etc/passwd"])
def test_without_a_zone_a_meeting_is_refused(tmp_path: Path, zone: str | None) -> None:
    assert refused(read_guide(tmp_path, [guide(timezone=zone)])).field == "timezone"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"meetings": records},
        lambda records: {"records": records},
        lambda records: {"data": {"meetings": records}},
        lambda records: {"data": records},
        lambda records: {"records": [{"id": "rec1", "fields": record} for record in records]},
        lambda records: {"range": "A1:Z9", "values": [list(records[0]), *([row[name] for name in records[0]] for row in records)]},
        lambda records: [{"fields": record} for record in records],
    ],
)
def test_wrappers_around_the_list_and_around_each_record(tmp_path: Path, wrap: Any) -> None:
    records = [guide(), guide(slug="second")]
    plain = [one.meeting for one in read_guide(tmp_path, records) if isinstance(one, Heard)]
    assert [one.meeting for one in read_guide(tmp_path, wrap(records)) if isinstance(one, Heard)] == plain
    assert len(plain) == 2


HEADINGS = {
    "ID": "lantern", "Name": "Lantern Circle", "Day": "Tuesday", "Time": "7:30 pm", "End Time": "8:30 pm",
    "Full Address": "12 Elm Row, Brooklyn, NY 11201, USA",
    "Location": "Elm Row Hall", "Types": "Open, Women, Spanish", "Regions": "New York > Brooklyn", "Timezone": "America/New_York",
    "Contact 1 Name": "Zebedee Q",
    "Updated": "8/25/2022 11:17:07 AM",
}  # fmt: skip


def test_a_spreadsheet_with_plain_headings(tmp_path: Path) -> None:
    meeting = only(read_guide(tmp_path, {"values": [list(HEADINGS), [], list(HEADINGS.values()), ["", ""]]}))
    check_sheet(meeting)


def test_a_csv_table_with_plain_headings(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS.keys(), HEADINGS.values()])
    check_sheet(only(read_guide(tmp_path, text.getvalue())))


def check_sheet(meeting: Any) -> None:
    assert (meeting.key, meeting.weekday, meeting.starts, meeting.ends) == ("lantern", 1, 1170, 1230)
    assert (meeting.codes, meeting.languages) == (("O", "W", "S"), ("es",))
    assert (meeting.spot.street, meeting.spot.areas) == ("12 Elm Row", ("New York", "Brooklyn"))
    assert "Zebedee" not in repr(meeting)


def test_a_column_that_stands_twice_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="two columns"):
        read_guide(tmp_path, "Name,Day,Day\nA,1,2\n")


@pytest.mark.parametrize("page", ["<!DOCTYPE html><html><body>Checking your browser</body></html>", "\ufeff\n <HTML>\n", "<?xml version='1.0'?><html/>"])
def test_a_security_page_is_told_as_one(tmp_path: Path, page: str) -> None:
    with pytest.raises(UnreadableInput, match="web page"):
        read_guide(tmp_path, page)


@pytest.mark.parametrize(
    "text", ["", "  ", "[", "{}", '{"meetings": 3}', '"x"', "[]", '{"meetings": []}', '[{"a": NaN}]', "[{}", "7", '{"data": {"rows": []}}']
)
def test_what_is_no_list_of_meetings_is_unreadable(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_guide(tmp_path, text)


def test_unknown_fields_are_named_and_their_values_are_nowhere(tmp_path: Path) -> None:
    found = read_guide(tmp_path, [guide(custom_box="zq1x", data_source_name="zq2x", time_formatted="7:30")])
    assert repairs(found) == ["custom_box"]
    assert "zq1x" not in repr([one.row.repairs if isinstance(one, Heard) else one for one in found])


def test_the_entity_answers_for_its_meetings(tmp_path: Path) -> None:
    said = {"entity": "Elm Row Intergroup", "entity_url": "elmrow.example.org", "entity_phone": "718 555 0100", "entity_email": "desk@elmrow.example.org"}
    keeper = only(read_guide(tmp_path, [guide(**said)])).keeper
    assert keeper == Keeper(
        key="Elm Row Intergroup", name="Elm Row Intergroup", url="http://elmrow.example.org", phone="718 555 0100", email="desk@elmrow.example.org"
    )
    assert only(read_guide(tmp_path, [guide(entity_website_url="https://x.example.org", **{**said, "entity_url": None})])).keeper.url == "https://x.example.org"  # type: ignore[union-attr]
    assert only(read_guide(tmp_path, [guide(entity_phone="718 555 0100")])).keeper is None


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*guide(), "coordinates", "conference_url", "conference_phone", "attendance_option", "regions", "entity"]), ANY),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_stands_in_the_fields_each_record_is_read_or_refused(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    found = read_guide(tmp_path, [{**guide(), **record, "slug": str(number)} for number, record in enumerate(records)])
    lines = {one.row.key if isinstance(one, Heard) else f"refused {one.line} {one.field}" for one in found}
    assert len(found) >= len(records)
    assert len([one for one in found if isinstance(one, Refusal)]) + len({one.row.key for one in found if isinstance(one, Heard)}) == len(records), lines
