"""Where what is known in two ways is made one: imports that differ from local edits, listings not to be listed, duplicates."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified


class Conflict(Identified, Base):
    """A field that somebody here changed and the source changed too. Values are as the change log writes them; ``base`` is what both started from.

    ``merged_from`` is the record that the source says it of, where that was merged into another here: then it is about what is kept.
    ``state`` is ``kept`` while only we changed it (shown, nothing to do), ``open`` when both did, then ``ours`` or ``theirs``.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        CheckConstraint("state in ('kept', 'open', 'ours', 'theirs')", name="state"),
        UniqueConstraint("source_id", "entity", "entity_id", "field", name="uq_conflict_field"),
    )

    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    entity: Mapped[str] = mapped_column()
    entity_id: Mapped[UUID] = mapped_column(index=True)
    field: Mapped[str] = mapped_column()
    service_id: Mapped[UUID | None] = mapped_column(index=True)
    base: Mapped[str | None] = mapped_column()
    ours: Mapped[str | None] = mapped_column()
    theirs: Mapped[str | None] = mapped_column()
    state: Mapped[str] = mapped_column(index=True)
    opened_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[str | None] = mapped_column()
    merged_from: Mapped[UUID | None] = mapped_column()


class DoNotList(Identified, Base):
    """A listing that is not to be listed, whatever a source brings: remembered by its id, which is the same for the same record."""

    __tablename__ = "do_not_list"

    entity: Mapped[str] = mapped_column()
    entity_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    why: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()


class Redirect(Base):
    """An id that was merged into another: whoever asks for the old one is led to the new one."""

    __tablename__ = "redirect"

    old_id: Mapped[UUID] = mapped_column(primary_key=True)
    new_id: Mapped[UUID] = mapped_column(index=True)
    entity: Mapped[str] = mapped_column()
    act: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column()


class Apart(Base):
    """Two things that somebody looked at and found not to be the same; ``first`` is the smaller id.

    ``is_word``: whoever wrote one of them says so; curators may still look at the two, and their decision takes its place.
    """

    __tablename__ = "apart"

    first: Mapped[UUID] = mapped_column(primary_key=True)
    second: Mapped[UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()
    is_word: Mapped[bool] = mapped_column(default=False)


class Pair(Base):
    """Two things that may be the same, found by ``duplicates``; ``first`` is the smaller id. ``score`` is in [0, 1], ``reason`` in words."""

    __tablename__ = "pair"

    first: Mapped[UUID] = mapped_column(primary_key=True)
    second: Mapped[UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column()
    score: Mapped[float] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column()
    found_at: Mapped[datetime] = mapped_column()


class DatesRefused(Identified, Base):
    """A phrase of a listing's own words that was proposed as when it meets, and of which somebody said that it means something else."""

    __tablename__ = "dates_refused"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    phrase: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()
