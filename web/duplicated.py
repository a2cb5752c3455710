"""The command ``homeground duplicates``: pairs in the directory or in a table, printed, written, and measured where the truth is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from directory.duplicates import Pair, Row, find_duplicates
from directory.duplicates.find import Progress
from directory.duplicates.queue import look_for_pairs
from directory.duplicates.sheets import Sheet, read_sheet, rows_of
from directory.duplicates.stock import KINDS, stock_rows
from directory.duplicates.truth import quality
from directory.storage import Storage

HEADINGS = ("row_a", "row_b", "score", "reason")
Side = tuple[str, str, str]
"""Id, name and organization of an entry."""


def in_directory(storage: Storage, *, threshold: float | None, as_json: bool, progress: Progress) -> str:
    """Pairs of services and pairs of organizations, each with score and reason, best first."""
    found = list[dict[str, Any]]()
    with storage.reading() as session:
        for kind in KINDS:
            sides = list[Side]()
            pairs = find_duplicates(_noted(stock_rows(session, kind), sides), threshold=threshold, progress=progress)
            found += [_told(kind, pair, sides) for pair in pairs]
    found.sort(key=lambda pair: -pair["score"])
    if as_json:
        return msgspec.json.encode({"pairs": found}).decode()
    return "\n".join([_counted(found), *map(_line, found)])


def into_queue(storage: Storage, folder: Path) -> str:
    """Compare the whole directory anew, whatever was compared before, and lay what may be the same before the curators."""
    count = look_for_pairs(storage, folder, at=datetime.now(UTC), anew=True)
    return f"{count:,} {'pair waits' if count == 1 else 'pairs wait'} for a curator"


def _counted(found: Sequence[Any]) -> str:
    return f"{len(found):,} {'pair' if len(found) == 1 else 'pairs'} that may be the same"


def _noted(rows: Iterable[Row], sides: list[Side]) -> Iterator[Row]:
    """The rows as they come, and of each what is told of it in the end: a large directory is never held as a whole."""
    for row in rows:
        sides.append((row.key, row.name, row.organization))
        yield row


def _told(kind: str, pair: Pair, sides: Sequence[Side]) -> dict[str, Any]:
    one, other = (dict(zip(("id", "name", "organization"), sides[at], strict=True)) for at in (pair.first, pair.second))
    return {"kind": kind, "score": round(pair.score, 4), "reason": pair.reason, "a": one, "b": other}


def _line(pair: dict[str, Any]) -> str:
    sides = (", ".join(filter(None, (side["name"], side["organization"]))) + f" ({side['id']})" for side in (pair["a"], pair["b"]))
    return "\n    ".join((f"{pair['score']:.2f}  {pair['kind']}: {pair['reason']}", *sides))


def in_table(path: Path, *, pairs: Path | None, truth: str | None, threshold: float | None, as_json: bool, progress: Progress) -> str:
    """Pairs of a table: written to ``pairs``, or given here where it is None; with ``truth`` the last line is how good they are."""
    sheet = read_sheet(path)
    column = sheet.column(truth) if truth else None
    found = find_duplicates(rows_of(sheet, leave_out=column), threshold=threshold, progress=progress)
    said = [_json(found)] if as_json else []
    if pairs:
        _write(pairs, found)
        said = said or [f"{_counted(found)}, of {len(sheet.cells):,} rows, written to {pairs}"]
    said = said or [_csv(found).rstrip("\n")]
    return "\n".join([*said, *([] if column is None else [_measured(found, sheet, column)])])


def _measured(found: Iterable[Pair], sheet: Sheet, column: int) -> str:
    return str(quality(((pair.first, pair.second) for pair in found), [cells[column].strip() for cells in sheet.cells]))


def _write(path: Path, found: Sequence[Pair]) -> None:
    """Whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(_csv(found), encoding="utf-8")
    part.replace(path)


def _csv(found: Iterable[Pair]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADINGS)
    table.writerows(_cells(pair) for pair in found)
    return text.getvalue()


def _cells(pair: Pair) -> tuple[int, int, str, str]:
    return pair.first + 1, pair.second + 1, f"{pair.score:.4f}", pair.reason


def _json(found: Iterable[Pair]) -> str:
    return msgspec.json.encode({"pairs": [dict(zip(HEADINGS, _cells(pair), strict=True)) for pair in found]}).decode()
