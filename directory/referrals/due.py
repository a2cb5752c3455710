"""What becomes due by itself: a neutral reminder, "no answer by the date", a consent that ended, a draft that nobody sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from directory.errors import NotFound, Stale
from directory.models import Consent, Referral, ReferralEvent
from directory.referrals.letters import write_to
from directory.referrals.moving import move
from directory.referrals.receivers import receiver_of
from directory.referrals.states import OPEN
from directory.referrals.withdrawing import withdraw_referral
from directory.sealing import Sealer
from directory.storage import Storage

BY: Final = "house"
DRAFTS: Final = timedelta(days=30)
MOST: Final = 500
REMINDERS: Final = 2
"""One when half of the time is over, one on the day before the last."""


class Round(Struct, frozen=True, kw_only=True):
    """What one run did."""

    reminded: int
    unanswered: int
    ended: int
    forgotten: int


def follow_due(storage: Storage, *, at: datetime, sealer: Sealer, base_url: str) -> Round:
    """Do what is due, a transaction each, so that it may be stopped and run again; who answers at the same moment comes first."""

    def remind(session: Session, referral: Referral) -> bool:
        return _remind(session, referral, at=at, sealer=sealer, base_url=base_url)

    def unanswered(session: Session, referral: Referral) -> bool:
        move(session, referral, "no_answer", seen=referral.seq, side="house", by=BY, at=at, due_on=at.date())
        return True

    def end(session: Session, referral: Referral) -> bool:
        withdraw_referral(session, referral, seen=referral.seq, side="house", by=BY, at=at, code="consent_ended")
        return True

    today = at.date()
    return Round(
        ended=_each(storage, at, [Referral.state.in_(OPEN), _has_ended(at)], end),
        unanswered=_each(storage, at, [Referral.state == "sent", Referral.answer_by < today], unanswered),
        reminded=_each(storage, at, [Referral.state == "sent", Referral.answer_by >= today, Referral.reminded < REMINDERS], remind),
        forgotten=_each(storage, at, [Referral.state == "draft", Referral.made_at < at - DRAFTS], _forget),
    )


def _each(storage: Storage, at: datetime, which: list[ColumnElement[bool]], act: Callable[[Session, Referral], bool]) -> int:
    with storage.reading() as session:
        ids = list(session.scalars(select(Referral.id).where(*which).order_by(Referral.made_at, Referral.id).limit(MOST)))
    return sum(_one(storage, key, which, act) for key in ids)


def _one(storage: Storage, key: UUID, which: list[ColumnElement[bool]], act: Callable[[Session, Referral], bool]) -> bool:
    """Do it with one of them, if it is still so."""
    try:
        with storage.writing(counting=True) as session:
            referral = session.scalars(select(Referral).where(Referral.id == key, *which).with_for_update()).one_or_none()
            return referral is not None and act(session, referral)
    except Stale:   # somebody moved it on: next time
        return False


def _has_ended(at: datetime) -> ColumnElement[bool]:
    over = select(Consent.id).where(or_(Consent.ends_at <= at, Consent.withdrawn_at <= at))
    return Referral.consent_id.in_(over)


def _remind(session: Session, referral: Referral, *, at: datetime, sealer: Sealer, base_url: str) -> bool:
    if referral.sent_at is None or referral.answer_by is None or not _is_time(referral.sent_at, referral, at):
        return False
    referral.reminded += 1
    try:
        receiver = receiver_of(session, referral.service_id, sealer=sealer)
    except NotFound:   # the listing was taken out: the date comes all the same
        return False
    return write_to(session, referral, receiver, again=True, at=at, sealer=sealer, base_url=base_url) > 0


def _is_time(sent_at: datetime, referral: Referral, at: datetime) -> bool:
    assert referral.answer_by is not None  # noqa: S101  (asked by the caller)
    days = (referral.answer_by - sent_at.date()).days
    passed = (at.date() - sent_at.date()).days
    return passed >= (days + 1) // 2 if referral.reminded == 0 else passed >= max(days - 1, 1)


def _forget(session: Session, referral: Referral) -> bool:
    session.delete(referral)
    session.flush()
    session.execute(delete(ReferralEvent).where(ReferralEvent.referral_id == referral.id))
    return True
