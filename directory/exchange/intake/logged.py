"""Values out of the change log, and what a source last said of a field that somebody here has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import JSON, Column, Row, Table, select
from sqlalchemy.orm import Session

from directory.changes import as_text
from directory.exchange.intake.upsert import Key, chunks
from directory.models import Change

Line = Row[int, str, str, UUID, str | None, str | None, str | None, UUID | None, int | None]
COLUMNS: Final = (
    Change.seq, Change.action, Change.entity, Change.entity_id, Change.field, Change.before, Change.after, Change.source_id, Change.undoes,
)


class Nothing:
    """In the place of a value: ``UNTOUCHED`` by anybody here since the source spoke, or ``UNKNOWN`` because the log does not tell."""


UNTOUCHED: Final = Nothing()
UNKNOWN: Final = Nothing()


def removed_here(session: Session) -> set[Key]:
    """Every row that somebody here ever took away."""
    removals = select(Change.entity, Change.entity_id).where(Change.action == "removed", Change.source_id.is_(None)).distinct()
    return {(entity, key) for entity, key in session.execute(removals)}


def touched_here(session: Session, table: str, ids: Iterable[UUID]) -> dict[Key, list[Line]]:
    """The lines that count about those of some rows of which a line was written here, oldest first."""
    written = [
        key for chunk in chunks(ids)
        for key in session.scalars(select(Change.entity_id).where(Change.entity == table, Change.entity_id.in_(chunk), Change.source_id.is_(None)).distinct())
    ]
    found: dict[Key, list[Line]] = {}
    for chunk in chunks(written):
        for line in session.execute(select(*COLUMNS).where(Change.entity == table, Change.entity_id.in_(chunk)).order_by(Change.seq)):
            found.setdefault((table, line.entity_id), []).append(line)
    return {key: counting(lines) for key, lines in found.items()}


def counting(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that were taken back, and without those that took them back: it is as if neither had been."""
    taken: set[int] = set()
    alive: list[Line] = []
    for line in reversed(lines):   # whoever takes a line back comes after it
        if line.seq in taken:
            continue
        if line.undoes is None:
            alive.append(line)
        else:
            taken.add(line.undoes)
    return alive[::-1]


def last_said(lines: Sequence[Line], column: Column[Any]) -> Any:
    """What the source last said of a field: what stood there before the first change that was made here after the source's last.

    ``UNTOUCHED`` when nothing was changed here since, ``UNKNOWN`` when the log does not tell (a value that must not stand in it).
    """
    first: Line | None = None
    for line in lines:
        if line.action == "changed" and line.field not in (None, column.name):
            continue
        if line.source_id is not None:
            first = None
        elif first is None:
            first = line
    return UNTOUCHED if first is None else _before(first, column)


def is_removed_here(lines: Sequence[Line]) -> bool:
    """Whether the last that happened to a row as a whole is that somebody here took it away."""
    whole = [line for line in lines if line.action in ("added", "removed")]
    return bool(whole) and whole[-1].action == "removed" and whole[-1].source_id is None


def value_of(column: Column[Any], text: str | None) -> Any:
    """A value of the log (``changes.as_text``) in the type of its column."""
    if text is None or column.type.python_type is str:
        return text
    return typed(column, text if column.type.python_type in (UUID, date, datetime) else msgspec.json.decode(text))


def typed(column: Column[Any], value: Any) -> Any:
    """A value out of JSON in the type of its column."""
    kind = column.type.python_type
    if value is None or isinstance(column.type, JSON) or isinstance(value, kind):
        return value
    return kind.fromisoformat(value) if kind in (date, datetime) else kind(value)


def row_text(row: dict[str, Any]) -> str:
    """A whole row as the log keeps it: what is unknown is left out, moments are in ISO form."""
    said = {name: as_text(value) if isinstance(value, date | datetime | UUID) else value for name, value in row.items() if value is not None}
    return msgspec.json.encode(said).decode()


def row_of(table: Table, text: str) -> dict[str, Any]:
    """The columns that a row of the log names, in their types."""
    said: dict[str, Any] = msgspec.json.decode(text)
    return {name: typed(table.c[name], value) for name, value in said.items() if name in table.c}


def _before(line: Line, column: Column[Any]) -> Any:
    if line.action == "changed":
        return UNKNOWN if (line.before is None and line.after is None) or line.field is None else value_of(column, line.before)
    if line.action == "removed" and line.before is not None:
        return typed(column, msgspec.json.decode(line.before).get(column.name))
    return UNKNOWN
