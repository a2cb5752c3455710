"""What the tables would refuse, said in plain words before anything is written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Float, Integer, Table

from directory.exchange.records import SourceRecord
from directory.exchange.rows import Row
from directory.exchange.shapes import table_of, walk
from directory.models import Base

ALLOWED = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("location", "visibility"): ("public", "area_only", "on_contact", "verified_staff", "hidden"),
    ("location", "point_precision"): ("given", "code", "town"),
}
"""The values of the columns that take only some: the check constraints of the tables, where a person can read them."""

INDEXED_CHARACTERS = 600
"""The longest text in an indexed column: four bytes a character stay below what PostgreSQL can index (2,704 bytes)."""
LARGEST_INTEGER = 2**31 - 1
HALF = re.compile("[\ud800-\udfff]")
HALF_REASON = "the text holds half a character (a lone surrogate)"


class Fault(NamedTuple):
    """A value that cannot be stored, and why."""

    field: str
    value: str
    reason: str


def faults(table: str, row: Row) -> Iterator[Fault]:
    """What is wrong with a row, column by column; nothing when it can be stored. References are checked elsewhere."""
    for name, column in _columns(table):
        value = row.get(name)
        reason = _missing(name, column, row) if value is None else _fault(table, name, column, value)
        if reason:
            yield Fault(f"{table}.{name}", _shown(value) if value is not None else "", reason)


def unnotable(record: SourceRecord) -> Fault | None:
    """What keeps a record from being noted at all: a key that no index takes, or text that is no text."""
    if reason := _text_fault(Base.metadata.tables["provenance"].c.record_key, record.key):
        return Fault("key", _shown(record.key), reason)
    for item in walk(record.content):
        for name in item.__struct_fields__:
            value = getattr(item, name)
            if isinstance(value, str) and HALF.search(value):
                return Fault(f"{table_of(item)}.{name}", _shown(value), HALF_REASON)
    try:
        msgspec.json.encode([record.content, record.leftover])
    except UnicodeEncodeError:
        return Fault("leftover", "", HALF_REASON)
    return None


def _shown(value: Any) -> str:
    return str(value)[:200].encode(errors="replace").decode()


def _missing(name: str, column: Column[Any], row: Row) -> str | None:
    if column.nullable or column.foreign_keys or (name not in row and (column.default is not None or column.server_default is not None)):
        return None
    return "it is required and missing"


def _fault(table: str, name: str, column: Column[Any], value: Any) -> str | None:
    allowed = ALLOWED.get((table, name))
    if allowed and value not in allowed:
        return f"it must be one of: {', '.join(allowed)}"
    if isinstance(value, str):
        return _text_fault(column, value)
    if isinstance(value, float) and not math.isfinite(value):
        return "it is not a number"
    if isinstance(column.type, Integer | Float) and abs(value) > (LARGEST_INTEGER if isinstance(column.type, Integer) else 1e300):
        return "the number is too large"
    if isinstance(value, datetime) and value.tzinfo is None:
        return "the moment has no time zone"
    return None


def _text_fault(column: Column[Any], value: str) -> str | None:
    if "\0" in value:
        return "the text holds a NUL character, which a database cannot keep"
    if not value.isascii() and HALF.search(value):
        return HALF_REASON
    if (column.index or column.name == "record_key") and len(value) > INDEXED_CHARACTERS:
        return f"the text is longer than {INDEXED_CHARACTERS} characters"
    if not value.strip() and column.name == "name" and not column.nullable:
        return "it is required and empty"
    return None


@cache
def _columns(table: str) -> tuple[tuple[str, Column[Any]], ...]:
    found: Table = Base.metadata.tables[table]
    return tuple((column.name, column) for column in found.columns)
