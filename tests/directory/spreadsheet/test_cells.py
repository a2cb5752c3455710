"""No cell that goes out is run as a formula, and every cell comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Invalid
from directory.spreadsheet.cells import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, plain_cell, read_csv, safe_cell, write_csv

SIGNS = "=+-@\t\r\n\0|%＝＋－＠｜％"
CELLS = st.one_of(
    st.text(st.sampled_from(SIGNS + "'a1;,\" ="), max_size=8), st.text(max_size=20),
    st.tuples(st.sampled_from(SIGNS), st.text(max_size=10)).map("".join),
)


@settings(max_examples=10_000, deadline=None)
@given(CELLS)
def test_no_cell_begins_as_a_formula_does_and_each_comes_back(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(tuple(SIGNS))
    assert plain_cell(cell) == text


@settings(max_examples=1_000, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_a_table_comes_back_as_it_went_out(rows: list[list[str]]) -> None:
    written = write_csv([["id", "name"], *rows])
    assert written.startswith(b"\xef\xbb\xbf")
    assert read_csv(written) == [["id", "name"], *rows]
    raw = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert not [cell for row in raw for cell in row if cell.startswith(tuple(SIGNS))]


@pytest.mark.parametrize("text", ["'tis the season", "plain", "", "1 + 1", "a=b", "(0161) 496 0000"])
def test_what_nothing_would_run_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text == plain_cell(text)


@pytest.mark.parametrize("content", [
    b"id;name\r\n1;Bench\r\n", b"id\tname\n1\tBench\n", b"\xef\xbb\xbfid,name\n1,Bench", "id\tname\n1\tBench\n".encode("utf-16"),
])
def test_what_spreadsheets_of_all_countries_write_is_read(content: bytes) -> None:
    assert read_csv(content) == [["id", "name"], ["1", "Bench"]]


@pytest.mark.parametrize(("content", "words"), [
    ("id,name\n1,Caf\u00e9\n".encode("latin-1"), "UTF-8"), (b'id,name\n1,"Bench\n', "Row 2"), (b'id,name\n1,"a"b\n', "Row 2"),
    (b"a," * (MOST_COLUMNS + 1), "columns"), (b"id\n" + b"a" * (MOST_CHARACTERS + 1), "characters"), (b"a\n" * (MOST_ROWS + 2), "rows"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_row(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_csv(content)
    assert words in caught.value.errors["file"]


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_told(content: bytes) -> None:
    try:
        rows = read_csv(content)
    except Invalid as wrong:
        rows = [[wrong.errors["file"]]]
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert write_csv([[-5, 2.5, None, "-5"]]).decode("utf-8-sig") == '"-5","2.5","","\'-5"\r\n'
