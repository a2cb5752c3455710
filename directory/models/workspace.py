"""What an organization's people keep among themselves: strengths they chose to show each other, their own peer scheme, reviews of their practice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private


class TeamStrength(Identified, Base):
    """A strength that a member of an organization chose to show the others. Taking it back removes the row."""

    __tablename__ = "team_strength"
    __table_args__ = (UniqueConstraint("account_id", "organization_id", "facet", name="uq_team_strength_once"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    facet: Mapped[str] = mapped_column(info=private("person"))


class PeerOffer(Identified, Base):
    """What a member offers the others of an organization: an ear, a walk, help with a form. Seen inside only, and in no search, feed or export."""

    __tablename__ = "peer_offer"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(info=private("person"))
    how: Mapped[str] = mapped_column(info=private("person"))
    made_at: Mapped[datetime] = mapped_column()


class StrengthOffer(Base):
    """How many people of an area said in a month that they would put a strength to use: a count, and nothing of anybody."""

    __tablename__ = "strength_offer"

    month: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class SelfReview(Identified, Base):
    """An organization's look at its own practice; ``answers`` is the sealed JSON of ``workspace.review.Answers``."""

    __tablename__ = "self_review"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column()
    answers: Mapped[str] = mapped_column(info=private("organization"))
