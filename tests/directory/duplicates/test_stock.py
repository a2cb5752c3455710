"""Tests of the directory as rows to compare: what is public of services and organizations, and nothing of places that are not."""

from __future__ import annotations

import pytest

from directory.duplicates import find_duplicates, stock
from directory.duplicates.stock import Kind, stock_rows
from directory.models import Location, LocationPrivate, Organization, Phone, Url
from directory.storage import Storage
from tests.make import make_address, make_id, make_place, make_service


def fill(storage: Storage) -> None:
    with storage.writing() as session:
        pantry = make_service(session, "Open Table Pantry", alternate_name="The Table", url="https://table.example.org", email="hello@table.example.org")
        link = make_place(session, pantry, "Hall", point=(41.88, -87.63))
        make_address(session, link, "12 Mill Road", "Chicago", "IL", "60601")
        session.add_all(
            [
                Phone(service_id=pantry.id, number="312 555 0143"),
                Phone(location_id=link.location_id, number="312 555 0198"),
                Phone(organization_id=pantry.organization_id, number="312 555 0100"),
                Url(organization_id=pantry.organization_id, url="https://trust.example.org"),
            ]
        )


def test_a_service_comes_with_all_that_is_public_of_it(storage: Storage) -> None:
    fill(storage)
    with storage.reading() as session:
        [row] = stock_rows(session, "service")
    assert (row.key, row.name, row.other_names) == (str(make_id("Open Table Pantry")), "Open Table Pantry", ("The Table",))
    assert row.organization == "Open Table Pantry Trust"
    assert row.phones == ("312 555 0143", "312 555 0198")
    assert (row.websites, row.emails) == (("https://table.example.org",), ("hello@table.example.org",))
    assert (row.streets, row.postcodes, row.city) == (("12 Mill Road",), ("60601",), "Chicago")
    assert (row.latitude, row.longitude) == (41.88, -87.63)


def test_an_organization_comes_with_the_places_of_its_services(storage: Storage) -> None:
    fill(storage)
    with storage.reading() as session:
        [row] = stock_rows(session, "organization")
    assert (row.name, row.streets, row.websites) == ("Open Table Pantry Trust", ("12 Mill Road",), ("https://trust.example.org",))
    assert row.phones == ("312 555 0100", "312 555 0198")


@pytest.mark.parametrize("visibility", ["area_only", "verified_staff", "hidden"])
def test_a_place_that_is_not_public_gives_nothing(storage: Storage, visibility: str) -> None:
    rows = []
    for sealed in ("one door", "another"):
        with storage.writing() as session:
            session.query(Location).delete()
            session.query(Organization).delete()
        with storage.writing() as session:
            link = make_place(session, make_service(session, "Quiet House"), "Somewhere", visibility=visibility)
            session.add_all([Phone(location_id=link.location_id, number="312 555 0143"), Phone(service_at_location_id=link.id, number="312 555 0144")])
            session.add(LocationPrivate(location_id=link.location_id, sealed=sealed))
        with storage.reading() as session:
            rows.append((list(stock_rows(session, "service")), list(stock_rows(session, "organization"))))
    assert rows[0] == rows[1]
    services, [organization] = rows[0]
    assert [row.name for row in services] == ([] if visibility == "hidden" else ["Quiet House"])
    for row in (*services, organization):
        assert (row.phones, row.streets, row.postcodes, row.city, row.latitude) == ((), (), (), "", None)


def test_a_service_that_is_there_twice_is_found(storage: Storage) -> None:
    with storage.writing() as session:
        for name, street in (("Riverside Choir Circle", "12 Mill Road"), ("Riverside Choir Circle (Tuesdays)", "12 Mill Rd., Suite 4")):
            make_address(session, make_place(session, make_service(session, name), f"Place of {name}"), street, "Chicago", "IL", "60601")
    with storage.reading() as session:
        rows = list(stock_rows(session, "service"))
    [pair] = find_duplicates(rows)
    assert "same house number and street" in pair.reason


def test_a_service_that_is_no_more_takes_no_part(storage: Storage) -> None:
    with storage.writing() as session:
        make_service(session, "Gone", status="defunct")
    with storage.reading() as session:
        assert list(stock_rows(session, "service")) == []


@pytest.mark.parametrize("kind", ["service", "organization"])
def test_the_directory_read_in_stretches_is_the_directory(storage: Storage, monkeypatch: pytest.MonkeyPatch, kind: Kind) -> None:
    with storage.writing() as session:
        for number in range(7):
            service = make_service(session, f"Lunch {number}", url=f"https://lunch{number}.example.org")
            link = make_place(session, service, f"Hall {number}", point=(44.0 + number, -88.0))
            make_address(session, link, f"{number} Mill Road", "Chicago", "IL", f"6060{number}")
            session.add_all([Phone(service_id=service.id, number=f"312 555 010{number}"), Phone(location_id=link.location_id, number=f"312 555 020{number}")])
    with storage.reading() as session:
        whole = list(stock_rows(session, kind))
        for count in (1, 2, 3, 7):
            monkeypatch.setattr(stock, "AT_ONCE", count)
            assert list(stock_rows(session, kind)) == whole
    assert len({row.streets for row in whole}) == len(whole) == 7
