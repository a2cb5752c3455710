"""A town by the name on the door: known from public addresses, never from a place that is not public, and asked about when there are two."""

from __future__ import annotations

import pytest

from directory.models import Address
from directory.places import Ambiguous, Found, Unknown, find_place
from directory.places.own import own_towns
from directory.storage import Storage
from tests.make import make_address, make_place, make_service

HALL = ("1 Mill Lane", "Zwaffelford", "WI", "54911")


@pytest.fixture
def town(storage: Storage) -> Storage:
    with storage.writing() as session:
        service = make_service(session, "Choir")
        for number, point in enumerate([(44.20, -88.40), (44.30, -88.50)]):
            make_address(session, make_place(session, service, f"Hall {number}", point=point), *HALL)
    return storage


@pytest.mark.parametrize("text", ["Zwaffelford", "zwaffelford, wi", " ZWAFFELFORD WI "])
def test_a_town_that_the_post_does_not_know_is_found_by_its_own_addresses(town: Storage, text: str) -> None:
    with town.reading() as session:
        answer = find_place(session, text, country="US")
    assert isinstance(answer, Found)
    assert (answer.place.latitude, answer.place.longitude, answer.place.precision) == (44.25, -88.45, "town")
    assert "us/wi" in answer.areas


@pytest.mark.parametrize("text", ["Zwafelford", "Zwaffelfrod, WI", "zwaffel ford", "Zwafflford WI"])
def test_a_slip_in_the_name_of_an_own_town_is_answered_with_that_town(town: Storage, text: str) -> None:
    with town.reading() as session:
        answer = find_place(session, text, country="US")
        assert isinstance(answer, Unknown)
        assert answer.near[0].text == "Zwaffelford, WI"
        assert isinstance(find_place(session, answer.near[0].text, country="US"), Found)


def test_a_town_is_not_offered_for_another_state(town: Storage) -> None:
    with town.reading() as session:
        answer = find_place(session, "Zwafelford, PA", country="US")
    assert isinstance(answer, Unknown)
    assert "Zwaffelford, WI" not in {choice.text for choice in answer.near}


def test_a_name_in_two_states_is_asked_about(town: Storage) -> None:
    with town.writing() as session:
        place = make_place(session, make_service(session, "Club"), "Hut", point=(40.0, -80.0))
        make_address(session, place, "2 Row", "Zwaffelford", "PA", "15001")
    with town.reading() as session:
        answer = find_place(session, "Zwaffelford", country="US")
    assert isinstance(answer, Ambiguous)
    assert {choice.text for choice in answer.choices} == {"Zwaffelford, WI", "Zwaffelford, PA"}


def test_a_place_that_is_not_public_names_no_town(storage: Storage) -> None:
    with storage.writing() as session:
        link = make_place(session, make_service(session, "Harbour House"), "Villa", visibility="area_only")
        session.add(Address(location_id=link.location_id, city="Zwaffelford"))
    with storage.reading() as session:
        assert own_towns(session) == []
        assert not any("Zwaffelford" in choice.text for choice in find_place(session, "Zwafelford", country="US").near)  # type: ignore[union-attr]
        assert isinstance(find_place(session, "Zwaffelford", country="US"), Unknown)


def test_the_largest_town_comes_first(town: Storage) -> None:
    with town.writing() as session:
        place = make_place(session, make_service(session, "Club"), "Hut", point=(44.0, -88.0))
        make_address(session, place, "2 Row", "Elsewhere", "WI", "54911")
    with town.reading() as session:
        assert [(found.name, found.count) for found in own_towns(session)] == [("Zwaffelford", 2), ("Elsewhere", 1)]
