"""Rows as the change log keeps them, and back: a text into the type of its column, a whole row out of its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import JSON, Column, Table, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeDecorator

from directory.changes import as_text
from directory.models import Base
from directory.stretch import chunks

Row = dict[str, Any]
"""The columns of a row with their values, all of them."""
Key = tuple[str, UUID]
"""A table and the id of a row in it."""
ORDER: Final[tuple[Table, ...]] = tuple(Base.metadata.sorted_tables)
"""Every table, parents before children."""
NEVER: Final = frozenset({
    "account", "change", "gazetteer_file", "gazetteer_row", "lease", "link", "location_private", "mail", "passkey", "recovery_code", "sign_in", "throttle",
})  # fmt: skip
"""Tables whose rows are no matter of the log."""
FOLLOWS: Final = frozenset({("service", "last_modified")})
"""What moves with every edit: it is neither put back nor in the way."""

HIDING: Final = ("location", "visibility")
"""Who may see a place is set in its form; hiding it says nothing against taking the place away."""
CONFIRMED: Final = frozenset({("service", "assured_date"), ("service", "assured_by"), ("service", "assurer_email")})
"""What confirming a listing moves: somebody said that it is right, and changed nothing of it."""


def table_of(entity: str) -> Table | None:
    """The table that a line of the log speaks of, when its rows can be put back: known, and with one id."""
    table = None if entity in NEVER else Base.metadata.tables.get(entity)
    return table if table is not None and len(table.primary_key.columns) == 1 else None


def key_of(table: Table) -> Column[Any]:
    """The column with the id of a row."""
    column: Column[Any] = next(iter(table.primary_key.columns))
    return column


def value_of(column: Column[Any], text: str | None) -> Any:
    """A value of the log (``changes.as_text``) in the type of its column."""
    if text is None or _kind(column) is str:
        return text
    is_plain = _kind(column) in (UUID, date, datetime)
    return typed(column, text if is_plain else msgspec.json.decode(text))


def typed(column: Column[Any], value: Any) -> Any:
    """A value out of JSON in the type of its column."""
    kind = _kind(column)
    if value is None or isinstance(column.type, JSON):
        return value
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value)


def row_of(table: Table, text: str) -> Row | None:
    """A whole row out of its JSON; None when what it says is not enough for one."""
    said: dict[str, Any] = msgspec.json.decode(text)
    row = {column.name: typed(column, said[column.name]) if column.name in said else _unsaid(column) for column in table.columns}
    return None if any(row[column.name] is None and not column.nullable for column in table.columns) else row


def text_of(row: Row, **more: str) -> str:
    """The JSON of a row as the log keeps it: what is unknown is left out."""
    said = {name: _builtin(value) for name, value in row.items() if value is not None}
    return msgspec.json.encode({**said, **more}).decode()


def read_rows(session: Session, keys: Iterable[Key]) -> dict[Key, Row]:
    """The rows with these keys as they are now."""
    found: dict[Key, Row] = {}
    for table, ids in by_table(keys):
        column, names = key_of(table), [each.name for each in table.columns]
        at = names.index(column.name)
        for chunk in chunks(ids):
            for row in session.execute(select(table).where(column.in_(chunk))):
                found[table.name, row[at]] = dict(zip(names, row, strict=True))
    return found


def by_table(keys: Iterable[Key]) -> Iterator[tuple[Table, list[UUID]]]:
    """Keys by their tables, parents first."""
    grouped: dict[str, list[UUID]] = {}
    for entity, key in set(keys):
        grouped.setdefault(entity, []).append(key)
    yield from ((table, grouped[table.name]) for table in ORDER if table.name in grouped)


def parents(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, Key]]:
    """The rows that a row hangs on, each with the column that says so."""
    for column, parent in _ties(table):
        if row.get(column) is not None:
            yield column, (parent, row[column])
    if table.name == "attribute" and row.get("link_id"):
        yield "link_id", (row["link_entity"], row["link_id"])


@cache
def _ties(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, key.column.table.name) for column in table.columns for key in column.foreign_keys)


def _kind(column: Column[Any]) -> type[Any]:
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type   # a decorated type does not say what it holds
    return plain.python_type


def _unsaid(column: Column[Any]) -> Any:
    """What stands in a column that a row of the log does not name: nothing, or what it begins with when it may not be empty."""
    default = column.default
    return default.arg if not column.nullable and isinstance(default, ScalarElementColumnDefault) else None


def _builtin(value: Any) -> Any:
    return as_text(value) if isinstance(value, date | datetime | UUID) else value
