"""Interpreters and two languages at once, in feeds that have no field for either: said in words, and never as a language that people there speak."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.bmlt import writer as bmlt
from directory.exchange.meeting_guide.writer import to_record
from directory.exchange.meetings.codes import load_programme, read_codes
from directory.exchange.meetings.maps import to_geojson
from directory.exchange.meetings.meeting import Meeting, Spot
from directory.exchange.meetings.speaking import before
from directory.exchange.meetings.tables import to_table

AA, BMLT = load_programme("aa"), load_programme("bmlt")
PLAIN: dict[str, Any] = {"key": "porch-1", "name": "Porch", "weekday": 1, "starts": 1140, "ends": 1230, "timezone": "America/Chicago"}


def guide(**fields: Any) -> dict[str, Any]:
    return to_record(Meeting(**PLAIN, **fields), AA, country="USA")


def bmlt_of(**fields: Any) -> tuple[set[str], str]:
    """The names of a meeting's formats, and its comments."""
    feed = bmlt.to_feed([Meeting(**PLAIN, **fields)], BMLT, root="https://home.example", name="Everybody")
    (record,) = feed.meetings
    names = {one.id: one.name for one in feed.formats.values()}
    return {names[key] for key in record["format_shared_id_list"].split(",") if key}, record["comments"]


def test_a_language_that_is_interpreted_is_said_in_the_notes_and_is_no_type() -> None:
    record = guide(interpreted=("es", "so"), notes="Tea.")
    assert record["notes"] == "Interpreter for Spanish and Somali, ask ahead. Tea."
    assert "S" not in record.get("types", [])
    formats, comments = bmlt_of(interpreted=("es", "so"), notes="Tea.")
    assert comments == "Interpreter for Spanish and Somali, ask ahead. Tea."
    assert "Spanish" not in formats


def test_a_signed_language_has_its_type_whoever_signs() -> None:
    assert guide(languages=("ase",))["types"] == guide(interpreted=("ase",))["types"] == ["ASL"]
    assert "American Sign Language" in bmlt_of(languages=("ase",))[0] & bmlt_of(interpreted=("ase",))[0]
    assert "notes" not in guide(languages=("ase",))
    assert "ask ahead" in guide(interpreted=("ase",))["notes"]


def test_two_languages_side_by_side() -> None:
    record = guide(languages=("en", "es"), is_bilingual=True)
    assert (record["notes"], set(record["types"])) == ("English and Spanish side by side.", {"EN", "S"})
    assert bmlt_of(languages=("en", "es"), is_bilingual=True) == ({"In two languages", "English", "Spanish"}, "")


@pytest.mark.parametrize(("written", "expected"), [(["BL"], False), (["BL", "LANG"], False), (["bilingual"], False)])
def test_a_meeting_in_two_languages_that_names_none_is_not_said_to_be_in_some(written: list[str], expected: bool) -> None:
    assert read_codes(BMLT, written).is_bilingual is expected


@given(st.text("ab. ", max_size=20), st.lists(st.sampled_from(["Somali spoken", "Interpreter for Somali, ask ahead"]), unique=True))
def test_what_was_said_once_is_not_said_again(notes: str, said: list[str]) -> None:
    """A feed of ours that is taken in and sent out again grows no words."""
    once = before(notes, said)
    assert before(once, said) == once
    assert once.endswith(notes)


def test_tables_and_maps_say_it_too() -> None:
    spot = Spot(latitude=44.26, longitude=-88.4)
    one = Meeting(**PLAIN, languages=("en", "es"), is_bilingual=True, interpreted=("so",), spot=spot, url="https://home.example/listings/1")
    (row,) = csv.DictReader(io.StringIO(to_table([one]).decode("utf-8-sig")))
    assert row["Languages"] == "English, Spanish; English and Spanish side by side; Interpreter for Somali, ask ahead"
    properties = to_geojson([one])["features"][0]["properties"]
    assert (properties["languages"], properties["interpreted"]) == (["en", "es"], ["so"])
