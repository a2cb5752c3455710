"""Postings give back what each row held."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.postings import UNIT, Postings
from matching.strings import Keys


def gathered(held: list[dict[str, float]]) -> Postings:
    """Postings of what each row counts, a half at a time."""
    names = sorted({key for row in held for key in row})
    single = [(names.index(key), row) for row, counts in enumerate(held) for key, count in counts.items() for _ in range(round(count * UNIT))]
    numbers, rows = (np.array([one[at] for one in single], np.int32) for at in (0, 1))
    return Postings.gather(len(held), names, numbers, rows, np.ones(len(single), np.uint8))


ROWS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.5, 1.0, 1.5, 3.0]), max_size=6), max_size=12)


@given(ROWS)
def test_each_key_gives_its_rows_in_order_with_their_counts(held: list[dict[str, float]]) -> None:
    postings = gathered(held)
    assert postings.size == len(held)
    for key in "abcdefg":
        rows, halves = postings.get(key)
        assert list(zip(rows.tolist(), (halves / UNIT).tolist(), strict=True)) == [(row, having[key]) for row, having in enumerate(held) if key in having]
        assert (key in postings) == (len(rows) > 0)
        assert postings.having(key) == len(rows)


@given(ROWS, st.lists(st.integers(0, 12), max_size=6, unique=True))
def test_only_the_rows_in_the_runs_are_read(held: list[dict[str, float]], cuts: list[int]) -> None:
    bounds = np.array(sorted(cuts)[: len(cuts) // 2 * 2], np.int64)
    inside = {row for start, end in bounds.reshape(-1, 2).tolist() for row in range(start, end)}
    whole, some = (gathered(held).get("a", runs) for runs in (None, bounds))
    kept = [(row, count) for row, count in zip(*(one.tolist() for one in whole), strict=True) if row in inside]
    assert list(zip(*(one.tolist() for one in some), strict=True)) == kept


@given(ROWS, st.sets(st.sampled_from("abcdefg")))
def test_rows_of_any_key_come_once_and_in_order(held: list[dict[str, float]], keys: set[str]) -> None:
    assert gathered(held).rows_of_any(keys).tolist() == [row for row, having in enumerate(held) if keys & having.keys()]


@given(ROWS)
def test_what_goes_to_disk_comes_back(held: list[dict[str, float]]) -> None:
    postings = gathered(held)
    arrays = postings.arrays()
    assert {name: one.dtype.name for name, one in arrays.items()} == {
        "rows": "int32", "counts": "uint8", "starts": "int64", "keys/data": "uint8", "keys/starts": "int64",
    }  # fmt: skip
    again = Postings.of(postings.size, arrays)
    assert [again.get(key)[0].tolist() for key in "abcdefg"] == [postings.get(key)[0].tolist() for key in "abcdefg"]


def test_what_comes_often_is_added_up_to_a_hundred_and_twenty_seven_and_a_half() -> None:
    often = Postings.gather(1, ["a"], np.array([0] * 90, np.int32), np.array([0] * 90, np.int32), np.full(90, 6, np.uint8))
    assert often.get("a")[1].tolist() == [255]
    assert gathered([{"a": 3.0}, {}, {"a": 1.5}]).get("a")[1].tolist() == [6, 3]


@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=12))
def test_keys_without_counts_count_one(held: list[set[str]]) -> None:
    postings = Postings.build(held)
    assert [postings.get(key)[0].tolist() for key in "abcdefg"] == [[row for row, keys in enumerate(held) if key in keys] for key in "abcdefg"]
    assert set(postings.counts.tolist()) <= {UNIT}


def test_no_rows_hold_nothing() -> None:
    assert gathered([]).get("a")[0].tolist() == []


@given(st.sets(st.text(st.sampled_from("ab\0é"), max_size=10), max_size=30), st.text(st.sampled_from("ab\0é"), max_size=10))
def test_a_text_is_found_at_its_place_among_all(texts: set[str], wanted: str) -> None:
    keys, ordered = Keys.build(texts), sorted(texts)
    assert [keys.find(text) for text in ordered] == list(range(len(ordered)))
    assert (wanted in keys) == (wanted in texts)
