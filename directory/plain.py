"""Rows of a table as plain values with the names of its columns: many are read at once, nothing tracks them, and nobody can change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import starmap
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct, defstruct
from sqlalchemy import ColumnElement, Select, String, Uuid, cast, select
from sqlalchemy.orm import Session

from directory import models
from directory.models import Attribute, Provenance, TaxonomyTerm

READ: Final[Mapping[type[models.Base], tuple[str, ...]]] = {
    Attribute: ("id", "link_id", "position", "taxonomy_term_id", "link_type", "value", "label"),
    Provenance: ("id", "entity_id", "source_id"),
    TaxonomyTerm: ("id", "taxonomy_id", "parent_id", "code", "name", "description"),
}
"""The columns that are read of a table, where those are not all: most tables are small, and a column that is not read cannot be asked for."""


@cache
def form_of(model: type[models.Base]) -> type[Struct]:
    """What a row of a table is read into. It holds texts, numbers and dates only, so the collector need not know of it."""
    return defstruct(f"{model.__name__}Row", [(name, Any) for name in columns_of(model)], frozen=True, gc=False)


def columns_of(model: type[models.Base]) -> tuple[str, ...]:
    """The names of the columns that are read."""
    return READ.get(model) or tuple(model.__table__.columns.keys())


@cache
def rows_select(model: type[models.Base], *, ids_as_text: bool) -> Select[Any]:
    """Every row of a table; ``ids_as_text`` gives ids as the database spells them, which costs far less than to make objects of them."""
    columns = model.__table__.columns
    return select(*(as_text(columns[name]) if ids_as_text else columns[name] for name in columns_of(model)))


def as_text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of ids as the database spells them: 32 or 36 letters, but always the same for the same id, and in the same order."""
    return cast(column, String).label(column.key) if isinstance(column.type, Uuid) else column


def read_rows(session: Session, model: type[models.Base], rows: Select[Any], said: Mapping[str, Any]) -> Iterator[Any]:
    """The rows of a ``rows_select`` with conditions, whose parameters are ``said``."""
    return starmap(form_of(model), session.connection().execute(rows, said).all())


@cache
def said_by(model: type[models.Base]) -> Callable[[Any], tuple[Any, ...]]:
    """What a row of a table says, wherever it hangs and stands: rows that say the same are alike to whoever reads them."""
    return attrgetter(*(name for name in columns_of(model) if name not in ("id", "position") and not name.endswith("_id")))


def id_text(key: object) -> str:
    """An id as everybody writes it, however it was read."""
    text = str(key)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" if len(text) == 32 else text
