"""Letters about referrals: they say that there is a message and where, and nothing of anybody. What has not gone out can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.links import GONE, look_at, make_link
from directory.errors import NotFound
from directory.models import Mail, Referral, ReferralLetter
from directory.outbox import Letter, post_where_safe
from directory.referrals.receivers import Receiver, receiver_of
from directory.sealing import Sealer

PURPOSE: Final = "referral"
SUBJECT: Final = "You have a message"


def write_to(session: Session, referral: Referral, receiver: Receiver, *, again: bool, at: datetime, sealer: Sealer, base_url: str) -> int:
    """Lay a letter for each address of the receiver that may be written to in the outbox; gives how many. At their desk it waits in any case."""
    by, laid = referral.answer_by or at.date(), 0
    for address in receiver.addresses:
        desk = f"{base_url}/desk/organizations/{receiver.organization_id}/referrals"
        link = desk if receiver.has_desk else f"{base_url}/referral/{_link(session, referral, address, by, at=at, sealer=sealer)}"
        if mail := post_where_safe(session, _letter(address, link, by, again=again), at=at, sealer=sealer):
            session.add(ReferralLetter(mail_id=mail, referral_id=referral.id))
            laid += 1
    session.flush()
    return laid


def take_back(session: Session, referral_id: UUID) -> int:
    """Delete what has not gone out; gives how many letters."""
    waiting = select(Mail.id).join(ReferralLetter, ReferralLetter.mail_id == Mail.id).where(ReferralLetter.referral_id == referral_id, Mail.sent_at.is_(None))
    ids = list(session.scalars(waiting))
    session.execute(delete(ReferralLetter).where(ReferralLetter.mail_id.in_(ids)))
    session.execute(delete(Mail).where(Mail.id.in_(ids)))
    return len(ids)


def referral_of(session: Session, token: str, *, at: datetime, sealer: Sealer) -> tuple[Referral, Receiver]:
    """The referral that a link is for; looking uses nothing up. ``NotFound`` when the organization has other people to ask since."""
    subject = look_at(session, token, PURPOSE, at=at, sealer=sealer).subject
    referral = session.get(Referral, UUID(str(subject["referral"])))
    if referral is None:
        raise NotFound(GONE)
    receiver = receiver_of(session, referral.service_id, sealer=sealer)
    if receiver.has_desk or subject["to"] not in receiver.addresses:
        raise NotFound(GONE)
    return referral, receiver


def _link(session: Session, referral: Referral, address: str, by: date, *, at: datetime, sealer: Sealer) -> str:
    last = datetime.combine(by + timedelta(days=1), time(12), UTC)   # the day is over everywhere
    return make_link(session, PURPOSE, at=at, sealer=sealer, expires_at=last, referral=str(referral.id), to=address)


def _letter(to: str, link: str, by: date, *, again: bool) -> Letter:
    lines = [
        "Hello,", "", "you have a message in Homeground that waits for your answer." if not again else "a message in Homeground still waits for your answer.",
        f"Please look at it by {by.day} {by:%B %Y}:", "", f"  {link}", "",
        "This mail says nothing of what is in it, on purpose. Please do not pass it on.",
    ]   # fmt: skip
    return Letter(to=to, subject=SUBJECT, text="\n".join(lines))
