"""The one change log: history page, undo, audit trail, index feed and HSDS metadata are all read from it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base

PARTED = "action = 'removed' or field in ('service_id', 'service_at_location_id', 'location_id', 'contact_id', 'phone_id', 'link_id')"
"""Lines of rows that are gone, or that hang elsewhere than before."""
UNDOING = "undoes is not null"


class Change(Base):
    """One change of one row: who, when, what, from, to, why. Written in the transaction of the change itself.

    ``seq`` only grows: readers of the log remember the last one they saw. ``field`` is None when a whole row was added or removed.
    ``act`` is the same on all lines of one act (an edit, an import, a merge), so that the act can be undone whole; ``undoes`` is the ``seq`` of the
    line that a line takes back.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_entity", "entity", "entity_id"),
        # Where rows that are gone, or hang elsewhere now, were part of: few lines, looked through by their text.
        Index("ix_change_parted", "entity", sqlite_where=text(PARTED), postgresql_where=text(PARTED)),
        # An import writes a line for every row: each index costs it a twentieth of the room, so none is kept that few lines need.
        Index("ix_change_undoes", "undoes", sqlite_where=text(UNDOING), postgresql_where=text(UNDOING)),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column()
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
    undoes: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
