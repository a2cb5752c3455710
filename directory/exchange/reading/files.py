"""Reading files line by line and row by row, with line numbers a person can go to and limits that a broken file cannot pass."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from directory.errors import UnreadableInput

LINE_LIMIT = 1_000_000
"""Bytes in one line. The longest record in the directories we know has 12,000; a file of one endless line must not fill the memory."""
SEPARATORS = ",;\t"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file with their numbers from 1, line ends included; UnreadableInput names the line that is too long or not text."""
    with _opened(path) as file:
        number = 0
        while raw := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(raw) > LINE_LIMIT:
                raise UnreadableInput(
                    f"the line is longer than {LINE_LIMIT:,} bytes, which no record is. Check that the file has one record on each line.",
                    file=path.name,
                    line=number,
                )
            yield number, _text(raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw, path, number)


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """The JSON objects of a file with one on each line; blank lines are passed over."""
    for number, line in read_lines(path):
        if line.strip():
            yield number, _object(line, path, number)


def read_header(path: Path) -> list[str]:
    """The column names of a CSV file, as written but for blanks around them."""
    for _, row in _rows(path):
        return [name.strip() for name in row]
    raise UnreadableInput("the file is empty: there is no line with the names of the columns.", file=path.name)


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header of a CSV file, each with the number of the line it starts on; blank rows are passed over."""
    rows = _rows(path)
    next(rows, None)
    return (numbered for numbered in rows if any(cell.strip() for cell in numbered[1]))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))   # of the whole process, and others ask for more
    lines = (line for _, line in read_lines(path))
    first, starts = next(lines, ""), 1
    try:
        table = csv.reader(chain([first] if first else [], lines), delimiter=_separator(first), strict=True)
        for row in table:
            yield starts, row
            starts = table.line_num + 1
    except csv.Error as error:
        raise UnreadableInput(
            f"the row that starts here is not well-formed CSV ({error}). Often a quotation mark is missing, or the file was cut short.",
            file=path.name,
            line=starts,
        ) from error


def _separator(first: str) -> str:
    """What parts the headings: a comma, but where they hold none, a semicolon or a tab, as spreadsheets write in many countries."""
    columns = {one: len(next(csv.reader([first], delimiter=one), [])) for one in SEPARATORS}
    return "," if columns[","] > 1 else max(SEPARATORS, key=columns.__getitem__)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableInput(f"cannot be opened ({error.strerror}). Check the name and the permissions.", file=path.name) from error


def _text(raw: bytes, path: Path, number: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        seen = "UTF-16" if raw[:2] in UTF16_MARKS else "not UTF-8"
        raise UnreadableInput(
            f"the text is {seen} (byte {raw[error.start]:#04x}, place {error.start + 1} in the line). "
            "Open the file in a spreadsheet or editor, save it with the encoding UTF-8, and import it again.",
            file=path.name,
            line=number,
        ) from error


def _object(line: str, path: Path, number: int) -> dict[str, object]:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableInput(
            f"the line is not whole JSON ({error}). Perhaps the file was cut short; fetch it again.", file=path.name, line=number
        ) from error
    if not isinstance(found, dict):
        raise UnreadableInput("the line holds no JSON object ({...}), so it is no record of this format.", file=path.name, line=number)
    return found
