"""Tables for spreadsheets: every cell comes back, and none of them runs."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from directory.csv_out import RUNS, cell, csv_text

TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"))


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not cell(text).lstrip(" ").startswith(RUNS)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_what_goes_in_comes_back(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")))
    assert back == [["a", "b"], *([cell(value) for value in row] for row in rows)]


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert [cell(value) for value in (-5, 2.5, None, "-5", "=1+1", " @x")] == ["-5", "2.5", "", "'-5", "'=1+1", "' @x"]
