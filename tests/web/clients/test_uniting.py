"""Two records of one's own on one page: chosen part by part, made one by a button, asked with a factor, and nobody else's business."""

from __future__ import annotations

import re

import pytest

from directory.clients.records import own_records
from tests.clients import ALDER, actor
from tests.web.clients.people import make_whole_rosa
from tests.web.second_door import Browser, SecondDoor, text_of

ONE = "/my/one"
NEW = f"/desk/agencies/{ALDER}/clients/new"


@pytest.fixture
def rosa(door: SecondDoor) -> Browser:
    """Rosa has a whole record of her own, and Nia began another with her, in which she is called Ms. R."""
    make_whole_rosa(door)
    said = {"label": "Ms. R.", "parts": ["label"], "days": "90", "how": "spoken", "purpose": "together", "language": "en"}
    where = door.as_("nia").post(NEW, said).headers["location"].partition("?")[0]
    link = re.search(r"/my/join/[^\s<]+", door.as_("nia").post(f"{where}/link").text)
    assert link
    assert door.as_("rosa").post(link[0]).headers["location"] == f"{ONE}?said=joined"
    return door.as_("rosa")


def mark(rosa: Browser) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', rosa.get(ONE).text)
    assert found
    return found[1]


def test_what_both_say_stands_beside_each_other_and_one_button_makes_one(door: SecondDoor, rosa: Browser) -> None:
    page = text_of(rosa.get(ONE))
    assert ("Quillon-label-end" in page, "Ms. R." in page) == (True, True)
    assert "Make one of them" in text_of(rosa.get("/my/sharing"))
    assert rosa.post(ONE, {"mark": mark(rosa), "label": "theirs"}).headers["location"] == "/my/sharing?said=united"
    assert rosa.get(ONE).status_code == 404
    assert "Make one of them" not in text_of(rosa.get("/my/sharing"))
    with door.storage.reading() as session:
        assert [one.merged_into is None for one in own_records(session, actor(session, door.town, "rosa", at=door.at))] == [True, False]
    assert "Ms. R." in rosa.get("/my/copy/file.json").text
    assert rosa.get("/my/looked").status_code == 200


def test_nothing_happens_without_a_choice_or_after_a_change(rosa: Browser) -> None:
    answer = rosa.post(ONE, {"mark": mark(rosa)})
    assert (answer.status_code, "Choose one." in text_of(answer)) == (422, True)
    assert rosa.post(ONE, {"mark": "x", "label": "theirs"}).status_code == 409


def test_it_asks_for_a_factor_that_was_shown_lately(door: SecondDoor, rosa: Browser) -> None:
    for _ in range(3):
        door.later(minutes=20)
        rosa.get(ONE)
    assert rosa.post(ONE, {"label": "theirs"}).headers["location"] == f"/account/confirm?next={ONE}"


def test_it_is_nobody_elses(door: SecondDoor, rosa: Browser) -> None:
    assert {door.as_(name).get(ONE).status_code for name in ("nia", "stella", "lena", "dov")} == {404}
    assert door.as_("anyone").get(ONE).headers["location"].startswith("/account/sign-in")
