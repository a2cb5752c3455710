"""Work that waits: outgoing mail, written in the transaction of what it tells of, and leases so that one worker at a time does a job."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private


class Mail(Identified, Base):
    """One outgoing message; recipient, subject and text are sealed together, since a link in it may open a door."""

    __tablename__ = "mail"

    sealed: Mapped[str] = mapped_column(info=private("contact"))
    made_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime] = mapped_column()
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    failed: Mapped[str | None] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)


class Lease(Base):
    """Who does a job until when; ``fence`` grows with each taking, so that one who comes late is known."""

    __tablename__ = "lease"

    job: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column()
    until: Mapped[datetime] = mapped_column()
    fence: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column()
