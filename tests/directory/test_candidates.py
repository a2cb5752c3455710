"""The catalogue as the ranking sees it: what is stated is carried, what is not stays unknown, and what is not public is not there at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.models import CostOption, Location, LocationPrivate, Schedule, ServiceArea, ServiceCapacity, Unit
from directory.storage import Storage
from matching.values import Listing, Stated
from tests.listed import read_listings
from tests.make import NOON, make_attribute, make_hours, make_language, make_place, make_service


def no_areas(names: tuple[str, ...], country: str | None, state: str | None) -> tuple[frozenset[str], bool]:
    return frozenset(name.casefold() for name in names), False


def listings(storage: Storage) -> list[Listing]:
    with storage.reading() as session:
        return read_listings(session, areas=no_areas, timezone="America/Los_Angeles")


def only(storage: Storage) -> Listing:
    [listing] = listings(storage)
    return listing


def test_a_service_at_two_places_is_two_listings_of_one_service(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Repair Cafe")
        make_place(session, service, "Hall", point=(37.5, -122.2))
        make_place(session, service, "Library", point=(37.6, -122.3))
    found = listings(storage)
    assert {listing.service_id for listing in found} == {str(service.id)}
    assert sorted(listing.place.latitude for listing in found if listing.place) == [37.5, 37.6]


def test_a_service_without_a_place_is_a_listing_under_its_own_id(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Night Line")
    assert (only(storage).id, only(storage).place) == (str(service.id), None)


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_only_what_is_active_is_ranked(storage: Storage, status: str) -> None:
    with storage.writing() as session:
        make_service(session, "Gone", status=status)
    assert listings(storage) == []


def test_what_nobody_stated_is_unknown(storage: Storage) -> None:
    with storage.writing() as session:
        make_service(session, "Bare")
    bare = only(storage)
    assert (bare.cost, bare.space, bare.interpreting, bare.assured_on) == (None, None, None, None)
    assert bare.access == bare.formats == bare.languages == bare.builds_on == Stated()


def test_yes_no_and_both_are_told_apart(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Mixed")
        for code, value in (("step_free", ""), ("lift", "no"), ("parking", ""), ("parking", "no")):
            make_attribute(session, service, "access", code, value=value)
    assert only(storage).access == Stated(yes=frozenset({"step_free"}), no=frozenset({"lift"}))


def test_terms_go_where_their_link_says(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Sewing Circle")
        make_attribute(session, service, "strengths", "textiles", link_type="builds_on")
        make_attribute(session, service, "strengths", "teaching", link_type="wants")
        make_attribute(session, service, "communities", "somali", link_type="led_by")
        make_attribute(session, service, "audiences", "everyone", link_type="welcomes")
        make_attribute(session, service, "audiences", "women", link_type="only_for")
        make_attribute(session, service, "kinds", "peer_group")
        make_attribute(session, service, "group_facts", "small")
    found = only(storage)
    assert (found.builds_on.yes, found.wants, found.led_by) == ({"textiles"}, {"teaching"}, {"somali"})
    assert (found.everyone_welcome, found.only_for, found.kind, found.size) == (True, {"women"}, "peer_group", "small")


def test_access_of_the_building_counts_for_what_happens_in_it(storage: Storage) -> None:
    with storage.writing() as session:
        link = make_place(session, make_service(session, "Choir"), "Hall", point=(37.5, -122.2))
        make_attribute(session, session.get_one(Location, link.location_id), "access", "step_free")
    assert only(storage).access.yes == {"step_free"}


def test_hours_at_the_place_come_before_hours_of_the_service(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Clinic")
        link = make_place(session, service, "Hall", point=(37.5, -122.2))
        make_hours(session, service, "MO", "09:00", "12:00")
        session.add(Schedule(service_at_location_id=link.id, freq="WEEKLY", byday="TU", opens_at="10:00", closes_at="11:00"))
    assert [opening.weekday for opening in only(storage).openings] == [1]


COSTS = [
    ([], (None, None)),
    ([{"amount": 0}], ("free", 0.0)),
    ([{"amount": 12}, {"amount": 5}], ("paid", 5)),
    ([{"option": "Sliding scale", "amount": 3}], ("sliding", 3)),
    ([{"option": "donation"}], ("donation", None)),
    ([{"option": "see text"}], (None, None)),
]


@pytest.mark.parametrize(("options", "cost"), COSTS)
def test_the_kindest_stated_price_counts(storage: Storage, options: list[dict[str, object]], cost: tuple[str | None, float | None]) -> None:
    with storage.writing() as session:
        service = make_service(session, "Class")
        session.add_all(CostOption(service_id=service.id, **option) for option in options)
    assert (only(storage).cost, only(storage).price) == cost


@pytest.mark.parametrize(("available", "waits", "space"), [(3, False, "open"), (0, False, "full"), (0, True, "waiting_list")])
def test_space_is_what_was_last_said(storage: Storage, available: float, waits: bool, space: str) -> None:
    with storage.writing() as session:
        service, unit = make_service(session, "Course"), Unit(name="places")
        session.add(unit)
        session.flush()
        session.add(ServiceCapacity(service_id=service.id, unit_id=unit.id, available=available, updated=NOON))
        if waits:
            make_attribute(session, service, "entry", "waiting_list")
    assert (only(storage).space, only(storage).space_updated) == (space, NOON)


def test_a_language_that_nobody_could_tag_stands_under_its_name(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Desk", interpretation_services="Phone interpreters")
        make_language(session, service, "so")
        make_language(session, service, None, name="Creole")
    assert (only(storage).languages.yes, only(storage).interpreting) == ({"so", "creole"}, True)


@pytest.mark.parametrize(
    ("code", "role", "used", "interpreted"),
    [
        ("so", None, {"so"}, set()), ("so", "spoken", {"so"}, set()), ("so", "bilingual", {"so"}, set()), ("so", "interpreted", set(), {"so"}),
        ("ase", None, {"ase"}, set()), ("ase", "signed", {"ase"}, set()), ("ase", "interpreted", set(), {"ase"}), ("en", "signed", set(), set()),
        ("so", "sung", {"so"}, set()),
    ],
)  # fmt: skip
def test_a_language_counts_by_how_it_is_used(storage: Storage, code: str, role: str | None, used: set[str], interpreted: set[str]) -> None:
    """Without a role as ever. English that is signed is not English that is spoken."""
    with storage.writing() as session:
        make_language(session, make_service(session, "Desk"), code, role=role)
    assert (only(storage).languages.yes, only(storage).interpreted) == (used, interpreted)


def test_areas_and_assurance_are_carried(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Bus", assured_date=date(2026, 10, 1), assured_by="steward")
        session.add(ServiceArea(service_id=service.id, name="Alder County"))
    assert (only(storage).areas, only(storage).assured_on, only(storage).assured_by) == ({"alder county"}, date(2026, 10, 1), "steward")


def test_a_place_outside_the_earth_is_no_place(storage: Storage) -> None:
    with storage.writing() as session:
        make_place(session, make_service(session, "Odd"), "Nowhere", point=(100, 101))
    assert only(storage).place is None


def confidential(session: Session, visibility: str) -> None:
    link = make_place(session, make_service(session, "Harbour House"), "Safe place", visibility=visibility, area_name="Alder County")
    session.add(LocationPrivate(location_id=link.location_id, sealed="v1.secret"))


@pytest.mark.parametrize("visibility", ["area_only", "verified_staff"])
def test_a_confidential_place_has_no_point_and_says_so(storage: Storage, visibility: str) -> None:
    with storage.writing() as session:
        confidential(session, visibility)
    assert (only(storage).place, only(storage).confidential) == (None, True)


def test_a_hidden_place_hides_its_service(storage: Storage) -> None:
    with storage.writing() as session:
        confidential(session, "hidden")
    assert listings(storage) == []


def test_the_listing_is_built_without_the_private_table(storage: Storage) -> None:
    with storage.writing() as session:
        confidential(session, "area_only")
    before = listings(storage)
    with storage.writing() as session:
        session.query(LocationPrivate).delete()
    assert listings(storage) == before


def stating(storage: Storage, *facts: tuple[str, str], **at: Any) -> Any:
    """The one listing of a group that states some facts, each with its words."""
    with storage.writing() as session:
        service = make_service(session, "Circle")
        for code, words in facts:
            make_attribute(session, service, at.get("taxonomy", "group_facts"), code, value=words)
    return only(storage)


def test_who_leads_and_who_may_come_rule_the_others_of_their_heading_out(storage: Storage) -> None:
    found = stating(storage, ("peer_led", ""), ("open", ""), ("small", ""), ("someone_meets_you", "Ray, on the porch"))
    assert found.group == Stated(yes=frozenset({"peer_led", "open", "someone_meets_you"}), no=frozenset({"professional_led", "shared", "closed", "invitation"}))
    assert found.size == "small"


@pytest.mark.parametrize(("words", "yes", "no"), [
    ("no", set(), {"bring_someone"}), ("No, come alone the first time.", set(), {"bring_someone"}), ("Not yet", set(), {"bring_someone"}),
    ("Nora will show you in", {"bring_someone"}, set()), ("Of course", {"bring_someone"}, set()),
])  # fmt: skip
def test_an_answer_in_words_may_say_no(storage: Storage, words: str, yes: set[str], no: set[str]) -> None:
    found = stating(storage, ("bring_someone", words))
    assert (found.group.yes, found.group.no) == (yes, no)


def test_what_nobody_said_of_a_group_is_in_neither(storage: Storage) -> None:
    assert stating(storage).group == Stated()


@pytest.mark.parametrize(("said", "yes", "no"), [
    ({"in_person": "", "online": ""}, {"in_person", "online", "hybrid"}, set()), ({"in_person": ""}, {"in_person"}, set()),
    ({"in_person": "", "online": "no"}, {"in_person"}, {"online", "hybrid"}), ({"phone": ""}, {"phone"}, {"in_person", "hybrid"}),
    ({"phone": "", "home_visit": ""}, {"phone", "home_visit"}, set()),
])  # fmt: skip
def test_both_in_person_and_online_is_hybrid(storage: Storage, said: dict[str, str], yes: set[str], no: set[str]) -> None:
    """And a phone line without a place is nowhere to meet."""
    found = stating(storage, *said.items(), taxonomy="formats")
    assert (found.formats.yes, found.formats.no) == (yes, no)


def test_whom_a_group_is_kept_for_it_is_also_meant_for_and_its_focus_can_be_searched(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Circle")
        make_attribute(session, service, "audiences", "carers", link_type="meant_for")
        make_attribute(session, service, "audiences", "women", link_type="only_for")
        make_attribute(session, service, "group_facts", "shared_focus", value="Daughters of mothers who forget")
    found = only(storage)
    assert (found.meant_for, found.only_for) == ({"carers", "women"}, {"women"})
    assert "Daughters of mothers who forget" in found.keywords
