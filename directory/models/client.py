"""People's own records: what they wrote (sealed with a key of their own), who may see which part, and who looked. Nothing here is public."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private

PURPOSES = ("together", "referral", "supervision", "peers", "contact", "statistics")


class Client(Identified, Base):
    """A person's record. It is the person's own (``account_id``), or was begun by one agency for somebody without an account (``organization_id``).

    ``merged_into``: it was made one with another record of the same person, and holds nothing any more but its log.
    ``views`` is the number of the last entry in its access log: raising it is what makes two who look at once wait for each other.
    """

    __tablename__ = "client"
    __table_args__ = (CheckConstraint("account_id is not null or organization_id is not null", name="of_somebody"),)

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="RESTRICT"), index=True)
    made_at: Mapped[datetime] = mapped_column()
    touched_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()
    views: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"), index=True)


class ClientKey(Base):
    """The key that everything of one client is sealed with, itself sealed with the key of the house. Without this row nothing can be opened again."""

    __tablename__ = "client_key"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    wrapped: Mapped[str] = mapped_column(info=private("secret"))


class ClientPart(Base):
    """One part of what a client keeps, as sealed JSON; ``version`` goes up with every change, so that no two who write at once overwrite each other."""

    __tablename__ = "client_part"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str] = mapped_column(info=private("client"))
    version: Mapped[int] = mapped_column()
    saved_at: Mapped[datetime] = mapped_column()
    saved_by: Mapped[str] = mapped_column()


class Caseload(Identified, Base):
    """An agency works with a client. ``reference`` is all that a list says of somebody who has not agreed to more.

    ``agreed_days`` is how long the agency keeps what it wrote, as the words said that the client agreed to last; the same in all rows of the two.
    """

    __tablename__ = "caseload"
    __table_args__ = (
        CheckConstraint("agreed_days between 30 and 2555", name="agreed_days"),
        CheckConstraint("(cover_id is null) = (cover_until is null)", name="cover"),
        Index("uq_caseload_open", "client_id", "organization_id", unique=True, sqlite_where=text("until is null"), postgresql_where=text("until is null")),
        Index("ix_caseload_worker", "organization_id", "account_id", "follow_up_on"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="RESTRICT"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    cover_until: Mapped[datetime | None] = mapped_column()
    reference: Mapped[str] = mapped_column(info=private("client"))
    follow_up_on: Mapped[date | None] = mapped_column()
    since: Mapped[datetime] = mapped_column()
    until: Mapped[datetime | None] = mapped_column()
    agreed_days: Mapped[int] = mapped_column()


class Consent(Identified, Base):
    """A client lets one organization see named parts, for one purpose, until a date. ``parts`` is a JSON list; ``wording`` names the words that were shown.

    It is never changed but for its end: ``withdrawn_at``. What is agreed anew is another row.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("purpose in ('together', 'referral', 'supervision', 'peers', 'contact', 'statistics')", name="purpose"),
        CheckConstraint("how in ('self', 'spoken', 'written')", name="how"),
        CheckConstraint("ends_at > starts_at", name="span"),
        Index("ix_consent_client", "client_id", "organization_id"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column()
    parts: Mapped[str] = mapped_column(info=private("client"))
    wording: Mapped[str] = mapped_column()
    language: Mapped[str] = mapped_column()
    how: Mapped[str] = mapped_column()
    recorded_by: Mapped[str] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column()
    ends_at: Mapped[datetime] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()


class ClientView(Base):
    """Somebody else looked: an entry in the access log that the client reads, written in the transaction of the looking. ``why`` is sealed.

    ``hash`` covers the entry and the hash before it, keyed, so that no entry can be changed, taken out or added later without being noticed.
    """

    __tablename__ = "client_view"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str] = mapped_column()
    parts: Mapped[str] = mapped_column(info=private("client"))
    purpose: Mapped[str] = mapped_column()
    why: Mapped[str | None] = mapped_column(info=private("client"))
    is_outside: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(index=True)
    hash: Mapped[str] = mapped_column(info=private("client"))


class ClientNote(Identified, Base):
    """Something that an agency wrote: a note that the client reads too, a professional note, or what waits for the client's yes.

    What waits (``noticed``, ``goal``) is seen by the client and whoever wrote it; it becomes a part of the record or goes, so there is no third state.
    """

    __tablename__ = "client_note"
    __table_args__ = (
        CheckConstraint("kind in ('note', 'professional', 'noticed', 'goal')", name="kind"),
        Index("ix_client_note_client", "client_id", "organization_id", "at"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="RESTRICT"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column()
    sealed: Mapped[str] = mapped_column(info=private("client"))
    at: Mapped[datetime] = mapped_column()


class ClientEvent(Identified, Base):
    """Something happened in a client's plan: what kind, which part and which entry of it. Its words, where it has any, are sealed.

    The timeline is built from these alone, so that it still tells of a goal that was let go.
    """

    __tablename__ = "client_event"
    __table_args__ = (Index("ix_client_event_client", "client_id", "seq"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column()
    part: Mapped[str] = mapped_column()
    ref: Mapped[str] = mapped_column(default="", info=private("client"))
    words: Mapped[str | None] = mapped_column(info=private("client"))
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()


class ClientReminder(Base):
    """Somebody asked to be reminded of their page every so many days. The row is there only while they wish it, and tells of nothing but that."""

    __tablename__ = "client_reminder"
    __table_args__ = (CheckConstraint("days between 1 and 60", name="days"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    days: Mapped[int] = mapped_column()
    next_at: Mapped[datetime] = mapped_column(index=True)


class CalendarLink(Base):
    """A private address of the dates of what somebody kept: the SHA-256 of what stands in it, and the ids of the listings as sealed JSON."""

    __tablename__ = "calendar_link"

    id_hash: Mapped[str] = mapped_column(primary_key=True, info=private("secret"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), unique=True)
    listings: Mapped[str] = mapped_column(info=private("client"))
    made_at: Mapped[datetime] = mapped_column()


class Erased(Base):
    """That a record was erased, and nothing of it: a mark that only its id gives (SHA-256), when, and the agency that has to be able to show it.

    ``by`` and ``why`` (one of a few codes) where a caseworker did it for somebody without an account.
    """

    __tablename__ = "erased"

    mark: Mapped[str] = mapped_column(primary_key=True, info=private("client"))
    organization_id: Mapped[UUID | None] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str | None] = mapped_column()
    why: Mapped[str | None] = mapped_column()
