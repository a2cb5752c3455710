"""An end, a change and a block: no reason, no blame, nobody told who; and a block that the other cannot tell from an end, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.models import Introduction, IntroductionKey, PeerBlock, PeerMessage, PeerProfile
from tests.talked import Talk, page, talk_in
from tests.web.second_door import SecondDoor, text_of

PAGES = ("talk", "end", "report", "check-in", "papers.txt", "papers.json")
PATHS = ("/my", "/my/peers", "/my/peers/reports", "/my/looked", "/my/sharing", "/my/copy/file.json", "/my/copy/file.html")


@pytest.fixture
def talk(door: SecondDoor) -> Talk:
    made = talk_in(door)
    made.write("rosa", "Hello Sol")
    made.write("sol", "Hello Rosa")
    return made


def post(door: SecondDoor, talk: Talk, name: str, **said: str) -> object:
    return door.as_(name).post(f"/my/peers/{talk.key}/end", said)


@pytest.mark.parametrize("name", ["rosa", "sol"])
def test_either_ends_it_and_both_read_the_same_neutral_words(door: SecondDoor, talk: Talk, name: str) -> None:
    assert "No reason is needed" in page(door, talk, name, "end").text
    assert post(door, talk, name, do="end", wish="enough").headers["location"].endswith("?said=peers-ended")
    shown = [without_what_differs(page(door, talk, who).text) for who in ("rosa", "sol")]
    assert shown[0] == shown[1]
    assert "This has come to its end" in shown[0]
    assert "Hello" not in shown[0]
    assert not re.search(r"\b(Rosa|Soledad|you ended|ended by|blocked)\b", shown[0])
    with door.storage.reading() as session:
        assert session.scalars(select(PeerMessage)).all() == session.scalars(select(IntroductionKey)).all() == []


def test_the_other_gets_a_letter_that_says_nothing(door: SecondDoor, talk: Talk) -> None:
    before = len(door.letters("sol"))
    door.later(minutes=5)
    post(door, talk, "rosa", do="end", wish="change")
    assert len(door.letters("sol")) == before + 1
    assert door.letters("sol")[0].subject == "You have a message"
    assert not re.search(r"end|Rosa|match|peer", door.letters("sol")[0].text.replace(door.settings.base_url, ""))


def test_a_change_opens_the_place_again_and_enough_rests(door: SecondDoor, talk: Talk) -> None:
    post(door, talk, "rosa", do="end", wish="change")
    with door.storage.reading() as session:
        rosa = session.scalars(select(PeerProfile).where(PeerProfile.client_id == talk.circle.client_id("rosa"))).one()
        assert (rosa.state, rosa.waiting_since) == ("open", door.at.date()), "and she has waited since before"
    again = Talk(talk.circle, talk.key)
    assert post(door, again, "rosa", do="end", wish="enough").status_code == 303, "twice is no fault"
    with door.storage.reading() as session:
        assert session.scalars(select(PeerProfile.state).where(PeerProfile.client_id == talk.circle.client_id("rosa"))).one() == "paused"
        assert session.scalars(select(PeerProfile.state).where(PeerProfile.client_id == talk.circle.client_id("sol"))).one() == "open", "his place is free"


def test_a_wish_is_asked_for_and_a_reason_is_not(door: SecondDoor, talk: Talk) -> None:
    answer = post(door, talk, "rosa", do="end")
    assert answer.status_code == 422
    assert "Choose what you would like next" in answer.text
    assert "<textarea" not in answer.text
    with door.storage.reading() as session:
        assert session.get_one(Introduction, talk.key).ended_at is None


def test_after_the_end_nobody_writes_and_nothing_typed_is_lost(door: SecondDoor, talk: Talk) -> None:
    post(door, talk, "sol", do="end", wish="enough")
    for path, said in (("talk", {"words": "Are you there?"}), ("days", {"days": "7"})):
        answer = door.as_("rosa").post(f"/my/peers/{talk.key}/{path}", said)
        assert answer.status_code == 409
        assert "come to its end" in answer.text
    answer = door.as_("rosa").post(f"/my/peers/{talk.key}/talk", {"words": "Are you there?"})
    assert "Are you there?</textarea>" in answer.text
    assert {page(door, talk, name, which).status_code for name in ("rosa", "sol") for which in ("papers.txt", "papers.json")} == {404}


def test_who_is_blocked_cannot_tell_it_from_an_end(tmp_path: Path, ground_file: Path) -> None:
    """Two worlds that differ only in this: in one Rosa ends it, in the other she blocks Sol. Everything that Sol can ask is the same to the byte."""
    seen = []
    for number, do in enumerate(("end", "block")):
        door = SecondDoor(tmp_path / str(number), ground_file)
        talk = talk_in(door)
        talk.write("rosa", "Hello")
        door.later(minutes=5)
        post(door, talk, "rosa", do=do, wish="enough")
        seen.append(everything_of(door, talk, "sol"))
        door.close()
    assert seen[0] == seen[1]


def everything_of(door: SecondDoor, talk: Talk, name: str) -> list[object]:
    """All that one of them can ask or send, and every letter to them; without what is drawn by lot anew in each house."""
    asked = [page(door, talk, name, which) for which in PAGES] + [door.as_(name).get(path) for path in PATHS]
    asked += [door.as_(name).post(f"/my/peers/{talk.key}/{path}", said) for path, said in SENT]
    shown: list[object] = [(one.status_code, without_what_differs(one.text.replace(str(talk.key), "KEY"))) for one in asked]
    return [*shown, [(letter.subject, letter.text) for letter in door.letters(name)]]


SENT = (("talk", {"words": "Hello?"}), ("days", {"days": "7"}), ("check-in", {"going": "well", "hours": "48"}), ("report", {"words": "Where is she?"}),
        ("end", {"do": "end", "wish": "change"}), ("end", {"do": "block"}))  # fmt: skip


def without_what_differs(text: str) -> str:
    """A page without its stamp and without ids, which are random."""
    text = re.sub(r'name="csrf" value="[^"]*"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", text)


@pytest.mark.parametrize("when", ["open", "ended by me", "ended by the other"])
def test_a_block_is_mutual_at_once_and_for_ever(door: SecondDoor, talk: Talk, when: str) -> None:
    if when != "open":
        post(door, talk, "rosa" if when == "ended by me" else "sol", do="end", wish="change")
    assert post(door, talk, "rosa", do="block").headers["location"].endswith("?said=peers-blocked")
    rosa, sol = talk.circle.client_id("rosa"), talk.circle.client_id("sol")
    with door.storage.reading() as session:
        assert {(row.client_id, row.other_id) for row in session.scalars(select(PeerBlock))} == {(rosa, sol), (sol, rosa)}, "and no row tells who asked"
        assert session.get_one(Introduction, talk.key).ended_at is not None
    assert "Hello" not in text_of(page(door, talk, "rosa"))
    assert post(door, talk, "sol", do="block").status_code == 303, "both may, and neither can take the other's back"
