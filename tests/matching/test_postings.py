"""Postings give back what each row held."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.postings import Postings

ROWS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.5, 1.0, 1.5, 3.0]), max_size=6), max_size=12)


@given(ROWS)
def test_each_key_gives_its_rows_in_order_with_their_counts(held: list[dict[str, float]]) -> None:
    postings = Postings.build(held)
    assert postings.size == len(held)
    for key in "abcdefg":
        rows, counts = postings.get(key)
        assert list(zip(rows.tolist(), counts.tolist(), strict=True)) == [(row, having[key]) for row, having in enumerate(held) if key in having]
        assert (key in postings) == (len(rows) > 0)


@given(ROWS, st.sets(st.sampled_from("abcdefg")))
def test_rows_of_any_key_come_once_and_in_order(held: list[dict[str, float]], keys: set[str]) -> None:
    assert Postings.build(held).rows_of_any(keys).tolist() == [row for row, having in enumerate(held) if keys & having.keys()]


@given(ROWS)
def test_arrays_have_the_types_that_go_to_disk(held: list[dict[str, float]]) -> None:
    postings = Postings.build(held)
    assert [held.dtype.name for held in (postings.rows, postings.counts, postings.starts)] == ["int32", "float32", "int64"]
    assert len(postings.starts) == len(postings.keys) + 1


def test_no_rows_hold_nothing() -> None:
    assert Postings.build([]).get("a")[0].tolist() == []
