"""How is it going: asked of each, answered for the coordinator alone, and every look is noted; what one wrote is in one's copy, and nothing of the other's."""

from __future__ import annotations

import re

import pytest

from directory.accounts.people import get_account
from directory.accounts.sign_ins import sign_in
from tests.talked import DESK, Talk, add_coordinator, page, talk_in
from tests.web.second_door import SecondDoor, text_of
from web.rounds import follow_peers


@pytest.fixture
def talk(door: SecondDoor) -> Talk:
    made = talk_in(door)
    after(door, hours=49)
    return made


def after(door: SecondDoor, **span: float) -> None:
    """So much later the job runs, and everybody signs in anew."""
    door.later(**span)
    follow_peers(door.app.state.house, door.at)
    for name in ("rosa", "sol", "imani"):
        door.sign_in(name)


def answer(door: SecondDoor, talk: Talk, name: str, **said: str) -> object:
    return door.as_(name).post(f"/my/peers/{talk.key}/check-in", {"hours": "48", "going": "well", **said})


def test_each_is_asked_and_answers_for_the_coordinator_alone(door: SecondDoor, talk: Talk) -> None:
    before = [page(door, talk, "sol", which).content for which in ("talk", "check-in", "end", "report")]
    for path in ("/my/peers", f"/my/peers/{talk.key}/talk"):
        assert "How is it going? One short question" in door.as_("rosa").get(path).text
    shown = text_of(page(door, talk, "rosa", "check-in"))
    assert "How is it going with Soledad Reyes ?" in shown
    assert shown.index("Soledad Reyes never does") < shown.index("Your answer")
    assert answer(door, talk, "rosa", going="not", words="zebra he is late", wants_call="1").headers["location"].endswith("?said=peers-thanks")
    assert "Nothing is asked just now" in page(door, talk, "rosa", "check-in").text
    assert [page(door, talk, "sol", which).content for which in ("talk", "check-in", "end", "report")] == before, "the other cannot tell"
    read = door.as_("imani").get(f"{DESK}/check-ins").text
    assert "zebra he is late" in read
    assert "Would like you to get in touch" in read
    for name in ("sol", "wen", "ana", "cora"):
        door.sign_in(name)
        assert door.as_(name).get(f"{DESK}/check-ins").status_code == 403
    looked = text_of(door.as_("rosa").get("/my/looked"))
    assert "to read how you say it goes" in looked
    assert "to read how you say it goes" not in text_of(door.as_("sol").get("/my/looked"))


def test_the_letter_says_nothing_and_comes_once(door: SecondDoor, talk: Talk) -> None:
    letter = door.letters("rosa")[0]
    assert letter.subject == "You have a message"
    assert not re.search(r"going|Sol|peer|check", letter.text)
    count = len(door.letters("rosa"))
    follow_peers(door.app.state.house, door.at)
    assert len(door.letters("rosa")) == count


@pytest.mark.parametrize("said", [{"going": ""}, {"going": "x"}, {"words": "ä" * 2_001}])
def test_what_does_not_fit_is_said_and_kept(door: SecondDoor, talk: Talk, said: dict[str, str]) -> None:
    refused = answer(door, talk, "rosa", **said)
    assert refused.status_code == 422
    assert said.get("words", "") in refused.text
    for hours in ("336", "0", "x", "99999"):
        assert answer(door, talk, "rosa", hours=hours).status_code == 404, "what was not asked"


def test_words_of_crisis_show_help_first(door: SecondDoor, talk: Talk) -> None:
    shown = answer(door, talk, "rosa", words="I want to kill myself", going="not")
    assert "You can reach someone right now" in shown.text
    assert 'value="not" checked' in shown.text
    assert "Nobody has answered yet" in door.as_("imani").get(f"{DESK}/check-ins").text
    assert answer(door, talk, "rosa", words="I want to kill myself", going="not", seen="help").status_code == 303


def test_a_coordinator_reads_nothing_of_what_they_are_part_of(door: SecondDoor, talk: Talk) -> None:
    add_coordinator(door.storage, door.town, "sol", at=door.at)
    answer(door, talk, "rosa", words="zebra")
    with door.storage.writing() as session:
        door.as_("sol").token = sign_in(session, get_account(session, door.town.accounts["sol"]), level=2, at=door.at, label="a browser")
    assert "Nobody has answered yet" in door.as_("sol").get(f"{DESK}/check-ins").text
    assert "zebra" in door.as_("imani").get(f"{DESK}/check-ins").text


def test_ones_copy_holds_ones_own_and_nothing_of_the_others(door: SecondDoor, talk: Talk) -> None:
    talk.write("rosa", "zebra-mine")
    talk.write("sol", "zebra-theirs")
    answer(door, talk, "rosa", words="zebra-going")
    talk.report("rosa", "zebra-report", 1, 2)
    for path in ("/my/copy/file.json", "/my/copy/file.html"):
        text = door.as_("rosa").get(path).text
        assert set(re.findall(r"zebra-\w+", text)) == {"zebra-mine", "zebra-going", "zebra-report"}
        assert "Soledad" not in text
        assert not re.search(r"zebra-(mine|going|report)", door.as_("sol").get(path).text)
    kinds = [one["kind"] for one in door.as_("rosa").get("/my/copy/file.json").json()["records"][0]["peer_support"]]
    assert sorted(kinds) == ["check_in", "message", "report"]


def test_erasing_ends_it_for_both_and_leaves_nothing(door: SecondDoor, talk: Talk) -> None:
    talk.write("rosa", "zebra")
    talk.report("rosa", "zebra")
    assert door.as_("rosa").post("/my/erase", {"sure": "yes"}).status_code == 303
    assert page(door, talk, "sol").status_code == 404
    assert page(door, talk, "rosa").status_code == 404
    assert "Nothing waits" in door.as_("imani").get(f"{DESK}/reports").text
