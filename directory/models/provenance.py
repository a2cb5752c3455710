"""Where records came from: the source with its licence, what each of its records became, and each import that changed something."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified


class Source(Identified, Base):
    """A feed or file that records come from; licence and credit are shown to people. ``timezone`` is the IANA zone its hours are in."""

    __tablename__ = "source"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    kind: Mapped[str] = mapped_column()
    licence: Mapped[str | None] = mapped_column()
    credit: Mapped[str | None] = mapped_column()
    url: Mapped[str | None] = mapped_column()
    timezone: Mapped[str | None] = mapped_column()
    country: Mapped[str | None] = mapped_column()
    # Of a feed of meetings: whose type codes it has, as ``exchange/meetings/feed.py`` names them.
    programme: Mapped[str | None] = mapped_column()
    # Where to fetch it again by ourselves, and how often; None: only when somebody imports it.
    fetch_from: Mapped[str | None] = mapped_column()
    fetch_kind: Mapped[str | None] = mapped_column()
    fetch_every_hours: Mapped[int | None] = mapped_column()
    fetched_at: Mapped[datetime | None] = mapped_column()
    fetch_result: Mapped[str | None] = mapped_column()


class Provenance(Identified, Base):
    """One record of a source: its key there, its hash when last seen, and the row of ours that it feeds.

    ``leftover`` keeps what no field of ours takes, so that nothing is lost; ``rows`` names every row the record made, for a clean update.
    """

    __tablename__ = "provenance"
    __table_args__ = (UniqueConstraint("source_id", "record_key"),)

    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    record_key: Mapped[str] = mapped_column()
    entity: Mapped[str] = mapped_column()
    entity_id: Mapped[UUID] = mapped_column(index=True)
    hash: Mapped[str] = mapped_column()
    first_seen: Mapped[datetime] = mapped_column()
    last_seen: Mapped[datetime] = mapped_column()
    # Since when the source no longer carries the record; it stays until a curator decides.
    vanished_at: Mapped[datetime | None] = mapped_column(index=True)
    # When a curator decided about that: it is not flagged again unless the source has the record in between.
    kept_at: Mapped[datetime | None] = mapped_column()
    rows: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    leftover: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ImportRun(Base):
    """One import that changed something; ``act`` is that of its lines in the change log. ``report`` has counts and reasons, never values.

    ``was`` is the rows that the records it changed had made before, by the id of their provenance, so that undoing leaves the ledger right too.
    """

    __tablename__ = "import_run"
    __table_args__ = (CheckConstraint("(undone_at is null) = (undone_by is null)", name="undone"),)

    act: Mapped[UUID] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column()
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    was: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None] = mapped_column()
    undone_by: Mapped[str | None] = mapped_column()
