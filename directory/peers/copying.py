"""What a person's copy of everything holds of their part in peer support: what they said, what is vouched for about them, and what they answered.

Nothing of anybody else is in it: no name that passed, no card, and not what the other said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.models import Introduction, PeerProfile, PeerScheme
from directory.peers.kept import open_kept
from directory.peers.values import Said
from directory.peers.vouching import list_vouched
from directory.sealing import Sealer


class Part(Struct, frozen=True, kw_only=True):
    """One person's part in one scheme, on one side. ``said`` is what they wrote."""

    scheme: str
    side: str
    state: str
    made_at: datetime
    places: int
    rests_until: str
    said: Said
    vouched: tuple[tuple[str, str, str], ...]
    answers: tuple[tuple[str, str], ...]


def parts_of(session: Session, client_id: UUID, *, sealer: Sealer) -> tuple[Part, ...]:
    """Everything that somebody said in schemes, also what they ended and have not erased."""
    found = select(PeerProfile, PeerScheme.name).join(PeerScheme, PeerScheme.id == PeerProfile.scheme_id).where(PeerProfile.client_id == client_id)
    return tuple(_part(session, row, name, sealer) for row, name in session.execute(found.order_by(PeerProfile.made_at, PeerProfile.id)).all())


def to_plain(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    """The same for programs."""
    plain: list[dict[str, Any]] = msgspec.to_builtins(list(parts))
    return plain


def _part(session: Session, row: PeerProfile, name: str, sealer: Sealer) -> Part:
    vouched = list_vouched(session, row.scheme_id, row.client_id, sealer=sealer)
    return Part(
        scheme=name, side=row.side, state=row.state, made_at=row.made_at, places=row.places, rests_until=row.rests_until.isoformat() if row.rests_until else "",
        said=open_kept(session, row, sealer=sealer).said, answers=_answers(session, row),
        vouched=tuple((line.kind, line.ends_on.isoformat(), line.words) for line in vouched),
    )  # fmt: skip


def _answers(session: Session, row: PeerProfile) -> tuple[tuple[str, str], ...]:
    """What they answered to cards, with the moment: of whom is the other's."""
    mine = or_(Introduction.seeker_id == row.client_id, Introduction.supporter_id == row.client_id)
    rows = session.scalars(select(Introduction).where(Introduction.scheme_id == row.scheme_id, mine).order_by(Introduction.suggested_at, Introduction.id))
    is_seeker = row.side == "seeker"
    own = [(one.seeker_said_at, one.seeker_said) if is_seeker else (one.supporter_said_at, one.supporter_said) for one in rows
           if (one.seeker_id if is_seeker else one.supporter_id) == row.client_id]  # fmt: skip
    return tuple((at.isoformat() if at else "", said) for at, said in own if at is not None or said == "no")
