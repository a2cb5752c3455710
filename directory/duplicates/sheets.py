"""Any table in a text file as rows to compare: its separator, its encoding and its columns are found out, not asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from directory.duplicates.columns import Columns, recognise
from directory.duplicates.rows import Row
from directory.errors import UnreadableInput

SEPARATORS = ",;\t|"
LONGEST_CELL = 10_000_000
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NOTHING = frozenset(["", "-", "--", "?", "n/a", "na", "nan", "nil", "none", "not applicable", "null", "tbd", "unknown"])
PARTS = re.compile(r"[\s,;|\"\[\]]+")


class Sheet(Struct, frozen=True):
    """A table as it was read: its headings, and its data rows, each as long as the headings."""

    headings: list[str]
    cells: list[list[str]]
    file: str

    def column(self, name: str) -> int:
        """The place of a column by its heading, case and blanks aside; ``UnreadableInput`` where there is none."""
        found = [at for at, heading in enumerate(self.headings) if heading == name]
        found = found or [at for at, heading in enumerate(self.headings) if heading.casefold().split() == name.casefold().split()]
        if not found:
            raise UnreadableInput(f"there is no column '{name}'. The columns are: {', '.join(self.headings)}.", file=self.file)
        return found[0]


def read_sheet(path: Path) -> Sheet:
    """A CSV file, whatever its separator; UTF-8, UTF-16 with its mark, or the Western encoding of old spreadsheets. Blank lines are no rows."""
    text = _text(path)
    first = text.lstrip("\r\n").partition("\n")[0]
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    try:
        rows = [row for row in table if row]
    except csv.Error as error:
        raise UnreadableInput(f"the table cannot be read ({error}). Often a quotation mark is missing.", file=path.name, line=table.line_num) from error
    if not rows:
        raise UnreadableInput("the file is empty: there is no line with the names of the columns.", file=path.name)
    headings = [heading.strip() for heading in rows[0]]
    return Sheet(headings, [_fitted(row, len(headings)) for row in rows[1:]], path.name)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"cannot be opened ({error.strerror}). Check the name and the permissions.", file=path.name) from error
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\0" in raw[:10_000]:
        raise UnreadableInput("this is no table of text. Save it as CSV from the spreadsheet, and try again.", file=path.name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _fitted(row: list[str], width: int) -> list[str]:
    return row[:width] + [""] * (width - len(row))


def rows_of(sheet: Sheet, *, leave_out: int | None = None) -> list[Row]:
    """The data rows to compare, keys are "row 1" and so on. The column at ``leave_out`` is not looked at; ``UnreadableInput`` where no other says anything."""
    columns = recognise(sheet.headings, leave_out=leave_out)
    if not columns.say_something:
        raise UnreadableInput(
            "no column is recognised as a name, address, phone, web site or e-mail. Give the columns such headings. "
            f"The columns are: {', '.join(sheet.headings)}.",
            file=sheet.file,
        )
    return [_row(f"row {number}", cells, columns) for number, cells in enumerate(sheet.cells, 1)]


def _row(key: str, cells: Sequence[str], columns: Columns) -> Row:
    def said(at: int | None) -> str:
        text = "" if at is None else " ".join(cells[at].split())
        return "" if text.casefold() in NOTHING else text

    def each(places: Sequence[int]) -> tuple[str, ...]:
        return tuple(filter(None, map(said, places)))

    return Row(
        key=key,
        name=" ".join(each(columns.names)),
        other_names=each(columns.other_names),
        organization=said(columns.organization),
        phones=each(columns.phones),
        websites=tuple(part for text in each(columns.websites) for part in PARTS.split(text)),
        emails=tuple(part for text in each(columns.emails) for part in PARTS.split(text)),
        streets=tuple(filter(None, (_line(each(group)) for group in columns.streets))),
        postcodes=each(columns.postcodes),
        city=said(columns.city),
        latitude=_degrees(said(columns.latitude), 90),
        longitude=_degrees(said(columns.longitude), 180),
    )


def _line(cells: tuple[str, ...]) -> str:
    """Cells of one address in a line; a bare number goes before its street without a comma."""
    if len(cells) > 1 and cells[0].isdigit():
        cells = (f"{cells[0]} {cells[1]}", *cells[2:])
    return ", ".join(cells)


def _degrees(text: str, most: int) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found != 0 and -most <= found <= most else None
