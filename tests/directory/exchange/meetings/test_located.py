"""A point out of a postcode: only for a door that has none, and marked as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.meetings.located import with_points
from directory.exchange.readers import read_source
from directory.exchange.records import Location, Service, SourceInfo, SourceRecord
from directory.places import Gazetteer, open_gazetteer
from directory.storage import Storage
from tests.directory.exchange.meetings.make import guide

NONE = {"latitude": None, "longitude": None}


@pytest.fixture
def gazetteer(storage: Storage) -> Gazetteer:
    with storage.reading() as session:
        return open_gazetteer(session)


def place_of(tmp_path: Path, gazetteer: Gazetteer, **said: Any) -> Location:
    (tmp_path / "feed.json").write_text(json.dumps([guide(**said)]))
    source, found = read_source(tmp_path / "feed.json", kind="meeting-guide", of=MeetingFeed(programme="aa", country="US"))
    (record,) = with_points(found, source, gazetteer)
    assert isinstance(record, SourceRecord)
    assert isinstance(record.content, Service)
    place = record.content.service_at_locations[0].location
    assert place is not None
    return place


def test_a_door_without_a_point_gets_the_middle_of_its_postcode(tmp_path: Path, gazetteer: Gazetteer) -> None:
    place = place_of(tmp_path, gazetteer, **NONE)
    assert place.point_precision == "code"
    assert place.latitude == pytest.approx(40.69, abs=0.05)
    assert place.longitude == pytest.approx(-73.99, abs=0.05)


def test_a_point_that_is_given_stays(tmp_path: Path, gazetteer: Gazetteer) -> None:
    place = place_of(tmp_path, gazetteer)
    assert (place.latitude, place.point_precision) == (40.69, "given")


@pytest.mark.parametrize("said", [
    {"approximate": "yes"}, {"formatted_address": "Brooklyn, NY 11201, USA"}, {"attendance_option": "online", "conference_url": "https://zoom.us/j/1"},
    {"formatted_address": "12 Elm Row, Brooklyn, NY, USA"}, {"formatted_address": "12 Elm Row, Brooklyn, NY 00001, USA"},
])  # fmt: skip
def test_what_is_approximate_from_afar_or_without_a_known_postcode_has_none(tmp_path: Path, gazetteer: Gazetteer, said: dict[str, Any]) -> None:
    place = place_of(tmp_path, gazetteer, **NONE, **said)
    assert (place.latitude, place.longitude, place.point_precision) == (None, None, "given")


def test_records_of_other_sources_are_given_as_they_are(gazetteer: Gazetteer) -> None:
    source = SourceInfo(code="elm", name="Elm", kind="hsds")
    records: list[Any] = ["a", "b"]
    assert list(with_points(records, source, gazetteer)) == records
