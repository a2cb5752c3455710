"""Where a meeting is by its Meeting Guide record: doors, areas, links, and so how people take part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.directory.exchange.meetings.make import guide, only, read_guide, repairs

AREA = {"formatted_address": "Brooklyn, NY, USA", "approximate": None}
LINK = {"conference_url": "https://zoom.us/j/123"}


def test_an_address_in_one_line_is_parted_where_its_order_is_certain(tmp_path: Path) -> None:
    spot = only(read_guide(tmp_path, [guide()])).spot
    assert spot is not None
    assert (spot.street, spot.city, spot.region, spot.postal_code, spot.country) == ("12 Elm Row", "Brooklyn", "NY", "11201", "US")
    assert (spot.latitude, spot.longitude, spot.is_approximate) == (40.69, -73.99, False)


@pytest.mark.parametrize(
    ("formatted", "street", "city"),
    [
        ("Suite 4, 12 Elm Row, Brooklyn, NY 11201, USA", "Suite 4, 12 Elm Row", "Brooklyn"),
        ("12 Elm Row, Leeds, England, United Kingdom", "12 Elm Row, Leeds, England, United Kingdom", ""),
        ("12 Elm Row, Toronto, ON M5V 2T6, Canada", "12 Elm Row", "Toronto"),
    ],
)
def test_other_addresses(tmp_path: Path, formatted: str, street: str, city: str) -> None:
    spot = only(read_guide(tmp_path, [guide(formatted_address=formatted)])).spot
    assert spot is not None
    assert (spot.street, spot.city) == (street, city)


def test_the_parts_of_an_address_may_stand_in_fields(tmp_path: Path) -> None:
    said = guide(formatted_address=None, address="12 Elm Row", city="Brooklyn", state="NY", postal_code=11201, country="USA", approximate=None)
    spot = only(read_guide(tmp_path, [said])).spot
    assert spot is not None
    assert (spot.street, spot.city, spot.postal_code, spot.country, spot.is_approximate) == ("12 Elm Row", "Brooklyn", "11201", "US", False)


def test_a_postcode_that_is_none_is_left_out_and_told(tmp_path: Path) -> None:
    found = read_guide(tmp_path, [guide(formatted_address=None, address="12 Elm Row", city="Brooklyn", state="NY", postal_code="USA")])
    spot = only(found).spot
    assert spot is not None
    assert (spot.postal_code, repairs(found)) == ("", ["postal_code"])


@pytest.mark.parametrize(
    "said",
    [
        {"approximate": "yes"},
        {"approximate": True},
        {"approximate": "Yes"},
        AREA,
        {"approximate": "no", "formatted_address": "Brooklyn, NY, USA"},
        {"approximate": None, "latitude": None, "longitude": None, "coordinates": "40.5,-74.1,40.9,-73.7"},
        {"approximate": "perhaps"},
    ],
)
def test_an_area_has_no_point_and_no_door(tmp_path: Path, said: dict[str, Any]) -> None:
    """Whatever point stands beside it: nothing may ever be near it."""
    spot = only(read_guide(tmp_path, [guide(**said)])).spot
    assert spot is not None
    assert (spot.is_approximate, spot.latitude, spot.longitude, spot.street) == (True, None, None, "")


@pytest.mark.parametrize(
    "said",
    [
        {"latitude": "40.69", "longitude": "-73.99"},
        {"latitude": None, "longitude": None, "coordinates": "40.69, -73.99"},
        {"approximate": False},
        {"approximate": "NO"},
    ],
)
def test_points_as_feeds_write_them(tmp_path: Path, said: dict[str, Any]) -> None:
    spot = only(read_guide(tmp_path, [guide(**said)])).spot
    assert spot is not None
    assert (spot.latitude, spot.longitude) == (40.69, -73.99)


@pytest.mark.parametrize(
    "said",
    [
        {"latitude": 140, "longitude": 0},
        {"latitude": "x", "longitude": "y"},
        {"latitude": 0, "longitude": 0},
        {"latitude": None, "longitude": None, "coordinates": "here"},
    ],
)
def test_a_point_that_is_none_is_told(tmp_path: Path, said: dict[str, Any]) -> None:
    found = read_guide(tmp_path, [guide(**said)])
    assert only(found).spot.latitude is None  # type: ignore[union-attr]
    assert repairs(found) == ["latitude"]


@pytest.mark.parametrize(
    ("said", "ways", "paused"),
    [
        ({}, {"in_person"}, False),
        (LINK, {"in_person", "online"}, False),
        ({**LINK, **AREA}, {"online"}, False),
        ({**LINK, "types": ["TC"]}, {"online"}, False),
        ({"types": ["TC"]}, {"in_person"}, True),
        ({"types": ["ONL"], **AREA}, {"online"}, False),
        (AREA, {"in_person"}, False),
        ({"attendance_option": "hybrid"}, {"in_person", "online"}, False),
        ({"attendance_option": "online"}, {"online"}, False),
        ({"attendance_option": "in_person", **LINK}, {"in_person"}, False),
        ({"attendance_option": "inactive"}, {"in_person"}, True),
        ({"attendance_option": "inactive", **LINK}, {"online"}, True),
        ({"attendance_option": "sometimes"}, {"in_person"}, False),
    ],
)
def test_how_people_take_part(tmp_path: Path, said: dict[str, Any], ways: set[str], paused: bool) -> None:
    meeting = only(read_guide(tmp_path, [guide(**said)]))
    assert (set(meeting.attendance), meeting.is_paused) == (ways, paused)


def test_a_meeting_from_afar_has_an_area_and_no_place(tmp_path: Path) -> None:
    spot = only(read_guide(tmp_path, [guide(attendance_option="online", **LINK)])).spot
    assert spot is not None
    assert (spot.street, spot.name, spot.latitude, spot.is_approximate, spot.city) == ("", "", None, True, "Brooklyn")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://zoom.us/j/123?pwd=zqSecret", "https://zoom.us/j/123"),
        ("https://me:zqSecret@meet.example.org/x", ""),
        ("zoom.us/j/9", "http://zoom.us/j/9"),
        ("javascript:alert(1)", ""),
        ("ask us", ""),
        ("https://meet.example.org/room#pwd=zqSecret", "https://meet.example.org/room"),
    ],
)
def test_links_lose_their_password_and_what_is_none_is_left_out(tmp_path: Path, written: str, url: str) -> None:
    found = read_guide(tmp_path, [guide(conference_url=written, types=["ONL"])])
    joining = only(found).joining
    assert (joining.url if joining else "") == url
    assert "zqSecret" not in repr(found[0].meeting) + repr(found[0].row.repairs)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("+16465550100,,123456789#,,,,*998877#", "+16465550100,,123456789#"),
        ("555-0100", ""),
        ("646 555 0100", "646 555 0100"),
        (16465550100, "16465550100"),
    ],
)
def test_numbers_to_dial_lose_their_code_and_short_ones_are_left_out(tmp_path: Path, written: Any, phone: str) -> None:
    joining = only(read_guide(tmp_path, [guide(conference_phone=written, **LINK)])).joining
    assert joining is not None
    assert joining.phone == phone
