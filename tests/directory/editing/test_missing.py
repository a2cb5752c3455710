"""The three missing answers are those that lift the listing most, and are no guess: the ranking was asked."""

from __future__ import annotations

from msgspec.structs import replace

from directory.editing.missing import HERE, missing_answers
from matching import Vocabulary
from matching.values import Listing, Opening, Stated
from tests.make import NOON

EMPTY = Listing(id="a", service_id="a", organization_id="o", name="Community lunch", supports=frozenset({"food"}), place=HERE)
FULL = replace(
    EMPTY, cost="free", price=0.0, openings=(Opening(weekday=1, opens=17 * 60, closes=20 * 60),), languages=Stated(yes=frozenset({"es"})),
    access=Stated(yes=frozenset({"step_free"})), entry=Stated(yes=frozenset({"drop_in"})), builds_on=Stated(yes=frozenset({"cooking"})),
    welcomes=frozenset({"newcomers"}), interests=frozenset({"cooking"}), formats=Stated(yes=frozenset({"in_person"})), minimum_age=0.0, space="open",
    space_updated=NOON,
)  # fmt: skip
WORDS = Vocabulary([], [])


def test_what_is_stated_is_not_asked_for() -> None:
    assert missing_answers(FULL, WORDS, at=NOON) == []


def test_three_are_given_the_best_first_each_with_a_gain() -> None:
    found = missing_answers(EMPTY, WORDS, at=NOON)
    assert len(found) == 3
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    assert all(one.gain > 0 and one.searches > 0 and one.words.endswith(".") for one in found)


def test_a_single_gap_is_found() -> None:
    assert [one.part for one in missing_answers(replace(FULL, cost=None, price=None), WORDS, at=NOON)] == ["cost"]
    assert [one.part for one in missing_answers(replace(FULL, entry=Stated()), WORDS, at=NOON)] == ["first"]


def test_answering_takes_a_question_from_the_list() -> None:
    first = missing_answers(EMPTY, WORDS, at=NOON)[0]
    better = replace(EMPTY, cost="free", price=0.0) if first.part == "cost" else replace(EMPTY, entry=Stated(yes=frozenset({"drop_in"})))
    assert first not in missing_answers(better, WORDS, at=NOON)
