"""What waits for a person's yes stands on top of their own page, by kind and number, and nothing stands there when nothing waits."""

from __future__ import annotations

import re

import pytest

from tests.cast import LISTINGS
from tests.clients import ALDER
from tests.referred import Loop, loop_of
from tests.web.second_door import SecondDoor, text_of


@pytest.fixture
def loop(door: SecondDoor) -> Loop:
    return loop_of(door.storage, door.sealer, door.town, at=door.at)


def lines(door: SecondDoor, name: str = "rosa") -> list[tuple[str, str]]:
    """Each line with its address, as the page has them."""
    return [(words, path) for path, words in re.findall(r'<p class="ask"><a href="([^"]+)">([^<]+)</a></p>', door.as_(name).get("/my").text)]


def prepares(door: SecondDoor, loop: Loop) -> str:
    """Nia prepares a referral; gives its address on Rosa's pages."""
    answer = door.as_("nia").post(f"/desk/agencies/{ALDER}/referrals/new/{LISTINGS['lunch']}/{loop.client_id}", {"parts": ["label"], "days": "7"})
    return f"/my/referrals/{answer.headers['location'].rpartition('/')[2]}"


def proposes(door: SecondDoor, loop: Loop, kind: str, words: str) -> None:
    assert door.as_("nia").post(f"/desk/agencies/{ALDER}/clients/{loop.client_id}/notes", {"kind": kind, "words": words}).status_code == 303


def test_nothing_is_named_when_nothing_waits(door: SecondDoor, loop: Loop) -> None:
    door.as_("rosa").post(f"/my/referrals/new/{LISTINGS['lunch']}", {"parts": ["label"], "days": "7"})
    proposes(door, loop, "note", "We met at the library")
    assert lines(door) == [], "a draft of her own waits for nobody, and a note is only read"


def test_a_prepared_referral_is_named_until_it_is_answered(door: SecondDoor, loop: Loop) -> None:
    path = prepares(door, loop)
    assert lines(door) == [("One referral waits for your yes", path)]
    prepares(door, loop)
    assert lines(door) == [("2 referrals wait for your yes", "/my/referrals")]
    assert door.as_("rosa").post(path, {"do": "withdraw", "seen": "1"}).status_code == 303
    assert [words for words, _ in lines(door)] == ["One referral waits for your yes"]


def test_what_was_proposed_is_named_by_kind_and_never_by_its_words(door: SecondDoor, loop: Loop) -> None:
    for kind, words in (("goal", "Sing on Sundays"), ("noticed", "You called three places"), ("noticed", "You mend bicycles")):
        proposes(door, loop, kind, words)
    assert lines(door) == [
        ("One goal that was proposed to you waits for your yes", "/my/notes"), ("2 strengths that somebody noticed wait for your yes", "/my/notes"),
    ]  # fmt: skip
    said = text_of(door.as_("rosa").get("/my"))
    assert not any(words in said for words in ("Sing on Sundays", "You called", "bicycles")), "whoever looks over a shoulder reads a number"
    assert said.index("waits for your yes") < said.index("What comes next")
    for path in re.findall(r'action="(/my/notes/[^"]+)"', door.as_("rosa").get("/my/notes").text):
        door.as_("rosa").post(path, {"into": "no"})
    assert lines(door) == []


def test_it_stays_on_top_when_something_else_on_the_page_is_refused(door: SecondDoor, loop: Loop) -> None:
    proposes(door, loop, "goal", "Sing on Sundays")
    answer = door.as_("rosa").post("/my/reminders", {"days": "3"})
    assert (answer.status_code, "One goal that was proposed" in answer.text) == (422, True)


def test_nobody_else_reads_what_waits_for_her(door: SecondDoor, loop: Loop) -> None:
    prepares(door, loop)
    for name in ("sol", "nia", "stella"):
        assert lines(door, name) == []
