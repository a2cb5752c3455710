"""What lies on the desks of organizations and curators: claims, drafts of listings, and mistakes that people report."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private

CHANGED: Final = "changed"
WEIGHTY: Final = frozenset({"phone_wrong", "closed", "moved", CHANGED})
"""Mistakes that send people astray. While one of a listing is open the ranking trusts the listing less (``matching.weights.SOURCE_REPORTED_WRONG``):
once, however many there are, and by a tenth of its score at most, so that a stranger cannot bury it. An answer of either kind ends that."""


class Claim(Identified, Base):
    """Somebody says: we are this organization. ``evidence`` is what they bring, ``via`` how it is shown (a link to the listed address, or a request)."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("state in ('open', 'approved', 'refused', 'withdrawn', 'contested', 'revoked')", name="state"),
        CheckConstraint("via in ('link', 'request', 'invitation')", name="via"),
        CheckConstraint("(decided_at is null) = (decided_by is null)", name="decided"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    via: Mapped[str] = mapped_column()
    state: Mapped[str] = mapped_column(default="open")
    evidence: Mapped[str] = mapped_column(default="", info=private("person"))
    opened_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[str | None] = mapped_column()
    why: Mapped[str | None] = mapped_column()


class Draft(Identified, Base):
    """A listing as somebody is writing it: saved by itself, shown to nobody else until it is handed in.

    ``content`` is the sealed JSON of ``editing.Sheet`` (it may hold an address that is not public), ``base`` that of the listing when the draft was
    begun, so that what changed meanwhile is told apart from what the draft changes. A draft of a new listing has no ``service_id`` yet.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'waiting', 'sent_back', 'applied', 'withdrawn')", name="state"),
        Index("ix_draft_state", "state", "handed_in_at"),
    )

    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(default="draft")
    content: Mapped[str] = mapped_column(info=private("draft"))
    base: Mapped[str] = mapped_column(info=private("draft"))
    version: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime] = mapped_column()
    handed_in_at: Mapped[datetime | None] = mapped_column()
    why: Mapped[str | None] = mapped_column()
    note: Mapped[str | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[str | None] = mapped_column()
    act: Mapped[UUID | None] = mapped_column()


class DraftApart(Base):
    """Whoever writes a new listing was shown one that is there already, and says that it is another."""

    __tablename__ = "draft_apart"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()


class Report(Identified, Base):
    """A mistake that somebody tells of, without an account. ``contact`` (sealed) only where they wish for an answer."""

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("state in ('open', 'mended', 'declined')", name="state"), Index("ix_report_state", "state", "made_at"))

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column()
    words: Mapped[str] = mapped_column(default="", info=private("person"))
    contact: Mapped[str | None] = mapped_column(info=private("contact"))
    made_at: Mapped[datetime] = mapped_column()
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str | None] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
    answered_by: Mapped[str | None] = mapped_column()
