"""Sets as bits say what Python's own sets say, however many codes there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.codes import CodeSets

CODES = st.frozensets(st.integers(0, 150).map(lambda number: f"code-{number:03}"), max_size=12)


@settings(max_examples=200)
@given(st.lists(CODES, max_size=12), CODES)
def test_bits_agree_with_sets(sets: list[frozenset[str]], wanted: frozenset[str]) -> None:
    column = CodeSets.build(sets)
    assert column.any(wanted).tolist() == [bool(one & wanted) for one in sets]
    assert column.stated().tolist() == [bool(one) for one in sets]
    assert column.within(wanted).tolist() == [bool(one) and one <= wanted for one in sets]


@settings(max_examples=200)
@given(st.lists(CODES, min_size=1, max_size=12), CODES, CODES)
def test_the_nearest_code_counts(sets: list[frozenset[str]], near: frozenset[str], nearer: frozenset[str]) -> None:
    found = CodeSets.build(sets).nearest(((0.3, near), (0.6, nearer)))
    assert found.tolist() == [0.6 if one & nearer else 0.3 if one & near else 0.0 for one in sets]


@settings(max_examples=100)
@given(st.lists(CODES, min_size=3, max_size=12), CODES)
def test_rows_may_be_a_slice_or_numbers(sets: list[frozenset[str]], wanted: frozenset[str]) -> None:
    column = CodeSets.build(sets)
    assert column.any(wanted, slice(1, 3)).tolist() == column.any(wanted).tolist()[1:3]
    assert column.any(wanted, np.array([2, 0])).tolist() == [column.any(wanted)[2], column.any(wanted)[0]]


def test_a_code_nobody_has_is_nowhere() -> None:
    assert not CodeSets.build([frozenset({"cooking"}), frozenset()]).any({"sewing"}).any()
    assert CodeSets.build([]).any({"sewing"}).tolist() == []
