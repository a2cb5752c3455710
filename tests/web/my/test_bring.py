"""Papers written without an account come into it when their owner says so, and a copy goes out to search with; nothing is lost on the way."""

from __future__ import annotations

import html
import re

from httpx import Response

from directory.papers import BLANK, Papers, load, save
from directory.papers import planning as plan
from tests.web.second_door import SecondDoor, text_of

GIVEN = plan.set_goal(BLANK, "Learn to swim, like a zebra")


def carried(answer: Response) -> Papers:
    found = re.search(r'<textarea name="papers" hidden>(.*?)</textarea>', answer.text, re.DOTALL)
    assert found
    return load(html.unescape(found.group(1)).encode())


def test_whoever_has_not_signed_in_loses_nothing(door: SecondDoor) -> None:
    answer = door.as_("anyone").post("/my/bring", {"papers": save(GIVEN).decode()}, stamped=False)
    assert (answer.status_code, "Sign in first" in answer.text) == (200, True)
    assert carried(answer) == GIVEN
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_they_are_shown_first_and_taken_in_by_a_second_press(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post("/my/begin", {"agree": "yes"})
    shown = rosa.post("/my/bring", {"papers": save(GIVEN).decode()}, stamped=False)
    assert "My goals" in text_of(shown)
    assert load(rosa.get("/my/papers.json").content) == BLANK, "looking takes nothing in"
    assert rosa.post("/my/file", {"papers": save(carried(shown)).decode()}).status_code == 303
    assert load(rosa.get("/my/papers.json").content) == GIVEN


def test_another_site_cannot_send_papers_in(door: SecondDoor) -> None:
    for sent in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert door.as_("rosa").post("/my/bring", {"papers": save(GIVEN).decode()}, stamped=False, headers=sent).status_code == 403
    assert door.as_("rosa").post("/my/file", {"papers": save(GIVEN).decode()}, stamped=False).status_code == 403


def test_papers_that_are_none_are_refused_in_words(door: SecondDoor) -> None:
    answer = door.as_("rosa").post("/my/bring", {"papers": "{"}, stamped=False)
    assert (answer.status_code, "cannot be read" in answer.text) == (422, True)


def test_a_copy_goes_along_to_search_with(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post("/my/begin", {"agree": "yes"})
    rosa.post("/my/file", {"papers": save(GIVEN).decode()})
    copy = carried(rosa.get("/my/file"))
    assert copy == GIVEN
    assert "like a zebra" in door.as_("anyone").post("/papers", {"papers": save(copy).decode()}, stamped=False).text
