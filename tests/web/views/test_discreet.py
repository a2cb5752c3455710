"""What stays on a phone says nothing: the title of a page, and the calendar that somebody takes with them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from directory.discreet import discreet_page, tells
from directory.listings import Fact, ListingPage, Where
from directory.meetings.calendars import calendar_of
from directory.models import Service
from directory.papers import BLANK, save
from directory.papers.parts import Kept, Shortlist
from tests.cast import LISTINGS
from tests.make import make_attribute, make_id
from tests.web.second_door import Browser, SecondDoor

NAME = "Living with bipolar"
PAGE = f"/listings/{LISTINGS['lunch']}"
ONE = f"/feeds/groups/{make_id('Community lunch at Riverside Hall')}.ics"
PAPERS = save(replace(BLANK, shortlist=Shortlist(kept=(Kept(listing=str(LISTINGS["lunch"]), name=NAME),)))).decode()


@pytest.fixture
def anyone(door: SecondDoor) -> Browser:
    """Somebody without an account, where the lunch is a group with a name that tells."""
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        service.name, service.description = NAME, "Lunch for people with bipolar disorder."
        make_attribute(session, service, "kinds", "peer_group")
    door.catalogue.refresh()
    return door.as_("anyone")


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page)
    assert found
    return found[1]


def names_in(content: bytes) -> set[str]:
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")}


@pytest.mark.parametrize("end", ["", "/report"])
def test_row_45_no_title_says_a_word_that_tells(anyone: Browser, end: str) -> None:
    page = anyone.get(PAGE + end).text
    assert NAME in page, "whoever reads the page reads its name"
    assert not tells(title_of(page))
    assert "a listing" in title_of(page).casefold()


def test_a_name_that_tells_nothing_is_the_title(door: SecondDoor) -> None:
    assert title_of(door.as_("anyone").get(PAGE).text) == "Community lunch: Homeground"


def test_row_45_a_calendar_is_discreet_unless_somebody_asks_for_every_name(anyone: Browser) -> None:
    assert names_in(anyone.get(ONE).content) == {"Group"}
    assert names_in(anyone.get(f"{ONE}?names=full").content) == {NAME}
    assert names_in(anyone.post("/papers/dates", {"papers": PAPERS}).content) == {"Group"}
    assert names_in(anyone.post("/papers/dates", {"papers": PAPERS, "full": "1"}).content) == {NAME}
    assert not tells(str(Calendar.from_ical(anyone.get(ONE).content)["X-WR-CALNAME"]))


@pytest.mark.parametrize(("typed", "name"), [({}, "Group"), ({"full": "1"}, NAME)])
def test_row_45_so_is_the_one_at_a_private_address(door: SecondDoor, anyone: Browser, typed: dict[str, str], name: str) -> None:
    rosa = door.as_("rosa")
    rosa.post("/my/begin", {"agree": "yes"})
    rosa.post("/my/file", {"papers": PAPERS})
    found = re.search(r'id="address"[^>]*value="[^"]*(/dates/[^"]*)"', rosa.post("/my/dates", {"do": "make", **typed}).text)
    assert found
    assert names_in(anyone.get(found[1]).content) == {name}


def page_of(door: SecondDoor, **card: object) -> ListingPage:
    """The lunch of the cast, with other words."""
    page = next(iter(door.catalogue.listing_pages([str(make_id("Community lunch at Riverside Hall"))], at=door.at).values()))
    return replace(page, card=replace(page.card, **card))


def test_row_45_no_calendar_says_a_word_that_tells(door: SecondDoor) -> None:
    where = Where(listing_id="1", name="Depression Support Centre", address=("12 River Street", "Appleton"))
    page = page_of(door, name="Living with bipolar", summary="For people with bipolar disorder.", kind="peer_group", where=where)
    for told in (page, replace(page, card=replace(page.card, name="Tuesday table"))):
        text = calendar_of([told], name="Dates", base_url="https://home.example", on=date(2026, 11, 22), is_discreet=True).decode()
        assert "BEGIN:VEVENT" in text
        assert not tells(text.replace("\r\n ", ""))
        assert "12 River Street" in text.replace("\\,", ","), "where it is still has to be found"
    loud = calendar_of([page], name="Dates", base_url="https://home.example", on=date(2026, 11, 22)).decode()
    assert tells(loud)


def test_a_page_that_tells_nothing_is_left_as_it_is(door: SecondDoor) -> None:
    page = page_of(door)
    assert discreet_page(page) == page


@pytest.mark.parametrize(("taxonomy", "code"), [("supports", "recovery_groups"), ("audiences", "survivors"), ("communities", "been_inside")])
def test_row_45_what_a_listing_is_for_tells_though_its_name_does_not(door: SecondDoor, taxonomy: str, code: str) -> None:
    page = page_of(door, name="Tuesday table", kind="peer_group")
    told = replace(page, facts=(*page.facts, Fact(taxonomy=taxonomy, code=code, label=code)))
    text = quiet_calendar(told)
    assert names_in(text.encode()) == {"Group"}
    assert "Tuesday table" not in text


def test_row_45_no_address_leads_from_a_calendar_to_what_tells(door: SecondDoor) -> None:
    page = page_of(door, name="Living with bipolar", kind="peer_group")
    text = quiet_calendar(page)
    assert "/listings/" not in text
    assert page.card.id not in text
    assert text == quiet_calendar(page), "a calendar knows an event again"


def test_row_45_a_place_that_is_not_public_makes_a_listing_discreet(door: SecondDoor) -> None:
    page = page_of(door, name="Tuesday table", where=Where(listing_id="1", area_name="Appleton", confidential=True))
    assert "Tuesday table" not in quiet_calendar(page)


def test_what_tells_nothing_keeps_its_name_and_the_way_to_its_page(door: SecondDoor) -> None:
    page = page_of(door)
    text = quiet_calendar(page)
    assert names_in(text.encode()) == {page.card.name}
    assert f"/listings/{page.card.id}" in text


def quiet_calendar(page: ListingPage) -> str:
    """The discreet calendar of one listing, its lines unfolded."""
    content = calendar_of([page], name="Dates", base_url="https://home.example", on=date(2026, 11, 22), is_discreet=True)
    return content.decode().replace("\r\n ", "")
