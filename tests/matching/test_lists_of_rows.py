"""Rows of several lists are brought together, and looked for among others, as sets and tables would do it, however far apart they lie."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.arrays import Floats, Ints
from matching.telling import borne_out, related, told_among
from matching.text import together

LEAST, MOST = 3, 400
CLOSE = st.lists(st.integers(LEAST, MOST), unique=True, max_size=30).map(sorted)
APART = st.lists(st.integers(LEAST, 10**6), unique=True, max_size=30).map(sorted)


def rows_of(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int64)


@given(st.lists(CLOSE, min_size=1, max_size=4) | st.lists(APART, min_size=1, max_size=4))
def test_rows_of_several_lists_are_brought_together(lists: list[list[int]]) -> None:
    rows, place = together([rows_of(one) for one in lists])
    assert rows.tolist() == sorted({row for one in lists for row in one})
    assert rows[place].tolist() == [row for one in lists for row in one]


@given(CLOSE, CLOSE, st.booleans())
def test_those_that_tell_are_found_among_others(telling: list[int], others: list[int], as_a_run: bool) -> None:
    values = {row: 1 / row for row in telling}
    among = slice(others[0], others[-1] + 1) if as_a_run and others else rows_of(others)
    numbers = list(range(among.start, among.stop)) if isinstance(among, slice) else others
    found = told_among(rows_of(telling), np.array(list(values.values()), np.float64), among)
    assert found.places.tolist() == [place for place, row in enumerate(numbers) if row in values]
    assert found.values.tolist() == [values[row] for row in numbers if row in values]


@given(CLOSE, CLOSE, st.integers(0, 100))
def test_tags_are_borne_out_where_words_tell_and_nowhere_else(telling: list[int], others: list[int], near: int) -> None:
    values: Floats = np.array([1 / row for row in telling], np.float64)
    dense, at = np.zeros(MOST + 1), rows_of(telling)
    dense[at] = values
    nearness = np.full(len(others), near / 100)
    found = borne_out(nearness, told_among(at, values, rows_of(others)))
    assert found.tolist() == related(nearness, dense[rows_of(others)]).tolist()
