"""Telling the moderator: at any time, also after a block; read by the right person alone; answered in words; and what is done is written down."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select, update

from directory.accounts.people import get_account, grant, revoke
from directory.accounts.sign_ins import sign_in
from directory.errors import NotPermitted
from directory.models import ClientView, Introduction, PeerAct, PeerProfile, PeerReport, PeerScheme, Role
from directory.peers.profiles import set_state
from tests.clients import ALDER, NORTH
from tests.talked import DESK, Talk, add_coordinator, page, talk_in
from tests.web.second_door import SecondDoor, text_of
from web.rounds import follow_peers


@pytest.fixture
def talk(door: SecondDoor) -> Talk:
    made = talk_in(door)
    made.write("rosa", "Quillon-one")
    made.write("sol", "Quillon-two")
    return made


def tell(door: SecondDoor, talk: Talk, name: str = "rosa", words: str = "He shouted", **more: object) -> object:
    return door.as_(name).post(f"/my/peers/{talk.key}/report", {"words": words, **more})


def only(door: SecondDoor) -> str:
    with door.storage.reading() as session:
        return f"{DESK}/reports/{session.scalars(select(PeerReport.id)).one()}"


def test_what_is_kept_to_themselves_is_said_before_anything_is_written(door: SecondDoor, talk: Talk) -> None:
    shown = text_of(page(door, talk, "rosa", "report"))
    assert "Imani reads what you write here" in shown
    assert "when a life is in danger" in shown
    assert shown.index("two limits") < shown.index("What happened?")
    assert " checked" not in page(door, talk, "rosa", "report").text


def test_the_moderator_reads_the_words_and_only_the_messages_that_were_ticked(door: SecondDoor, talk: Talk) -> None:
    assert tell(door, talk, passage=["2"]).headers["location"] == "/my/peers/reports?said=peers-told"
    listed = door.as_("imani").get(f"{DESK}/reports").text
    assert "Waits for you" in listed
    assert not re.search("shouted|Rosa|Soledad", listed)
    shown = door.as_("imani").get(only(door)).text
    assert "He shouted" in shown
    assert "Rosa M." in shown
    assert "Soledad Reyes" in shown
    assert "Quillon-two" in shown
    assert "Quillon-one" not in shown


@pytest.mark.parametrize("name", ["rosa", "sol"])
@pytest.mark.parametrize("after", ["", "end", "block", "blocked by the other"])
def test_either_side_reports_at_any_time(door: SecondDoor, talk: Talk, name: str, after: str) -> None:
    if after:
        who = {"rosa": "sol", "sol": "rosa"}[name] if after == "blocked by the other" else name
        (talk.end if after == "end" else talk.block)(who)
    assert page(door, talk, name, "report").status_code == 200
    assert tell(door, talk, name, passage=["1"]).status_code == 303
    shown = door.as_("imani").get(only(door)).text
    assert "He shouted" in shown
    assert ("Quillon-one" in shown) == (after == ""), "what was deleted is not brought back"


def test_the_other_learns_nothing_of_it(door: SecondDoor, talk: Talk) -> None:
    paths = [f"/my/peers/{talk.key}/{which}" for which in ("talk", "end", "report", "check-in")] + ["/my/looked", "/my/peers/reports", "/my/copy/file.json"]
    before, letters = [door.as_("sol").get(path).content for path in paths], len(door.letters("sol"))
    tell(door, talk)
    door.as_("imani").get(only(door))
    door.as_("imani").post(only(door), {"do": "answer", "words": "I will talk with him."})
    assert [door.as_("sol").get(path).content for path in paths] == before
    assert len(door.letters("sol")) == letters
    assert tell(door, talk, "wen").status_code == 404


def test_the_answer_is_read_by_whoever_reported_and_by_nobody_else(door: SecondDoor, talk: Talk) -> None:
    tell(door, talk)
    assert door.as_("imani").post(only(door), {"do": "answer", "words": " "}).status_code == 422
    door.later(minutes=5)
    before = len(door.letters("rosa"))
    assert door.as_("imani").post(only(door), {"do": "answer", "words": "Thank you. I will talk with him."}).status_code == 303
    assert len(door.letters("rosa")) == before + 1
    assert door.letters("rosa")[0].subject == "You have a message"
    assert "I will talk with him" in door.as_("rosa").get("/my/peers/reports").text
    for name in ("sol", "wen", "stella"):
        assert "I will talk" not in door.as_(name).get("/my/peers/reports").text
    again = door.as_("imani").post(only(door), {"do": "answer", "words": "Another answer"})
    assert again.status_code == 409
    assert "Another answer</textarea>" in again.text
    assert "I will talk with him" in door.as_("rosa").get("/my/peers/reports").text


def test_the_letter_to_the_moderator_says_nothing(door: SecondDoor, talk: Talk) -> None:
    door.later(minutes=5)
    tell(door, talk)
    letter = door.letters("imani")[0]
    assert letter.subject == "You have a message"
    assert f"{door.settings.base_url}{DESK}/reports" in letter.text
    assert not re.search("shouted|Rosa|Sol|report(?!s\n)", letter.text)


@pytest.mark.parametrize("case", ["is the one reported", "left", "was never named"])
def test_when_the_named_moderator_cannot_answer_another_coordinator_does(door: SecondDoor, talk: Talk, case: str) -> None:
    add_coordinator(door.storage, door.town, "wen", at=door.at)
    add_coordinator(door.storage, door.town, "sol", at=door.at)
    with door.storage.writing() as session:
        if case == "is the one reported":
            session.execute(update(PeerScheme).values(moderator_id=door.town.accounts["sol"]))
            revoke(session, get_account(session, door.town.accounts["imani"]), "coordinator", by="tests", at=door.at, organization_id=ALDER)
        elif case == "left":
            revoke(session, get_account(session, door.town.accounts["imani"]), "coordinator", by="tests", at=door.at, organization_id=ALDER)
        else:
            session.execute(update(PeerScheme).values(moderator_id=None))
            session.execute(delete(Role).where(Role.account_id == door.town.accounts["imani"]))
    raise_level(door, "sol", "wen", "rosa")
    assert "Wen reads what you write here" in text_of(page(door, talk, "rosa", "report"))
    tell(door, talk)
    assert "He shouted" in door.as_("wen").get(only(door)).text
    assert door.as_("sol").get(only(door)).status_code == 404, "nobody moderates what is about them"
    assert "Nothing waits" in door.as_("sol").get(f"{DESK}/reports").text
    assert door.as_("sol").post(only(door), {"do": "answer", "words": "No"}).status_code == 404


def raise_level(door: SecondDoor, *names: str) -> None:
    """They sign in anew, with a second factor."""
    with door.storage.writing() as session:
        for name in names:
            door.as_(name).token = sign_in(session, get_account(session, door.town.accounts[name]), level=2, at=door.at, label="a browser")


def test_where_nobody_can_answer_the_owners_learn_that_somebody_is_missing_and_no_more(door: SecondDoor, talk: Talk) -> None:
    with door.storage.writing() as session:
        session.execute(delete(Role).where(Role.role == "coordinator"))
        grant(session, get_account(session, door.town.accounts["ana"]), "owner", by="tests", at=door.at, organization_id=ALDER)
    assert "Nobody is there to read this just now" in text_of(page(door, talk, "rosa", "report"))
    door.later(minutes=5)
    assert tell(door, talk).status_code == 303
    letter = door.letters("ana")[0]
    assert "Please name a coordinator" in letter.text
    assert not re.search("shouted|Rosa|Sol", letter.text)
    door.sign_in("ana")
    assert door.as_("ana").get(only(door)).status_code == 403, "an owner is told, and reads nothing"
    door.later(days=4)
    add_coordinator(door.storage, door.town, "imani", at=door.at)
    door.sign_in("imani")
    follow_peers(door.app.state.house, door.at)
    assert door.letters("imani")[0].subject == "You have a message"
    assert "He shouted" in door.as_("imani").get(only(door)).text


def test_a_block_hides_nobody_from_a_coordinator(door: SecondDoor, talk: Talk) -> None:
    """Oversight cannot be blocked: Sol coordinates, too, and Rosa blocks him. He reads what others report as before."""
    add_coordinator(door.storage, door.town, "sol", at=door.at)
    talk.block("rosa")
    beside = Talk(talk.circle, talk.circle.introduced("wen", "farah"), "wen", "farah")
    report = beside.report("wen", "Something else")
    raise_level(door, "sol")
    assert "Something else" in door.as_("sol").get(f"{DESK}/reports/{report}").text
    assert door.as_("sol").get(f"{DESK}/check-ins").status_code == 200


@pytest.mark.parametrize(
    ("step", "state", "is_over"), [("paused", "paused", False), ("ended", "open", True), ("removed", "ended", True)],
)
def test_what_a_moderator_does_holds_and_is_written_down(door: SecondDoor, talk: Talk, step: str, state: str, is_over: bool) -> None:
    tell(door, talk)
    path = only(door)
    door.as_("imani").get(path)
    assert door.as_("imani").post(path, {"do": step}).status_code == 303
    with door.storage.reading() as session:
        profile = session.scalars(select(PeerProfile).where(PeerProfile.client_id == talk.circle.client_id("sol"))).one()
        assert (profile.state, session.get_one(Introduction, talk.key).ended_at is not None) == (state, is_over)
        assert [(act.kind, act.by) for act in session.scalars(select(PeerAct).order_by(PeerAct.at))] == [
            ("opened", talk.circle.by("imani")), (step, talk.circle.by("imani")),
        ]
    assert ("come to its end" in page(door, talk, "rosa").text) == is_over
    assert f"you {'paused the person' if step == 'paused' else 'ended' if step == 'ended' else 'took the person out'}" in text_of(door.as_("imani").get(path))
    assert "Sol" not in talk.circle.cards("wen")


def test_nobody_lifts_a_moderators_hold_but_a_moderator(door: SecondDoor, talk: Talk) -> None:
    tell(door, talk)
    door.as_("imani").post(only(door), {"do": "removed"})
    for side in ("supporter", "seeker"):
        with pytest.raises(NotPermitted, match="ask them"):
            talk.circle.join("sol", side=side)
    with pytest.raises(NotPermitted), door.storage.writing() as session:
        set_state(session, talk.actor(session, "sol"), talk.circle.scheme.id, "supporter", "open", at=door.at)
    door.as_("imani").post(only(door), {"do": "opened_again"})
    talk.circle.join("sol")


def test_whoever_is_held_can_leave_all_the_same_and_comes_back_only_through_the_moderator(door: SecondDoor, talk: Talk) -> None:
    tell(door, talk)
    door.as_("imani").post(only(door), {"do": "paused"})
    path = f"/my/peers/schemes/{talk.circle.scheme.id}/supporter"
    assert door.as_("sol").post(f"{path}/state", {"state": "open"}).status_code == 403
    assert door.as_("sol").post(f"{path}/state", {"state": "ended"}).status_code == 303
    assert door.as_("sol").get(path).status_code == 404
    with pytest.raises(NotPermitted, match="ask them"):
        talk.circle.join("sol")


@pytest.mark.parametrize("wrong", ["", "opened", "answered", "delete", "x" * 300])
def test_other_steps_do_nothing(door: SecondDoor, talk: Talk, wrong: str) -> None:
    tell(door, talk)
    assert door.as_("imani").post(only(door), {"do": wrong}).status_code == 422
    with door.storage.reading() as session:
        assert session.get_one(Introduction, talk.key).ended_at is None


def test_words_are_needed_help_comes_first_and_too_many_wait(door: SecondDoor, talk: Talk) -> None:
    assert tell(door, talk, words=" ").status_code == 422
    answer = tell(door, talk, words="I want to kill myself", passage=["1"])
    assert answer.status_code == 200
    assert "You can reach someone right now" in answer.text
    assert "I want to kill myself</textarea>" in answer.text
    assert 'value="1" checked' in answer.text
    assert tell(door, talk, words="I want to kill myself", seen="help").status_code == 303
    for _ in range(8):
        tell(door, talk)
    late = tell(door, talk, words="The last straw")
    assert late.status_code == 429
    assert "The last straw</textarea>" in late.text


def test_reporting_and_blocking_go_together(door: SecondDoor, talk: Talk) -> None:
    assert tell(door, talk, passage=["1", "2", "99", "x"], block="1").status_code == 303
    shown = door.as_("imani").get(only(door)).text
    assert "Quillon-one" in shown
    assert "Quillon-two" in shown
    assert "come to its end" in page(door, talk, "sol").text


def test_another_organizations_coordinator_finds_nothing(door: SecondDoor, talk: Talk) -> None:
    tell(door, talk)
    with door.storage.writing() as session:
        grant(session, get_account(session, door.town.accounts["wen"]), "coordinator", by="tests", at=door.at, organization_id=NORTH)
    raise_level(door, "wen")
    assert door.as_("wen").get(only(door)).status_code == 403
    assert door.as_("wen").get(only(door).replace(str(ALDER), str(NORTH))).status_code == 404
    assert "Nothing waits" in door.as_("wen").get(f"/desk/organizations/{NORTH}/peers/reports").text
    with door.storage.reading() as session:
        assert session.scalars(select(ClientView).where(ClientView.purpose == "check_in")).all() == []
