"""Suggestions: who is on whose board, and that one person's answer is nowhere on the other's."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from directory.errors import NotFound
from directory.models import PeerBlock
from directory.outbox import list_letters
from directory.peers import suggesting
from directory.peers.pool import pool_of
from directory.peers.profiles import set_state
from directory.peers.suggesting import Board
from tests.peers import CARDS, NAMES, SIDES, Circle


def test_each_side_sees_the_cards_of_the_other(circle: Circle) -> None:
    circle.gather("sol", "farah", "rosa", "wen")
    assert set(circle.cards("rosa")) == set(circle.cards("wen")) == {"Marigold", "Bluebird"}
    assert set(circle.cards("sol")) == set(circle.cards("farah")) == {"Quilt", "Sesame"}


def test_a_card_holds_no_name_and_no_time(circle: Circle) -> None:
    circle.gather()
    told = msgspec.json.encode([circle.board(name) for name in SIDES]).decode()
    assert not [words for words in (*NAMES.values(), "weekday", "America", "slots", "called") if words in told]


@pytest.mark.parametrize("first", ["yes", "no", ""])
def test_an_answer_of_one_changes_nothing_for_the_other(circle: Circle, first: str) -> None:
    circle.gather("sol", "farah", "rosa", "wen")
    before = {name: circle.board(name) for name in SIDES if name != "juno"}
    circle.answer("rosa", "sol", "yes")
    circle.answer("rosa", "sol", first)
    assert {name: circle.board(name) for name in before if name != "rosa"} == {name: board for name, board in before.items() if name != "rosa"}
    assert _letters(circle) == 0


def test_both_yes_is_told_to_both_and_the_coordinator_at_once_by_the_same_letter(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.both("rosa", "sol")
    assert (circle.heard("rosa"), circle.heard("sol")) == ({"Marigold": "both"}, {"Quilt": "both"})
    assert _letters(circle) == 3


@pytest.mark.parametrize("order", [("rosa", "sol"), ("sol", "rosa")])
def test_not_for_me_is_told_to_who_said_yes_on_the_next_day_and_to_nobody_else(circle: Circle, order: tuple[str, str]) -> None:
    circle.gather("sol", "rosa")
    said = {order[0]: "yes", order[1]: "no"}
    for name in order:
        circle.answer(name, "sol" if name == "rosa" else "rosa", said[name])
    keen, other = order
    assert circle.heard(keen) == {CARDS[other]: "waiting"}
    circle.later(days=1)
    assert circle.heard(keen) == {CARDS[other]: "over"}
    assert circle.heard(other) == {CARDS[keen]: "passed"}, "as if nobody had said yes"
    assert (circle.cards(keen), circle.cards(other)) == ([], [])
    assert _letters(circle) == 0


def test_a_yes_after_a_no_that_was_not_told_reads_as_any_yes(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.answer("sol", "rosa", "no")
    assert circle.cards("rosa") == ["Marigold"], "the card stays: its going would tell"
    circle.answer("rosa", "sol", "yes")
    assert circle.heard("rosa") == {"Marigold": "waiting"}


def test_what_goes_beyond_the_places_is_withdrawn_neutrally_and_may_come_again(circle: Circle) -> None:
    circle.gather("rosa", "wen", "farah")
    circle.join("sol", places=1)
    circle.vouch("sol")
    circle.answer("wen", "sol", "yes")
    key = circle.both("rosa", "sol")
    circle.later(days=1)
    assert circle.heard("wen") == {"Marigold": "over"}
    assert circle.cards("wen") == ["Bluebird"]
    circle.answer("rosa", "sol", "no")
    circle.later(days=1)
    assert (circle.heard("rosa"), circle.heard("sol")) == ({"Marigold": "passed"}, {"Quilt": "over"})
    assert set(circle.cards("wen")) == {"Marigold", "Bluebird"}
    with pytest.raises(NotFound):
        circle.introduce(key)


def test_whoever_pauses_rests_or_ends_is_on_no_board(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    for state, cards in (("paused", []), ("open", ["Marigold"]), ("ended", [])):
        with circle.storage.writing() as session:
            set_state(session, circle.actor(session, "sol"), circle.scheme.id, "supporter", state, at=circle.at)
        assert circle.cards("rosa") == cards, state
    circle.join("sol", rests_until=circle.on + timedelta(days=7))
    assert circle.cards("rosa") == []
    circle.later(days=7)
    assert circle.cards("rosa") == ["Marigold"]


@pytest.mark.parametrize("said", ["yes", "no", "", "maybe"])
def test_only_a_card_on_the_board_is_answered(circle: Circle, said: str) -> None:
    circle.gather("sol", "rosa", "wen")
    circle.join("farah")   # nobody vouches for her
    for other in ("wen", "rosa", "farah"):
        with pytest.raises(NotFound):
            circle.answer("rosa", other, said)
    with pytest.raises(NotFound):
        circle.answer("rosa", "sol", "maybe")


def test_cards_are_the_most_mutual_first_and_reasons_say_what_is_on_the_card(circle: Circle) -> None:
    circle.gather("sol", "farah")
    circle.join("farah", strengths=("strengths/music",), interests=("interests/choir",))
    circle.join("rosa", hopes=("strengths/music",), interests=("interests/choir",))
    board: Board = circle.board("rosa")
    assert [card.pseudonym for card in board.cards] == ["Bluebird", "Marigold"]
    assert [one.kind for one in board.cards[0].reasons] == ["about", "hopes", "interests", "languages", "ways"]


def _letters(circle: Circle) -> int:
    with circle.storage.reading() as session:
        return len(list_letters(session, sealer=circle.sealer))


def test_a_look_that_opens_only_who_may_suit_shows_what_opening_everybody_shows(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The obvious way beside the narrow one: with somebody blocked, somebody taken, somebody not vouched for, somebody resting."""
    found = circle.gather()
    circle.introduced("wen", "sol")
    circle.join("farah", side="seeker", not_my_area=True)
    circle.join("wen", side="supporter", places=1)
    with circle.storage.writing() as session:
        session.add(PeerBlock(client_id=found["rosa"], other_id=found["farah"], at=circle.at))
    narrow = {name: circle.board(name) for name in SIDES}
    monkeypatch.setattr(suggesting, "pool_of", lambda *given, around, **named: pool_of(*given, **named))
    wide = {name: circle.board(name) for name in SIDES}
    assert [(board.cards, board.answered, board.rests) for board in wide.values()] == [(board.cards, board.answered, board.rests) for board in narrow.values()]
    assert [len(board.cards) for board in narrow.values()] != [0] * len(SIDES)
