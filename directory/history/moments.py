"""A listing as it was: the rows as they are, walked back along the log; and what differs between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.history.rows import FOLLOWS, Key, Row, parents, read_rows, row_of, table_of, value_of
from directory.history.trail import Trail, trail_of
from directory.models import Change

Rows = Mapping[Key, Row]


class Difference(Struct, frozen=True, kw_only=True):
    """What is not the same: one field of a row, or a whole row when ``field`` is empty. ``before`` and ``after`` are the rows."""

    key: Key
    field: str = ""
    before: Row | None = None
    after: Row | None = None


def listing_at(session: Session, service_id: UUID, moment: datetime) -> Rows:
    """The rows of a listing as they were at a moment; none before it was added. What was taken out of the log for a hidden place is not told."""
    return _at(session, trail_of(session, service_id), service_id, moment)


def compare(session: Session, service_id: UUID, start: datetime, end: datetime) -> list[Difference]:
    """What differs between a listing at two moments."""
    trail = trail_of(session, service_id)
    before, after = _at(session, trail, service_id, start), _at(session, trail, service_id, end)
    return [found for key in sorted({*before, *after}, key=str) for found in _differences(key, before.get(key), after.get(key))]


def rows_as_added(session: Session, trail: Trail) -> Mapping[int, Row]:
    """Each row that was added, as it was then, by the ``seq`` of the line that says so."""
    now: dict[Key, Row] = {key: dict(row) for key, row in read_rows(session, trail.keys).items()}
    found: dict[int, Row] = {}
    for line in sorted(trail.lines, key=lambda line: -line.seq):
        if line.action == "added" and (line.entity, line.entity_id) in now:
            found[line.seq] = dict(now[line.entity, line.entity_id])
        _back(now, line)
    return found


def _at(session: Session, trail: Trail, service_id: UUID, moment: datetime) -> Rows:
    now: dict[Key, Row] = {key: dict(row) for key, row in read_rows(session, trail.keys).items()}
    for line in sorted(trail.lines, key=lambda line: -line.seq):
        if line.at > moment:
            _back(now, line)
    return {key: row for key, row in now.items() if key in _reached(now, ("service", service_id))}


def _back(now: dict[Key, Row], line: Change) -> None:
    table, key = table_of(line.entity), (line.entity, line.entity_id)
    if table is None:
        return
    if line.action == "added":
        now.pop(key, None)
    elif line.action == "removed":
        row = row_of(table, line.before) if line.before else None
        now.update({key: row} if row else {})
    elif key in now and line.field and line.field in table.columns and not (line.before is None and line.after is None):
        now[key][line.field] = value_of(table.columns[line.field], line.before)


def _reached(rows: Rows, start: Key) -> set[Key]:
    """The rows that are part of the listing, as the rows themselves say at that moment."""
    reached = {start} & set(rows)
    while True:
        places = {("location", rows[key]["location_id"]) for key in reached if key[0] == "service_at_location"}
        more = places | {key for key, row in rows.items() if _hangs_on(key, row, reached)}
        if more & set(rows) <= reached:
            return reached
        reached |= more & set(rows)


def _hangs_on(key: Key, row: Row, reached: set[Key]) -> bool:
    table = table_of(key[0])
    hung = [parent for _, parent in parents(table, row)] if table is not None else []
    return any(parent in reached for parent in hung if (key[0], parent[0]) != ("service_at_location", "location"))


def _differences(key: Key, before: Row | None, after: Row | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(key=key, before=before, after=after)
        return
    for name, value in after.items():
        if value != before[name] and (key[0], name) not in FOLLOWS:
            yield Difference(key=key, field=name, before=before, after=after)
