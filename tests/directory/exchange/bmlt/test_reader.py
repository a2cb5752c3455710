"""Reading BMLT feeds: weekdays from Sunday 1, formats by world id and by name, what is not published, and places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.errors import UnreadableInput
from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meetings.heard import Heard
from directory.exchange.records import Refusal
from tests.directory.exchange.meetings.make import BMLT, FORMATS, SOURCE, bmlt, feed_of, only, read_bmlt_answer, refused, repairs

SUNDAY_FIRST = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
MONDAY_FIRST = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.mark.parametrize("day", range(1, 8))
def test_days_count_from_sunday_one(tmp_path: Path, day: int) -> None:
    for written in (day, str(day)):
        found = only(read_bmlt_answer(tmp_path, bmlt(weekday_tinyint=written))).weekday
        assert found is not None
        assert MONDAY_FIRST[found] == SUNDAY_FIRST[day - 1]


@pytest.mark.parametrize("day", ["0", "8", "", None, "Tuesday"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, day: str | None) -> None:
    assert refused(read_bmlt_answer(tmp_path, bmlt(weekday_tinyint=day))).field == "weekday_tinyint"


@pytest.mark.parametrize(
    ("starts", "length", "ends"),
    [
        ("19:30:00", "01:00:00", 1230),
        ("23:30:00", "01:30:00", 1500),
        ("00:00:00", "00:45:00", 45),
        ("19:30", "1:15", 1245),
        ("19:30:00", "", None),
        ("19:30:00", "00:00:00", None),
        ("19:30:00", "07:00:00", 1590),
    ],
)
def test_a_meeting_ends_its_length_after_its_start(tmp_path: Path, starts: str, length: str, ends: int | None) -> None:
    found = read_bmlt_answer(tmp_path, bmlt(start_time=starts, duration_time=length))
    assert only(found).ends == ends
    assert ("duration_time" in repairs(found)) is (ends is None or length.startswith("07"))


@pytest.mark.parametrize("published", ["0", 0])
def test_what_is_not_published_is_refused_without_a_word_of_it(tmp_path: Path, published: Any) -> None:
    found = refused(read_bmlt_answer(tmp_path, bmlt(published=published, meeting_name="zqHidden", comments="zqHidden", location_street="zqHidden")))
    assert (found.field, found.withdrawn) == ("published", "7")
    assert "zqHidden" not in repr(found)


def test_a_server_that_does_not_say_publishes_what_it_sends(tmp_path: Path) -> None:
    assert only(read_bmlt_answer(tmp_path, bmlt(published=None))).key == "7"


@pytest.mark.parametrize("field", ["location_text", "comments", "location_info", "formats", "venue_type", "email_contact", "virtual_meeting_link", "bus_lines"])
def test_empty_and_absent_are_one(tmp_path: Path, field: str) -> None:
    assert only(read_bmlt_answer(tmp_path, {**BMLT, field: ""})) == only(read_bmlt_answer(tmp_path, bmlt(**{field: None})))


@pytest.mark.parametrize(
    ("formats", "codes", "languages"),
    [
        ("O,D", ("OPEN", "DISC"), ()),
        ("SL", ("sign_language",), ("ase",)),
        ("ES", ("LANG",), ("es",)),
        ("L/R", ("LANG",), ("lt", "ru")),
        ("BL", ("bilingual",), ()),
        ("BL,ES", ("bilingual", "LANG"), ("es",)),
        ("B", ("By the River",), ()),
        ("", (), ()),
        ("Ö", ("OPEN",), ()),
        ("O, D ,", ("OPEN", "DISC"), ()),
    ],
)
def test_formats_by_world_id_else_by_name_never_by_key(tmp_path: Path, formats: str, codes: tuple[str, ...], languages: tuple[str, ...]) -> None:
    meeting = only(read_bmlt_answer(tmp_path, bmlt(formats=formats)))
    assert (set(meeting.codes) - {"LANG"}, meeting.languages) == (set(codes) - {"LANG"}, languages)


def test_two_formats_with_one_key_are_not_guessed_between(tmp_path: Path) -> None:
    found = read_bmlt_answer(tmp_path, bmlt(formats="QA,O"))
    assert only(found).codes == ("OPEN", "key QA")
    assert "QA" in [repair.value for repair in found[0].row.repairs]  # type: ignore[union-attr]


def test_ids_of_formats_say_which_of_two_is_meant(tmp_path: Path) -> None:
    assert only(read_bmlt_answer(tmp_path, bmlt(formats="QA,O", format_shared_id_list="11,1"))).codes == ("OPEN", "Quiet Anyway")


def test_without_formats_a_key_says_nothing(tmp_path: Path) -> None:
    found = read_bmlt_answer(tmp_path, bmlt(formats="O,W"), formats=[])
    assert only(found).codes == ("key O", "key W")
    assert repairs(found) == ["formats", "formats"]


def test_the_language_of_the_text_is_not_that_of_the_meeting(tmp_path: Path) -> None:
    assert only(read_bmlt_answer(tmp_path, bmlt(lang_enum="sv", formats="Ö"))).languages == ()


@pytest.mark.parametrize(
    ("said", "ways", "paused"),
    [
        ({"venue_type": "1"}, {"in_person"}, False),
        ({"venue_type": "2"}, {"online"}, False),
        ({"venue_type": "3"}, {"in_person", "online"}, False),
        ({"formats": "VM"}, {"online"}, False),
        ({"formats": "HY"}, {"in_person", "online"}, False),
        ({"formats": "TC"}, {"in_person"}, True),
        ({"formats": "TC,HY"}, {"online"}, False),
        ({"virtual_meeting_link": "https://zoom.us/j/1"}, {"in_person", "online"}, False),
        ({"virtual_meeting_link": "https://zoom.us/j/1", "location_street": ""}, {"online"}, False),
        ({}, {"in_person"}, False),
        ({"venue_type": 2}, {"online"}, False),
    ],
)
def test_how_people_take_part(tmp_path: Path, said: dict[str, Any], ways: set[str], paused: bool) -> None:
    meeting = only(read_bmlt_answer(tmp_path, bmlt(**said)))
    assert (set(meeting.attendance), meeting.is_paused) == (ways, paused)


def test_the_point_of_a_meeting_from_afar_is_no_place(tmp_path: Path) -> None:
    spot = only(read_bmlt_answer(tmp_path, bmlt(venue_type="2", virtual_meeting_link="https://zoom.us/j/1"))).spot
    assert spot is not None
    assert (spot.latitude, spot.street, spot.name, spot.city, spot.is_approximate) == (None, "", "", "Brooklyn", True)


def test_without_a_street_there_is_no_door_and_no_point(tmp_path: Path) -> None:
    spot = only(read_bmlt_answer(tmp_path, bmlt(location_street=""))).spot
    assert spot is not None
    assert (spot.latitude, spot.is_approximate) == (None, True)


@pytest.mark.parametrize("code", ["USA", "NY", "1120"])
def test_a_postcode_is_one_or_left_out(tmp_path: Path, code: str) -> None:
    found = read_bmlt_answer(tmp_path, bmlt(location_postal_code_1=code))
    assert only(found).spot.postal_code == ("01120" if code.isdigit() else "")  # type: ignore[union-attr]
    assert ("location_postal_code_1" in repairs(found)) is not code.isdigit()


def test_how_to_get_there_is_told_with_the_place(tmp_path: Path) -> None:
    spot = only(read_bmlt_answer(tmp_path, bmlt(location_info="Side door", train_lines="A, C", bus_lines="B25"))).spot
    assert spot is not None
    assert spot.notes == "Side door\nTrains: A, C\nBuses: B25"


@pytest.mark.parametrize("field", ["meeting_name", "id_bigint", "start_time"])
def test_what_a_meeting_cannot_be_without_is_named(tmp_path: Path, field: str) -> None:
    assert refused(read_bmlt_answer(tmp_path, bmlt(**{field: ""}))).field == field


def test_a_zone_is_needed_from_somewhere(tmp_path: Path) -> None:
    assert refused(read_bmlt_answer(tmp_path, bmlt(time_zone=""))).field == "time_zone"
    assert only(read_bmlt_answer(tmp_path, bmlt(time_zone=""), timezone="America/Chicago")).timezone == "America/Chicago"


def test_a_bare_list_a_wrapped_one_and_a_folder_say_the_same(tmp_path: Path) -> None:
    wrapped = read_bmlt_answer(tmp_path, bmlt())
    (tmp_path / "GetSearchResults.json").write_text(json.dumps([bmlt()]))
    (tmp_path / "GetFormats.json").write_text(json.dumps(FORMATS))
    (tmp_path / "GetServiceBodies.json").write_text(json.dumps([{"id": "5", "parent_id": "0", "name": "Elm Row Area", "helpline": "718 555 0100"}]))
    folder = list(read_bmlt(tmp_path, SOURCE, feed_of("bmlt")))
    bare = list(read_bmlt(tmp_path / "GetSearchResults.json", SOURCE, feed_of("bmlt")))
    assert only(folder).codes == only(wrapped).codes == ("OPEN", "DISC")
    assert only(bare).codes == ("key O", "key D")
    assert [only(one).keeper.name for one in (folder, wrapped) if only(one).keeper] == ["Elm Row Area", ""]  # type: ignore[union-attr]


@pytest.mark.parametrize("file", ["GetSearchResults.json", "GetFormats.json"])
def test_a_security_page_in_place_of_either_answer_is_told(tmp_path: Path, file: str) -> None:
    (tmp_path / "GetSearchResults.json").write_text(json.dumps([bmlt()]))
    (tmp_path / file).write_text("<html><title>One moment</title></html>")
    with pytest.raises(UnreadableInput, match="web page"):
        list(read_bmlt(tmp_path, SOURCE, feed_of("bmlt")))


ANY = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.lists(st.text(max_size=3), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*BMLT, "venue_type", "virtual_meeting_link", "phone_meeting_number", "format_shared_id_list"]), ANY),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_stands_in_the_fields_each_record_is_read_or_refused(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    found = read_bmlt_answer(tmp_path, *({**BMLT, **record, "id_bigint": str(number)} for number, record in enumerate(records)))
    assert len(found) == len(records)
    assert all(isinstance(one, Heard | Refusal) for one in found)
