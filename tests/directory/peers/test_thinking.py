"""Thinking again: what one answered can be taken back, and nothing that comes of it tells whether the other had answered."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from directory.peers.suggesting import Board
from tests.peers import Circle


def seen(circle: Circle, name: str) -> Board:
    """A board without the ids of rows, which say nothing."""
    board = circle.board(name)
    return replace(board, answered=tuple(replace(one, introduction_id=one.profile_id) for one in board.answered))


@pytest.mark.parametrize("others", ["no before", "no after", "withdrawn"])
def test_a_yes_taken_back_after_the_others_no_reads_as_if_they_had_not_answered(circle: Circle, others: str) -> None:
    circle.gather("rosa", "wen", "sol")
    if others == "withdrawn":
        circle.both("sol", "rosa")
    for name in ("sol", "rosa") if others == "no before" else ("rosa", "sol"):
        circle.answer(name, "sol" if name == "rosa" else "rosa", "no" if name == "sol" else "yes")
    circle.answer("wen", "sol", "yes")
    for said in ("", "yes", "yes", "no", "no", "", "no", "yes"):
        for name in ("rosa", "wen"):
            circle.answer(name, "sol", said)
        rosa, wen = seen(circle, "rosa"), seen(circle, "wen")
        assert (rosa.cards, rosa.answered) == (wen.cards, wen.answered)
    assert circle.heard("sol")["Quilt"] == "passed", "whoever passed sees what they saw"
    assert circle.cards("sol") == ["Sesame"]


@pytest.mark.parametrize("first", ["yes", "no", ""])
@pytest.mark.parametrize("days", [0, 1, 40])
def test_not_for_me_stays_in_the_list_and_can_be_thought_again_whatever_the_other_said(circle: Circle, first: str, days: int) -> None:
    circle.gather("rosa", "sol")
    circle.answer("rosa", "sol", "no")
    if first:
        circle.answer("sol", "rosa", first)
    circle.later(days=days)
    assert circle.heard("rosa") == {"Marigold": "passed"}
    circle.answer("rosa", "sol", "")
    assert (circle.heard("rosa"), circle.cards("rosa")) == ({}, ["Marigold"])
    circle.answer("rosa", "sol", "no")
    assert (circle.heard("rosa"), circle.cards("rosa")) == ({"Marigold": "passed"}, [])


def test_whoever_read_that_it_is_over_is_asked_anew_and_not_taken_at_their_old_word(circle: Circle) -> None:
    circle.gather("rosa", "sol")
    circle.answer("rosa", "sol", "yes")
    circle.answer("sol", "rosa", "no")
    circle.later(days=1)
    circle.answer("sol", "rosa", "yes")
    assert (circle.heard("rosa"), circle.heard("sol")) == ({"Marigold": "over"}, {"Quilt": "waiting"})
    assert circle.cards("rosa") == ["Marigold"]
    circle.answer("rosa", "sol", "yes")
    assert circle.heard("sol") == {"Quilt": "both"}


def test_a_second_press_after_it_became_mutual_changes_nothing(circle: Circle) -> None:
    circle.gather("rosa", "sol")
    key = circle.both("rosa", "sol")
    assert circle.answer("sol", "rosa", "yes") == key
    assert (circle.heard("rosa"), circle.heard("sol")) == ({"Marigold": "both"}, {"Quilt": "both"})
    circle.introduce(key)
    assert circle.answer("rosa", "sol", "yes") == key
