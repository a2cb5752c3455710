"""The coordinator's desk: schemes, people, vouching and introductions; for its coordinators and nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import ORGANIZATIONS
from tests.web.peers.circle import DESK, Pages
from tests.web.second_door import SecondDoor, text_of


@pytest.fixture
def pages(door: SecondDoor) -> Pages:
    return Pages(door)


def test_a_coordinator_begins_a_scheme_and_changes_it(pages: Pages) -> None:
    imani, moderator = pages.door.as_("imani"), str(pages.door.town.accounts["imani"])
    said = {"name": "Tea Table", "words": "Tea, and no hurry.", "moderator": moderator}
    made = imani.post(f"{DESK}/new", said).headers["location"].partition("?")[0]
    assert "Tea Table" in imani.get(made).text
    assert "Tea Table" in pages.door.as_("anyone").get("/peers").text
    assert imani.post(f"{made}/change", {**said, "words": "Coffee."}).status_code == 303
    assert "Tea Table" not in pages.door.as_("anyone").get("/peers").text, "it takes nobody on any more"
    for field, value in (("name", ""), ("words", ""), ("moderator", str(pages.door.town.accounts["rosa"]))):
        assert f'href="#{field}"' in imani.post(f"{DESK}/new", {**said, field: value}).text


def test_the_list_says_who_is_not_suggested_yet_and_what_ends_soon(pages: Pages) -> None:
    pages.circle.gather("farah", "juno")
    pages.circle.join("sol")
    pages.circle.vouch("farah", "checks", ends_on=pages.circle.on + timedelta(days=10))
    told = text_of(pages.door.as_("imani").get(pages.scheme))
    assert "Marigold 0 of 2 places taken . Not suggested yet. To be noted: background checks; supervision; training" in told.replace("taken.", "taken .")
    assert "Ends soon: background checks" in told
    assert "under 18" in told


def test_what_is_vouched_for_counts_at_once_and_so_does_taking_it_back(pages: Pages) -> None:
    pages.circle.gather("rosa")
    pages.circle.join("sol")
    path, imani = f"{pages.scheme}/people/{pages.profile_id('sol')}", pages.door.as_("imani")
    for kind in ("training", "checks", "supervision"):
        assert pages.cards("rosa") == []
        assert imani.post(path, {"kind": kind, "ends_on": "2027-05-01", "words": "Seen on paper"}).status_code == 303
    assert pages.cards("rosa") == ["Marigold"]
    assert "Seen on paper" in imani.get(path).text
    imani.post(path, {"kind": "checks", "do": "withdraw"})
    assert pages.cards("rosa") == []
    for said in ({"kind": "luck", "ends_on": "2027-05-01"}, {"kind": "checks", "ends_on": "never"}, {"kind": "checks", "ends_on": "2026-11-24"}):
        assert imani.post(path, said).status_code == 422


def test_looking_is_written_down_once_a_day_for_the_list_and_each_time_for_a_person(pages: Pages) -> None:
    pages.circle.gather("rosa")
    imani = pages.door.as_("imani")
    for _ in range(3):
        imani.get(pages.scheme)
    imani.get(f"{pages.scheme}/people/{pages.profile_id('rosa')}")
    told = text_of(pages.door.as_("rosa").get("/my/looked"))
    assert told.count("Imani , coordinator of peer support of Alder House") == 2
    assert "to keep the peer support that you take part in" in told


def test_coordinators_of_others_and_everybody_else_are_refused(pages: Pages) -> None:
    pages.circle.gather("rosa", "sol")
    key = pages.circle.both("rosa", "sol")
    ends = ("", "/change", f"/people/{pages.profile_id('sol')}", f"/introductions/{key}")
    ways = [DESK, f"{DESK}/new", *(f"{pages.scheme}{end}" for end in ends)]
    for name in ("nia", "lena", "ana", "cora", "dov", "sol", "rosa"):
        assert {pages.door.as_(name).get(way).status_code for way in ways} == {403}, name
    elsewhere = [way.replace(str(ORGANIZATIONS["alder"]), str(ORGANIZATIONS["north"])) for way in ways]
    assert {pages.door.as_("imani").get(way).status_code for way in elsewhere} == {403}
    assert pages.introduce(key, "nia").status_code == 403
    assert pages.introduce(key, first_contact="at home").status_code == 422
    assert pages.introduce(key).status_code == 303


def test_a_page_of_two_says_what_stands_against_it_and_offers_no_button_then(pages: Pages) -> None:
    pages.circle.gather("rosa", "sol")
    pages.circle.join("rosa", not_people="Soledad Reyes")
    key = pages.circle.both("rosa", "sol")
    answer = pages.door.as_("imani").get(f"{pages.scheme}/introductions/{key}")
    assert "must never meet" in text_of(answer)
    assert not re.search(r"Introduce them</button>", answer.text)
    assert pages.introduce(key).status_code == 422
