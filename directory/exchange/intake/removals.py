"""What goes when a source drops it, and what stays: a row that was edited here, or that something made here hangs on, is not removed by an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from directory.exchange.intake.ours import Ours
from directory.exchange.intake.references import keys_of
from directory.exchange.intake.upsert import TABLES, Key, chunks, stored_rows
from directory.exchange.rows import Row
from directory.models import Attribute

BY_THE_WAY: Final = frozenset({"call", "confirmation", "location_private", "reminder"})
"""Tables whose rows come to every listing by themselves: they go with it."""


def what_stays(session: Session, gone: set[Key], others: set[Key], ours: Ours) -> set[Key]:
    """Of the rows that a source dropped, those that stay with all that hangs on them; each tree of them is noted as one conflict.

    ``others`` are rows that other records of the import make, and those of other sources: they are let go of, not removed.
    """
    rows = _rows(session, gone, ours)
    for key in gone - rows.keys():
        ours.both_dropped(key)
    held = {key for key, row in rows.items() if ours.is_edited(_TABLE[key[0]], row)} | set(_hung_on(session, gone, others))
    above = {key: set(_parents(key[0], row)) & gone for key, row in rows.items()}
    roots = {root for key in held & rows.keys() for root in _roots(key, above)}
    for key in sorted(roots, key=str):
        ours.keeps_dropped(key, rows[key])
    return roots | {key for key in rows if roots & set(_roots(key, above))}


def hanging(session: Session, table: Table, ids: Iterable[UUID]) -> Iterator[tuple[Key, UUID]]:
    """The rows that hang on some rows, each with what it hangs on; tables with ids only."""
    wanted = list(ids)
    for child, column in _children(table.name):
        for chunk in chunks(wanted):
            yield from (((child.name, key), parent) for key, parent in session.execute(select(child.c.id, column).where(column.in_(chunk))))
    for chunk in chunks(wanted):
        linked = select(Attribute.id, Attribute.link_id).where(Attribute.link_entity == table.name, Attribute.link_id.in_(chunk))
        yield from ((("attribute", key), parent) for key, parent in session.execute(linked))


def _rows(session: Session, keys: set[Key], ours: Ours) -> dict[Key, Row]:
    grouped: dict[str, list[UUID]] = defaultdict(list)
    for entity, key in keys:
        grouped[entity].append(key)
    found: dict[Key, Row] = {}
    for entity, ids in grouped.items():
        ours.watch(entity, ids)
        found |= {(entity, key): row for key, row in stored_rows(session, _TABLE[entity], ids).items()}
    return found


def _hung_on(session: Session, gone: set[Key], others: set[Key]) -> Iterator[Key]:
    for table in TABLES:
        ids = [key for entity, key in gone if entity == table.name]
        if ids:
            yield from ((table.name, parent) for child, parent in hanging(session, table, ids) if child not in gone and child not in others)


def _parents(table: str, row: Row) -> Iterator[Key]:
    yield from ((target, row[column]) for column, target in keys_of(table) if row.get(column) is not None)
    if table == "attribute":
        yield str(row["link_entity"]), row["link_id"]


def _roots(key: Key, above: dict[Key, set[Key]]) -> set[Key]:
    """The topmost rows, of those that go, that a row hangs on; itself when it hangs on none."""
    over = above.get(key, set())
    return set().union(*(_roots(parent, above) for parent in over)) if over else {key}


def _children(table: str) -> Iterator[tuple[Table, Column[object]]]:
    for child in TABLES:
        if child.name not in BY_THE_WAY and "id" in child.c:
            yield from ((child, column) for column in child.c for key in column.foreign_keys if key.column.table.name == table)


_TABLE = {table.name: table for table in TABLES}
