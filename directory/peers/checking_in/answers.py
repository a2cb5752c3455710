"""What people answered, for the coordinator of their scheme: those who ask to be written to first, and each look noted in the person's own log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.keys import locker_of
from directory.clients.watching import note_view
from directory.models import Client, Introduction, Organization, PeerCheckIn, PeerScheme
from directory.peers.checking_in.asking import GOING, Answer, open_answer
from directory.peers.talking.between import side_of
from directory.peers.talking.names import name_in
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.sealing import Sealer

MOST = 200


class Answered(Struct, frozen=True, kw_only=True):
    """One answer: whose, on which side of which scheme, after how many hours, and what it says."""

    name: str
    side: str
    scheme: str
    hours: int
    at: datetime
    going: str
    answer: Answer


def list_answers(session: Session, organization_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> list[Answered]:
    """The newest answers of an organization's schemes; none of an introduction that the reader is part of. What is shown is noted in this transaction."""
    fetch(session, Organization, organization_id, actor, Act.COORDINATE, at=at)
    found = (
        select(PeerCheckIn, Introduction, PeerScheme.name).join(Introduction, Introduction.id == PeerCheckIn.introduction_id)
        .join(PeerScheme, PeerScheme.id == Introduction.scheme_id)
        .where(PeerScheme.organization_id == organization_id, PeerCheckIn.answered_at.is_not(None))
        .order_by(PeerCheckIn.answered_at.desc(), PeerCheckIn.client_id, PeerCheckIn.hours).limit(MOST)
    )  # fmt: skip
    mine = set(session.scalars(select(Client.id).where(Client.account_id == actor.account_id)))
    rows = [(row, of, scheme) for row, of, scheme in session.execute(found).all() if not mine & {of.seeker_id, of.supporter_id}]
    for client_id in sorted({row.client_id for row, _, _ in rows}):
        _note(session, client_id, organization_id, actor, at=at, sealer=sealer)
    answers = [one for row, of, scheme in rows if (one := _read(session, row, of, scheme, sealer=sealer))]
    return sorted(answers, key=lambda one: (not one.answer.wants_call, one.answer.going != "not"))


def _note(session: Session, client_id: UUID, organization_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> None:
    assert actor.account_id is not None  # noqa: S101  (nobody else is a coordinator)
    locker = locker_of(session, client_id, sealer=sealer)
    note_view(session, locker, account_id=actor.account_id, organization_id=organization_id, role="coordinator", parts=(), purpose="check_in", at=at)


def _read(session: Session, row: PeerCheckIn, of: Introduction, scheme: str, *, sealer: Sealer) -> Answered | None:
    answer, side = open_answer(session, row, sealer=sealer), side_of(of, row.client_id).side
    if answer is None or row.answered_at is None:
        return None
    name = name_in(session, of.scheme_id, row.client_id, side, sealer=sealer)
    return Answered(name=name, side=side, scheme=scheme, hours=row.hours, at=row.answered_at, going=GOING[answer.going], answer=answer)
