"""What something to use by oneself is, at the desk: asked of that kind alone, and told on its page once it is live."""

from __future__ import annotations

import re

import pytest

from tests.web.desk.test_adding import KITCHEN, named
from tests.web.desk.test_editing import LUNCH, save, seen
from tests.web.second_door import SecondDoor, text_of

ASKED = "Does what is said have captions?"


@pytest.mark.parametrize(
    ("captions", "words"), [("no", "Video, no captions"), ("yes", "Video, with captions"), ("", "Video; captions: nobody has said")]
)
def test_a_video_is_written_at_the_desk_and_its_page_tells_of_captions(door: SecondDoor, captions: str, words: str) -> None:
    ana, anyone = door.as_("ana"), door.as_("anyone")
    path = ana.post(f"{KITCHEN}/new", {"name": "Knives and onions", "kind": "self_help"}).headers["location"]
    assert ASKED in text_of(ana.get(path))
    assert save(ana, path, "offer", **{"has-media": "1", "media": "video", "captions": captions}) == 303
    ana.post(path.replace("/edit", "/hand-in"))
    door.catalogue.refresh()
    assert named(door, "knives and onions")[0] == "Knives and onions"
    found = re.search(r'href="(/listings/[^"]+)"[^>]*><bdi>Knives and onions', anyone.post("/search", {"text": "knives and onions"}).text)
    assert found
    assert words in text_of(anyone.get(found[1]))


def test_other_kinds_are_not_asked_about_captions(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert ASKED not in text_of(ana.get(LUNCH))
    assert save(ana, LUNCH, "offer", captions="no") == 303
    assert ASKED not in text_of(ana.get(LUNCH))


def test_an_answer_that_is_none_of_the_three_is_told_beside_it(door: SecondDoor) -> None:
    ana = door.as_("ana")
    path = ana.post(f"{KITCHEN}/new", {"name": "Knives and onions", "kind": "self_help"}).headers["location"]
    answer = ana.post(f"{path}/offer", {"seen": seen(ana, path, "offer"), "captions": "perhaps"})
    assert answer.status_code == 422
    assert "choose one of the list" in text_of(answer)
