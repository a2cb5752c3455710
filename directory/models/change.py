"""The one change log: history page, undo, audit trail, index feed and HSDS metadata are all read from it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Change(Base):
    """One change of one row: who, when, what, from, to, why. Written in the transaction of the change itself.

    ``seq`` only grows: readers of the log remember the last one they saw. ``field`` is None when a whole row was added or removed.
    ``act`` is the same on all lines of one act (an edit, an import, a merge), so that the act can be undone whole.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_entity", "entity", "entity_id"), {"sqlite_autoincrement": True})

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column()
    action: Mapped[str] = mapped_column()
    entity: Mapped[str] = mapped_column()
    entity_id: Mapped[UUID] = mapped_column()
    field: Mapped[str | None] = mapped_column()
    before: Mapped[str | None] = mapped_column()
    after: Mapped[str | None] = mapped_column()
    why: Mapped[str | None] = mapped_column()
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("source.id", ondelete="SET NULL"))
    act: Mapped[UUID | None] = mapped_column(index=True)
