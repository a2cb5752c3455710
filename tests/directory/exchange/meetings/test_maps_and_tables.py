"""GeoJSON, KML and CSV, read by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import geojson
from hypothesis import given, settings

from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.maps import times_in_words, to_geojson, to_kml
from directory.exchange.meetings.meeting import Meeting, Spot
from directory.exchange.meetings.tables import HEADINGS, to_table
from tests.directory.exchange.meetings.invented import feeds

GENERAL = load_programme("general")
KML = "{http://www.opengis.net/kml/2.2}"
DOOR = Spot(street="27 Juniper Street", city="Alder Falls", latitude=44.2668, longitude=-88.3912)


def on_a_map(meetings: list[Meeting]) -> set[tuple[str, float, float]]:
    """What may be on a map, by the plain rule."""
    found = [(one.name, one.spot) for one in meetings if one.spot and not one.spot.is_approximate and "in_person" in one.attendance]
    return {(name, spot.longitude, spot.latitude) for name, spot in found if spot.latitude is not None and spot.longitude is not None}


@given(feeds(GENERAL))
@settings(max_examples=60, deadline=None)
def test_another_reader_finds_the_geojson_whole(meetings: list[Meeting]) -> None:
    read = geojson.loads(json.dumps(to_geojson(meetings)))
    assert read.is_valid, read.errors()
    assert {(one.properties["name"], *one.geometry.coordinates) for one in read.features} == on_a_map(meetings)
    assert len({one.id for one in read.features}) == len(read.features)


@given(feeds(GENERAL))
@settings(max_examples=60, deadline=None)
def test_another_reader_finds_the_kml_whole(meetings: list[Meeting]) -> None:
    root = ElementTree.fromstring(to_kml(meetings, name="<Groups> & more"))  # noqa: S314  (what we have just written)
    found: set[tuple[Any, ...]] = set()
    for mark in root.iter(f"{KML}Placemark"):
        longitude, latitude = (mark.findtext(f"{KML}Point/{KML}coordinates") or "").split(",")
        found.add((mark.findtext(f"{KML}name"), float(longitude), float(latitude)))
    assert found == on_a_map(meetings)


@given(feeds(GENERAL))
@settings(max_examples=60, deadline=None)
def test_another_reader_finds_every_row_of_the_table(meetings: list[Meeting]) -> None:
    rows = list(csv.DictReader(io.StringIO(to_table(meetings).decode("utf-8-sig"), newline="")))
    assert [row["ID"] for row in rows] == [one.key for one in meetings]
    assert [row["Name"] for row in rows] == [one.name for one in meetings]
    assert {tuple(row) for row in rows} == {HEADINGS}
    assert not any(cell[:1] in ("=", "+", "@", "|", "%") for row in rows for name, cell in row.items() if name not in ("Latitude", "Longitude"))


def test_days_of_a_group_are_one_mark_with_its_times() -> None:
    days = [Meeting(key=f"p-{day}", name="Porch", weekday=day, starts=1140, ends=1230, spot=DOOR, url="https://h.example/listings/p") for day in (1, 3)]
    (feature,) = to_geojson(days)["features"]
    assert feature["id"] == "p"
    assert feature["geometry"]["coordinates"] == [-88.3912, 44.2668]
    assert feature["properties"]["times"] == ["Tuesday 19:00-20:30", "Thursday 19:00-20:30"]


def test_times_say_what_is_not_every_week() -> None:
    second = Meeting(key="p", name="P", weekday=1, starts=1140, pattern="2nd Tuesday")
    assert times_in_words([second, Meeting(key="q", name="Q")]) == ["Tuesday 19:00, 2nd Tuesday"]


def test_a_name_that_a_spreadsheet_would_run_is_only_shown() -> None:
    row = next(csv.DictReader(io.StringIO(to_table([Meeting(key="p", name="=1+1")]).decode("utf-8-sig"), newline="")))
    assert row["Name"] == "'=1+1"
    assert row["Day"] == "By appointment"
