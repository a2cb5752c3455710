"""Undoing never brings a place into the open that is not public, and keeps what is sealed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import LaterChanges
from directory.history.undoing import undo_act
from directory.models import Address, Change, Location, LocationPrivate, Service, ServiceAtLocation
from directory.placing import open_place, seal_place, take_back
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.history.town import AT, SERVICE, make_listings
from tests.make import make_id

PLACE, ADDRESS, LINK = make_id("the house"), make_id("the address"), make_id("group at the house")
STREET = "4417 Quillfeather Mews"


def make_place(session: Session, **fields: Any) -> Location:
    make_listings(session)
    place = Location(**{"id": PLACE, "name": "The house", "latitude": 44.2, "longitude": -88.4, "visibility": "public", **fields})
    session.add(place)
    session.flush()
    session.add(ServiceAtLocation(id=LINK, service_id=SERVICE, location_id=PLACE))
    session.add(Address(id=ADDRESS, location_id=PLACE, address_1=STREET, city="Appleton", postal_code="Q4X 9ZB"))
    session.flush()
    return place


def log(session: Session, act: object, entity: str, key: object, action: str, **said: Any) -> None:
    record_change(session, entity=entity, entity_id=key, action=action, by="tests", at=AT, act=act, **said)   # type: ignore[arg-type]


def undo(session: Session, act: Any, sealer: Sealer) -> Any:
    return undo_act(session, act, by="account:1", at=AT, why="", sealer=sealer)


@pytest.mark.parametrize("what", ["address removed", "point moved", "street in a text"])
def test_what_told_of_a_place_does_not_come_back_once_it_was_taken_back(storage: Storage, sealer: Sealer, what: str) -> None:
    act = uuid4()
    with storage.writing() as session:
        place, service = make_place(session), session.get(Service, SERVICE)
        assert service
        if what == "address removed":
            session.delete(session.get(Address, ADDRESS))
            said = {"id": str(ADDRESS), "location_id": str(PLACE), "address_1": STREET, "city": "Appleton", "position": 0}
            log(session, act, "address", ADDRESS, "removed", before=said)
            session.add(Address(location_id=PLACE, address_1=STREET, city="Appleton"))
        elif what == "point moved":
            log(session, act, "location", PLACE, "changed", field="latitude", before=44.1, after=44.2)
        else:
            service.description = "A quiet place."
            log(session, act, "service", SERVICE, "changed", field="description", before=f"Ring at {STREET}.", after="A quiet place.")
        session.flush()
        take_back(session, [place.id], "area_only", by="account:2", at=AT, why="asked for", sealer=sealer)
    with storage.writing() as session:
        with pytest.raises(LaterChanges):
            undo(session, act, sealer)
        assert session.scalars(select(Address)).all() == []
        texts = [*session.scalars(select(Change.before)), *session.scalars(select(Change.after)), *session.scalars(select(Service.description))]
        assert not any("Quillfeather" in (text or "") for text in texts)


def test_a_text_that_names_a_sealed_street_is_not_put_back_even_where_the_log_kept_it(storage: Storage, sealer: Sealer) -> None:
    act = uuid4()
    with storage.writing() as session:
        place = make_place(session)
        take_back(session, [place.id], "area_only", by="account:2", at=AT, why="asked for", sealer=sealer)
        log(session, act, "service", SERVICE, "changed", field="description", before=f"Ring at {STREET}.")
        service = session.get(Service, SERVICE)
        assert service
        log(session, act, "service", SERVICE, "changed", field="alert", after="New door")
        service.alert, service.organization_id = "New door", make_id("Hill club")
        session.flush()
        with pytest.raises(LaterChanges, match="would tell where a place is"):
            undo(session, act, sealer)


@pytest.mark.parametrize(("before", "after"), [("public", "area_only"), ("area_only", "public"), ("hidden", "verified_staff")])
def test_who_may_see_a_place_is_not_set_by_undoing(storage: Storage, sealer: Sealer, before: str, after: str) -> None:
    act = uuid4()
    with storage.writing() as session:
        place = make_place(session, latitude=None, longitude=None)
        place.visibility = after
        session.flush()
        log(session, act, "location", PLACE, "changed", field="visibility", before=before, after=after)
        with pytest.raises(LaterChanges, match="is set in its form"):
            undo(session, act, sealer)
        assert place.visibility == after


def test_a_sealed_place_goes_and_comes_back_with_its_seal(storage: Storage, sealer: Sealer) -> None:
    act = uuid4()
    with storage.writing() as session:
        make_listings(session)
        session.add(Location(id=PLACE, name="The house", visibility="area_only"))
        session.flush()
        seal_place(session, PLACE, {"latitude": 44.2, "addresses": [{"address_1": STREET}]}, sealer=sealer)
        log(session, act, "location", PLACE, "added")
        undone = undo(session, act, sealer)
        assert session.scalars(select(LocationPrivate)).all() == []
        assert not any(STREET in (text or "") for text in session.scalars(select(Change.before)))
        undo(session, undone, sealer)
        place = session.get(Location, PLACE)
        assert place
        assert (place.visibility, open_place(session, PLACE, sealer=sealer)["latitude"]) == ("area_only", 44.2)
