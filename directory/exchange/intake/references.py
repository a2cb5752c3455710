"""Records that name something that is not there are refused, and so are those that name a refused one."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Ready
from directory.exchange.intake.upsert import Key, chunks
from directory.exchange.report import ImportReport
from directory.models import Base

Reference = tuple[str, UUID | None]
"""A table and the id that must be in it; None where a required key is missing."""


def refuse_dangling(session: Session, new: list[Ready], report: ImportReport) -> list[Ready]:
    """Refuse the records with a key to a row that neither the database nor a record of this import has; gives those refused."""
    standing, refused = list(new), list[Ready]()
    stored = _stored(session, {key for item in new for _, key in _references(item)})
    while True:
        made = _made(standing) | stored
        dangling = {item.key: (name, key) for item in standing for name, key in _references(item) if key not in made}
        if not dangling:
            return refused
        for item in [item for item in standing if item.key in dangling]:
            name, (table, row_id) = dangling[item.key]
            reason = f"it names a {table} that is not there or was refused" if row_id else f"it must name a {table}, and names none"
            report.refuse(item.refusal(name, str(row_id or ""), reason))
            standing.remove(item)
            refused.append(item)


def named_by(item: Ready) -> set[Key]:
    """The rows that a record points at, whether it makes them or not: they must not go while it stands."""
    return {(table, row_id) for _, (table, row_id) in _references(item) if row_id is not None}


def _references(item: Ready) -> list[tuple[str, Reference]]:
    found: list[tuple[str, Reference]] = []
    for table, rows in item.flat.rows.items():
        for column, target in keys_of(table):
            required = not Base.metadata.tables[table].c[column].nullable
            found += [(f"{table}.{column}", (target, row.get(column))) for row in rows.values() if required or row.get(column) is not None]
    return found


def _made(items: list[Ready]) -> set[Key]:
    return {(table, row_id) for item in items if item.flat for table, rows in item.flat.rows.items() for row_id in rows}


def _stored(session: Session, keys: set[Reference]) -> set[Key]:
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for table, row_id in keys:
        if row_id is not None:
            wanted[table].append(row_id)
    found: set[Key] = set()
    for table, ids in wanted.items():
        column = Base.metadata.tables[table].c.id
        for chunk in chunks(ids):
            found |= {(table, row_id) for row_id in session.scalars(select(column).where(column.in_(chunk)))}
    return found


@cache
def keys_of(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table that name a row of another, each with the table of that row."""
    columns = Base.metadata.tables[table].columns
    return tuple((column.name, key.column.table.name) for column in columns for key in column.foreign_keys)
