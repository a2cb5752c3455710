"""One step of a referral: written only by whoever saw where it stood, so that of two who act at once one is told what the other did."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.clients.keys import Locker
from directory.errors import NotPermitted, Stale
from directory.models import Referral, ReferralEvent
from directory.referrals.states import ENDED, may_become

MOVED_ON: Final = "Somebody else was there first. Look at what happened meanwhile: nothing of yours was written."


class Said(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What belongs to a step and is sealed: words to each other, a first meeting ("Tuesday at 10, ask for Sam"), and how a consent was given."""

    words: str = ""
    meeting: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """A step as people read it."""

    seq: int
    was: str
    becomes: str
    side: str
    code: str
    said: Said
    at: datetime
    by: str


def begin(session: Session, locker: Locker, *, by: str, side: str, at: datetime, **values: Any) -> Referral:
    """The first step: a draft. ``values`` are columns of the referral."""
    referral_id = uuid4()
    draft = values.pop("draft")
    session.add(ReferralEvent(referral_id=referral_id, seq=1, client_id=locker.client_id, becomes="draft", ahead=0, side=side, at=at, by=by, code=""))
    referral = Referral(
        id=referral_id, client_id=locker.client_id, seq=1, state="draft", ahead=0, made_at=at, made_by=by, reminded=0, asked=0,
        draft=locker.seal(draft, "referral", "draft", referral_id), **values,
    )  # fmt: skip
    session.add(referral)
    session.flush()
    return referral


def move(
    session: Session, referral: Referral, becomes: str, *, seen: int, side: str, by: str, at: datetime, code: str = "", said: Said | None = None,
    locker: Locker | None = None, **values: Any,
) -> None:  # fmt: skip
    """Write the next step, if ``seen`` is still the last one: else ``Stale``. ``NotPermitted`` for a step that this side may not make.

    The event comes first: whoever else wrote it holds us up there, on both engines, and is then seen. ``values`` are further columns of the referral.
    """
    if referral.seq != seen:
        raise Stale(MOVED_ON)
    if not may_become(referral.state, becomes, side):
        raise NotPermitted("That cannot be done with it as it stands.")
    sealed = locker.seal(msgspec.json.encode(said).decode(), "referral_event", "sealed", f"{referral.id}.{seen + 1}") if said and locker else None
    row = ReferralEvent(
        referral_id=referral.id, seq=seen + 1, client_id=referral.client_id, before=seen, was=referral.state, becomes=becomes, ahead=0, side=side, code=code,
        sealed=sealed, at=at, by=by,
    )  # fmt: skip
    _add(session, row)
    before = update(ReferralEvent).where(ReferralEvent.referral_id == referral.id, ReferralEvent.seq == seen).values(ahead=seen + 1)
    session.execute(before.execution_options(synchronize_session=False))
    ended = {"ended_at": at} if becomes in ENDED and referral.ended_at is None else {}
    for name, value in {**ended, **values, "seq": seen + 1, "state": becomes}.items():
        setattr(referral, name, value)
    session.flush()


def _add(session: Session, row: ReferralEvent) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:   # somebody wrote this step first, perhaps at this moment
        raise Stale(MOVED_ON) from error


def steps_of(session: Session, referral_id: UUID, locker: Locker | None = None, *, after: int = 0) -> list[Step]:
    """The steps of a referral, the first first; what was said with them only for who may open it (``locker``)."""
    found = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id, ReferralEvent.seq > after).order_by(ReferralEvent.seq)
    return [
        Step(seq=row.seq, was=row.was or "", becomes=row.becomes, side=row.side, code=row.code, said=_said(row, locker), at=row.at, by=row.by)
        for row in session.scalars(found)
    ]


def steps_told(session: Session, referral_id: UUID, locker: Locker | None = None) -> list[Step]:
    """The steps as its organization reads them: none of the drafts, and of all that was said its own answer alone, while it may open it (``locker``)."""
    steps = [step for step in steps_of(session, referral_id, locker) if step.becomes != "draft"]
    return [step if step.side == "organization" else replace(step, said=Said()) for step in steps]


def _said(row: ReferralEvent, locker: Locker | None) -> Said:
    if row.sealed is None or locker is None:
        return Said()
    return msgspec.json.decode(locker.open(row.sealed, "referral_event", "sealed", f"{row.referral_id}.{row.seq}"), type=Said)
