"""Introductions of two people, and what passes between them. The database itself refuses an introduction on one yes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private

SAID = "('', 'yes', 'no')"


class Introduction(Identified, Base):
    """Two people of a scheme who may suit each other: what each has said, and what became of it. No name passes before ``introduced_at`` is set.

    ``seeker_days`` and ``supporter_days``: how long each wants messages to be kept; the shorter counts. ``ended_by`` is a side, the house or nobody, and
    is never shown to the other side.
    """

    __tablename__ = "introduction"
    __table_args__ = (
        CheckConstraint(f"seeker_said in {SAID} and supporter_said in {SAID}", name="said"),
        CheckConstraint("introduced_at is null or (seeker_said = 'yes' and supporter_said = 'yes')", name="both_yes"),
        CheckConstraint("seeker_id <> supporter_id", name="two"),
        CheckConstraint("ended_by in ('', 'seeker', 'supporter', 'house')", name="ended_by"),
        CheckConstraint("(ended_at is null) = (ended_by = '')", name="ended"),
        CheckConstraint("first_contact in ('', 'here', 'public_place', 'with_staff')", name="first_contact"),
        CheckConstraint("seeker_days between 1 and 365 and supporter_days between 1 and 365", name="days"),
        Index(
            "uq_introduction_open", "scheme_id", "seeker_id", "supporter_id", unique=True,
            sqlite_where=text("ended_at is null"), postgresql_where=text("ended_at is null"),
        ),
        Index("ix_introduction_supporter", "supporter_id", "ended_at"),
        Index("ix_introduction_seeker", "seeker_id", "ended_at"),
    )  # fmt: skip

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="RESTRICT"))
    seeker_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    supporter_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    seeker_said: Mapped[str] = mapped_column(default="", info=private("client"))
    supporter_said: Mapped[str] = mapped_column(default="", info=private("client"))
    seeker_said_at: Mapped[datetime | None] = mapped_column()
    supporter_said_at: Mapped[datetime | None] = mapped_column()
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("peer_round.id", ondelete="SET NULL"))
    suggested_at: Mapped[datetime] = mapped_column()
    introduced_at: Mapped[datetime | None] = mapped_column()
    introduced_by: Mapped[str] = mapped_column(default="")
    first_contact: Mapped[str] = mapped_column(default="")
    seeker_days: Mapped[int] = mapped_column(default=30)
    supporter_days: Mapped[int] = mapped_column(default=30)
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_by: Mapped[str] = mapped_column(default="", info=private("client"))


class IntroductionKey(Base):
    """The key that everything between two is sealed with, itself sealed with the key of the house. It is deleted when what they wrote has to go."""

    __tablename__ = "introduction_key"

    introduction_id: Mapped[UUID] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), primary_key=True)
    wrapped: Mapped[str] = mapped_column(info=private("secret"))


class PeerMessage(Base):
    """What one of two wrote, sealed with the key of their introduction. Nothing tells whether or when it was read."""

    __tablename__ = "peer_message"

    introduction_id: Mapped[UUID] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[str] = mapped_column(info=private("client"))
    at: Mapped[datetime] = mapped_column()


class PeerCheckIn(Base):
    """How is it going: asked of one side at a moment, answered or not; ``sealed`` is for the coordinator and never for the other side."""

    __tablename__ = "peer_check_in"
    __table_args__ = (Index("ix_peer_check_in_due", "due_at", "asked_at"),)

    introduction_id: Mapped[UUID] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    hours: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column()
    asked_at: Mapped[datetime | None] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
    sealed: Mapped[str | None] = mapped_column(info=private("client"))


class PeerNote(Base):
    """When somebody was last told by mail that they have a message: there is no second one until they have come back.

    ``parted_at``: an introduction of theirs ended with the record of the other, so that no other row can tell them.
    """

    __tablename__ = "peer_note"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    mailed_at: Mapped[datetime | None] = mapped_column()
    parted_at: Mapped[datetime | None] = mapped_column()
