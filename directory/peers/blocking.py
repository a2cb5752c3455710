"""Two who must never meet: mutual, at once, for ever, and silent. For the other it looks like any end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from directory.models import Client, Introduction, PeerBlock
from directory.peers.ending import close
from directory.peers.talking.between import Between
from directory.sealing import Sealer


def block(session: Session, between: Between, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Never be suggested, introduced or written to by the other again, nor they by you. Everything between the two ends as any other end."""
    mine, theirs = people_of(session, between.me), people_of(session, between.other)
    for one, other in [(one, other) for one in mine for other in theirs]:
        for pair in ((one, other), (other, one)):   # both ways, so that no row tells who asked, and no question can be asked the wrong way round
            if session.get(PeerBlock, pair) is None:
                session.add(PeerBlock(client_id=pair[0], other_id=pair[1], at=at))
    session.flush()
    found = select(Introduction).where(Introduction.ended_at.is_(None), _between(mine, theirs)).order_by(Introduction.suggested_at, Introduction.id)
    for row in session.scalars(found.with_for_update()).all():
        close(session, row, by="seeker" if row.seeker_id in mine else "supporter", at=at, sealer=sealer, base_url=base_url)


def are_blocked(session: Session, one: UUID, other: UUID) -> bool:
    """Whether two must never meet: any record of the one person and any of the other."""
    return bool(session.scalar(select(exists().where(PeerBlock.client_id.in_(people_of(session, one)), PeerBlock.other_id.in_(people_of(session, other))))))


def blocked_from(session: Session, client_id: UUID) -> frozenset[UUID]:
    """Every record of everybody whom a person must never meet."""
    rows = session.scalars(select(PeerBlock.other_id).where(PeerBlock.client_id.in_(people_of(session, client_id))))
    return frozenset(record for row in rows.all() for record in people_of(session, row))


def people_of(session: Session, client_id: UUID) -> list[UUID]:
    """Every record of the person whose record this is: an agency may have begun one, too."""
    account = select(Client.account_id).where(Client.id == client_id, Client.account_id.is_not(None)).scalar_subquery()
    return list(session.scalars(select(Client.id).where(or_(Client.id == client_id, Client.account_id == account)).order_by(Client.id)))


def _between(mine: Iterable[UUID], theirs: Iterable[UUID]) -> ColumnElement[bool]:
    ways = ((Introduction.seeker_id, Introduction.supporter_id), (Introduction.supporter_id, Introduction.seeker_id))
    return or_(*(and_(one.in_(list(mine)), other.in_(list(theirs))) for one, other in ways))
