"""What people say in a scheme: kept in their own record, sealed with its key, under a consent that ends; opened by them, and by a coordinator who is noted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import PEER_PARTS, agree
from directory.clients.keys import locker_of
from directory.clients.opening import MOVED_ON
from directory.clients.records import begin_own, own_record
from directory.clients.watching import note_view
from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.models import Client, PeerProfile
from directory.peers.kept import Kept, agreed_select, open_kept
from directory.peers.named.noting import note_named
from directory.peers.schemes import NONE, Scheme
from directory.peers.values import MOST_PEOPLE, Said, check, to_text
from directory.sealing import Sealer

STATES: Final = ("open", "paused", "ended")
HELD: Final = "Your part in this scheme rests, and the coordinator can open it again. Please ask them."
LONGEST_REST: Final = timedelta(days=366)


def save_profile(
    session: Session, actor: Actor, scheme: Scheme, side: str, said: Said, *, version: int, places: int = 1, rests_until: date | None = None,
    language: str = "en", days: int = 90, at: datetime, sealer: Sealer,
) -> PeerProfile:  # fmt: skip
    """Keep what somebody said (``version`` 0 the first time) and that they agree, for so many days, that the organization sees it; their record is begun.

    ``Invalid`` says what does not fit; ``Stale`` when it was changed meanwhile. A wish that was open keeps its place in the queue.
    """
    check(said, side)
    _check_load(places, rests_until, at.date())
    client = begin_own(session, actor, at=at, sealer=sealer)
    row = _row(session, client.id, scheme.id, side)
    if row is None or row.state == "ended":
        check_hold(session, client.id, scheme.id)
    if (row.version if row else 0) != version:
        raise Stale(MOVED_ON)
    agree(
        session, client, scheme.organization_id, purpose="peers", parts=PEER_PARTS, language=language, how="self", by=actor.by, at=at,
        ends_at=at + timedelta(days=days),
    )  # fmt: skip
    key = row.id if row else uuid4()
    sealed = locker_of(session, client.id, sealer=sealer).seal(to_text(said), "peer_profile", "sealed", key)
    client.touched_at = at
    is_new = row is None
    row = _put(session, row, key, client, scheme.id, side, {"sealed": sealed, "places": places, "rests_until": rests_until, "saved_at": at}, at=at)
    note_named(session, row, is_new=is_new, at=at, sealer=sealer)
    return row


def own_profile(session: Session, actor: Actor, scheme_id: UUID, side: str, *, sealer: Sealer) -> Kept | None:
    """What somebody said themselves, if they did."""
    client = own_record(session, actor)
    row = _row(session, client.id, scheme_id, side) if client else None
    return open_kept(session, row, sealer=sealer) if row else None


def list_own(session: Session, actor: Actor) -> list[PeerProfile]:
    """Where somebody takes part: everything they have said and not ended, the oldest first."""
    client = own_record(session, actor)
    found = select(PeerProfile).where(PeerProfile.client_id == (client.id if client else None), PeerProfile.state != "ended")
    return list(session.scalars(found.order_by(PeerProfile.made_at, PeerProfile.id)))


def set_state(session: Session, actor: Actor, scheme_id: UUID, side: str, state: str, *, at: datetime) -> None:
    """Pause, go on or end: at once, and without a reason; to end is open to everybody, held or not. ``NotFound`` where they said nothing."""
    client = own_record(session, actor)
    row = _row(session, client.id, scheme_id, side) if client else None
    if row is None or state not in STATES:
        raise NotFound(NONE)
    if state != "ended":
        check_hold(session, client.id if client else None, scheme_id)
    row.state, row.saved_at = state, at
    row.waiting_since = _waits(side, state, row.waiting_since, at.date())
    session.flush()


def check_hold(session: Session, client_id: UUID | None, scheme_id: UUID) -> None:
    """``NotPermitted`` while a moderator holds somebody's part in a scheme, on either side: neither going on nor beginning anew lifts that."""
    held = select(PeerProfile.id).where(PeerProfile.client_id == client_id, PeerProfile.scheme_id == scheme_id, PeerProfile.held_at.is_not(None))
    if session.scalars(held.limit(1)).first() is not None:
        raise NotPermitted(HELD)


def look_at(session: Session, scheme: Scheme, profile_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> Kept:
    """What somebody said, for a coordinator: only while they agree, and noted in their log in this transaction. ``NotFound`` for everything else."""
    row = session.get(PeerProfile, profile_id)
    if row is None or row.scheme_id != scheme.id or actor.account_id is None or session.scalar(agreed_select(at).where(PeerProfile.id == row.id)) is None:
        raise NotFound(NONE)
    note_view(
        session, locker_of(session, row.client_id, sealer=sealer), account_id=actor.account_id, organization_id=scheme.organization_id, role="coordinator",
        parts=PEER_PARTS, purpose="peers", at=at,
    )  # fmt: skip
    return open_kept(session, row, sealer=sealer)


def _check_load(places: int, rests_until: date | None, on: date) -> None:
    errors = {} if 0 <= places <= MOST_PEOPLE else {"places": f"Write a number from 0 to {MOST_PEOPLE}."}
    if rests_until is not None and rests_until > on + LONGEST_REST:
        errors["rests_until"] = "Choose a day within the next year."
    if errors:
        raise Invalid(**errors)


def _row(session: Session, client_id: UUID, scheme_id: UUID, side: str) -> PeerProfile | None:
    same = PeerProfile.client_id == client_id, PeerProfile.scheme_id == scheme_id, PeerProfile.side == side
    return session.scalars(select(PeerProfile).where(*same)).one_or_none()


def _put(
    session: Session, row: PeerProfile | None, key: UUID, client: Client, scheme_id: UUID, side: str, said: dict[str, object], *, at: datetime,
) -> PeerProfile:  # fmt: skip
    if row is None:
        row = PeerProfile(
            id=key, client_id=client.id, scheme_id=scheme_id, side=side, state="open", version=1, made_at=at,
            waiting_since=_waits(side, "open", None, at.date()), **said,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row
    state = "open" if row.state == "ended" else row.state
    waiting = _waits(side, state, row.waiting_since, at.date())
    same = update(PeerProfile).where(PeerProfile.id == key, PeerProfile.version == row.version)
    values = {**said, "version": row.version + 1, "state": state, "waiting_since": waiting}
    if session.execute(same.values(values).returning(PeerProfile.id).execution_options(synchronize_session=False)).first() is None:
        raise Stale(MOVED_ON)
    session.refresh(row)
    return row


def _waits(side: str, state: str, since: date | None, on: date) -> date | None:
    """Since when a seeker waits: while they pause their place stays; whoever ends it begins anew."""
    return None if side != "seeker" or state == "ended" else since or on
