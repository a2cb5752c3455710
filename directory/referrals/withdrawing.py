"""Taking back: in one step, without a reason, at once. The packet is deleted, and no letter that waits goes out.

``directory.clients.consents.withdraw`` comes here itself, so that a consent cannot be taken back and what rests on it stay.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.models import Consent, Referral
from directory.referrals.letters import take_back
from directory.referrals.moving import move
from directory.referrals.states import ENDED


def withdraw_referral(session: Session, referral: Referral, *, seen: int, side: str, by: str, at: datetime, code: str = "") -> None:
    """Take a referral back, with the consent that it rested on; ``Stale`` when it moved on meanwhile, ``NotPermitted`` when it has ended."""
    move(session, referral, "withdrawn", seen=seen, side=side, by=by, at=at, code=code, packet=None, draft=None, due_on=None)
    take_back(session, referral.id)
    live = Consent.id == referral.consent_id, Consent.withdrawn_at.is_(None)
    session.execute(update(Consent).where(*live).values(withdrawn_at=at).execution_options(synchronize_session="fetch"))


def end_resting(session: Session, consent_id: UUID, *, by: str, at: datetime) -> None:
    """Withdraw every referral that rests on a consent; of those that have ended, delete the packet.

    On PostgreSQL it takes ``storage.writing(counting=True)``: then an answer that comes at this moment is waited for, and withdrawn all the same.
    """
    resting = select(Referral).where(Referral.consent_id == consent_id).order_by(Referral.id).with_for_update()
    for referral in session.scalars(resting.execution_options(populate_existing=True)).all():
        if referral.state in ENDED:
            referral.packet = None
            take_back(session, referral.id)
        else:
            withdraw_referral(session, referral, seen=referral.seq, side="client", by=by, at=at, code="consent")
    session.flush()
