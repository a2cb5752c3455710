"""Places that are not public, while a listing is edited: hidden at once, opened by nobody but a curator, and told to nobody without right."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.editing.applying import apply
from directory.editing.care import warnings_of
from directory.editing.sheet import Sheet
from directory.errors import NotPermitted
from directory.exchange.records import Address, Location, ServiceAtLocation
from directory.models import Address as AddressRow
from directory.models import Change, LocationPrivate
from directory.models import Location as LocationRow
from tests.directory.editing.conftest import Desk
from tests.make import NOON, make_id

HALL = make_id("Riverside Hall")
STREET = "12 River Street"


def put(session: Session, desk: Desk, base: Sheet, sheet: Sheet, *, is_decided: bool = False) -> None:
    apply(session, base.service.id, base, sheet, by="account:a", at=NOON, act=uuid4(), sealer=desk.sealer, is_decided=is_decided)
    session.expire_all()


def hide(session: Session, desk: Desk) -> None:
    base, sheet = desk.sheet(session)
    sheet.places[0].visibility = "area_only"
    put(session, desk, base, sheet)


def in_the_open(session: Session, text: str) -> list[str]:
    """Where a text stands unsealed."""
    lines = [str(line.seq) for line in session.scalars(select(Change)) if text in (line.before or "") + (line.after or "")]
    rows = [str(row.id) for row in session.scalars(select(AddressRow)) if text in (row.address_1 or "")]
    return lines + rows


def test_a_place_is_hidden_at_once_and_nothing_of_it_stays_in_the_open(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        sheet.places[0].addresses[0].address_1 = "14 River Street"
        put(session, desk, base, sheet)
        hide(session, desk)
        place = session.get_one(LocationRow, HALL)
        assert (place.visibility, place.latitude) == ("area_only", None)
        assert in_the_open(session, "River Street") == []


def test_its_people_and_curators_see_the_address_and_nobody_else(desk: Desk) -> None:
    with desk.storage.writing() as session:
        hide(session, desk)
        seen = {name: desk.sheet(session, "lunch", name)[0] for name in ("ana", "ben", "cora", "emil", "kofi", "stella")}
    shown = {name: [one.address_1 for one in sheet.places[0].addresses] for name, sheet in seen.items()}
    assert shown == {"ana": [STREET], "ben": [STREET], "cora": [STREET], "emil": [], "kofi": [], "stella": []}
    assert all(sheet.places[0].latitude is None and sheet.closed == [HALL] for name, sheet in seen.items() if name in ("emil", "kofi", "stella"))


def test_a_new_address_goes_under_the_seal_and_not_into_the_log(desk: Desk) -> None:
    with desk.storage.writing() as session:
        hide(session, desk)
        base, sheet = desk.sheet(session)
        sheet.places[0].addresses[0].address_1, sheet.places[0].latitude = "7 Quillfeather Mews", 44.9
        put(session, desk, base, sheet)
        now = desk.sheet(session)[0].places[0]
        assert (now.addresses[0].address_1, now.latitude) == ("7 Quillfeather Mews", 44.9)
        assert in_the_open(session, "Quillfeather") == in_the_open(session, "44.9") == []
        assert session.get_one(LocationRow, HALL).latitude is None


def test_only_a_curator_opens_a_place_again_and_then_whole(desk: Desk) -> None:
    with desk.storage.writing() as session:
        hide(session, desk)
        base, sheet = desk.sheet(session)
        sheet.places[0].visibility = "public"
        with pytest.raises(NotPermitted):
            put(session, desk, base, sheet)
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session, "lunch", "cora")
        sheet.places[0].visibility, sheet.places[0].addresses[0].city = "public", "Menasha"
        put(session, desk, base, sheet, is_decided=True)
        place = session.get_one(LocationRow, HALL)
        address = session.scalars(select(AddressRow).where(AddressRow.location_id == HALL)).one()
        assert (place.visibility, place.latitude, address.address_1, address.city) == ("public", 44.2619, STREET, "Menasha")
        assert session.get(LocationPrivate, HALL) is None


def test_a_new_place_may_begin_hidden(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        place = Location(id=make_id("a quiet house"), name="Quiet house", latitude=44.3, longitude=-88.3, visibility="area_only", area_name="Outagamie County")
        place.addresses = [Address(id=make_id("a quiet address"), address_1="9 Nowhere Row", city="Appleton", country="US")]
        link = ServiceAtLocation(id=make_id("a quiet link"), service_id=sheet.service.id, location_id=place.id, location=place)
        sheet.service.service_at_locations.append(link)
        put(session, desk, base, sheet)
        assert in_the_open(session, "Nowhere Row") == []
        assert session.get_one(LocationRow, place.id).latitude is None
        now = desk.sheet(session)[0].place(place.id)
        assert now is not None
        assert (now.addresses[0].address_1, now.latitude) == ("9 Nowhere Row", 44.3)


def test_what_somebody_may_not_see_they_cannot_change(desk: Desk) -> None:
    with desk.storage.writing() as session:
        hide(session, desk)
        base, sheet = desk.sheet(session, "lunch", "emil")
        sheet.places[0].name = "Mine now"
        with pytest.raises(NotPermitted):
            put(session, desk, base, sheet)


def test_an_edit_begun_before_a_place_was_hidden_goes_under_the_seal(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        sheet.places[0].addresses[0].address_1 = "7 Quillfeather Mews"
        hide(session, desk)
        put(session, desk, base, sheet)
        assert in_the_open(session, "Quillfeather") == []
        assert desk.sheet(session)[0].places[0].addresses[0].address_1 == "7 Quillfeather Mews"


def test_a_text_that_gives_a_hidden_place_away_is_pointed_at(desk: Desk) -> None:
    with desk.storage.writing() as session:
        hide(session, desk)
        sheet = desk.sheet(session)[1]
        assert warnings_of(session, sheet, sealer=desk.sealer) == []
        sheet.service.description = "Come to 12 river  street at noon."
        assert [one.part for one in warnings_of(session, sheet, sealer=desk.sealer)] == ["offer"]


def test_a_refuge_with_an_open_address_is_pointed_at(desk: Desk) -> None:
    with desk.storage.reading() as session:
        sheet = desk.sheet(session)[1]
        assert warnings_of(session, sheet, sealer=desk.sealer) == []
        sheet.service.description = "A safe house for women and their children."
        assert [one.part for one in warnings_of(session, sheet, sealer=desk.sealer)] == ["where"]
