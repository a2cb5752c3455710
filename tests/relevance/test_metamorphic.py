"""The relations hold on a small sample, every one of them makes pairs, and each bites when what it guards is broken."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from matching.signals import SIGNALS
from matching.signals.base import Measured
from tests.relevance.metamorphic import RELATIONS, broken, broken_in_words

WORLDS = range(25)


def test_no_relation_is_broken_and_each_makes_pairs() -> None:
    tally = broken(WORLDS)
    assert {key: times for key, times in tally.items() if key[2] != "pairs" and times} == {}
    assert sum(bool(tally[relation.side, relation.name, "pairs"]) for relation in RELATIONS) >= 0.9 * len(RELATIONS)  # a few need more worlds


def test_other_letters_change_nothing_and_hardly_a_slip_does() -> None:
    tally = broken_in_words(range(40))
    letters, slips = "case, accents, Unicode form, order of words", "a slip in one word"
    assert tally["text", letters, "pairs"] == 40
    assert tally["text", letters, "rank"] == 0
    assert tally["text", slips, "rank"] <= tally["text", slips, "pairs"] / 5  # the whole count, with its floor, is in the report


def test_a_reward_for_a_no_is_found() -> None:
    usual = SIGNALS["access"]

    def turned(q: object, rows: object) -> Measured:
        met, unknown = usual.measure(q, rows)  # type: ignore[arg-type]
        return Measured(np.asarray(1 - met), unknown)

    with patch.dict(SIGNALS, {"access": usual._replace(measure=turned)}):
        assert any(times for key, times in broken(WORLDS).items() if key[2] == "score")
