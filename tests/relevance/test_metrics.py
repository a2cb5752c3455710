"""The measures themselves, against cases worked out by hand and what must always hold."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.relevance.metrics import dcg, ndcg, paired_interval, reciprocal_rank, weighted_kappa

GAINS = st.lists(st.integers(0, 3), min_size=1, max_size=30)


def test_dcg_of_a_worked_case() -> None:
    assert dcg([3, 0, 2], 10) == pytest.approx(3 + 2 / log2(4))
    assert dcg([3, 0, 2], 1) == 3


@given(GAINS)
def test_the_best_order_is_worth_one_and_no_order_more(gains: list[int]) -> None:
    assert ndcg(sorted(gains, reverse=True), gains) == pytest.approx(1.0)
    assert 0.0 <= ndcg(gains, gains) <= 1.0 + 1e-12


def test_a_missing_item_is_worth_nothing_and_the_second_place_a_half() -> None:
    assert reciprocal_rank(["a", "b"], "b") == 0.5
    assert reciprocal_rank(["a", "b"], "c") == 0.0


@given(GAINS)
def test_a_judge_agrees_with_themselves(grades: list[int]) -> None:
    assert weighted_kappa(grades, grades) == pytest.approx(1.0)


def test_judges_who_always_differ_do_worse_than_chance() -> None:
    assert weighted_kappa([0, 3, 0, 3], [3, 0, 3, 0]) < 0
    with pytest.raises(ValueError, match="same things"):
        weighted_kappa([1], [1, 2])


def test_an_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    mean, low, high = paired_interval([1.0, 0.5, 0.8, 0.9], [0.5, 0.5, 0.6, 0.2], seed=3)
    assert low <= mean <= high
    assert (mean, low, high) == paired_interval([1.0, 0.5, 0.8, 0.9], [0.5, 0.5, 0.6, 0.2], seed=3)
