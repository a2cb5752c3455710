"""Rows held ready: what one says the second time is what it said the first, and what a row read anew says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import part as parts
from matching.lazy import lazy
from matching.row import Row
from tests.matching.worlds import index_of, world_of

SAID = [name for name, value in vars(Row).items() if isinstance(value, lazy)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_a_row_that_is_held_says_what_one_read_anew_says(number: int) -> None:
    part = index_of(world_of(number, 8).directory).parts[0]
    for row in range(len(part)):
        first = [getattr(part.held_row(row), name) for name in SAID]
        assert first == [getattr(part.held_row(row), name) for name in SAID] == [getattr(part.row(row), name) for name in SAID]
    assert len(SAID) > 30


def test_a_row_is_read_for_the_first_of_many_and_only_so_many_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    part = index_of(world_of(3, 8).directory).parts[0]
    assert part.held_row(0) is part.held_row(0)
    for row in range(len(part)):
        part.held_row(row)
        assert len(part._rows) <= 3
    assert part.row(0) is not part.row(0)
