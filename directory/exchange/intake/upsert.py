"""Rows into the tables: what is new is added, what differs is changed field by field, and every difference is a line of the change log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from directory.changes import change_row
from directory.exchange.rows import Row, Rows
from directory.models import Attribute, Base

if TYPE_CHECKING:
    from directory.exchange.intake.ours import Ours

CHUNK = 500
"""Ids in one statement: well below what either engine takes."""
KEPT = frozenset({"last_modified", "assured_date", "assured_by", "assurer_email", "added_on", "area_name"})
"""Columns that a record does not clear by not stating them: somebody here may have set them."""
TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)
Key = tuple[str, UUID]
Item = TypeVar("Item")


class Actor(Struct, frozen=True, kw_only=True):
    """Who writes, when, for which source, and the act that all lines of the log belong to."""

    by: str
    at: datetime
    source_id: UUID | None = None
    act: UUID | None = None


class Written(Struct):
    """The rows that were added, changed and removed, and the lines for the change log."""

    added: set[Key] = field(default_factory=set)
    touched: set[Key] = field(default_factory=set)
    changes: list[Row] = field(default_factory=list)


def write_rows(
    session: Session, rows: Rows, *, shared: set[Key], guarded: set[Key], own: set[Key], actor: Actor, ours: Ours | None = None
) -> Written:
    """Add or change rows, parents first.

    ``shared`` rows are made by other records too, so they are only filled, never cleared, but for keys that point at ``own`` rows, which no other
    record makes; of ``guarded`` rows, each the subject of another record, only what is unknown is filled. ``ours`` says what was changed here and stays.
    An added row is a line of the log, a changed one a line for each field: what an import did can be taken back whole.
    """
    written = Written()
    for table in TABLES:
        new = rows.get(table.name)
        if new:
            there = stored_rows(session, table, new)
            added = [row for row_id, row in new.items() if row_id not in there]
            _add(session, table, added, actor, written)
            if ours is not None:
                ours.forget((table.name, row["id"]) for row in added)
                ours.watch(table.name, there)
            for row_id, before in there.items():
                row = _filling(before, new[row_id]) if (table.name, row_id) in guarded else new[row_id]
                _change(session, table, before, row, shared, own, ours, actor, written)
    return written


def remove_rows(session: Session, keys: Iterable[Key], *, actor: Actor, ours: Ours | None = None) -> Written:
    """Remove rows, children first; the log keeps what each said, so that it can be put back. An import tells ``ours``, which forgets their conflicts."""
    going = set(keys)
    written, by_table = Written(), _grouped(going | set(_terms_of(session, going)))
    if ours is not None:
        ours.forget((table, key) for table, ids in by_table.items() for key in ids)
    for table in reversed(TABLES):
        for row_id, row in stored_rows(session, table, by_table.get(table.name, ())).items():
            said = {name: value for name, value in row.items() if value is not None}
            written.changes.append(_log(actor, (table.name, row_id), "removed", before=_plain(said)))
            written.touched.add((table.name, row_id))
        for chunk in chunks(by_table.get(table.name, ())):
            session.execute(delete(table).where(table.c.id.in_(chunk)))
    return written


def _terms_of(session: Session, keys: Iterable[Key]) -> Iterator[Key]:
    """The links to terms that hang on some rows: no key of the database takes them along."""
    for table, ids in _grouped(keys).items():
        for chunk in chunks(ids):
            linked = select(Attribute.id).where(Attribute.link_entity == table, Attribute.link_id.in_(chunk))
            yield from (("attribute", key) for key in session.scalars(linked))


def release_rows(session: Session, keys: Iterable[Key], own: set[Key], *, ours: Ours, actor: Actor) -> Written:
    """Let go of rows that this record no longer makes and others still do: their keys into ``own`` rows are cleared."""
    written = Written()
    for table_name, ids in _grouped(keys).items():
        table = Base.metadata.tables[table_name]
        ours.watch(table_name, ids)
        for row in stored_rows(session, table, ids).values():
            _change(session, table, row, {"id": row["id"]}, {(table_name, row["id"])}, own, ours, actor, written)
    return written


def stored_rows(session: Session, table: Table, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """The stored rows with these ids."""
    found: dict[UUID, Row] = {}
    for chunk in chunks(ids):
        found |= {row["id"]: dict(row) for row in session.execute(select(table).where(table.c.id.in_(chunk))).mappings()}
    return found


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items, some hundred at a time."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _add(session: Session, table: Table, rows: list[Row], actor: Actor, written: Written) -> None:
    empty = _unstated(table)
    if table.name == "service":
        rows = [_begun(row, actor.at) for row in rows]
    for chunk in chunks(rows, 2000):
        session.execute(insert(table), [{**empty, **row} for row in chunk])
    for row in rows:
        key = (table.name, row["id"])
        written.added.add(key)
        written.changes.append(_log(actor, key, "added"))


def _unstated(table: Table) -> Row:
    """What stands in the columns that a row does not state: one statement takes rows of different columns only when each is given them all."""
    defaults = {column.name: column.default.arg for column in table.columns if isinstance(column.default, ScalarElementColumnDefault)}
    return {column.name: defaults.get(column.name) for column in table.columns if column.nullable or column.name in defaults}


def _begun(row: Row, at: datetime) -> Row:
    """A service that comes in now, where its source does not say since when it is and when it was modified."""
    assured_by = row.get("assured_by") or ("import" if row.get("assured_date") else None)
    return {**row, "added_on": row.get("added_on") or at.date(), "last_modified": row.get("last_modified") or at, "assured_by": assured_by}


def _change(
    session: Session, table: Table, before: Row, row: Row, shared: set[Key], own: set[Key], ours: Ours | None, actor: Actor,
    written: Written,
) -> None:
    key = (table.name, before["id"])
    said = {
        name: row.get(name) for name in _columns(table, row)
        if row.get(name) is not None or _may_clear(table, name, before[name], key in shared, own)
    }
    differing = {
        name: value for name, value in said.items() if (ours is None or ours.takes(table, before, name, value)) and value != before[name]
    }
    if differing:
        session.execute(update(table).where(table.c.id == key[1]).values(differing))
        written.touched.add(key)
        written.changes += [_log(actor, key, "changed", name, before[name], value) for name, value in differing.items()]


def _filling(before: Row, row: Row) -> Row:
    """What a row says where nothing is stored."""
    return {name: value for name, value in row.items() if before[name] is None}


def _columns(table: Table, row: Row) -> Iterator[str]:
    """The columns that a record speaks about: those of its fields, and every key to a parent, stated or not."""
    yield from (column.name for column in table.columns if column.name in row or (column.foreign_keys and column.nullable))


def _may_clear(table: Table, name: str, value: Any, is_shared: bool, own: set[Key]) -> bool:
    if name in KEPT or not table.c[name].nullable:
        return False
    targets = [key.column.table.name for key in table.c[name].foreign_keys]
    return not is_shared or any((target, value) in own for target in targets)


def _grouped(keys: Iterable[Key]) -> Mapping[str, list[UUID]]:
    groups: dict[str, list[UUID]] = {}
    for table, row_id in sorted(keys, key=str):
        groups.setdefault(table, []).append(row_id)
    return groups


def _log(actor: Actor, key: Key, action: str, name: str | None = None, before: object = None, after: object = None) -> Row:
    return change_row(
        entity=key[0], entity_id=key[1], action=action, by=actor.by, at=actor.at, field=name, before=before, after=after, source_id=actor.source_id,
        act=actor.act,
    )


def _plain(row: Row) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in row.items()}
