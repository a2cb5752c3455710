"""A question with one thing changed keeps what cannot hang on that, and answers as one that was asked anew."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import Index
from matching.index import part_of
from matching.limits import judge
from matching.overlay import Overlay
from matching.question import Question
from matching.strings import Strings
from matching.values import Inquiry, Profile
from matching.weights import GIVING
from tests.matching import tongue
from tests.matching.test_changes_in_full import inquiries
from tests.matching.wordbook import STREET, VOCABULARY, listing
from tests.matching.worlds import AT, TEXTS, Chance, index_of, world_of

GIVING_TEXT = "lend"


def changed_once(asked: Inquiry, other: Inquiry, dice: Chance) -> Inquiry:
    """An inquiry of which one thing is another's."""
    name = dice.one("text", "supports", "place", "travel", "must", "profile")
    return replace(asked, **{name: getattr(other, name)})


def answers(q: Question) -> list[object]:
    """What a question says of itself and of every row."""
    verdicts = judge(q)
    about = q.relevance().tolist() if q.asks_for_something else None
    return [q.implied, q.words, q.typed, q.asks_to_give, q.is_known, q.rurality, about, verdicts.fail.tolist(), verdicts.ask.tolist()]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 16))
def test_a_changed_question_answers_as_one_asked_anew(number: int, size: int) -> None:
    with patch.dict(tongue.IMPLIED, {GIVING_TEXT: ((GIVING, 1.0),)}):
        world, dice = world_of(number, size), Chance(f"changed {number}")
        part = index_of(world.directory).parts[0]
        asked, other = (replace(inquiries(world, number + way), text=dice.one("", GIVING_TEXT, *TEXTS)) for way in (0, 1))
        changed = changed_once(asked, other, dice)
        first = Question(asked, part, AT)
        answers(first)
        assert answers(first.changed(changed)) == answers(Question(changed, part, AT))


def test_how_telling_a_phrase_is_goes_by_the_whole_directory_in_a_changed_question_too() -> None:
    walks = [listing(40 + number, f"Walking group {number}") for number in range(5)]
    base = Index.build([*STREET, *walks], VOCABULARY, on=AT.date())
    beside = Overlay(base, lambda ordered: part_of(ordered, VOCABULARY, base.measures, None)).replace({"new": [listing(99, "Walking at dawn")]})
    first = Question(Inquiry(profile=Profile(interests=("walking",))), beside.parts[0], AT)
    whole = first.phrases("interests", "walking")
    there = first.on(beside.parts[1])
    assert beside.parts[1].texts.phrases("interests", "walking") != whole
    assert there.changed(Inquiry()).phrases("interests", "walking") == whole


@given(st.lists(st.text(max_size=6), min_size=1, max_size=20), st.data())
def test_many_texts_are_read_as_one_by_one(texts: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=30))
    held = Strings.build(texts)
    assert held.many(np.array(numbers, np.int64)) == [held[number] for number in numbers] == [texts[number] for number in numbers]
