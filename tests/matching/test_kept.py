"""What sentences are evidence of is worked out once: whoever is given what another vocabulary kept reads every text as if it had worked it out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.danger import UrgentSayings
from matching.files import Arrays
from matching.values import Term
from matching.vocabulary import DANGER, Vocabulary

TERMS = [
    Term(taxonomy="supports", code="rescue", label="Rescue", urgent=("water",), sayings=("pull me out of the river", "the boat has gone down")),
    Term(taxonomy="supports", code="baking", label="Baking", cues=("bread",), sayings=("the oven is on before dawn", "хліб для всієї вулиці", "面包 和 汤")),
    Term(taxonomy="strengths", code="oars", label="Rowing", sayings=("my oars and my boat", "I row before dawn")),
    Term(taxonomy="places", code="silent", label="Silence"),
]
SAYINGS = [
    UrgentSayings(topic="water", sentences=("the boat is sinking and the water is rising", "water over the side and the boat is sinking")),
    UrgentSayings(topic="", sentences=("a boat trip on calm water", "the water in the kettle is rising")),
]
WORDS = ("the", "boat", "is", "sinking", "water", "rising", "oars", "row", "dawn", "oven", "bread", "хліб", "вулиці", "面包", "my", "and", "kettle", "nothing")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


class Box:
    """Keeps arrays, and counts how often they had to be made."""

    def __init__(self) -> None:
        self.arrays: Arrays | None = None
        self.made = self.asked = 0

    def __call__(self, make: Callable[[], Arrays]) -> Arrays:
        self.asked += 1
        if self.arrays is None:
            self.arrays, self.made = make(), self.made + 1
        return self.arrays


def told(vocabulary: Vocabulary, text: str) -> object:
    """All that a vocabulary makes of a text by sentences."""
    suggested = [vocabulary.suggest(taxonomy, text, floor=0.0) for taxonomy in ("strengths", "supports")]
    return vocabulary.meant(text), suggested, vocabulary.urgent(text), vocabulary.crisis(text)


ANEW, BOX = Vocabulary(TERMS, (), SAYINGS), Box()
Vocabulary(TERMS, (), SAYINGS, keep=BOX).prepare()
GIVEN = Vocabulary(TERMS, (), SAYINGS, keep=BOX)


@given(TEXTS)
def test_a_text_is_read_alike_from_what_was_kept(text: str) -> None:
    assert told(GIVEN, text) == told(ANEW, text)


def test_it_is_made_once_for_all_and_asked_for_once_by_each() -> None:
    box = Box()
    for count in (1, 2, 3):
        one = Vocabulary(TERMS, (), SAYINGS, keep=box)
        assert box.asked == count - 1   # nothing is worked out before the first text
        told(one, "the boat is sinking")
        told(one, "bread before dawn")
        one.prepare()
        assert (box.asked, box.made) == (count, 1)


def test_only_what_has_sentences_is_kept() -> None:
    assert BOX.arrays is not None
    assert {name.partition("/")[0] for name in BOX.arrays} == {"supports", "strengths", DANGER}
    silent = Box()
    Vocabulary([TERMS[-1]], keep=silent).prepare()
    assert silent.asked == 0


@pytest.mark.parametrize("text", ["", "zzz qqq", "?!"])
def test_what_is_in_no_sentence_says_nothing_from_what_was_kept_either(text: str) -> None:
    assert told(GIVEN, text) == told(ANEW, text) == ((), [(), ()], (), ())
