"""A point out of a postcode: only for a door that has none, and marked as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from directory.changes import record_change
from directory.exchange.located import middles_of, with_points
from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.readers import read_source
from directory.exchange.records import Address, Location, Organization, Service, ServiceAtLocation, SourceInfo, SourceRecord
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Location as Row
from directory.places import Gazetteer, open_gazetteer
from directory.placing import open_place
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.exchange.meetings.make import guide
from tests.make import NOON, make_address, make_id, make_place, make_service

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


# --- of other sources -------------------------------------------------------------------------------------------------------------

ELM = SourceInfo(code="elm", name="Elm", kind="hsds")
HERE = (44.2611, -88.4154)


def record_at(*, name: str = "Choir", city: str | None = "Zwaffelford", code: str | None = None, country: str | None = "US", **of_place: Any) -> SourceRecord:
    """A service at one place, whose address says no more than this."""
    address = Address(id=make_id(f"{name} address"), city=city, state_province="WI", postal_code=code, country=country)
    place = Location(id=make_id(f"{name} place"), name=name, addresses=[address], **of_place)
    link = ServiceAtLocation(id=make_id(f"{name} link"), location=place)
    organization = Organization(id=make_id(f"{name} organization"), name=name, description="Neighbours.")
    service = Service(id=make_id(name), name=name, organization=organization, service_at_locations=[link])
    return SourceRecord(key=name, file="elm.json", line=1, content=service)


@pytest.fixture
def town(storage: Storage) -> Storage:
    """Three exact places of one postcode and town that no gazetteer knows, one of them with its point far off by a slip."""
    with storage.writing() as session:
        service = make_service(session, "Supper club")
        for number, point in enumerate([HERE, (44.2631, -88.4194), (44.2671, -98.4194)]):
            make_address(session, make_place(session, service, f"Hall {number}", point=point), f"{number} Mill Lane", "Zwaffelford", "WI", "00999")
    return storage


def take_in(storage: Storage, sealer: Sealer, *records: SourceRecord) -> ImportReport:
    with storage.reading() as session:
        gazetteer = open_gazetteer(session)
    found = with_points(records, ELM, gazetteer, middles_of(storage, ELM, gazetteer, country="US"))
    return import_records(storage, ELM, found, by="test", at=NOON, sealer=sealer)


def stored(storage: Storage, name: str = "Choir") -> tuple[float | None, float | None, str]:
    with storage.reading() as session:
        row = session.get_one(Row, make_id(f"{name} place"))
        return row.latitude, row.longitude, row.point_precision


def test_an_address_without_a_point_lies_in_the_middle_of_its_postcode(storage: Storage, sealer: Sealer) -> None:
    report = take_in(storage, sealer, record_at(code="11201-4455", city="Brooklyn"))
    latitude, longitude, precision = stored(storage)
    assert (latitude, longitude, precision) == (pytest.approx(40.69, abs=0.05), pytest.approx(-73.99, abs=0.05), "code")
    assert [(repair.value, "middle of its postcode" in repair.reason) for repair in report.repairs] == [("11201-4455", True)]


def test_a_postcode_that_no_gazetteer_knows_is_where_the_others_of_it_are(town: Storage, sealer: Sealer) -> None:
    take_in(town, sealer, record_at(code="00999"))
    assert stored(town) == (44.26, -88.42, "code")


def test_a_town_is_taken_where_there_is_no_postcode(town: Storage, sealer: Sealer) -> None:
    take_in(town, sealer, record_at(), record_at(name="Band", city="Madison"))
    assert stored(town)[2] == stored(town, "Band")[2] == "town"
    assert stored(town, "Band")[:2] == (pytest.approx(43.07, abs=0.1), pytest.approx(-89.4, abs=0.1))


@pytest.mark.parametrize("said", [
    {"city": None}, {"city": "Qzxv Vxzq"}, {"city": "Zwaffelford", "country": "DE"}, {"code": "00999", "city": None, "country": "DE"},
    {"code": "11201", "location_type": "postal"}, {"code": "11201", "location_type": "virtual"},
])  # fmt: skip
def test_what_nobody_knows_or_nobody_goes_to_has_no_point(town: Storage, sealer: Sealer, said: dict[str, Any]) -> None:
    report = take_in(town, sealer, record_at(**said))
    assert stored(town) == (None, None, "given")
    assert report.repairs == []


@pytest.mark.parametrize("said", [{"visibility": "area_only"}, {"name": "Domestic violence safe house"}])
def test_no_point_is_made_for_a_place_that_is_not_public(town: Storage, sealer: Sealer, said: dict[str, Any]) -> None:
    name = said.get("name", "Choir")
    take_in(town, sealer, record_at(code="11201", **said))
    assert stored(town, name) == (None, None, "given")
    with town.reading() as session:
        assert {"latitude", "longitude"} & set(open_place(session, make_id(f"{name} place"), sealer=sealer)) == set()


def test_a_place_stays_where_it_was_put_once(town: Storage, sealer: Sealer) -> None:
    take_in(town, sealer, record_at(code="00999"))
    with town.writing() as session:
        place = make_place(session, make_service(session, "Chess"), "Hut", point=(44.27, -88.43))
        make_address(session, place, "9 Mill Lane", "Zwaffelford", "WI", "00999")
    again = take_in(town, sealer, record_at(code="00999"))
    assert (again.unchanged, again.changed, again.conflicts) == (1, 0, 0)
    assert stored(town) == (44.26, -88.42, "code")


def test_a_point_that_somebody_here_has_set_stands(town: Storage, sealer: Sealer) -> None:
    take_in(town, sealer, record_at(city=None))
    with town.writing() as session:
        row = session.get_one(Row, make_id("Choir place"))
        row.latitude, row.longitude = HERE
        for name, value in zip(("latitude", "longitude"), HERE, strict=True):
            record_change(session, entity="location", entity_id=row.id, action="changed", by="rosa", at=NOON, field=name, before=None, after=value)
    report = take_in(town, sealer, record_at(code="00999"))
    assert report.conflicts == 0
    assert stored(town) == (*HERE, "given")
