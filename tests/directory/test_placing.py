"""Nothing that tells where a held place is stands anywhere but under its seal."""

from __future__ import annotations

import random
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import select

from directory.errors import NotFound
from directory.exchange.records import Accessibility, Contact, Location, Organization, Service, ServiceAtLocation
from directory.models import Address, Change, LocationPrivate, Provenance
from directory.models import Location as LocationRow
from directory.models import Service as ServiceRow
from directory.placing import held_visibilities, open_place, seal_place, take_back
from directory.sealing import BrokenSeal, Sealer
from directory.storage import Storage
from tests.directory.conftest import Bring, everything
from tests.directory.exchange.make import AT, LATER, SOURCE, a_location, a_record, a_service, an_address, an_id

STREET, CODE, LATITUDE, LONGITUDE = "4417 Quillfeather Mews", "Q4X 9ZB", 51.736281, -3.291847
CANARIES = ("quillfeather", "q4x 9zb", "51.736281", "3.291847", "blue gate", "10092008082")


def a_refuge(**fields: Any) -> Service:
    """A service whose words call for care, and whose texts repeat its address wherever they can."""
    place = a_location(
        1, name=f"House at {STREET}", latitude=LATITUDE, longitude=LONGITUDE, description="Behind the blue gate",
        transportation="Bus to Quillfeather", external_identifier="10092008082", external_identifier_type="UPRN",
        addresses=[an_address(1, address_1=STREET, postal_code=CODE)],
        contacts=[Contact(id=an_id("contact", 1), name="Reception", department=f"{STREET.upper()}, ground floor")],
        accessibility=[Accessibility(id=an_id("accessibility", 1), description=f"Ramp on the side of 4417  Quillfeather Mews, {CODE.lower()}")],
    )
    fields = {"name": "Harbour house", "description": f"A women's refuge. Come to {STREET}, {CODE}, at {LATITUDE}.", "location": place, **fields}
    return a_service(1, **fields)


def leaks(storage: Storage) -> list[str]:
    """The canaries that stand anywhere in the database, sealed text apart; in SQLite also in the bytes of its files."""
    texts = [" ".join(rows) for rows in everything(storage).values()]
    if storage.is_sqlite:
        storage.close()
        path = storage.engine.url.database or ""
        for suffix in ("", "-wal"):
            try:
                with open(path + suffix, "rb") as file:
                    texts.append(file.read().decode(errors="replace"))
            except FileNotFoundError:
                continue
    whole = "\n".join(texts).casefold()
    return [canary for canary in CANARIES if canary in whole]


def sealed(storage: Storage, sealer: Sealer, place: object = 1) -> dict[str, Any]:
    with storage.reading() as session:
        return open_place(session, an_id("location", place), sealer=sealer)


def test_a_refuge_is_stored_without_its_place(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    report = bring(a_record(a_refuge(), key=f"Harbour house|{STREET}", leftover={"map_link": "blue gate"}))
    assert leaks(storage) == []
    assert (report.added, report.held_places) == (1, 1)
    assert [repair.field for repair in report.repairs] == ["location"]
    secret = sealed(storage, sealer)
    assert (secret["latitude"], secret["addresses"][0]["address_1"], secret["leftover"]) == (LATITUDE, STREET, {"map_link": "blue gate"})


def test_the_listing_itself_stays(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_refuge()))
    with storage.reading() as session:
        service, place = session.scalars(select(ServiceRow)).one(), session.scalars(select(LocationRow)).one()
        assert (service.name, service.description) == ("Harbour house", "A women's refuge. Come to (withheld), (withheld), at (withheld).")
        assert (place.visibility, place.latitude, place.description, place.name) == ("area_only", None, None, "House at (withheld)")
        assert session.scalars(select(Address)).all() == []


def test_nothing_of_a_held_place_is_in_the_report(bring: Bring) -> None:
    impossible = a_refuge()
    impossible.service_at_locations[0].location.longitude = 400.0   # type: ignore[union-attr]
    report = bring(a_record(impossible, key=STREET), a_record(a_refuge(name="Other"), key=STREET, line=2), a_record(a_refuge(status="odd"), line=3))
    said = (report.to_json().decode() + report.to_text()).casefold()
    assert [canary for canary in CANARIES if canary in said] == []
    assert report.refused == 2


def test_a_held_place_comes_in_once(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_refuge(), key=STREET))
    before = everything(storage, without=("provenance",))
    report = bring(a_record(a_refuge(), key=STREET), at=LATER)
    assert (report.unchanged, report.held_places) == (1, 0)
    assert everything(storage, without=("provenance",)) == before


def test_a_new_key_changes_nothing_and_an_old_one_still_opens(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_refuge(), key=STREET))
    both = Sealer({"test": b"k" * 32, "newer": b"n" * 32})
    assert bring(a_record(a_refuge(), key=STREET), at=LATER, sealer=both).unchanged == 1
    assert sealed(storage, both)["latitude"] == LATITUDE


def test_a_move_is_noted_without_saying_where(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(a_refuge()))
    moved = a_refuge()
    moved.service_at_locations[0].location.latitude = 51.9   # type: ignore[union-attr]
    assert bring(a_record(moved), at=LATER).changed == 1
    assert sealed(storage, sealer)["latitude"] == 51.9
    assert "51.9" not in str(everything(storage)["change"])


def test_a_record_that_no_longer_tells_the_place_does_not_erase_it(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(a_refuge()))
    silent = Location(id=an_id("location", 1), visibility="area_only")
    bring(a_record(a_refuge(location=silent, description="A women's refuge.")), at=LATER)
    assert sealed(storage, sealer)["latitude"] == LATITUDE


def test_a_text_that_repeats_a_place_sealed_before_is_withheld_too(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_refuge()))
    bring(a_record(a_refuge(location=Location(id=an_id("location", 1)))), at=LATER)
    assert leaks(storage) == []


def test_a_public_place_that_becomes_held_leaves_no_trace(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    place = a_refuge().service_at_locations[0].location
    public = a_service(1, name="Harbour house", description="Company and tea.", location=place)
    bring(a_record(public, key=STREET, leftover={"map_link": "blue gate"}))
    moved = structs.replace(public, service_at_locations=[
        structs.replace(public.service_at_locations[0], location=structs.replace(place, addresses=[an_address(1, address_1=f"{STREET} 2")]))
    ])
    bring(a_record(moved, key=STREET, leftover={"map_link": "blue gate"}))
    assert leaks(storage) != []   # the check can see
    bring(a_record(a_refuge(), key=STREET), at=LATER)
    assert leaks(storage) == []
    secret = sealed(storage, sealer)
    assert secret["addresses"][0]["address_1"] == STREET
    with storage.reading() as session:
        changes = session.scalars(select(Change).where(Change.field == "visibility")).all()
        assert [(change.before, change.after) for change in changes] == [("public", "area_only")]
        assert all(row.record_key.startswith("held:") for row in session.scalars(select(Provenance)))


def test_an_import_never_opens_a_place(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_service(location=a_location(visibility="hidden"))))
    bring(a_record(a_service(name="Bench", location=a_location(visibility="public"))), at=LATER)
    with storage.reading() as session:
        assert list(held_visibilities(session).values()) == ["hidden"]


def test_a_place_held_by_one_record_is_held_in_every_other(storage: Storage, bring: Bring) -> None:
    choir = a_service(2, name="Choir", location=a_refuge().service_at_locations[0].location)
    bring(a_record(choir, line=1), a_record(a_refuge(), line=2))
    assert leaks(storage) == []


def test_a_later_link_from_a_refuge_takes_a_stored_place_back(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_service(1, name="Choir", location=a_refuge().service_at_locations[0].location), line=1))
    shelter = a_service(2, name="Safe house", service_at_locations=[
        ServiceAtLocation(id=an_id("service_at_location", 2), location_id=an_id("location", 1))
    ])
    bring(a_record(shelter, line=2), at=LATER)
    with storage.reading() as session:
        assert list(held_visibilities(session)) == [an_id("location", 1)]


def test_a_later_place_of_a_stored_refuge_is_held(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_service(1, name="Safe house", service_at_locations=[])))
    bring(a_record(ServiceAtLocation(id=an_id("service_at_location", 2), service_id=an_id("service", 1), location=a_location(2)), line=2), at=LATER)
    with storage.reading() as session:
        assert list(held_visibilities(session)) == [an_id("location", 2)]


def test_the_name_of_an_organization_holds_the_places_of_its_services(storage: Storage, bring: Bring) -> None:
    shed = Organization(id=an_id("organization", "r"), name="Harbour Women's Refuge")
    bring(a_record(shed), a_record(a_service(1, organization=None, organization_id=shed.id), line=2))
    with storage.reading() as session:
        assert list(held_visibilities(session)) == [an_id("location", 1)]


def test_two_worlds_that_differ_only_in_a_hidden_place_store_the_same_but_for_the_seal(storage: Storage, bring: Bring) -> None:
    hidden = ("location_private", "provenance", "source", "change", "import_run")
    worlds = []
    for seed in (1, 2):
        dice = random.Random(seed)
        address = an_address(seed, address_1=f"{seed} Hid Lane", postal_code=f"Q{seed} 1AA")
        place = a_location(latitude=dice.uniform(-80, 80), longitude=dice.uniform(-80, 80), addresses=[address])
        bring(a_record(a_service(1, name="Safe house", location=place)), at=AT)
        worlds.append(everything(storage, without=hidden))
    assert worlds[0] == worlds[1]


def test_what_is_not_sealed_is_not_found(storage: Storage, sealer: Sealer) -> None:
    with storage.reading() as session, pytest.raises(NotFound):
        open_place(session, an_id("location", "none"), sealer=sealer)


def test_a_seal_whose_key_is_gone_is_written_anew_and_says_so_when_opened(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(a_refuge()))
    stranger, place = Sealer({"other": b"o" * 32}), an_id("location", 1)
    with storage.reading() as session, pytest.raises(BrokenSeal):
        open_place(session, place, sealer=stranger)
    with storage.writing() as session:
        assert seal_place(session, place, {"latitude": 1.0}, sealer=stranger)
        assert open_place(session, place, sealer=stranger) == {"latitude": 1.0}


def test_taking_back_counts_only_what_was_public(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(a_service(1)), a_record(a_service(2, location=a_location(2, visibility="hidden")), line=2))
    with storage.writing() as session:
        places = list(session.scalars(select(LocationRow.id)))
        assert take_back(session, places, "hidden", by="curator", at=LATER, why="asked by phone", sealer=sealer) == 1
        assert len(session.scalars(select(LocationPrivate)).all()) == 2


# --- the same door under another name ----------------------------------------------------------------------------------------------------

HAVEN = Organization(id=an_id("organization", "haven"), name="Haven", description="Company.")


def haven_refuge() -> Service:
    """A refuge of an organization whose own name says nothing of it."""
    return structs.replace(a_refuge(), organization=HAVEN)


def told_elsewhere() -> list[Any]:
    """Other records of the same organization: its own page, and another service at the same door."""
    own = structs.replace(HAVEN, description=f"Find us at {STREET}, {CODE}.")
    place = a_location("front", addresses=[an_address("front", address_1=STREET.upper(), postal_code=CODE)], latitude=LATITUDE, longitude=LONGITUDE)
    talks = a_service("talks", name="Talks", organization=None, organization_id=HAVEN.id, location=place)
    return [a_record(own, key="own", leftover={"notes": [f"next to {STREET}"]}), a_record(talks, key="talks")]


def test_other_records_of_the_organization_do_not_tell_the_place(storage: Storage, bring: Bring) -> None:
    bring(a_record(haven_refuge()), *told_elsewhere())
    assert leaks(storage) == []


def test_records_that_come_later_do_not_tell_it_either(storage: Storage, bring: Bring) -> None:
    bring(a_record(haven_refuge()))
    bring(*told_elsewhere(), at=LATER)
    assert leaks(storage) == []
    assert bring(*told_elsewhere(), at=LATER).unchanged == 2


def test_the_name_of_its_street_is_withheld_without_the_number(storage: Storage, bring: Bring) -> None:
    bring(a_record(structs.replace(a_refuge(), description="A women's refuge on Quillfeather Mews, at the end.")))
    with storage.reading() as session:
        assert session.scalars(select(ServiceRow.description)).one() == "A women's refuge on (withheld), at the end."


def test_another_organization_at_the_same_door_stays_public(storage: Storage, bring: Bring) -> None:
    bring(a_record(haven_refuge()))
    place = a_location("hall", addresses=[an_address("hall", address_1=STREET, postal_code=CODE)])
    bring(a_record(a_service("choir", name="Choir", location=place)), at=LATER)
    assert an_id("location", "hall") not in _held(storage)


def a_hospital() -> list[Any]:
    """A clinic that speaks of violence, and the emergency room behind the same door."""
    front = {"address_1": "222 Elm Avenue", "postal_code": "94403"}
    clinic = a_service("clinic", name="Keel Clinic", description="Care after domestic violence.", organization=HAVEN,
                       location=a_location("clinic", addresses=[an_address("clinic", **front)]))  # fmt: skip
    room = a_service("room", name="Emergency room", description="Come to 222 Elm Avenue.", organization=None, organization_id=HAVEN.id,
                     location=a_location("room", addresses=[an_address("room", **front)], latitude=37.5, longitude=-122.3))  # fmt: skip
    return [a_record(clinic, key="clinic"), a_record(room, key="room")]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_clinic_that_speaks_of_violence_does_not_hide_the_emergency_room(storage: Storage, bring: Bring, at_once: bool) -> None:
    batches = [a_hospital()] if at_once else [[record] for record in a_hospital()]
    for batch in batches:
        bring(*batch)
    assert _held(storage) == {an_id("location", "clinic")}
    with storage.reading() as session:
        assert session.get_one(ServiceRow, an_id("service", "room")).description == "Come to 222 Elm Avenue."


def test_every_place_that_is_held_is_told_in_the_report(storage: Storage, bring: Bring) -> None:
    report = bring(a_record(haven_refuge()), *told_elsewhere())
    notes = [repair for repair in report.repairs if "held back" in repair.reason]
    assert len(notes) == report.held_places == 2


def _held(storage: Storage) -> set[Any]:
    with storage.reading() as session:
        return set(held_visibilities(session))


def test_another_feed_cannot_try_addresses_against_the_seal(storage: Storage, bring: Bring) -> None:
    bring(a_record(haven_refuge()))
    other = structs.replace(SOURCE, code="oak", name="Oak")
    said = f"1 Low Row, {STREET}, 9 High Row"
    place = a_location("door", addresses=[an_address("door", address_1=STREET, postal_code=CODE)])
    tries = [
        a_service("a", description=said, location=a_location(1, addresses=[])),
        a_service("b", description=said, organization=None, organization_id=HAVEN.id, location=place),
    ]
    bring(*(a_record(one, key=str(number)) for number, one in enumerate(tries)), source=other, at=LATER)
    with storage.reading() as session:
        wanted = [an_id("service", "a"), an_id("service", "b")]
        assert set(session.scalars(select(ServiceRow.description).where(ServiceRow.id.in_(wanted)))) == {said}
    assert an_id("location", "door") not in _held(storage)
