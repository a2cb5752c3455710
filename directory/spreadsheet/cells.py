"""CSV for spreadsheets, both ways: no cell that goes out is run as a formula, and what comes back is what went out.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which shows and does no harm. The same apostrophe is taken off again on
the way in. So that nothing else loses one, a cell that begins with apostrophes and such a sign gets one more (OWASP, CSV injection; ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from directory.errors import Invalid

STARTS: Final = "=+\\-@\t\r\n\0|%＝＋－＠｜％"
RUN: Final = re.compile(f"'*[{STARTS}]")
"""What a spreadsheet might run, with the apostrophes that may stand before it."""
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
MOST_CHARACTERS: Final = 20_000
"""In one cell; a spreadsheet itself ends at 32,767."""
NOT_UTF8: Final = "This file is not in UTF-8. In your spreadsheet, choose Save as, then “CSV UTF-8” or the character set Unicode (UTF-8)."


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if RUN.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that a cell was made of."""
    return cell[1:] if cell.startswith("'") and RUN.match(cell) else cell


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV for a spreadsheet: UTF-8 with its mark, every cell quoted, none of them run; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: object) -> str:
    """None is an empty cell; a number runs nothing, whatever its sign."""
    return "" if value is None else str(value) if isinstance(value, int | float) else safe_cell(str(value))


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file as spreadsheets write it, with commas, semicolons or tabs; ``Invalid`` says in words what is wrong, and in which row."""
    text = _text(content)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([plain_cell(cell) for cell in row])
            check_row(len(rows), rows[-1])
    except csv.Error:
        raise Invalid(file=f"Row {len(rows) + 1} cannot be read: a quotation mark is missing, or stands where none belongs.") from None
    return rows


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"   # what some spreadsheets call Unicode text
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid(file=NOT_UTF8) from None


def check_row(number: int, row: Sequence[str]) -> None:
    """``Invalid`` for a row that is beyond what a table may have; rows count from 1, the headings."""
    if number > MOST_ROWS + 1:
        raise Invalid(file=f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    if len(row) > MOST_COLUMNS:
        raise Invalid(file=f"Row {number} has more than {MOST_COLUMNS} columns.")
    if any(len(cell) > MOST_CHARACTERS for cell in row):
        raise Invalid(file=f"Row {number} has a cell of more than {MOST_CHARACTERS:,} characters.")
