"""Two who both said yes, as their coordinator sees them: what each said, and what stands against introducing them as things are now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import NotFound
from directory.models import Introduction, PeerProfile
from directory.peers.answering import is_both
from directory.peers.kept import Kept
from directory.peers.named.noting import note_pair
from directory.peers.pool import pool_of
from directory.peers.profiles import look_at
from directory.peers.schemes import NONE, Scheme
from directory.sealing import Sealer
from matching.pairing import vetoes
from matching.pairing.values import Peer

WHY: Final = {
    "vouching": "The supporter is not vouched for any more: renew training, checks and supervision first.",
    "minor": "One of them is under 18: that takes a guardian’s consent and checks on record, both until a day that has not come.",
    "away": "One of them pauses, rests, or agrees to it no more.",
    "apart": "They must not meet.",
    "named": "One of them may have named the other among those whom they must never meet: say first whether it is another person.",
    "changed": "What one of them says has changed since: it does not suit the other any more.",
}  # fmt: skip
_REASONS: Final = {"vouching": "vouching", "minor": "minor", "blocked": "apart", "self": "apart"}


class Agreed(Struct, frozen=True, kw_only=True):
    """Two who both said yes, as their coordinator sees them: what each said, and why they cannot be introduced as things stand, if so."""

    introduction: Introduction
    seeker: Kept
    supporter: Kept
    against: tuple[str, ...]

    @property
    def has_minor(self) -> bool:
        """Whether one of them is under 18, or has not said."""
        return any(kept.said.is_minor is not False for kept in (self.seeker, self.supporter))


def list_agreed(session: Session, scheme_id: UUID) -> list[Introduction]:
    """Those who both said yes and wait to be introduced, the longest first."""
    both = Introduction.seeker_said == "yes", Introduction.supporter_said == "yes", Introduction.ended_at.is_(None), Introduction.introduced_at.is_(None)
    return list(session.scalars(select(Introduction).where(Introduction.scheme_id == scheme_id, *both).order_by(Introduction.suggested_at, Introduction.id)))


def look_at_agreed(session: Session, scheme: Scheme, introduction_id: UUID, actor: Actor, *, on: date, at: datetime, sealer: Sealer) -> Agreed:
    """Two who both said yes, for their coordinator, whose looking is noted for both. ``NotFound`` where only one did: a coordinator sees no one-sided yes."""
    row = session.get(Introduction, introduction_id)
    if row is None or row.scheme_id != scheme.id or not is_both(row):
        raise NotFound(NONE)
    seeker, supporter = (
        look_at(session, scheme, _profile(session, row, side).id, actor, at=at, sealer=sealer) for side in ("seeker", "supporter")
    )
    for mine, theirs in ((seeker, supporter), (supporter, seeker)):   # somebody may be called otherwise since
        note_pair(session, mine, theirs, is_hidden=False, at=at, sealer=sealer)
    return Agreed(introduction=row, seeker=seeker, supporter=supporter, against=_against(session, scheme, row, seeker, supporter, on=on, at=at, sealer=sealer))


def _profile(session: Session, row: Introduction, side: str) -> PeerProfile:
    client_id = row.seeker_id if side == "seeker" else row.supporter_id
    same = PeerProfile.scheme_id == row.scheme_id, PeerProfile.client_id == client_id, PeerProfile.side == side
    found = session.scalars(select(PeerProfile).where(*same)).one_or_none()
    if found is None:
        raise NotFound(NONE)
    return found


def _against(session: Session, scheme: Scheme, row: Introduction, seeker: Kept, supporter: Kept, *, on: date, at: datetime, sealer: Sealer) -> tuple[str, ...]:
    """What stands against two now; places do not, since theirs are counted already."""
    pool = pool_of(session, scheme, on=on, at=at, sealer=sealer, counting=False)
    one, other = _find(pool.seekers, row.seeker_id), _find(pool.supporters, row.supporter_id)
    both = str(row.seeker_id), str(row.supporter_id)
    named = ("named",) if pool.named & {both, both[::-1]} else ()
    if one is None or other is None:
        return ("away", *named)
    found = vetoes(one, other, on=on, blocked=pool.apart)
    return (*dict.fromkeys(_REASONS.get(name, "changed") for name in sorted(found)), *named)


def _find(peers: tuple[Peer, ...], client_id: UUID) -> Peer | None:
    return next((one for one in peers if one.id == str(client_id)), None)
