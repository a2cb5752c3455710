"""The ground under every table: naming of constraints, ids, moments in UTC, and the mark on private columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# One convention, so that a migration can name what it drops on both engines.
CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and stored in UTC: SQLite has no zone of its own, and a naive moment is a bug."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table; the constraint names follow one convention."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {datetime: UtcDateTime(), UUID: Uuid()}  # noqa: RUF012  (SQLAlchemy reads it from the class)


class Identified:
    """A row with an id that is the same for everybody, for ever."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Placed:
    """A row that stands in a list of its parent; the order of the source is kept."""

    position: Mapped[int] = mapped_column(default=0, server_default="0")


def private(sensitivity: str) -> dict[str, str]:
    """The mark on a private column: log filter, exports, retention and leak tests read it."""
    return {"sensitivity": sensitivity}
