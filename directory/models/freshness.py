"""How it is known that a listing is still right: who confirmed it and how, what was asked for, and the calls that curators make."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private


class Confirmation(Identified, Base):
    """Somebody said that a listing is right: the organization, a curator who called, or the source it comes from."""

    __tablename__ = "confirmation"
    __table_args__ = (CheckConstraint("how in ('organization', 'link', 'call', 'import')", name="how"),)

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()
    how: Mapped[str] = mapped_column()


class Reminder(Identified, Base):
    """A listing's next reminder, and how often it was asked in vain."""

    __tablename__ = "reminder"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), unique=True)
    due_on: Mapped[date] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column()
    times: Mapped[int] = mapped_column(default=0)


class ReminderRule(Base):
    """How many days a listing of a kind stays fresh without being confirmed."""

    __tablename__ = "reminder_rule"
    __table_args__ = (CheckConstraint("days between 7 and 1100", name="days"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column()


class Call(Identified, Base):
    """A listing on the list of calls to make: who takes it, how often it was tried, and what came of it."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("outcome in ('confirmed', 'changed', 'closed', 'no answer', 'wrong number', 'call back')", name="outcome"),
        Index("ix_call_open", "closed_at", "next_at"),
    )

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime] = mapped_column()
    why: Mapped[str] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column()
    outcome: Mapped[str | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(info=private("person"))
    closed_at: Mapped[datetime | None] = mapped_column()
