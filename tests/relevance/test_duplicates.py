"""Tests of the figures on duplicates: how folds are made and thresholds chosen, and the floor on the real table with the shipped weights."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.duplicates import Row, find_duplicates
from directory.duplicates.truth import quality
from tests.bench.planted import planted
from tests.relevance.duplicates import FOLDS, LEAST_F1, best_threshold, folds_of, found_at, held_out, one_line, read, together

Labelled = tuple[list[Row], list[str]]


@pytest.fixture(scope="module")
def table() -> Labelled:
    """Invented rows, labelled by what was planted."""
    rows, pairs = planted(600)
    truth = {place: f"pair {number}" for number, pair in enumerate(pairs) for place in pair}
    return rows, [truth.get(at, f"alone {at}") for at in range(len(rows))]


@given(st.lists(st.sampled_from("abcdefghijkl"), min_size=1))
def test_no_cluster_is_in_two_folds(labels: list[str]) -> None:
    folds = folds_of(labels)
    assert len(set(zip(labels, folds, strict=True))) == len(set(labels))
    assert set(folds) <= set(range(FOLDS))


def test_counts_of_the_folds_add_up_to_all_true_pairs(table: Labelled) -> None:
    rows, labels = table
    whole = together(part for _, part in held_out(rows, labels))
    assert whole.true == quality([], labels).true == 18
    assert whole.f1 > 0.8


def test_the_threshold_is_chosen_by_the_labels_it_is_given(table: Labelled) -> None:
    rows, labels = table
    best = best_threshold(rows, labels)
    assert found_at(rows, labels, best).f1 >= max(found_at(rows, labels, other).f1 for other in (0.02, 0.3, 0.5, 0.8, 0.98))
    pairs = find_duplicates(rows, threshold=0.02)
    assert pairs[0].score > 0.9 > pairs[-1].score
    surest, all_of_them = ([f"{at}" for at in range(len(rows))] for _ in range(2))
    for pair in pairs:
        all_of_them[pair.second] = all_of_them[pair.first]
    surest[pairs[0].second] = surest[pairs[0].first]
    assert best_threshold(rows, surest) > best_threshold(rows, all_of_them)


def test_the_one_line_finder_finds_equal_names_and_equal_phones_with_numbers() -> None:
    rows = [
        Row(key="a", name="Lantern, Inc.", phones=("555-0143",), streets=("12 Mill Road",)),
        Row(key="b", name="lantern inc"),
        Row(key="c", name="Kettle", phones=("555 0143",), streets=("12 Mill Lane",)),
    ]
    assert set(one_line(rows)) == {(0, 1), (0, 2)}


@pytest.mark.real_data
def test_on_the_table_with_known_truth_the_shipped_threshold_is_above_its_floor(real_data: Path) -> None:
    rows, labels = read(real_data)
    assert len(rows) == 2050
    ours = found_at(rows, labels, None)
    assert ours.f1 >= 0.96 > LEAST_F1
    assert ours.precision >= 0.98


def test_without_the_data_it_says_what_to_set() -> None:
    environ = {name: value for name, value in os.environ.items() if name != "HOMEGROUND_TESTS_REAL_DATA"}
    done = subprocess.run([sys.executable, "-m", "tests.relevance.duplicates"], capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == 2
    assert "HOMEGROUND_TESTS_REAL_DATA" in done.stderr
