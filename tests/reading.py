"""A guard on a database: while it stands, any statement that could write is refused and noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from directory.storage import Storage

READS = re.compile(
    r"""\s*(?: SELECT\b | BEGIN (?!\s+(?:IMMEDIATE|EXCLUSIVE)) | WITH\b (?!.*\b(?:INSERT|UPDATE|DELETE)\b)
    | PRAGMA\s+ (?:\w+\.)? (?:busy_timeout | table_x?info | index_list | index_x?info | foreign_key_list | database_list) \b )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|\bINTO\s+\w+\s+FROM\b|\bnextval\b|\bpg_advisory\w*", re.IGNORECASE)


class Wrote(AssertionError):
    """A statement that could write, where only reading was promised."""


@contextmanager
def only_reads(storage: Storage) -> Iterator[list[str]]:
    """Refuse whatever is not a plain reading statement; gives the statements that were refused."""
    refused: list[str] = []

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not is_reading(statement):
            refused.append(statement)
            raise Wrote(statement)

    event.listen(storage.engine, "before_cursor_execute", look)
    try:
        yield refused
    finally:
        event.remove(storage.engine, "before_cursor_execute", look)


def is_reading(statement: str) -> bool:
    """Whether a statement can only read."""
    return bool(READS.match(statement)) and not LOCKS.search(statement)
