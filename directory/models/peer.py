"""Peer support that organizations answer for: schemes, what both sides wish (sealed), who is vouched for, blocks, reports and rounds.

Whoever takes part, on either side, has a record of their own (``client``), so that what they said is sealed with a key that goes when they go. Nothing
here is public, and nothing is in the change log.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private


class PeerScheme(Identified, Base):
    """Peer support that an organization answers for. ``moderator_id`` is whom reports reach by name; an internal scheme is for its own people only.

    ``holds_contacts``: numbers and addresses are held back from messages in the first month; else whoever writes them is asked, and decides.
    """

    __tablename__ = "peer_scheme"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column()
    words: Mapped[str] = mapped_column(default="", info=private("person"))
    moderator_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    is_internal: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)
    holds_contacts: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column()


class PeerProfile(Identified, Base):
    """One person in one scheme, on one side: ``sealed`` is the JSON of what they said, ``version`` goes up with every change.

    ``waiting_since`` counts for a seeker's place in a round; ``rests_until`` are a supporter's rest weeks; ``places`` how many people at once.
    ``held_at``: a moderator paused or ended it, and only a moderator opens it again.
    """

    __tablename__ = "peer_profile"
    __table_args__ = (
        CheckConstraint("side in ('seeker', 'supporter')", name="side"),
        CheckConstraint("state in ('open', 'paused', 'ended')", name="state"),
        CheckConstraint("places between 0 and 50", name="places"),
        UniqueConstraint("client_id", "scheme_id", "side", name="uq_peer_profile_once"),
        Index("ix_peer_profile_scheme", "scheme_id", "side", "state"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="RESTRICT"))
    side: Mapped[str] = mapped_column()
    state: Mapped[str] = mapped_column(default="open")
    sealed: Mapped[str] = mapped_column(info=private("client"))
    version: Mapped[int] = mapped_column(default=1)
    places: Mapped[int] = mapped_column(default=1)
    rests_until: Mapped[date | None] = mapped_column()
    waiting_since: Mapped[date | None] = mapped_column()
    held_at: Mapped[datetime | None] = mapped_column()
    made_at: Mapped[datetime] = mapped_column()
    saved_at: Mapped[datetime] = mapped_column()


class PeerVouching(Identified, Base):
    """An organization stands for something about a person in its scheme, until a day: training, checks, a guardian's consent."""

    __tablename__ = "peer_vouching"
    __table_args__ = (
        CheckConstraint("kind in ('training', 'checks', 'supervision', 'checks_for_minors', 'guardian')", name="kind"),
        Index("ix_peer_vouching_client", "client_id", "scheme_id", "kind"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column()
    sealed: Mapped[str | None] = mapped_column(info=private("client"))
    ends_on: Mapped[date] = mapped_column()
    by: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()


class PeerBlock(Base):
    """Two who must never meet: mutual and for ever, whoever asked for it, and nobody is told."""

    __tablename__ = "peer_block"
    __table_args__ = (CheckConstraint("client_id <> other_id", name="two"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column()


class PeerNamed(Identified, Base):
    """Somebody wrote whom they must never meet, and another may be the one who is meant: kept apart unless a coordinator says that it is another person.

    ``is_hidden``: the other is not shown the card of whoever wrote it (they could not see it before either); whoever wrote it is shown what they were
    shown, so that no name can be tried out.
    """

    __tablename__ = "peer_named"
    __table_args__ = (
        CheckConstraint("kind in ('same', 'near', 'account', 'contact')", name="kind"),
        CheckConstraint("said in ('', 'apart', 'another')", name="said"),
        CheckConstraint("(said = '') = (said_at is null)", name="decided"),
        CheckConstraint("client_id <> other_id", name="two"),
        UniqueConstraint("scheme_id", "client_id", "other_id", name="uq_peer_named_once"),
    )

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="CASCADE"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column()
    is_hidden: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column()
    said: Mapped[str] = mapped_column(default="", info=private("client"))
    said_at: Mapped[datetime | None] = mapped_column()
    said_by: Mapped[str] = mapped_column(default="", info=private("client"))


class PeerReport(Identified, Base):
    """Something that should not have happened: told to the moderator by name, and answered. Words are sealed with the key of the house.

    ``passages`` are messages that the reporter chose to show, as sealed JSON; ``told_at`` when somebody was last written to about it.
    """

    __tablename__ = "peer_report"
    __table_args__ = (CheckConstraint("(answered_at is null) = (answer is null)", name="answered"),)

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="RESTRICT"), index=True)
    introduction_id: Mapped[UUID | None] = mapped_column(ForeignKey("introduction.id", ondelete="SET NULL"))
    reporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"), index=True)
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(info=private("client"))
    passages: Mapped[str | None] = mapped_column(info=private("client"))
    made_at: Mapped[datetime] = mapped_column()
    told_at: Mapped[datetime | None] = mapped_column()
    moderator_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answer: Mapped[str | None] = mapped_column(info=private("client"))
    answered_at: Mapped[datetime | None] = mapped_column()
    answered_by: Mapped[str] = mapped_column(default="")


class PeerAct(Identified, Base):
    """What a moderator did about a report, and who opened it: written in the transaction of the doing, and gone with the report."""

    __tablename__ = "peer_act"
    __table_args__ = (CheckConstraint("kind in ('opened', 'answered', 'paused', 'opened_again', 'ended', 'removed')", name="kind"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("peer_report.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column()
    by: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()


class PeerRound(Identified, Base):
    """A batch round of a scheme: ``sealed`` (key of the house) is the proposal, with what was fixed and forbidden. Nothing is sent before it is confirmed."""

    __tablename__ = "peer_round"

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("peer_scheme.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[str] = mapped_column(info=private("client"))
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column()
    made_by: Mapped[str] = mapped_column()
    confirmed_at: Mapped[datetime | None] = mapped_column()
    confirmed_by: Mapped[str] = mapped_column(default="")
    dropped_at: Mapped[datetime | None] = mapped_column()
