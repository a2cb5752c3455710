"""Workbooks: every text goes out as text and comes back as it was, and a file that means harm is refused before it is understood."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import reduce
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from directory.errors import Invalid
from directory.spreadsheet.cells import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, write_csv
from directory.spreadsheet.tables import read_table
from directory.spreadsheet.workbook import MOST_SHEETS, NOT_XML, UNREADABLE, read_workbook, write_workbook
from tests.directory.spreadsheet.test_cells import CELLS, SIGNS

HELD = CELLS.filter(lambda text: not NOT_XML.search(text))
"""Texts that a workbook can hold."""


def as_xml_reads(text: str) -> str:
    """XML makes one of the two line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(HELD, min_size=1, max_size=4), max_size=5))
def test_a_table_comes_back_as_it_went_out(rows: list[list[str]]) -> None:
    table = [["id", "name"], *[["1", *row, "end"] for row in rows]]
    assert [[as_xml_reads(cell) for cell in row] for row in read_workbook(write_workbook(table))] == [[as_xml_reads(cell) for cell in row] for row in table]


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_every_cell_is_text_that_nothing_runs(texts: list[str]) -> None:
    (row,) = load_workbook(BytesIO(write_workbook([texts]))).active.iter_rows()
    for cell in row:
        assert cell.number_format == "@"
        assert cell.data_type != "f"
        assert not str(cell.value or "").startswith(tuple(SIGNS))


def made(fill: Callable[[Any], None]) -> bytes:
    """A workbook as other programs write it."""
    book, file = Workbook(), BytesIO()
    fill(book)
    book.save(file)
    return file.getvalue()


def row_of(*values: object) -> bytes:
    return made(lambda book: book.active.append(list(values)))


@pytest.mark.parametrize(("value", "text"), [
    (9205550100, "9205550100"), (9205550100.0, "9205550100"), (16, "16"), (16.5, "16.5"), (0.1, "0.1"), (True, "yes"), (False, "no"),
    (date(2026, 5, 1), "2026-05-01"), (datetime(2026, 5, 1, 9, 30), "2026-05-01 09:30:00"),  # noqa: DTZ001  (a cell knows no zone)
    ("Tea & cake <free>", "Tea & cake <free>"), ("Ελλάδα 餐", "Ελλάδα 餐"),
])  # fmt: skip
def test_what_a_spreadsheet_made_of_a_cell_is_read_as_people_see_it(value: object, text: str) -> None:
    assert read_workbook(row_of("id", value)) == [["id", text]]


def test_only_the_first_sheet_is_read_and_what_is_empty_at_its_end_is_nothing() -> None:
    def fill(book: Any) -> None:
        book.active.append(["id", "name", None, ""])
        book.active.append(["1"])
        book.active["B9"] = ""
        book.create_sheet("notes").append(["not this"])

    assert read_workbook(made(fill)) == [["id", "name"], ["1", ""]]   # below a heading, empty says something


@pytest.mark.parametrize(("content", "words"), [
    (row_of("id", "=1+1"), "Row 1, column B holds a formula"), (row_of("#REF!"), "Row 1, column A holds a formula or an error"),
    (row_of(*["a"] * (MOST_COLUMNS + 1)), "more than 100 columns"), (row_of("a" * (MOST_CHARACTERS + 1)), "characters"),
    (made(lambda book: [book.active.append(["a"]) for _ in range(MOST_ROWS + 2)]), "rows"),
])  # fmt: skip
def test_what_cannot_be_taken_is_told_with_its_row(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_workbook(content)
    assert words in caught.value.errors["file"]


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of it written anew."""
    file = BytesIO()
    with ZipFile(BytesIO(row_of("id", "secret"))) as packed, ZipFile(file, "w", ZIP_DEFLATED) as mended:
        for name in packed.namelist():
            mended.writestr(name, change(packed.read(name)) if name == part else packed.read(name))
    return file.getvalue()


SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FETCHES = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("content", [
    changed(SHEET, lambda part: LAUGHS + part), changed(SHEET, lambda part: FETCHES + part), changed("[Content_Types].xml", lambda part: FETCHES + part),
    changed(SHEET, lambda part: b"\xff\xfe" + (FETCHES + part).decode().encode("utf-16-le")),
    changed(BOOK, lambda part: re.sub(rb"(<sheet .*?/>)", rb"\1" * (MOST_SHEETS + 1), part)),
    changed(SHEET, lambda part: part[:-40]), changed(SHEET, lambda _: b""), changed(BOOK, lambda _: b"<a/>"), changed(SHEET, lambda _: b"<a>" * 100_000),
    b"PK\x03\x04", b"PK\x03\x04rest" * 40, row_of("id")[:-30],
])  # fmt: skip
def test_what_means_harm_or_is_broken_is_refused_and_says_nothing_of_this_machine(content: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        read_workbook(content)
    assert caught.value.errors == {"file": UNREADABLE}


@pytest.mark.parametrize("content", [
    changed(SHEET, lambda part: part + b" " * 40_000_000), changed("docProps/app.xml", lambda _: b" " * 9_000_000),
    changed(SHEET, lambda part: part.replace(b"<sheetData>", b"<sheetData>" + b"<a/>" * 1_900_000)),
])  # fmt: skip
def test_what_grows_when_it_is_unpacked_is_refused_before_it_does(content: bytes) -> None:
    assert len(content) < 900_000
    tracemalloc.start()
    with pytest.raises(Invalid) as caught:
        read_workbook(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacked" in caught.value.errors["file"]
    assert most < 30_000_000


def test_a_cell_at_the_far_end_of_a_sheet_costs_no_more_than_our_rows() -> None:
    last = {b'<row r="1"': b'<row r="1048576"', b'r="A1"': b'r="A1048576"', b'r="B1"': b'r="XFD1048576"'}
    content = changed(SHEET, lambda part: reduce(lambda text, cell: text.replace(cell, last[cell]), last, part))
    tracemalloc.start()
    with pytest.raises(Invalid, match="rows"):
        read_workbook(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 30_000_000


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, 6_000), byte=st.binary(min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused_in_words(at: int, byte: bytes) -> None:
    content = bytearray(row_of("id", "name"))
    content[at % len(content) : at % len(content) + len(byte)] = byte
    with suppress(Invalid):
        assert all(isinstance(cell, str) for row in read_workbook(bytes(content)) for cell in row)


def test_a_file_is_known_by_how_it_begins() -> None:
    rows = [["id", "name"], ["1", "=Bench"]]
    assert read_table(write_csv(rows)) == rows == read_table(write_workbook(rows))
    for content in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"):
        with pytest.raises(Invalid, match=r"xlsx"):
            read_table(content)
