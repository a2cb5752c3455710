"""Tests of finding duplicates in a list: nothing is lost by blocking, the order is no matter, and the figures are those of the score."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.duplicates import Pair, Row, blocking, find_duplicates
from directory.duplicates.ready import make_ready
from directory.duplicates.score import compare
from directory.duplicates.table import Table
from directory.duplicates.weights import shipped_weights
from tests.bench.planted import planted
from tests.directory.duplicates.rows import every_pair, row_like, tables

LANTERN = Row(key="a", name="Lantern Community Center", phones=("(312) 555-0143",), streets=("500 W. 79th St",), postcodes=("60601",))
COPY = Row(key="b", name="LANTERN COMM. CTR., INC.", phones=("555-0143",), streets=("500 West 79th Street, Suite 4",))


def as_keys(rows: list[Row], pairs: list[Pair]) -> dict[frozenset[str], float]:
    return {frozenset((rows[pair.first].key, rows[pair.second].key)): pair.score for pair in pairs}


@settings(max_examples=300, deadline=None)
@given(tables)
@example([LANTERN, COPY])
@example([Row(key="a", name="Riverside", latitude=41.88, longitude=-87.63), Row(key="b", other_names=("Riversde",), latitude=41.8808, longitude=-87.6295)])
def test_blocking_loses_no_pair_that_the_score_would_report(rows: list[Row]) -> None:
    assert {(pair.first, pair.second): pair.score for pair in find_duplicates(rows)} == pytest.approx(every_pair(rows))


def test_this_proof_notices_a_lost_key(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [LANTERN, replace(COPY, name="Lantern")]
    assert every_pair(rows)
    monkeypatch.setattr(blocking, "first_keys", lambda row: [len(row.words)])
    assert find_duplicates(rows) == []


@settings(deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_no_matter(rows: list[Row], dice: Random) -> None:
    rows = [replace(row, key=str(number)) for number, row in enumerate(rows)]
    shuffled = dice.sample(rows, len(rows))
    assert as_keys(rows, find_duplicates(rows)) == pytest.approx(as_keys(shuffled, find_duplicates(shuffled)))


def test_of_two_doors_that_both_have_the_less_crowded_one_tells_whichever_comes_first() -> None:
    crowd = [Row(key=str(number), phones=(f"312-555-014{number}",), streets=("12 Mill Road",)) for number in (3, 4)]
    rows = [*crowd, Row(key="a", streets=("14 Mill Road", "12 Mill Road")), Row(key="b", streets=("12 Mill Road", "14 Mill Road"))]
    found = as_keys(rows, find_duplicates(rows))
    assert frozenset("ab") in found
    assert found == as_keys(rows[::-1], find_duplicates(rows[::-1]))


@settings(deadline=None)
@given(row_like(), row_like(), tables)
def test_the_score_is_the_same_both_ways(one: Row, other: Row, rows: list[Row]) -> None:
    first, second = make_ready(one), make_ready(other)
    table = Table([first, second, *map(make_ready, rows)])
    there, back = compare(first, second, table, shipped_weights()), compare(second, first, table, shipped_weights())
    assert there is not None
    assert back is not None
    assert there[0] == pytest.approx(back[0])


@settings(deadline=None)
@given(row_like(), row_like())
def test_the_early_end_is_only_for_pairs_that_end_below(one: Row, other: Row) -> None:
    first, second = make_ready(one), make_ready(other)
    table = Table([first, second])
    full = compare(first, second, table, shipped_weights())
    assert full is not None
    for least in (-3.0, 0.0, 3.0):
        assert compare(first, second, table, shipped_weights(), least_bits=least) == (full if full[0] >= least else None)


@settings(deadline=None)
@given(tables)
def test_keys_are_no_evidence(rows: list[Row]) -> None:
    same_key = find_duplicates([replace(row, key="the same") for row in rows])
    assert [(pair.first, pair.second, pair.score) for pair in same_key] == [(pair.first, pair.second, pair.score) for pair in find_duplicates(rows)]


def test_every_pair_comes_once_the_smaller_number_first_the_best_first() -> None:
    rows, _ = planted(600)
    pairs = find_duplicates(rows, threshold=0.05)
    assert len({(pair.first, pair.second) for pair in pairs}) == len(pairs) > 5
    assert all(pair.first < pair.second for pair in pairs)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    assert all(pair.score >= 0.05 for pair in pairs)


def test_one_entry_written_twice_is_found_and_the_reason_can_be_checked() -> None:
    [pair] = find_duplicates([LANTERN, COPY])
    assert (pair.first, pair.second) == (0, 1)
    assert pair.score > 0.99
    assert pair.reason == "same phone; same house number and street; same name"


APART = {
    "the same building and nothing else": ({"name": "Oak Chess Club", "phones": ("312 555 0198",), "organization": ""}),
    "another branch of one name": ({"streets": ("9 Oak Lane",), "phones": ("312 555 0198",), "postcodes": ("60644",)}),
    "another branch behind one switchboard": ({"streets": ("9 Oak Lane",)}),
    "schools told apart by a number": ({"name": "School 14", "phones": ()}),
}


@pytest.mark.parametrize("what", APART)
def test_what_is_only_alike_is_kept_apart(what: str) -> None:
    one = replace(LANTERN, name="School 12", phones=()) if "number" in what else LANTERN
    assert find_duplicates([one, replace(LANTERN, key="b", **APART[what])]) == []


def test_two_services_of_one_organization_are_not_one() -> None:
    pantry = replace(LANTERN, name="Food pantry", organization="Lantern Community Center")
    assert find_duplicates([pantry, replace(pantry, key="b", name="Citizenship class")]) == []
    assert find_duplicates([pantry, replace(LANTERN, key="b")]) == []
    assert len(find_duplicates([pantry, replace(pantry, key="b", name="Food Pantries")])) == 1


def test_what_is_the_same_as_one_thing_is_the_same_as_each_other() -> None:
    house = replace(LANTERN, name="Lantern Kettle House")
    both = replace(LANTERN, key="b", name="Lantern Kettle House: Brightwater Willow Circle")
    circle = replace(LANTERN, key="c", name="Brightwater Willow Circle", phones=("312 555 0198",))
    assert find_duplicates([house, circle]) == []
    pairs = {(pair.first, pair.second): pair for pair in find_duplicates([house, both, circle])}
    assert set(pairs) == {(0, 1), (1, 2), (0, 2)}
    assert pairs[0, 2].score == pytest.approx(pairs[0, 1].score * pairs[1, 2].score)
    assert pairs[0, 2].reason == "both may be the same as Lantern Kettle House: Brightwater Willow Circle"


def test_what_speaks_against_each_other_follows_from_nothing() -> None:
    bridge = replace(LANTERN, key="b", streets=(*LANTERN.streets, "9 Oak Lane"), phones=(*LANTERN.phones, "773 555 0111"))
    far = replace(LANTERN, key="c", name="Lantern Center", streets=("9 Oak Lane",), phones=("773 555 0111",))
    assert (0, 2) not in {(pair.first, pair.second) for pair in find_duplicates([replace(LANTERN, organization="Oak"), bridge, far])}


def test_no_rows_and_one_row_have_no_pairs() -> None:
    assert find_duplicates([]) == []
    assert find_duplicates([LANTERN]) == []
    assert find_duplicates([Row(key="a"), Row(key="b")]) == []


def test_large_blocks_are_split_and_most_planted_duplicates_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "BASE_PAIRS", 100)
    rows, true = planted(3000)
    found = {(pair.first, pair.second) for pair in find_duplicates(rows)}
    assert len(found & set(true)) >= 0.93 * len(true)
    assert len(found & set(true)) >= 0.98 * len(found)


def test_blocks_stay_within_their_budget() -> None:
    rows, _ = planted(3000)
    ready = [make_ready(row) for row in rows]
    pairs = blocking.candidate_pairs(ready, Table(ready))
    assert len(pairs) <= 2 * (blocking.BASE_PAIRS + blocking.PAIRS_A_ROW * len(rows))
    assert np.all(pairs[:, 0] < pairs[:, 1])
