"""Rounds as they are kept: found while they wait, read, and written by whoever saw the last state; of those that were confirmed only counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.errors import NotFound, Stale
from directory.models import PeerRound
from directory.peers.rounds.values import Proposal, Told, proposal_of, to_text, told_of
from directory.peers.schemes import NONE, Scheme
from directory.sealing import Sealer

MOVED_ON: Final = "This round was changed meanwhile. Look at it again."


def get_open(session: Session, scheme: Scheme, round_id: UUID) -> PeerRound:
    """A round of this scheme that waits to be confirmed; ``NotFound`` for any other."""
    row = session.get(PeerRound, round_id, populate_existing=True)
    if row is None or row.scheme_id != scheme.id or row.confirmed_at is not None or row.dropped_at is not None:
        raise NotFound(NONE)
    return row


def find_open(session: Session, scheme_id: UUID) -> PeerRound | None:
    """The round that waits, if one does."""
    live = PeerRound.confirmed_at.is_(None), PeerRound.dropped_at.is_(None)
    return session.scalars(select(PeerRound).where(PeerRound.scheme_id == scheme_id, *live).order_by(PeerRound.made_at.desc()).limit(1)).one_or_none()


def list_confirmed(session: Session, scheme_id: UUID, *, sealer: Sealer, most: int = 12) -> list[tuple[datetime, Told]]:
    """Rounds that were confirmed, the newest first, in counts."""
    found = select(PeerRound).where(PeerRound.scheme_id == scheme_id, PeerRound.confirmed_at.is_not(None))
    rows = session.scalars(found.order_by(PeerRound.confirmed_at.desc(), PeerRound.id).limit(most))
    return [(row.confirmed_at, told_of(sealer.open(row.sealed, bound_to=_bound(row.id)))) for row in rows if row.confirmed_at]


def read(row: PeerRound, *, sealer: Sealer) -> Proposal:
    """What an open round holds."""
    return proposal_of(sealer.open(row.sealed, bound_to=_bound(row.id)))


def write(session: Session, row: PeerRound, proposal: Proposal | Told, *, version: int, sealer: Sealer) -> None:
    """Keep what a round holds now; ``Stale`` when somebody else changed it meanwhile, or it waits no more."""
    same = update(PeerRound).where(PeerRound.id == row.id, PeerRound.version == version, PeerRound.confirmed_at.is_(None), PeerRound.dropped_at.is_(None))
    values = {"sealed": seal(row.id, proposal, sealer), "version": version + 1}
    if session.execute(same.values(values).returning(PeerRound.id).execution_options(synchronize_session=False)).first() is None:
        raise Stale(MOVED_ON)
    session.refresh(row)


def seal(key: UUID, proposal: Proposal | Told, sealer: Sealer) -> str:
    """What a round holds, sealed for its row."""
    return sealer.seal(to_text(proposal), bound_to=_bound(key))


def _bound(key: UUID) -> str:
    return f"peer_round|sealed|{key}"
