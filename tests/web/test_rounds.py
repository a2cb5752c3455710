"""A year goes by: reminders go out, one answers by its link, others are called; and what is done is seen in searches at once, without a new index."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from directory.accounts.sign_ins import sign_in
from directory.changes import latest_seq
from directory.freshness.calls import note_outcome, open_call
from directory.freshness.confirming import confirm
from directory.freshness.reminding import AGAIN
from directory.freshness.rules import set_rules
from directory.models import Account, Service
from directory.moves import moves_since
from directory.outbox import Letter, list_letters
from directory.unlisting import unpublish
from tests.cast import LISTINGS, address_of
from tests.web.second_door import SecondDoor, text_of
from web.house import House
from web.rounds import lay_down, look_over, remind


def house(door: SecondDoor) -> House:
    found: House = door.app.state.house
    return found


def letters(door: SecondDoor) -> list[Letter]:
    with door.storage.reading() as session:
        return [letter for _, letter in list_letters(session, sealer=door.sealer)]


def test_a_year_later_one_answers_by_the_link_and_the_other_is_called(door: SecondDoor) -> None:
    door.later(days=365)
    remind(house(door), door.at)
    (mail,) = [letter for letter in letters(door) if letter.to == address_of("emil")]
    path = re.findall(r"https://home\.example(/confirm/\S+)", mail.text)[0]
    assert "Reading circle" in text_of(door.as_("anyone").get(path))
    assert door.as_("anyone").post(path, {"answer": "right"}, stamped=False).status_code == 303
    for _ in range(4):
        door.later(days=AGAIN.days)
        remind(house(door), door.at)
    cora = door.as_("cora")
    with door.storage.writing() as session:
        cora.token = sign_in(session, session.get_one(Account, door.town.accounts["cora"]), level=2, at=door.at)
    page = text_of(cora.get("/desk/curator/calls"))
    assert "Community lunch" in page
    assert "3 mails brought no answer." in page
    assert "Reading circle" not in page
    assert [letter.to for letter in letters(door)].count(address_of("emil")) == 1
    assert [letter.to for letter in letters(door)].count(address_of("ana")) == 3


def test_what_was_confirmed_is_seen_in_searches_at_once(door: SecondDoor) -> None:
    anyone = door.as_("anyone")
    form = {"text": "reading circle", "place": "54911"}
    assert "on 1 September 2026" in text_of(anyone.post("/search", form, stamped=False))
    door.later(days=2)
    door.as_("emil").post(f"/desk/listings/{LISTINGS['reading']}/confirm")
    with door.storage.writing() as session:
        confirm(session, session.get_one(Service, LISTINGS["reading"]), by="link", at=door.at, how="link")
    door.catalogue._looked_at = float("-inf")   # half a second later
    assert "Confirmed by the organization on 26 November 2026" in text_of(anyone.post("/search", form, stamped=False))


@pytest.mark.parametrize("does", ["confirm", "call", "take down", "rules"])
def test_no_act_makes_another_worker_build_its_index_anew(door: SecondDoor, does: str) -> None:
    def lunch(session: Session) -> Service:
        return session.get_one(Service, LISTINGS["lunch"])

    given = {"note": "", "call_back": None, "tries": 0, "by": "account:x", "at": door.at}
    acts: dict[str, Callable[[Session], object]] = {
        "confirm": lambda session: confirm(session, lunch(session), by="link", at=door.at + timedelta(days=9), how="link"),
        "call": lambda session: note_outcome(session, open_call(session, LISTINGS["lunch"], why="x", at=door.at), "no answer", **given),   # type: ignore[arg-type]
        "take down": lambda session: unpublish(session, lunch(session), why="It has closed.", by="account:x", at=door.at, remember=True),
        "rules": lambda session: set_rules(session, {"event": "20"}, by="account:x", at=door.at),
    }
    with door.storage.writing() as session:
        before = latest_seq(session)
        acts[does](session)
        assert latest_seq(session) > before
        moves = moves_since(session, before, door.catalogue.state().index)
    assert moves.is_traced
    assert moves.services == ({LISTINGS["lunch"]} if does in ("confirm", "take down") else set())
    assert moves.hides == (does == "take down")


def test_the_rounds_may_be_made_again_and_again(door: SecondDoor) -> None:
    door.as_("anyone").post("/search", {"text": "xyzzyq"}, stamped=False)
    for _ in range(2):
        for job in (remind, look_over, lay_down):
            job(house(door), door.at)
    assert "Counted today" in text_of(door.as_("cora").get("/desk/curator/coverage"))
    assert letters(door) == []
