"""Rows of the form: what was taken away on an open page comes back when somebody thinks better of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from directory.editing.sheet import Sheet, copied
from directory.exchange.records import Location, Phone, Service, ServiceAtLocation
from matching import Vocabulary
from tests.make import make_id
from tests.web.forms.body import Body
from web.forms.listing.base import Around
from web.forms.listing.phones import PHONES
from web.forms.listing.places import Places

KEY, HALL = make_id("a phone"), make_id("a hall")


def house() -> tuple[Sheet, Around]:
    links = [ServiceAtLocation(id=make_id("its link"), location=Location(id=HALL, name="Hall", latitude=44.2, longitude=-88.4), location_id=HALL)]
    sheet = Sheet(service=Service(id=make_id("a lunch"), name="Lunch", phones=[Phone(id=KEY, number="920-555-0142")], service_at_locations=links))
    around = Around(vocabulary=Vocabulary([], []), country="US", today=date(2026, 11, 24), draft=UUID(int=5), base=copied(sheet))   # type: ignore[arg-type]
    return sheet, around


@pytest.mark.parametrize("how", [{"remove": "1", "number": "920-555-0142"}, {"number": ""}])
def test_a_number_comes_back_with_its_tick_undone_or_typed_again(how: dict[str, str]) -> None:
    sheet, around = house()
    before = copied(sheet)
    assert PHONES.read(sheet, Body(*((f"phone-{KEY}-{name}", value) for name, value in how.items())), around) == {}
    assert sheet.service.phones == []
    assert PHONES.read(sheet, Body((f"phone-{KEY}-number", "920-555-0142")), around) == {}
    assert sheet == before


def test_a_place_comes_back_with_its_tick_undone() -> None:
    sheet, around = house()
    before = copied(sheet)
    assert Places().read(sheet, Body((f"place-{HALL}-remove", "1"), (f"place-{HALL}-name", "Hall")), around) == {}
    assert sheet.places == []
    assert Places().read(sheet, Body((f"place-{HALL}-name", "Hall")), around) == {}
    assert sheet == before


def test_what_the_listing_never_had_is_not_put_into_it() -> None:
    sheet, around = house()
    assert PHONES.read(sheet, Body((f"phone-{make_id('another')}-number", "920-555-0199")), around) == {}
    assert [one.id for one in sheet.service.phones] == [KEY]
