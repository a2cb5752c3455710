"""A file of meetings as records with the lines they start on: a list, a list in a wrapper, rows of a spreadsheet, or a CSV table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from directory.errors import UnreadableInput
from directory.exchange.hsds.document import DOCUMENT_LIMIT, elements_of, text_of, value_of
from directory.exchange.meetings.heard import PAGE, is_web_page
from directory.exchange.reading.files import read_header, read_rows

LISTS: Final = ("meetings", "records", "values", "items", "data")
"""Names under which a list of records stands; under ``data`` there may be another wrapper."""
NO_LIST: Final = "there is no list of meetings in it. A feed of this kind is a list, or has one under {names}."
EMPTY: Final = "the list of meetings is empty, which no feed is by intent. Nothing was changed here."
Numbered = tuple[int, Any]


def read_records(path: Path) -> Iterator[Numbered]:
    """The records of a JSON file with their lines; UnreadableInput for a web page, for what is no whole JSON, and for an empty list."""
    text = read_text(path)
    start = _start_of_list(text, value_of(text, path, 1), path)
    found = list(elements_of(text, start, path, whole=False))
    if not found:
        raise UnreadableInput(EMPTY, file=path.name)
    yield from _of_spreadsheet(found) if isinstance(found[0][1], list) else ((line, _bare(value)) for line, value in found)


def read_text(path: Path) -> str:
    """A whole text file; UnreadableInput for one that is too large, not UTF-8, empty or a web page."""
    try:
        with path.open("rb") as file:
            raw = file.read(DOCUMENT_LIMIT + 1)
    except OSError as error:
        raise UnreadableInput(f"cannot be opened ({error.strerror}). Check the name and the permissions.", file=path.name) from error
    if len(raw) > DOCUMENT_LIMIT:
        raise UnreadableInput(f"the document is longer than {DOCUMENT_LIMIT:,} bytes.", file=path.name)
    text = text_of(raw, path, None)
    if is_web_page(text):
        raise UnreadableInput(PAGE, file=path.name)
    if not text.strip():
        raise UnreadableInput("the file is empty.", file=path.name)
    return text


def _start_of_list(text: str, whole: Any, path: Path) -> int:
    """Where the list of records begins in the text."""
    value, at = whole, 0
    while isinstance(value, dict):
        name = next((name for name in LISTS if isinstance(value.get(name), list | dict)), None)
        found = re.compile(rf'"{name}"\s*:\s*(?=[\[{{])').search(text, at) if name else None
        if name is None or found is None:
            raise UnreadableInput(NO_LIST.format(names=", ".join(LISTS)), file=path.name)
        value, at = value[name], found.end()
    if not isinstance(value, list):
        raise UnreadableInput(NO_LIST.format(names=", ".join(LISTS)), file=path.name)
    return text.index("[", at)


def _bare(value: Any) -> Any:
    """A record without the ``fields`` around it, which keep its id outside."""
    if isinstance(value, dict) and isinstance(value.get("fields"), dict):
        return {"id": value.get("id"), **value["fields"]}
    return value


def _of_spreadsheet(rows: list[Numbered]) -> Iterator[Numbered]:
    """Rows of cells below a row of headings."""
    headings = [str(cell).strip() for cell in rows[0][1]]
    for line, cells in rows[1:]:
        if not isinstance(cells, list) or any(str(cell).strip() for cell in cells if cell is not None):
            yield line, dict(zip(headings, cells, strict=False)) if isinstance(cells, list) else cells


def is_table(path: Path) -> bool:
    """Whether a file is a table of text, and neither JSON nor a page."""
    try:
        with path.open("rb") as file:
            start = file.read(4000).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    except OSError:
        return False
    return bool(start) and start[0] not in "[{" and not is_web_page(start) and "," in start.split("\n", 1)[0]


def read_table(path: Path) -> Iterator[Numbered]:
    """The rows of a CSV file by their headings, with their lines."""
    headings = read_header(path)
    if repeated := {name for name in headings if name and headings.count(name) > 1}:
        raise UnreadableInput(f"two columns are called {sorted(repeated)[0]}: which is meant cannot be told.", file=path.name, line=1)
    for line, cells in read_rows(path):
        yield line, {name: cell for name, cell in zip(headings, cells, strict=False) if name}
