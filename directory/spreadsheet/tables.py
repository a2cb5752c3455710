"""A table as somebody sends it back: a workbook or CSV, told apart by how the file begins and not by what it is called."""

from __future__ import annotations

from typing import Final

from directory.errors import Invalid
from directory.spreadsheet.cells import read_csv
from directory.spreadsheet.workbook import PACKED, read_workbook

OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""How an Excel file begins that is from before 2007, or has a password."""
SAVE_AS: Final = "In your spreadsheet, choose Save as, then “Excel workbook (.xlsx)” or “CSV UTF-8”."


def read_table(content: bytes) -> list[list[str]]:
    """The rows of the table, each cell as text; ``Invalid`` says in words what is wrong, and in which row."""
    if content.startswith(OLD_OR_LOCKED):
        raise Invalid(file=f"This is an Excel file of the old kind, or one with a password. {SAVE_AS}")
    if content.startswith(PACKED):
        if OPEN_DOCUMENT in content[:200]:
            raise Invalid(file=f"This is an OpenDocument table. {SAVE_AS}")
        return read_workbook(content)
    return read_csv(content)
