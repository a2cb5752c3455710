"""Places on the form: found by their address, moved by steps, doubted far from their postcode, hidden at will."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
import pytest
from geopy.distance import geodesic

from directory.editing.places import doubts_of, moved_point
from directory.editing.sheet import Sheet
from directory.exchange.records import Address, Location, Service, ServiceAtLocation
from directory.places import Found, PlaceAnswer, Unknown
from matching import Vocabulary
from matching.values import Place
from tests.make import make_id
from web.forms.listing.base import Around
from web.forms.listing.places import Places
from web.forms.posted import PostedForm

HALL = make_id("a hall")
KEY = f"place-{HALL}"
POINT = (44.2619, -88.4154)
asked: list[str] = []


def gazetteer(text: str) -> PlaceAnswer:
    asked.append(text)
    known = Place(latitude=44.3, longitude=-88.4, precision="code")
    return Found(place=known, areas=frozenset(), label="54911") if text == "54911" else Unknown(text=text)


def nobody(text: str) -> PlaceAnswer:
    raise AssertionError(f"somebody outside was asked for {text}")


AROUND = Around(vocabulary=Vocabulary([], []), country="US", today=date(2026, 11, 24), draft=UUID(int=5), find=gazetteer, find_here=gazetteer)   # type: ignore[arg-type]


def sheet_with(**fields: object) -> Sheet:
    place = Location(id=HALL, name="Hall", latitude=POINT[0], longitude=POINT[1], **fields)   # type: ignore[arg-type]
    place.addresses = [Address(id=make_id("its address"), address_1="12 River Street", city="Appleton", postal_code="54911", country="US")]
    link = ServiceAtLocation(id=make_id("its link"), location=place, location_id=HALL)
    return Sheet(service=Service(id=make_id("a lunch"), name="Lunch", service_at_locations=[link]))


def read(sheet: Sheet, around: Around = AROUND, **typed: str) -> dict[str, str]:
    return Places().read(sheet, PostedForm([(name.replace("hall", KEY, 1).replace("_to_", "-"), value) for name, value in typed.items()]), around)


@pytest.mark.parametrize("way", ["north", "east", "south", "west"])
def test_a_step_is_a_hundred_metres(way: str) -> None:
    sheet = sheet_with()
    assert read(sheet, move=f"{HALL}:{way}") == {}
    there = sheet.places[0]
    assert geodesic(POINT, (there.latitude, there.longitude)).meters == pytest.approx(100, abs=0.5)
    assert moved_point(*POINT, "up") == POINT


@pytest.mark.parametrize(("step", "metres"), [("10", 10), ("100", 100), ("1000", 1000), ("5", 100)])
def test_a_step_is_as_long_as_was_chosen_of_those_that_are_offered(step: str, metres: int) -> None:
    sheet = sheet_with()
    assert read(sheet, move=f"{HALL}:north", hall_to_step=step) == {}
    assert geodesic(POINT, (sheet.places[0].latitude, sheet.places[0].longitude)).meters == pytest.approx(metres, rel=0.01)


def test_an_address_that_nobody_knows_is_told_and_the_point_stays() -> None:
    sheet = sheet_with()
    assert list(read(sheet, hall_to_postal_code="00000", move=f"{HALL}:address")) == [f"{KEY}-latitude"]
    assert (sheet.places[0].latitude, sheet.places[0].longitude) == POINT


def test_a_geocoder_that_the_operator_named_is_asked_first_and_for_public_places_only() -> None:
    def exact(text: str) -> tuple[float, float] | None:
        asked.append(text)
        return (44.26123, -88.41999) if "River" in text else None

    asked.clear()
    for visibility, latitude in (("public", 44.26123), ("area_only", 44.3)):
        sheet, around = sheet_with(visibility=visibility), msgspec.structs.replace(AROUND, exact=exact)
        assert read(sheet, around, move=f"{HALL}:address") == {}
        assert sheet.places[0].latitude == latitude
    assert asked == ["12 River Street, Appleton, 54911", "12 River Street, Appleton, 54911", "54911"]


def test_one_of_our_other_places_is_taken_on_once_and_as_it_is() -> None:
    sheet, barn = sheet_with(), make_id("a barn")
    place = Location(id=barn, name="Barn", latitude=44.3, longitude=-88.5)
    links = {barn: ServiceAtLocation(id=make_id("its other link"), location=place, location_id=barn)}
    around = msgspec.structs.replace(AROUND, take=links.get, taken=frozenset({barn}))
    assert read(sheet, around, **{"place-pick": str(barn)}) == read(sheet, around, **{"place-pick": str(barn)}) == {}
    assert [one.id for one in sheet.places] == [HALL, barn]
    assert read(sheet, around, **{f"place-{barn}-name": "Mine", f"place-{barn}-latitude": "45", "move": f"{barn}:north"}) == {}
    assert (place.name, place.latitude) == ("Barn", 44.3)
    assert list(Places().show(sheet, None, around)["maps"]) == [str(HALL)]


@pytest.mark.parametrize("typed", ["nonsense", str(make_id("another's place"))])
def test_a_place_that_is_not_offered_is_not_taken_on(typed: str) -> None:
    sheet = sheet_with()
    assert list(read(sheet, **{"place-pick": typed})) == ["place-pick"]
    assert len(sheet.places) == 1


def test_a_place_that_is_not_theirs_to_know_has_no_drawing() -> None:
    sheet = sheet_with(visibility="area_only")
    assert list(Places().show(sheet, None, AROUND)["maps"]) == [str(HALL)]
    sheet.closed = [HALL]
    assert Places().show(sheet, None, AROUND)["maps"] == {}


def test_a_new_place_is_found_by_its_address() -> None:
    sheet = sheet_with()
    assert read(sheet, **{"place-new-address_1": "7 Hill Road", "place-new-postal_code": "54911", "place-new-country": "us"}) == {}
    new = sheet.places[1]
    assert (new.latitude, new.point_precision, new.addresses[0].country) == (44.3, "code", "US")


def test_the_same_new_place_sent_twice_is_one() -> None:
    sheet, typed = sheet_with(), {"place-new-address_1": "7 Hill Road"}
    first = sheet_with()
    read(sheet, **typed)
    read(first, **typed)
    assert [place.id for place in sheet.places] == [place.id for place in first.places]


def test_a_point_far_from_its_postcode_is_doubted_and_kept() -> None:
    sheet = sheet_with()
    assert doubts_of(sheet, gazetteer) == []
    assert read(sheet, hall_to_latitude="45.9", hall_to_longitude="-88.4154") == {}
    (doubt,) = doubts_of(sheet, gazetteer)
    assert "km from postcode 54911" in doubt.words


@pytest.mark.parametrize(("latitude", "longitude"), [("91", "0"), ("here", "1"), ("44.1", ""), ("0", "0")])
def test_what_is_no_point_is_told_and_not_taken(latitude: str, longitude: str) -> None:
    sheet = sheet_with()
    assert read(sheet, hall_to_latitude=latitude, hall_to_longitude=longitude)
    assert (sheet.places[0].latitude, sheet.places[0].longitude) == POINT


def test_nobody_outside_is_asked_for_a_place_that_is_not_public() -> None:
    sheet = sheet_with(visibility="area_only")
    around = Around(vocabulary=AROUND.vocabulary, country="US", today=AROUND.today, draft=AROUND.draft, find=nobody, find_here=gazetteer)
    assert read(sheet, around, move=f"{HALL}:address") == {}
    assert sheet.places[0].latitude == 44.3


def test_a_place_is_hidden_by_anyone_who_edits_and_opened_by_a_curator_only() -> None:
    sheet = sheet_with()
    assert read(sheet, hall_to_visibility="area_only") == {}
    assert sheet.places[0].visibility == "area_only"
    assert read(sheet, hall_to_visibility="public")
    assert sheet.places[0].visibility == "area_only"


def test_a_place_that_is_not_theirs_to_know_is_not_written() -> None:
    sheet = sheet_with()
    sheet.closed = [HALL]
    assert read(sheet, hall_to_address_1="1 Elsewhere", hall_to_name="Mine") == {}
    assert (sheet.places[0].name, sheet.places[0].addresses[0].address_1) == ("Hall", "12 River Street")


@pytest.mark.parametrize(("is_curator", "visibility"), [(False, "public"), (True, "hidden")])
def test_a_place_of_others_too_is_written_but_who_sees_it_is_for_a_curator_to_say(*, is_curator: bool, visibility: str) -> None:
    sheet, around = sheet_with(), msgspec.structs.replace(AROUND, is_curator=is_curator)
    sheet.shared = [HALL]
    (shown,) = Places().show(sheet, None, around)["places"]
    assert (shown["is_shared"], bool(shown["visibilities"])) == (True, is_curator)
    assert read(sheet, around, hall_to_address_1="1 Elsewhere", hall_to_visibility="hidden") == {}
    assert (sheet.places[0].addresses[0].address_1, sheet.places[0].visibility) == ("1 Elsewhere", visibility)
