"""An address for one's own calendar: made, renewed, ended; it follows what is kept, and tells nobody whose it is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from icalendar import Calendar
from msgspec.structs import replace
from sqlalchemy import select

from directory.clients.calendar import kept_by, make_calendar
from directory.clients.erasing import erase_client
from directory.errors import NotFound
from directory.models import CalendarLink, Client
from directory.papers import BLANK, save
from directory.papers.parts import Kept, Shortlist
from tests.cast import LISTINGS
from tests.web.second_door import Browser, SecondDoor

PAGE = "/my/dates"


@pytest.fixture
def rosa(door: SecondDoor) -> Browser:
    browser = door.as_("rosa")
    browser.post("/my/begin", {"agree": "yes"})
    return browser


def keep(browser: Browser, *listings: str) -> None:
    """Take papers with these on the shortlist into the account."""
    shortlist = Shortlist(kept=tuple(Kept(listing=one, name="Something private", note="zebra-note") for one in listings))
    assert browser.post("/my/file", {"papers": save(replace(BLANK, shortlist=shortlist)).decode()}).status_code == 303


def make(browser: Browser) -> str:
    """A new address, as a path."""
    found = re.search(r'id="address"[^>]*value="([^"]*)"', browser.post(PAGE, {"do": "make"}).text)
    assert found
    return "/dates/" + unescape(found[1]).rpartition("/dates/")[2]


def lines(door: SecondDoor) -> list[CalendarLink]:
    with door.storage.reading() as session:
        return list(session.scalars(select(CalendarLink)))


def test_an_address_is_made_shown_once_and_kept_hashed_and_sealed(door: SecondDoor, rosa: Browser) -> None:
    keep(rosa, str(LISTINGS["lunch"]))
    assert "Make an address" in rosa.get(PAGE).text
    path = make(rosa)
    token = path.removeprefix("/dates/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in rosa.get(PAGE).text
    (row,) = lines(door)
    assert token not in (row.id_hash, row.listings)
    assert str(LISTINGS["lunch"]) not in row.listings
    with door.storage.reading() as session:
        assert kept_by(session, token, sealer=door.sealer) == (str(LISTINGS["lunch"]),)


def test_the_page_counts_what_is_kept_and_says_in_words_that_nothing_is(rosa: Browser) -> None:
    empty = rosa.get(PAGE).text
    assert "Nothing is kept just now. Keep a group beside any result" in empty
    assert "0 kept" not in empty
    keep(rosa, str(LISTINGS["lunch"]), str(LISTINGS["class"]))
    full = rosa.get(PAGE).text
    assert "<p>2 kept now.</p>" in full
    assert "Nothing is kept" not in full


def test_anybody_with_the_address_gets_public_dates_and_no_name(door: SecondDoor, rosa: Browser) -> None:
    keep(rosa, str(LISTINGS["lunch"]), str(LISTINGS["class"]))
    answer = door.as_("anyone").get(make(rosa))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["x-robots-tag"] == "noindex"
    calendar = Calendar.from_ical(answer.content)
    assert str(calendar["x-wr-calname"]) == "Dates"
    for word in ("zebra", "Rosa", "rosa", "Something private"):
        assert word not in answer.text


def test_it_follows_what_is_kept(door: SecondDoor, rosa: Browser) -> None:
    keep(rosa, str(LISTINGS["lunch"]))
    token = make(rosa).removeprefix("/dates/").removesuffix(".ics")
    keep(rosa, str(LISTINGS["class"]))
    with door.storage.reading() as session:
        assert kept_by(session, token, sealer=door.sealer) == (str(LISTINGS["class"]),)


def test_a_new_address_ends_the_old_one_and_ending_ends_it(door: SecondDoor, rosa: Browser) -> None:
    first = make(rosa)
    second = make(rosa)
    assert door.as_("anyone").get(first).status_code == 404
    assert door.as_("anyone").get(second).status_code == 200
    assert rosa.post(PAGE, {"do": "end"}).headers["location"] == f"{PAGE}?said=saved"
    assert door.as_("anyone").get(second).status_code == 404
    assert lines(door) == []


@pytest.mark.parametrize("name", ["x.ics", "x", ".ics", "a" * 43 + ".ics", "%00.ics"])
def test_an_address_that_is_none_is_a_plain_no(door: SecondDoor, name: str) -> None:
    assert door.as_("anyone").get(f"/dates/{name}").status_code == 404


def test_only_whoever_keeps_a_record_can_make_one_and_only_by_a_button(door: SecondDoor, rosa: Browser) -> None:
    assert door.as_("stella").get(PAGE).status_code == 404
    assert door.as_("stella").post(PAGE, {"do": "make"}).status_code == 404
    assert rosa.post(PAGE, {"do": "everything"}).status_code == 422
    assert door.as_("anyone").get(PAGE).status_code == 303
    assert lines(door) == []


def test_what_was_sealed_for_another_row_opens_nothing(door: SecondDoor, rosa: Browser) -> None:
    make(rosa)
    (row,) = lines(door)
    with door.storage.writing() as session:
        token = make_calendar(session, row.client_id, BLANK, at=door.at, sealer=door.sealer)
        session.scalars(select(CalendarLink)).one().listings = row.listings
    with door.storage.reading() as session, pytest.raises(NotFound):
        kept_by(session, token, sealer=door.sealer)


def test_a_record_that_is_erased_takes_its_address_along(door: SecondDoor, rosa: Browser) -> None:
    make(rosa)
    with door.storage.writing() as session:
        erase_client(session, session.get_one(Client, lines(door)[0].client_id), at=door.at, sealer=door.sealer)
    assert lines(door) == []
