"""Referrals: where each stands, how it came there step by step, and its letters. The database itself refuses a step that is none.

An event points at the one before it by number, by what that one made of the referral, and by that one's pointing ahead at it; the referral points at the
event that has none ahead. So whatever is written, by hand too: every step is a legal one, none is missing, and where a referral stands is where its last
step left it. Two who write the next step write the same number, and one of them is refused.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private

LEGAL: Final = {
    "draft": ("draft", "sent", "withdrawn"),
    "sent": ("accepted", "declined", "waitlisted", "no_answer", "withdrawn"),
    "no_answer": ("accepted", "declined", "waitlisted", "connected", "closed", "withdrawn"),
    "waitlisted": ("accepted", "declined", "connected", "closed", "withdrawn"),
    "accepted": ("connected", "closed", "withdrawn"),
    "declined": ("closed", "withdrawn"),
    "connected": ("followed_up", "closed", "withdrawn"),
    "followed_up": ("followed_up", "closed", "withdrawn"),
    "closed": (),
    "withdrawn": (),
}
"""What each state may become."""
STEPS: Final = tuple(f"{was}>{becomes}" for was, all_of_them in LEGAL.items() for becomes in all_of_them)
_LISTED: Final = ", ".join(f"'{step}'" for step in STEPS)
_LATER: Final = {"deferrable": True, "initially": "DEFERRED"}
"""Looked at when the transaction ends: a step is three statements."""


class ReferralEvent(Base):
    """A step of a referral. ``ahead`` is the number of the next one, 0 for the last; ``sealed`` holds words and times, under the client's own key."""

    __tablename__ = "referral_event"
    __table_args__ = (
        UniqueConstraint("referral_id", "seq", "becomes", "ahead"),
        ForeignKeyConstraint(
            ["referral_id", "before", "was", "seq"],
            ["referral_event.referral_id", "referral_event.seq", "referral_event.becomes", "referral_event.ahead"], **_LATER,   # type: ignore[arg-type]
        ),
        CheckConstraint(
            "(seq = 1 and before is null and was is null and becomes = 'draft') or "
            f"(seq > 1 and before is not null and before = seq - 1 and was is not null and was || '>' || becomes in ({_LISTED}))", name="step",
        ),
        CheckConstraint("ahead = 0 or ahead = seq + 1", name="ahead"),
        CheckConstraint("side in ('client', 'caseworker', 'organization', 'house')", name="side"),
    )  # fmt: skip

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    before: Mapped[int | None] = mapped_column()
    was: Mapped[str | None] = mapped_column()
    becomes: Mapped[str] = mapped_column()
    ahead: Mapped[int] = mapped_column(default=0)
    side: Mapped[str] = mapped_column()
    code: Mapped[str] = mapped_column(default="")
    sealed: Mapped[str | None] = mapped_column(info=private("client"))
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()


class Referral(Identified, Base):
    """A client asks to be put in touch with a listing's organization, alone or with the caseworker of an agency (``agency_id``).

    ``draft`` is what is meant to be sent, ``packet`` what was; both are sealed with the client's key, and neither is there for longer than it is needed.
    ``service_id`` and ``organization_id`` are no keys of the database: merging records would write the rows that hang on them into the public log.
    ``due_on`` is the day on which somebody has to look at it again. ``asked`` marks questions that were answered, and never how.
    """

    __tablename__ = "referral"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "seq", "state", "ahead"],
            ["referral_event.referral_id", "referral_event.seq", "referral_event.becomes", "referral_event.ahead"], **_LATER,   # type: ignore[arg-type]
        ),
        CheckConstraint("ahead = 0", name="last"),
        CheckConstraint("state = 'draft' or draft is null", name="draft"),
        CheckConstraint("packet is null or state not in ('draft', 'withdrawn')", name="packet"),
        CheckConstraint("state in ('draft', 'withdrawn') or (consent_id is not null and answer_by is not null)", name="agreed"),
        CheckConstraint("(state in ('declined', 'closed', 'withdrawn')) = (ended_at is not null)", name="ended"),
        Index("ix_referral_organization", "organization_id", "state", "sent_at"),
        Index("ix_referral_agency", "agency_id", "due_on"),
        Index("ix_referral_due", "due_on"),
    )  # fmt: skip

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column()
    agency_id: Mapped[UUID | None] = mapped_column()
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), index=True)
    seq: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column()
    ahead: Mapped[int] = mapped_column(default=0)
    draft: Mapped[str | None] = mapped_column(info=private("client"))
    packet: Mapped[str | None] = mapped_column(info=private("client"))
    made_at: Mapped[datetime] = mapped_column()
    made_by: Mapped[str] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    answer_by: Mapped[date | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    reminded: Mapped[int] = mapped_column(default=0)
    asked: Mapped[int] = mapped_column(default=0)


class ReferralLetter(Base):
    """A letter that a referral sent, so that what has not gone out can be taken back."""

    __tablename__ = "referral_letter"

    mail_id: Mapped[UUID] = mapped_column(ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)


class OutcomeSlip(Base):
    """One answer on its way into the counts: sealed, under a random id, with no moment and nobody's name; laid in with others and then gone."""

    __tablename__ = "outcome_slip"
    __table_args__ = ({"sqlite_with_rowid": False},)   # a row number would tell the order in which they came

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[str] = mapped_column(info=private("client"))


class OutcomeCount(Base):
    """How often a question about a listing was answered in a way, by month."""

    __tablename__ = "outcome_count"
    __table_args__ = (CheckConstraint("count > 0", name="counted"),)

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column()


class OutcomeShown(Base):
    """What may be told of a question about a listing: a share in words, and of how many answers (told in full tens), moved on by ten at a time at least."""

    __tablename__ = "outcome_shown"

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    share: Mapped[str] = mapped_column()
    answers: Mapped[int] = mapped_column()
    month: Mapped[str] = mapped_column()
