"""Cards and pages: right about phone, place and cost, honest about what is not known, silent about what is not public."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
import pytest

from directory.cards import CardMaker, ages, find_listing, listing_is_public, summary
from directory.listings import ListingPage
from directory.models import Contact, CostOption, LocationPrivate, Phone, RequiredDocument, Schedule, ServiceAtLocation
from directory.shelf import Shelf
from directory.storage import Storage
from tests.make import NOON, make_address, make_attribute, make_hours, make_id, make_language, make_phone, make_place, make_service


def page_of(storage: Storage, listing_id: UUID, *, at: datetime = NOON) -> ListingPage:
    with storage.reading() as session:
        link = session.get(ServiceAtLocation, listing_id)
        shelf = Shelf(session, {link.service_id if link else listing_id})
        found = find_listing(shelf, listing_id)
        assert found is not None
        return CardMaker(shelf, timezone="UTC", country="US", on=NOON.date(), label=lambda taxonomy, code: f"{taxonomy}:{code}").page(*found, at=at)


def test_hours_that_differ_from_place_to_place_are_told_by_place(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Tool library")
        make_hours(session, service, "MO", "09:00", "17:00")
        links = [make_place(session, service, name, point=(37.5, -122.2)) for name in ("Attic", "Barn", "Cellar")]
        refuge = make_place(session, service, "Den", visibility="area_only", area_name="Alder County")
        for link, day in ((links[1], "SA"), (refuge, "SU")):
            session.add(Schedule(service_at_location_id=link.id, freq="WEEKLY", byday=day, opens_at="10:00", closes_at="12:00"))
    page, barn = page_of(storage, links[0].id), page_of(storage, links[1].id)
    assert (page.hours_here, [one.name for one in page.hours_elsewhere]) == ("Attic", ["Barn"])
    assert [line.days for line in page.hours_elsewhere[0].timetable.lines] == [(5,)]
    assert (barn.hours_here, [one.name for one in barn.hours_elsewhere]) == ("Barn", ["Attic", "Cellar"])


def test_several_prices_are_told_each_and_free_for_some_is_not_free_for_all(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Class")
        session.add_all([
            CostOption(service_id=service.id, option="paid", amount=5.0, currency="USD", amount_description="soup included", position=0),
            CostOption(service_id=service.id, option="under 18", amount=0.0, position=1),
        ])  # fmt: skip
        single = make_service(session, "Walk")
        session.add(CostOption(service_id=single.id, option="paid", amount=2.5, currency="USD"))
    page = page_of(storage, service.id)
    assert (page.card.cost, page.prices) == ("Free for some, else from 5 USD", ("5 USD, soup included", "under 18: Free"))
    assert (page_of(storage, single.id).card.cost, page_of(storage, single.id).prices) == ("From 2.50 USD", ())


def test_a_full_listing_shows_everything_known(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Bike Kitchen", description="Fix your bike with us.", fees_description="Parts at cost", minimum_age=16)
        link = make_place(session, service, "Yard", point=(37.5, -122.2))
        make_address(session, link, "1 Mill Lane", "Alder", "CA", "94000")
        make_phone(session, service, "415 555-0123")
        make_language(session, service, "so")
        make_hours(session, service, "MO", "09:00", "17:00")
        make_attribute(session, service, "group_facts", "first_visit", value="Nadia meets you at the gate.")
        make_attribute(session, service, "kinds", "activity")
        session.add_all([CostOption(service_id=service.id, amount=0), RequiredDocument(service_id=service.id, document="Nothing")])
    page = page_of(storage, link.id)
    assert page.card.phones[0].href == "tel:+1-415-555-0123"
    assert (page.card.cost, page.card.languages, page.card.kind_label) == ("Free", ("languages:so",), "kinds:activity")
    assert page.card.opening.text == "Open now, until 5:00 pm"
    assert page.places[0].address == ("1 Mill Lane", "Alder, CA 94000")
    assert (page.first_visit, page.ages, page.documents) == ("Nadia meets you at the gate.", "16 years and older", ("Nothing",))


def test_what_is_not_known_is_said(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Bare")
    card = page_of(storage, service.id).card
    assert (card.opening.text, card.cost, card.where, card.phones) == ("Hours not known: call first", "Cost not known: ask", None, ())


def test_the_nearest_number_is_shown(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Clinic")
        link = make_place(session, service, "Hall", point=(37.5, -122.2))
        session.add(Phone(organization_id=service.organization_id, number="415 555-0100"))
    assert page_of(storage, link.id).card.phones[0].number == "415 555-0100"
    with storage.writing() as session:
        session.add(Phone(service_id=service.id, number="415 555-0101"))
    assert page_of(storage, link.id).card.phones[0].number == "415 555-0101"
    with storage.writing() as session:
        session.add(Phone(service_at_location_id=link.id, number="415 555-0102"))
    assert [phone.number for phone in page_of(storage, link.id).card.phones] == ["415 555-0102"]


def test_names_of_people_stay_out_of_public_pages(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Desk")
        session.add(Contact(service_id=service.id, name="Ann Persona", title="Coordinator"))
    page = page_of(storage, service.id)
    assert page.contacts == ("Coordinator",)
    assert b"Persona" not in msgspec.json.encode(page)


def test_a_confidential_place_shows_its_area_and_nothing_else(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Harbour House")
        where = {"area_name": "Alder County", "transportation": "Bus 9 to Quiet Street"}
        link = make_place(session, service, "Quiet Street Villa", visibility="area_only", **where)
        session.add_all([Phone(location_id=link.location_id, number="415 555-0199"), LocationPrivate(location_id=link.location_id, sealed="v1.x")])
    page = page_of(storage, link.id)
    [where] = page.places
    assert (where.confidential, where.area_name, where.place, where.address) == (True, "Alder County", None, ())
    assert not any(word in msgspec.json.encode(page) for word in (b"Quiet", b"Bus 9", b"0199"))


def test_a_staff_only_place_does_not_even_show_its_area(storage: Storage) -> None:
    with storage.writing() as session:
        link = make_place(session, make_service(session, "House"), "Villa", visibility="verified_staff", area_name="Alder County")
    assert b"Alder" not in msgspec.json.encode(page_of(storage, link.id))


@pytest.mark.parametrize(("status", "public"), [("active", True), ("temporarily closed", True), ("inactive", False), ("defunct", False)])
def test_a_service_that_is_gone_has_no_page(storage: Storage, status: str, public: bool) -> None:
    with storage.writing() as session:
        service = make_service(session, "Club", status=status)
    with storage.reading() as session:
        shelf = Shelf(session, {service.id})
        assert listing_is_public(shelf, shelf.services[service.id], None) is public


def test_an_unknown_id_finds_nothing(storage: Storage) -> None:
    with storage.reading() as session:
        assert find_listing(Shelf(session, {make_id("nobody")}), make_id("nobody")) is None


def test_a_closed_service_says_so_whatever_its_hours(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_service(session, "Pool", status="temporarily closed")
        make_hours(session, service, "MO", "09:00", "17:00")
    assert page_of(storage, service.id).card.opening.text == "Closed for now"


SENTENCES = [
    ("One. Two.", "One. Two."),
    ("Short. " + "long " * 40 + "end.", "Short."),
    ("x" * 10, "x" * 10),
    ("word " * 50, ("word " * 32).strip() + " …"),
    ("", ""),
]


@pytest.mark.parametrize(("description", "expected"), SENTENCES)
def test_a_summary_is_whole_sentences(description: str, expected: str) -> None:
    assert summary(description) == expected
    assert len(summary(description)) <= 162


AGES = [(16, 25, "16 to 25 years"), (60, None, "60 years and older"), (None, 12, "up to 12 years"), (None, None, "")]


@pytest.mark.parametrize(("low", "high", "words"), AGES)
def test_ages_are_words(low: float | None, high: float | None, words: str) -> None:
    assert ages(low, high) == words
