"""Tests of the planted duplicates: as many as said, always the same, and made as people make them."""

from __future__ import annotations

from tests.bench.planted import planted


def test_three_in_a_hundred_are_copies_and_each_pair_is_a_row_and_its_copy() -> None:
    rows, pairs = planted(1000)
    assert (len(rows), len(pairs)) == (1000, 30)
    assert all(one < other for one, other in pairs)
    assert all(sum("copy" in rows[at].key for at in pair) == 1 for pair in pairs)
    assert len({row.key for row in rows}) == 1000


def test_the_same_number_gives_the_same_rows() -> None:
    assert planted(500) == planted(500)


def test_most_copies_are_written_otherwise() -> None:
    rows, pairs = planted(2000)
    same = sum(rows[one].name == rows[other].name and rows[one].phones == rows[other].phones for one, other in pairs)
    assert same <= len(pairs) / 10
