"""The measure of known items is sound: names differ, slips are slips, and the exact name is found in a small catalogue."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from tests.relevance.known_item import asked, by_bm25, by_rapidfuzz, catalogue, lookalikes_kept_out, mrr, ours
from tests.relevance.names import distinct_names
from tests.relevance.slips import slipped

FEW = 2_000


def test_invented_names_are_distinct_and_of_two_to_four_words() -> None:
    names = distinct_names(FEW, seed=1)
    assert len(set(names)) == FEW
    assert {len(name.split()) for name in names} == {2, 3, 4}


@given(st.integers(1, 2), st.integers())
def test_slips_are_at_most_as_many_as_were_asked_for(slips: int, seed: int) -> None:
    assert 0 <= DamerauLevenshtein.distance("Harbour Lantern", slipped("Harbour Lantern", slips, Random(seed))) <= slips


@given(st.integers())
def test_one_slip_changes_a_long_word_and_leaves_a_short_one(seed: int) -> None:
    first, second = slipped("The Lantern", 1, Random(seed)).split(" ")
    assert first == "The"
    assert second != "Lantern"


def test_a_word_that_exists_brings_no_lookalike() -> None:
    assert lookalikes_kept_out() == 1.0


@pytest.mark.parametrize(("slips", "least"), [(0, 0.95), (1, 0.95), (2, 0.85)])
def test_a_listing_is_found_by_its_name_in_a_small_catalogue(slips: int, least: float) -> None:
    made = catalogue(FEW)
    assert mrr(ours(made.index), asked(made.listings, slips, 60)) >= least


def test_the_baselines_find_exact_names_too() -> None:
    listings = catalogue(FEW).listings
    said = asked(listings, 0, 40)
    assert min(mrr(by_bm25(listings), said), mrr(by_rapidfuzz(listings), said)) > 0.9
