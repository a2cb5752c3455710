"""Workbooks (XLSX) both ways, as Excel and LibreOffice write and read them: text cells that nothing runs, and a reader for files of people whom nobody knows.

What comes in is looked at before any of it is understood: how large it is unpacked, and that it has no document type, which is where external entities
and entities that grow without end are declared. Only the cells of the first sheet are read; macros, links and pictures never are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import DEFUSEDXML, Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from directory.errors import Invalid
from directory.spreadsheet.cells import MOST_COLUMNS, MOST_ROWS, check_row, plain_cell, safe_cell

PACKED: Final = b"PK\x03\x04"
MOST_BYTES: Final = 8_000_000
"""Unpacked. A thousand listings with long texts are about two million."""
MOST_TAGS: Final = 300_000
"""Each becomes an object while it is read: 12 KB of nothing but small tags took 600 MB. Two thousand listings have some 200,000."""
MOST_PARTS: Final = 200
MOST_SHEETS: Final = 50
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no workbook can hold."""
UNREADABLE: Final = "This workbook cannot be read. Save it again as an Excel workbook (.xlsx), or as CSV UTF-8."
TOO_LARGE: Final = "This workbook is too large when it is unpacked. Send the table in parts, or as CSV."
TEXT: Final = "@"
"""The format of a cell that a spreadsheet leaves as it was typed: no date is made of "1-2", and no zero is lost."""
WIDE: Final = 24
"""How wide a column is drawn, in letters."""

if not DEFUSEDXML:   # pragma: no cover  (it is one of our dependencies)
    raise ImportError("Workbooks are read with defusedxml: please install it.")


def write_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a workbook of one sheet: every cell is text, none is run, and the first row is headings that stay in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("listings")
    sheet.freeze_panes = "C2"
    for number, row in enumerate(rows):
        if number == 0:
            for column in range(1, len(row) + 1):
                sheet.column_dimensions[get_column_letter(column)].width = WIDE
        sheet.append([_cell(sheet, text, is_heading=number == 0) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, is_heading: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=NOT_XML.sub("", safe_cell(text)))
    cell.data_type, cell.number_format = "s", TEXT   # a text that begins with = stays one
    cell.font, cell.alignment = Font(bold=is_heading), Alignment(vertical="top", wrap_text=True)
    return cell


def read_workbook(content: bytes) -> list[list[str]]:
    """The rows of the first sheet of a workbook as text; ``Invalid`` says in words what is wrong, and in which row."""
    plain = _looked_at(content)
    try:
        book = load_workbook(plain, read_only=True, keep_links=False)
        rows = list(book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1))
    except Exception as wrong:   # whatever a broken file leads a reader to
        raise Invalid(file=UNREADABLE) from wrong
    return _filled(list(_texts(number, row)) for number, row in enumerate(rows, 1))


def _looked_at(content: bytes) -> BytesIO:
    """The parts of a workbook that are XML, and no others; ``Invalid`` for what is none, grows too large when it is unpacked, or declares entities."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            said = _parts(packed)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error) as wrong:
        raise Invalid(file=UNREADABLE) from wrong
    if any(b"<!DOCTYPE" in part or b"\0" in part for part in said.values()) or sum(part.count(b"sheetId") for part in said.values()) > MOST_SHEETS:
        raise Invalid(file=UNREADABLE)   # without a zero byte it is no UTF-16, in which these words would read otherwise
    if sum(part.count(b"<") for part in said.values()) > MOST_TAGS:
        raise Invalid(file=TOO_LARGE)
    plain = BytesIO()
    with ZipFile(plain, "w") as repacked:
        for name, part in said.items():
            repacked.writestr(name, part)
    return plain


def _parts(packed: ZipFile) -> dict[str, bytes]:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:   # none can give more than it says
        raise Invalid(file=TOO_LARGE)
    return {part.filename: packed.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))}


def _texts(number: int, row: Sequence[Any]) -> Iterator[str]:
    for cell in row:
        if getattr(cell, "data_type", "n") in ("f", "e"):
            raise Invalid(file=f"Row {number}, column {cell.column_letter} holds a formula or an error. Copy the cell and paste its value, then send it again.")
        yield plain_cell(_text(cell.value))


def _text(value: object) -> str:
    """A cell as its text: a number without what a spreadsheet adds to it, a date as it is written everywhere."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _filled(rows: Iterable[list[str]]) -> list[list[str]]:
    """The rows without the empty cells and rows that a sheet ends with, each as wide as the headings at least: what is empty below one was emptied.

    ``Invalid`` for a row that is beyond the limits.
    """
    found: list[list[str]] = []
    for number, row in enumerate(rows, 1):
        while row and not row[-1]:
            row.pop()
        check_row(number, row)
        found.append(row)
    while found and not found[-1]:
        found.pop()
    return [row + [""] * (len(found[0]) - len(row)) for row in found]
