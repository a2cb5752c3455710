"""What an end means for the other of two: a seeker keeps their place in the line, and who is left by an erased record is told that it came to its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.models import Introduction, PeerNote, PeerProfile
from directory.peers.telling import tell
from directory.sealing import Sealer

SOON: Final = timedelta(hours=1)
SHOWN: Final = timedelta(days=30)


def back_in_line(session: Session, introduction: Introduction) -> None:
    """A seeker has waited since before the suggestion that did not last, whoever ended it: nobody goes to the end of the line for it."""
    row = profile_of(session, introduction, "seeker", introduction.seeker_id)
    since = introduction.suggested_at.date()
    if row is not None and (row.waiting_since is None or row.waiting_since > since):
        row.waiting_since = since
        session.flush()


def part_from(session: Session, client_id: UUID, *, at: datetime) -> None:
    """A record is going to be erased: whoever was in touch with the person is going to read that it has come to its end, without a name."""
    mine = or_(Introduction.seeker_id == client_id, Introduction.supporter_id == client_id)
    found = select(Introduction).where(mine, Introduction.introduced_at.is_not(None), Introduction.ended_at.is_(None)).order_by(Introduction.id)
    for row in session.scalars(found).all():
        back_in_line(session, row)
        other = row.supporter_id if row.seeker_id == client_id else row.seeker_id
        note = session.get(PeerNote, other) or PeerNote(client_id=other, mailed_at=None)
        note.parted_at = at
        session.add(note)
    session.flush()


def was_parted(session: Session, client_ids: set[UUID], *, at: datetime) -> bool:
    """Whether an introduction of somebody has lately ended with the record of the other."""
    lately = select(PeerNote.client_id).where(PeerNote.client_id.in_(client_ids), PeerNote.parted_at > at - SHOWN)
    return session.scalars(lately.limit(1)).first() is not None


def tell_parted(session: Session, *, at: datetime, sealer: Sealer, base_url: str) -> int:
    """The letter that says nothing, for whoever was left within the hour; gives how many were laid."""
    left = select(PeerNote.client_id).where(PeerNote.parted_at > at - SOON, or_(PeerNote.mailed_at.is_(None), PeerNote.mailed_at <= PeerNote.parted_at))
    people = session.scalars(left.order_by(PeerNote.client_id)).all()
    return sum(tell(session, client_id, at=at, sealer=sealer, base_url=base_url) for client_id in people)


def profile_of(session: Session, introduction: Introduction, side: str, client_id: UUID) -> PeerProfile | None:
    """What one of two said in the scheme of their introduction."""
    same = PeerProfile.client_id == client_id, PeerProfile.scheme_id == introduction.scheme_id, PeerProfile.side == side
    return session.scalars(select(PeerProfile).where(*same)).one_or_none()
