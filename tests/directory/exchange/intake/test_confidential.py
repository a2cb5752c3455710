"""The rule that holds places finds the words it should, and lets ordinary places stand open."""

from __future__ import annotations

import pytest

from directory.exchange.intake.confidential import HELD, flagged_entities, held_places, speaks_of_refuge, telling_pattern, withhold
from directory.exchange.records import Attribute, Organization, Program, Service, ServiceAtLocation, TaxonomyTerm
from tests.directory.exchange.make import a_location, a_service, an_address, an_id


@pytest.mark.parametrize("text", [
    "A refuge for women and their children", "Women's refuge", "Domestic violence shelter", "domestic-violence advocacy", "Intimate partner violence",
    "A safe house in the county", "safehouse", "Support for human trafficking survivors", "The location is confidential", "confidential address",
    "Kept at an undisclosed location", "Please call for location", "PO Box only", "Battered Women's Alliance", "women’s shelter",
    "Abortion care", "Emergency housing: LGBTQ youth shelter", "Our address is not published", "queer and trans young people needing housing",
])
def test_words_that_call_for_care_hold_a_place(text: str) -> None:
    assert speaks_of_refuge([None, text])


@pytest.mark.parametrize("text", [
    "Refugee welcome café", "Friends of the wildlife refuge", "Shelter/Refuge", "This is not a safe house", "Families not fleeing domestic violence",
    "An animal shelter", "Night shelter, doors open at seven", "Confidential counselling", "A house with a safe garden", "PO Box 14, Ashgrove",
    "A refuge from the heat", "Call for an appointment", "Young people's housing advice", "Undisclosed medical costs",
])
def test_ordinary_words_do_not(text: str) -> None:
    assert not speaks_of_refuge([text])


def held(content: object) -> set[object]:
    return held_places(content, flagged_entities(content))   # type: ignore[arg-type]


@pytest.mark.parametrize("fields", [
    {"name": "Safe house"}, {"alternate_name": "The refuge"}, {"eligibility_description": "People leaving domestic violence"},
    {"alert": "Our location is confidential"}, {"organization": Organization(id=an_id("organization", 9), name="Harbour Refuge")},
    {"organization": Organization(id=an_id("organization", 9), name="Harbour", description="A women's refuge")},
    {"program": Program(id=an_id("program", 9), name="Safe houses")},
    {"attributes": [Attribute(taxonomy_term=TaxonomyTerm(id=an_id("term", 9), name="Domestic Violence Shelters"))]},
])
def test_a_service_holds_its_place_by_any_of_its_words(fields: dict[str, object]) -> None:
    assert held(a_service(**fields)) == {an_id("location", 1)}


@pytest.mark.parametrize("address", [{"address_1": "Confidential"}, {"address_2": "undisclosed"}, {"address_1": "P.O. Box only"}])
def test_an_address_that_says_so_holds_its_place(address: dict[str, str]) -> None:
    assert held(a_service(location=a_location(addresses=[an_address(**address)]))) == {an_id("location", 1)}


def test_an_ordinary_service_holds_nothing() -> None:
    assert held(a_service()) == set()


def test_one_service_of_an_organization_holds_only_its_own_place() -> None:
    shed = Organization(id=an_id("organization", 1), name="Neighbours", services=[
        a_service(1, name="Safe house", organization=None), a_service(2, organization=None),
    ])
    assert held(shed) == {an_id("location", 1)}


def test_two_names_for_one_door_are_both_held() -> None:
    door = an_address("9", address_1="9 Elm  Row")
    same = a_location(2, addresses=[an_address("9", address_1="9 elm row")])
    place = a_location(1, name="Undisclosed location", addresses=[door])
    service = Service(id=an_id("service", 1), name="Tea", service_at_locations=[
        ServiceAtLocation(id=an_id("service_at_location", key), location=location) for key, location in ((1, place), (2, same), (3, a_location(3)))
    ])
    assert held(service) == {place.id, same.id}


def test_withholding_leaves_what_the_caller_gave_untouched() -> None:
    service = a_service(description="At 1 Elm Row")
    before = repr(service)
    clean, secrets = withhold(service, {an_id("location", 1): HELD}, {"x": 1}, lambda _place: {})
    assert repr(service) == before
    assert "Elm Row" not in repr(clean)
    assert secrets[an_id("location", 1)]["leftover"] == {"x": 1}


def test_the_public_address_of_the_same_record_stays() -> None:
    office = a_location(2, addresses=[an_address(2, postal_code="M99 7QX")])
    organization = Organization(id=an_id("organization", 1), name="N", locations=[a_location(1), office])
    clean, _ = withhold(organization, {an_id("location", 1): HELD}, {}, lambda _place: {})
    assert isinstance(clean, Organization)
    assert [[address.postal_code for address in place.addresses] for place in clean.locations] == [[], ["M99 7QX"]]


def test_short_lines_are_no_pattern() -> None:
    assert telling_pattern([{"addresses": [{"address_1": "7", "postal_code": None}]}]) is None
