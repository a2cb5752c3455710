"""Rows that many tests begin with: written by the code that writes them once a process, and copied afterwards."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Table, exists, insert, or_, select
from sqlalchemy.orm import Session

from directory.models import Base

T = TypeVar("T")
Rows = list[tuple[Table, list[dict[str, Any]]]]


def written_once(session: Session, key: Hashable, write: Callable[[], T]) -> T:
    """What ``write`` gives. Where it has written into an empty database before, its rows are put into this one, if that has none in the same tables."""
    named = (session.get_bind().dialect.name, key)
    if named in _written and not _is_any(session, [table for table, _ in _written[named][1]]):
        given: T = _written[named][0]
        for table, values in _written[named][1]:
            session.execute(insert(table), values)
        return given
    was_empty = named not in _written and not _is_any(session, Base.metadata.sorted_tables)
    given = write()
    session.flush()
    if was_empty:
        _written[named] = given, [(table, rows) for table in Base.metadata.sorted_tables if (rows := _rows(session, table))]
    return given


_written: dict[Hashable, tuple[Any, Rows]] = {}


def _is_any(session: Session, tables: list[Table]) -> bool:
    """Whether any of the tables has a row."""
    return bool(session.scalar(select(or_(*(exists(select(table)) for table in tables)))))


def _rows(session: Session, table: Table) -> list[dict[str, Any]]:
    """The rows of a table in the order of their keys, without the numbers that a database gives by itself."""
    number = table.autoincrement_column
    found = session.execute(select(table).order_by(*table.primary_key)).mappings()
    return [{name: value for name, value in row.items() if number is None or name != number.name} for row in found]
