"""A coordinator says whether somebody is the one whom another must never meet. Looking is noted for both, and neither is told of the question or the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import Invalid, NotFound
from directory.models import PeerNamed, PeerProfile
from directory.peers.coordinating import note_listed
from directory.peers.kept import Kept, agreed_select, open_kept
from directory.peers.schemes import NONE, Scheme
from directory.sealing import Sealer

SAYS: Final = ("apart", "another")


class Maybe(Struct, frozen=True, kw_only=True):
    """Two of whom one may have named the other. ``profiles`` are where their coordinator reads on, of whoever wrote it first."""

    id: UUID
    wrote: str
    lines: tuple[str, ...]
    card: str
    called: str
    kind: str
    is_hidden: bool
    said: str
    profiles: tuple[UUID, UUID]


def list_maybe(session: Session, scheme: Scheme, actor: Actor, *, at: datetime, sealer: Sealer) -> list[Maybe]:
    """What waits to be decided first, then what was; of people who still agree that a coordinator reads it. Noted in each one's log, once a day."""
    rows = session.scalars(select(PeerNamed).where(PeerNamed.scheme_id == scheme.id).order_by(PeerNamed.said, PeerNamed.at, PeerNamed.id)).all()
    found = [(row, _kept(session, row, row.client_id, at, sealer), _kept(session, row, row.other_id, at, sealer)) for row in rows]
    shown = [_maybe(row, one, other) for row, one, other in found if one and other]
    for client_id in sorted({kept.client_id for _, one, other in found for kept in (one, other) if one and other and kept}):
        note_listed(session, scheme, client_id, actor, at=at, sealer=sealer)
    return shown


def count_maybe(session: Session, scheme_id: UUID) -> int:
    """How many wait to be decided."""
    return len(session.scalars(select(PeerNamed.id).where(PeerNamed.scheme_id == scheme_id, PeerNamed.said == "")).all())


def decide(session: Session, scheme: Scheme, named_id: UUID, said: str, *, by: str, at: datetime) -> None:
    """``apart`` keeps the two apart, ``another`` says that it is another person; it can be said otherwise later. ``NotFound`` in another scheme."""
    row = session.get(PeerNamed, named_id)
    if row is None or row.scheme_id != scheme.id:
        raise NotFound(NONE)
    if said not in SAYS:
        raise Invalid(do="Choose one of the buttons.")
    row.said, row.said_at, row.said_by = said, at, by
    session.flush()


def _kept(session: Session, row: PeerNamed, client_id: UUID, at: datetime, sealer: Sealer) -> Kept | None:
    found = agreed_select(at).where(PeerProfile.scheme_id == row.scheme_id, PeerProfile.client_id == client_id).order_by(PeerProfile.side)
    rows = [open_kept(session, one, sealer=sealer) for one in session.scalars(found)]
    return next((one for one in rows if one.said.not_people.strip()), rows[0]) if rows else None


def _maybe(row: PeerNamed, one: Kept, other: Kept) -> Maybe:
    return Maybe(
        id=row.id, wrote=one.said.pseudonym, lines=tuple(line.strip() for line in one.said.not_people.splitlines() if line.strip()),
        card=other.said.pseudonym, called=other.said.called, kind=row.kind, is_hidden=row.is_hidden, said=row.said, profiles=(one.row.id, other.row.id),
    )  # fmt: skip
