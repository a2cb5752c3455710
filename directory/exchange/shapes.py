"""What every record looks like as a row: its table, its columns, the lists under it and the single objects it points at, read from the types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from sqlalchemy import Table

from directory.exchange import records
from directory.models import Base


class Part(NamedTuple):
    """A nested object: the field that holds it, its kind, and the foreign key that carries the nesting in the tables."""

    field: str
    kind: type[Struct]
    key: str


class Shape(NamedTuple):
    """One kind of record as a row. The keys of ``lists`` stand on the child's row, those of ``singles`` on this one."""

    table: Table
    columns: tuple[str, ...]
    lists: tuple[Part, ...]
    singles: tuple[Part, ...]
    types: Mapping[str, Any]


@cache
def shape_of(kind: type[Struct]) -> Shape:
    """The shape of a kind of record; attributes are no part of it, since they hang on rows of every table alike."""
    table = Base.metadata.tables[_snake(kind.__name__)]
    hints = get_type_hints(kind, vars(records))
    lists, singles, columns = [], [], []
    for name, hint in hints.items():
        plain = plain_type(hint)
        if get_origin(plain) is list:
            lists.append(Part(name, get_args(plain)[0], f"{table.name}_id"))
        elif isinstance(plain, type) and issubclass(plain, Struct):
            singles.append(Part(name, plain, f"{_snake(plain.__name__)}_id"))
        elif name in table.columns:
            columns.append(name)
    children = tuple(part for part in lists if part.field != "attributes")
    return Shape(table, tuple(columns), children, tuple(singles), hints)


def table_of(record: Struct) -> str:
    """The name of the table that a record goes to."""
    return shape_of(type(record)).table.name


def plain_type(hint: Any) -> Any:
    """A type without its ``| None``."""
    if get_origin(hint) in (Union, UnionType):
        rest = [part for part in get_args(hint) if part is not NoneType]
        return rest[0]
    return hint


def walk(record: Struct) -> Iterator[Struct]:
    """The record and everything nested in it, each once per place it stands in, outermost first; attributes are left out."""
    yield record
    shape = shape_of(type(record))
    for part in shape.singles:
        inner = getattr(record, part.field)
        if inner is not None:
            yield from walk(inner)
    for part in shape.lists:
        for inner in getattr(record, part.field):
            yield from walk(inner)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
