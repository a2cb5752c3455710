"""Counts of people in a table that tells of nobody: fewer than ten are never shown, and cannot be worked out from what is shown.

Every figure that is shown is a sum of pieces, each at least ten: cells, the rest of a row, and the rest of the table. A rest is shown only where each of the
cells in it could still be nought, so that no bound on one of them gives it away; else it joins the rest of the table or is left out, of totals too.
Rows and columns without a figure are left out altogether: that they are named would tell that somebody asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

LEAST: Final = 10


class Shown(Struct, frozen=True, kw_only=True):
    """What may be shown of a table of counts. ``rest`` is what else there was in a row, ``elsewhere`` in all others; 0 where that is not told."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], int]
    rest: dict[str, int]
    elsewhere: int

    def row_total(self, row: str) -> int:
        """All that is shown of a row."""
        return sum(count for (at, _), count in self.cells.items() if at == row) + self.rest.get(row, 0)

    @property
    def total(self) -> int:
        """All that is shown."""
        return sum(self.cells.values()) + sum(self.rest.values()) + self.elsewhere


def hide(counts: Mapping[tuple[str, str], int]) -> Shown:
    """The part of a table (by row and column) that may be shown."""
    cells = {key: count for key, count in counts.items() if count >= LEAST}
    small: dict[str, list[int]] = defaultdict(list)
    for (row, _), count in counts.items():
        if 0 < count < LEAST:
            small[row].append(count)
    rest = {row: sum(hidden) for row, hidden in small.items() if _may_be_told(hidden)}
    left = [count for row, hidden in small.items() if row not in rest for count in hidden]
    totals: dict[str, int] = defaultdict(int)
    for (row, _), count in cells.items():
        totals[row] += count
    rows = sorted({*totals, *rest}, key=lambda row: (-totals[row] - rest.get(row, 0), row))
    columns = _columns(cells)
    return Shown(rows=tuple(rows), columns=columns, cells=cells, rest=rest, elsewhere=sum(left) if _may_be_told(left) else 0)


def _may_be_told(hidden: list[int]) -> bool:
    """Whether the sum of hidden counts says nothing of one: at least ten, and all of it could lie in the others, each of which is below ten."""
    return LEAST <= sum(hidden) <= (LEAST - 1) * (len(hidden) - 1)


def _columns(cells: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    totals: dict[str, int] = defaultdict(int)
    for (_, column), count in cells.items():
        totals[column] += count
    return tuple(sorted(totals, key=lambda column: (-totals[column], column)))


def head_rows(shown: Shown, rows: Mapping[str, str], columns: Mapping[str, str]) -> tuple[list[str], Iterable[list[object]]]:
    """The table as text: a head, and a line a row with its cells (None where hidden), its rest and its total."""
    head = ["", *(columns.get(column, column) for column in shown.columns), "Elsewhere", "Total shown"]
    lines: list[list[object]] = []
    for row in shown.rows:
        found = [shown.cells.get((row, column)) for column in shown.columns]
        lines.append([rows.get(row, row), *found, shown.rest.get(row), shown.row_total(row)])
    if shown.elsewhere:
        lines.append(["Other topics", *([None] * len(shown.columns)), shown.elsewhere, shown.elsewhere])
    return head, lines
