"""One feed cannot touch what another brought in, nor what is sealed of a place; by whatever ids it names."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import select

from directory.exchange.records import Contact, Organization, Phone, Schedule, Service, ServiceAtLocation, Url
from directory.models import Change
from directory.models import Organization as OrganizationRow
from directory.models import Phone as PhoneRow
from directory.placing import open_place
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.conftest import Bring, everything
from tests.directory.exchange.make import LATER, SOURCE, a_location, a_record, a_service, an_address, an_id

OTHER = structs.replace(SOURCE, code="oak", name="Oak Lane feed")
LEDGER = ("source", "provenance", "change", "import_run")


def evil(key: object = 1, **fields: Any) -> Service:
    """What another feed says of a thing by its id: everything otherwise."""
    place = a_location(key, name="Elsewhere", latitude=1.0, longitude=2.0, addresses=[an_address(key, address_1="99 Wrong Road")])
    changed = {
        "name": "Taken over", "description": "Send money.", "url": "https://taken.example", "location": place,
        "phones": [Phone(id=an_id("phone", key), number="0900 000 000", extension="6", type="voice")],
        "schedules": [Schedule(id=an_id("schedule", key), freq="WEEKLY", byday="SU", opens_at="00:00", closes_at="01:00")],
        "contacts": [Contact(id=an_id("contact", "wrong"), name="Somebody else")],
        "additional_urls": [Url(id=an_id("url", "wrong"), url="https://taken.example")],
        **fields,
    }
    return a_service(key, **changed)


def catalogue(storage: Storage) -> dict[str, list[str]]:
    """The whole directory but for its ledger."""
    return everything(storage, without=LEDGER)


def test_another_feed_cannot_change_a_listing_by_its_id(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    before = catalogue(storage)
    report = bring(a_record(evil(), key="any"), source=OTHER, at=LATER)
    assert (report.refused, report.added, report.changed) == (1, 0, 0)
    assert "Elm Row directory" in report.refusals[0].reason
    assert catalogue(storage) == before


def test_another_feed_cannot_change_what_it_nests(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    before = catalogue(storage)
    link = ServiceAtLocation(id=an_id("service_at_location", "own"), service=evil(), location=evil().service_at_locations[0].location)
    bring(a_record(link, key="any"), source=OTHER, at=LATER)
    after = catalogue(storage)
    assert set(before["service"]) == set(after["service"])
    for table in before:
        assert set(before[table]) <= set(after[table]), f"a row of {table} was changed"
    with storage.reading() as session:
        assert [row.number for row in session.scalars(select(PhoneRow))] == ["0161 496 0000"]


def test_nothing_hangs_on_anothers_listing_that_it_did_not_hang_there(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    before = catalogue(storage)
    link = ServiceAtLocation(
        id=an_id("service_at_location", "own"), location=a_location("own"),
        service=evil(phones=[Phone(id=an_id("phone", "new"), number="0900 000 000")]),
    )
    bring(a_record(link, key="any"), source=OTHER, at=LATER)
    after = catalogue(storage)
    for table in ("phone", "contact", "url", "schedule", "language", "service", "organization"):
        assert after[table] == before[table]


def test_the_first_feed_still_updates_and_takes_back_its_own(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    link = ServiceAtLocation(id=an_id("service_at_location", "own"), location=a_location("own"), service=evil())
    bring(a_record(link, key="any"), source=OTHER)
    report = bring(a_record(a_service(name="Repair table", phones=[], description=None)), at=LATER)
    assert report.changed == 1
    with storage.reading() as session:
        assert session.scalars(select(PhoneRow)).all() == []
        assert {row.field for row in session.scalars(select(Change).where(Change.at == LATER, Change.entity == "service"))} >= {"name", "description"}


def test_another_feed_cannot_write_over_a_sealed_place(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(a_service(name="A women's refuge")))
    with storage.reading() as session:
        before = open_place(session, an_id("location", 1), sealer=sealer)
    link = ServiceAtLocation(id=an_id("service_at_location", "own"), location=evil().service_at_locations[0].location, service=a_service("own"))
    for number, content in enumerate((evil().service_at_locations[0].location, link, evil("other", location=link.location))):
        bring(a_record(content, key=f"any {number}"), source=OTHER, at=LATER)
        with storage.reading() as session:
            assert open_place(session, an_id("location", 1), sealer=sealer) == before
    assert "99 Wrong Road" not in repr(everything(storage))


SHED = Organization(
    id=an_id("organization", "shed"), name="The Wrong Shed", description="Send money.", website="https://shed.example",
    phones=[Phone(id=an_id("phone", "shed"), number="0161 496 0001")],
)


def test_what_another_feed_only_mentioned_is_filled_and_not_changed(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    assert bring(a_record(SHED, key="shed"), source=OTHER, at=LATER).added == 1
    assert bring(a_record(structs.replace(SHED, name="Wrong again"), key="shed"), source=OTHER, at=LATER).unchanged == 1
    with storage.reading() as session:
        shed = session.scalars(select(OrganizationRow)).one()
    assert (shed.name, shed.website) == ("The Long Shed", "https://shed.example")
    renamed = a_service(organization=structs.replace(SHED, name="The Longer Shed", description=None, website=None, phones=[]))
    bring(a_record(renamed), at=LATER)
    with storage.reading() as session:
        assert session.scalars(select(OrganizationRow)).one().name == "The Longer Shed"


def test_a_record_that_says_nothing_new_of_anothers_listing_is_unchanged(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    before = catalogue(storage)
    assert bring(a_record(a_service(languages=[], description=None), key="part"), source=OTHER, at=LATER).unchanged == 1
    assert catalogue(storage) == before


def test_parts_of_one_feed_in_several_files_come_in_under_one_name(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    renamed = a_record(a_service(name="Repair table"), key="other part")
    refused = bring(renamed, source=OTHER, at=LATER)
    assert "--feed" in refused.refusals[0].reason
    assert bring(renamed, at=LATER).added == 1
    assert any("Repair table" in row for row in catalogue(storage)["service"])


def test_a_feed_may_name_an_organization_of_another_and_use_its_terms(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    own = a_service("own", organization=None, organization_id=an_id("organization", "shed"))
    assert bring(a_record(own, key="own"), source=OTHER, at=LATER).added == 1
    assert bring(a_record(own, key="own"), source=OTHER, at=LATER).unchanged == 1


@pytest.mark.parametrize("kind", ["service", "organization", "location", "phone", "service_at_location"])
def test_the_id_of_anothers_row_used_for_another_kind_of_thing_changes_nothing_of_it(storage: Storage, bring: Bring, kind: str) -> None:
    bring(a_record())
    before = catalogue(storage)
    key = an_id(kind, "shed" if kind == "organization" else 1)
    for number, content in enumerate((structs.replace(a_service("x"), id=key), structs.replace(a_location("x"), id=key))):
        bring(a_record(content, key=f"any {number}"), source=OTHER, at=LATER)
    after = catalogue(storage)
    for table in before:
        assert set(before[table]) <= set(after[table])
