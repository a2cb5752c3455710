"""Introductions by the organization: the one place where a name is given out. Each is noted in both people's own logs, with who made it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.keys import locker_of
from directory.clients.watching import note_view
from directory.errors import Invalid, NotFound, NotPermitted
from directory.models import Introduction, PeerProfile
from directory.peers.answering import is_both
from directory.peers.ending import close
from directory.peers.kept import Kept
from directory.peers.named.noting import note_pair
from directory.peers.pool import pool_of
from directory.peers.profiles import look_at
from directory.peers.schemes import NONE, Scheme
from directory.peers.talking.names import name_in
from directory.peers.telling import tell
from directory.sealing import Sealer
from matching.pairing import vetoes
from matching.pairing.values import Peer

FIRST_CONTACT: Final = ("here", "public_place", "with_staff")
"""The first contact is inside Homeground, or in a public place; where one of them is under 18, staff are there."""
NAME: Final = ("peers_name",)
"""What the log says was given out."""


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


def list_introduced(session: Session, scheme_id: UUID) -> list[Introduction]:
    """Those who were introduced and go on, the newest first."""
    live = Introduction.introduced_at.is_not(None), Introduction.ended_at.is_(None)
    return list(session.scalars(select(Introduction).where(Introduction.scheme_id == scheme_id, *live).order_by(Introduction.introduced_at.desc())))


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


def introduce(
    session: Session, scheme: Scheme, introduction_id: UUID, actor: Actor, first_contact: str, *, on: date, at: datetime, sealer: Sealer, base_url: str,
) -> None:  # fmt: skip
    """Introduce two who both said yes. From now on each reads the name that the other chose.

    1. It is still so, and nothing stands against it now: who is vouched for, checks, a guardian's consent, whom one must never meet. 2. How they meet
    first. 3. A line in both logs. 4. The same letter to both. ``Invalid`` says what stands in the way.
    """
    held = session.get(Introduction, introduction_id, with_for_update=True, populate_existing=True)
    if held is not None and held.introduced_at is not None:
        raise NotPermitted("They were introduced already.")
    agreed = look_at_agreed(session, scheme, introduction_id, actor, on=on, at=at, sealer=sealer)
    errors = {"introduce": " ".join(WHY[one] for one in agreed.against)} if agreed.against else {}
    errors |= {} if first_contact in FIRST_CONTACT else {"first_contact": "Choose how they meet first."}
    if agreed.has_minor and first_contact != "with_staff":
        errors["first_contact"] = "One of them is under 18: staff are there when they first meet."
    if errors:
        raise Invalid(**errors)
    row = agreed.introduction
    row.introduced_at, row.introduced_by, row.first_contact = at, actor.by, first_contact
    session.flush()
    for client_id in (row.seeker_id, row.supporter_id):
        note_view(
            session, locker_of(session, client_id, sealer=sealer), account_id=actor.account_id or NOBODY, organization_id=scheme.organization_id,
            role="coordinator", parts=NAME, purpose="introduced", at=at,
        )  # fmt: skip
        tell(session, client_id, at=at, sealer=sealer, base_url=base_url)


def decline(session: Session, scheme: Scheme, introduction_id: UUID, actor: Actor, *, on: date, at: datetime, sealer: Sealer, base_url: str) -> None:
    """The coordinator does not introduce two who both said yes. Both read "no match this time" from the next day on, as of any end, and may be free again."""
    row = look_at_agreed(session, scheme, introduction_id, actor, on=on, at=at, sealer=sealer).introduction
    if row.introduced_at is not None:
        raise NotPermitted("They were introduced already.")
    close(session, row, by="house", at=at, sealer=sealer, base_url=base_url)


def name_for(session: Session, row: Introduction, client_id: UUID, *, sealer: Sealer) -> str:
    """The name that the other of two chose, for one of them; ``NotFound`` before they are introduced, after it ended, and for everybody else."""
    if row.introduced_at is None or row.ended_at is not None or client_id not in (row.seeker_id, row.supporter_id):
        raise NotFound(NONE)
    side, other = ("supporter", row.supporter_id) if client_id == row.seeker_id else ("seeker", row.seeker_id)
    return name_in(session, row.scheme_id, other, side, sealer=sealer)


NOBODY: Final = UUID(int=0)
WHY: Final = {
    "vouching": "The supporter is not vouched for any more: renew training, checks and supervision first.",
    "minor": "One of them is under 18: that takes a guardian’s consent and checks on record, both until a day that has not come.",
    "away": "One of them pauses, rests, or agrees to it no more.",
    "apart": "They must not meet.",
    "named": "One of them may have named the other among those whom they must never meet: say first whether it is another person.",
    "changed": "What one of them says has changed since: it does not suit the other any more.",
}  # fmt: skip


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


_REASONS: Final = {"vouching": "vouching", "minor": "minor", "blocked": "apart", "self": "apart"}


def _find(peers: tuple[Peer, ...], client_id: UUID) -> Peer | None:
    return next((one for one in peers if one.id == str(client_id)), None)


def _profile(session: Session, row: Introduction, side: str) -> PeerProfile:
    client_id = row.seeker_id if side == "seeker" else row.supporter_id
    same = PeerProfile.scheme_id == row.scheme_id, PeerProfile.client_id == client_id, PeerProfile.side == side
    found = session.scalars(select(PeerProfile).where(*same)).one_or_none()
    if found is None:
        raise NotFound(NONE)
    return found
