"""Tables for spreadsheets: CSV in which no cell can be run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, wide forms included."""


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180), the head first; None is an empty cell, numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(cell, head))
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    """A value as a cell; text that a spreadsheet would run gets an apostrophe before it, which spreadsheets do not show."""
    text = "" if value is None else str(value).replace("\x00", "")
    is_number = isinstance(value, int | float)
    return f"'{text}" if not is_number and text.lstrip(" ").startswith(RUNS) else text
