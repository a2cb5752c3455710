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
    assert "Bluebird : background checks ends on" in told
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
    key = pages.circle.both("rosa", "sol")
    pages.circle.join("rosa", not_people="Soledad Reyes")
    answer = pages.door.as_("imani").get(f"{pages.scheme}/introductions/{key}")
    assert "must never meet" in text_of(answer)
    assert not re.search(r"Introduce them</button>", answer.text)
    assert pages.introduce(key).status_code == 422


def test_a_coordinator_says_that_it_is_another_person_and_introduces_them(pages: Pages) -> None:
    pages.circle.gather("rosa", "sol")
    key = pages.circle.both("rosa", "sol")
    pages.circle.join("rosa", not_people="Sole Reyes")
    imani = pages.door.as_("imani")
    assert "1 to decide" in text_of(imani.get(DESK))
    assert "somebody may be the one whom another must never meet" in text_of(imani.get(pages.scheme))
    shown = imani.get(f"{pages.scheme}/named")
    assert "Quilt must never meet somebody. Is it Marigold ?" in text_of(shown)
    assert "They are called alike." in shown.text
    act = re.findall(r'action="([^"]*/named/[^"]*)"', shown.text)[0]
    assert imani.post(act, {"do": "perhaps"}).status_code == 422
    for name in ("nia", "rosa", "sol"):
        assert {pages.door.as_(name).get(f"{pages.scheme}/named").status_code, pages.door.as_(name).post(act, {"do": "another"}).status_code} == {403}
    assert pages.introduce(key).status_code == 422
    assert imani.post(act, {"do": "another"}).status_code == 303
    assert "Nothing waits." in text_of(imani.get(f"{pages.scheme}/named"))
    assert pages.introduce(key).status_code == 303


def test_a_coordinator_who_does_not_introduce_them_sets_both_free_and_nobody_reads_why(pages: Pages) -> None:
    pages.circle.gather("rosa", "sol", "farah")
    key = pages.circle.both("rosa", "sol")
    letters = len(pages.door.letters())
    assert pages.introduce(key, do="decline").status_code == 303
    assert pages.introduce(key, do="decline").status_code == 404
    assert len(pages.door.letters()) == letters
    pages.door.later(days=1)
    pages.circle.at = pages.door.at
    assert (pages.circle.heard("rosa"), pages.circle.heard("sol")) == ({"Marigold": "over"}, {"Quilt": "over"})
    assert "Bluebird" in pages.circle.cards("rosa")


def test_where_somebody_under_18_is_in_it_staff_are_there_at_the_first_meeting(pages: Pages) -> None:
    pages.circle.gather("juno", "sol")
    key = pages.circle.both("juno", "sol")
    shown = pages.door.as_("imani").get(f"{pages.scheme}/introductions/{key}")
    assert 'value="with_staff" checked' in shown.text
    assert [pages.introduce(key, first_contact=first).status_code for first in ("here", "public_place", "with_staff")] == [422, 422, 303]
    assert "You meet in a public place, and staff are there" in text_of(pages.board("juno"))


def test_the_board_says_what_is_missing_for_somebody_under_18_and_who_is_not_checked(pages: Pages) -> None:
    for name in ("juno", "sol", "farah"):
        pages.circle.join(name)
    for name in ("sol", "farah"):
        pages.circle.vouch(name)
    imani = pages.door.as_("imani")
    told = text_of(imani.get(pages.scheme))
    assert "Knight : a guardian’s consent is missing" in told
    assert "Nobody who is there for others has been checked for it" in told
    assert "Not checked for it: Bluebird , Marigold" in told
    pages.circle.vouch("juno", "guardian")
    assert "Not suggested yet: nobody here has checks for being with people under 18 on record." in text_of(imani.get(pages.scheme))
    pages.circle.vouch("sol", "checks_for_minors")
    told = text_of(imani.get(pages.scheme))
    assert "Knight : a guardian agrees" in told
    assert "Checked for it: Marigold Not checked for it: Bluebird" in told
    assert pages.cards("juno") == ["Marigold"]


def test_what_has_ended_or_ends_soon_stands_on_the_board_the_earliest_first(pages: Pages) -> None:
    pages.circle.gather("sol", "farah", "rosa")
    pages.circle.vouch("sol", "checks", ends_on=pages.circle.on + timedelta(days=20))
    pages.circle.vouch("farah", "training", ends_on=pages.circle.on + timedelta(days=3))
    pages.circle.vouch("farah", "supervision", ends_on=pages.circle.on + timedelta(days=40))
    imani = pages.door.as_("imani")
    assert "2 to renew" in text_of(imani.get(DESK))
    told = text_of(imani.get(pages.scheme))
    assert told.index("Bluebird : training ends on") < told.index("Marigold : background checks ends on")
    pages.door.later(days=5)
    pages.door.sign_in("imani")
    assert "Bluebird : training ended on" in text_of(pages.door.as_("imani").get(pages.scheme))
