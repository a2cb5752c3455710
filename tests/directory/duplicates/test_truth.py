"""Tests of precision, recall and F1 over pairs."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.duplicates.truth import quality

labels = st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=2, max_size=9)


@given(labels, st.data())
def test_counts_are_those_of_a_look_at_every_pair(given_labels: list[str], data: st.DataObject) -> None:
    every = list(combinations(range(len(given_labels)), 2))
    found = data.draw(st.lists(st.sampled_from(every)))
    told = quality(found, given_labels)
    true = {(one, other) for one, other in every if given_labels[one] and given_labels[one] == given_labels[other]}
    assert (told.right, told.found, told.true) == (len(set(found) & true), len(set(found)), len(true))
    if told.right:
        assert told.f1 == pytest.approx(2 * told.precision * told.recall / (told.precision + told.recall))


def test_nothing_found_and_nothing_to_find_is_all_right() -> None:
    assert str(quality([], ["a", "b"])) == "precision 1.0000 recall 1.0000 F1 1.0000"
    assert str(quality([], ["a", "a"])) == "precision 1.0000 recall 0.0000 F1 0.0000"
    assert str(quality([(0, 1)], ["a", "b"])) == "precision 0.0000 recall 1.0000 F1 0.0000"
