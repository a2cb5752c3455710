"""What peer support needs when two records of one person become one: the record that takes part stays, and whom one must never meet stays whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from directory.clients.keys import Locker
from directory.models import Introduction, PeerBlock, PeerNamed, PeerNote, PeerProfile, PeerReport, PeerVouching
from directory.peers.named.noting import find_named

BOTH_TAKE_PART: Final = "Both of your records take part in peer support. Leave it in one of them first; then they can become one."


def takes_part(session: Session, client_id: UUID) -> bool:
    """Whether a record has something in peer support that has not ended: what somebody offers or wishes, who vouches for them, an introduction."""
    sides = or_(Introduction.seeker_id == client_id, Introduction.supporter_id == client_id)
    found: Any = (
        select(PeerProfile.id).where(PeerProfile.client_id == client_id, PeerProfile.state != "ended"),
        select(PeerVouching.id).where(PeerVouching.client_id == client_id, PeerVouching.withdrawn_at.is_(None)),
        select(Introduction.id).where(sides, Introduction.ended_at.is_(None)),
    )
    return any(session.scalars(one.limit(1)).first() is not None for one in found)


def move_bounds(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    """Blocks and reports go over to the record that stays, whoever asked for them; what had ended beside them goes with the other record."""
    blocks = session.execute(
        select(PeerBlock.client_id, PeerBlock.other_id, PeerBlock.at).where(or_(PeerBlock.client_id == old.client_id, PeerBlock.other_id == old.client_id))
    ).all()
    session.execute(delete(PeerBlock).where(or_(PeerBlock.client_id == old.client_id, PeerBlock.other_id == old.client_id)))
    for row in blocks:
        pair = tuple(new.client_id if key == old.client_id else key for key in (row.client_id, row.other_id))
        if pair[0] != pair[1] and session.get(PeerBlock, pair) is None:
            session.add(PeerBlock(client_id=pair[0], other_id=pair[1], at=row.at))
    for row_of in (PeerNamed.client_id, PeerNamed.other_id):
        _move_named(session, row_of.key, old.client_id, new.client_id)
    for column in (PeerReport.reporter_id, PeerReport.about_id):
        session.execute(update(PeerReport).where(column == old.client_id).values({column: new.client_id}))
    for kind in (PeerProfile, PeerVouching, PeerNote):
        session.execute(delete(kind).where(kind.client_id == old.client_id))
    session.execute(delete(Introduction).where(or_(Introduction.seeker_id == old.client_id, Introduction.supporter_id == old.client_id)))
    session.flush()


def _move_named(session: Session, column: str, old: UUID, new: UUID) -> None:
    """What somebody wrote, or may be meant by, goes over to the record that stays, unless the same is noted there."""
    for row in session.scalars(select(PeerNamed).where(getattr(PeerNamed, column) == old).order_by(PeerNamed.id)).all():
        pair = {"client_id": row.client_id, "other_id": row.other_id, column: new}
        if pair["client_id"] == pair["other_id"] or find_named(session, row.scheme_id, pair["client_id"], pair["other_id"]) is not None:
            session.delete(row)
        else:
            setattr(row, column, new)
        session.flush()
