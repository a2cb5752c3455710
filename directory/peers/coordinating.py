"""What a coordinator sees of the people in a scheme: who they are there, what is vouched for, what has to be renewed. Seeing a list is noted once a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import PEER_PARTS
from directory.clients.keys import locker_of
from directory.clients.watching import note_view, was_listed
from directory.models import PeerProfile, PeerVouching
from directory.peers.kept import agreed_select, open_kept
from directory.peers.pool import taken_places
from directory.peers.schemes import Scheme
from directory.peers.values import VOUCHED
from directory.peers.vouching import Vouched, list_vouched
from directory.sealing import Sealer

SOON: Final = timedelta(days=30)


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who takes part. ``lacks``: what has to be vouched for before they are suggested; ``renew``: what has ended or ends within a month, and when."""

    profile_id: UUID
    client_id: UUID
    side: str
    pseudonym: str
    state: str
    is_minor: bool
    waiting_since: date | None
    places: int
    taken: int
    lacks: tuple[str, ...]
    renew: tuple[tuple[date, str], ...]
    is_checked: bool
    """Whether checks for being with people under 18 are on record today."""


def list_people(session: Session, scheme: Scheme, actor: Actor, *, on: date, at: datetime, sealer: Sealer) -> list[Person]:
    """Everybody who takes part and agrees, supporters first, by when they came and what their card calls them; noted in each one's log, once a day."""
    rows = session.scalars(agreed_select(at).where(PeerProfile.scheme_id == scheme.id).order_by(PeerProfile.id)).all()
    taken = taken_places(session, scheme.id)
    people = [(row, _person(session, scheme, row, actor, taken, on=on, at=at, sealer=sealer)) for row in rows]
    return [one for _, one in sorted(people, key=lambda known: (known[0].side != "supporter", known[0].made_at, known[1].pseudonym, known[0].id))]


def _person(
    session: Session, scheme: Scheme, row: PeerProfile, actor: Actor, taken: Counter[tuple[str, UUID]], *, on: date, at: datetime, sealer: Sealer,
) -> Person:  # fmt: skip
    note_listed(session, scheme, row.client_id, actor, at=at, sealer=sealer)
    said = open_kept(session, row, sealer=sealer).said
    lines = list_vouched(session, scheme.id, row.client_id, sealer=sealer)
    needed, held = needs_of(row.side, is_minor=said.is_minor is not False), {line.kind for line in lines if line.holds(on)}
    return Person(
        profile_id=row.id, client_id=row.client_id, side=row.side, pseudonym=said.pseudonym, state=_state(row, on), is_minor=said.is_minor is not False,
        waiting_since=row.waiting_since, places=row.places, taken=taken[row.side, row.client_id],
        lacks=tuple(kind for kind in needed if kind not in held), renew=_ending(lines, on), is_checked="checks_for_minors" in held,
    )  # fmt: skip


def needs_of(side: str, *, is_minor: bool) -> tuple[str, ...]:
    """What has to be vouched for before somebody is suggested at all."""
    return (*(sorted(VOUCHED) if side == "supporter" else ()), *(("guardian",) if is_minor else ()))


def count_to_renew(session: Session, scheme_id: UUID, *, on: date, at: datetime) -> int:
    """How many things that are vouched for have ended or end within a month, of people who take part and agree."""
    there = agreed_select(at).with_only_columns(PeerProfile.client_id).where(PeerProfile.scheme_id == scheme_id)
    live = PeerVouching.scheme_id == scheme_id, PeerVouching.withdrawn_at.is_(None), PeerVouching.ends_on <= on + SOON
    return session.scalar(select(func.count()).select_from(PeerVouching).where(*live, PeerVouching.client_id.in_(there))) or 0


def _ending(lines: list[Vouched], on: date) -> tuple[tuple[date, str], ...]:
    return tuple(sorted((line.ends_on, line.kind) for line in lines if line.ends_on <= on + SOON))


def _state(row: PeerProfile, on: date) -> str:
    return "resting" if row.state == "open" and row.rests_until is not None and row.rests_until > on else row.state


def note_listed(session: Session, scheme: Scheme, client_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> None:
    """Note in somebody's own log that a coordinator saw them in a list: once a day."""
    if actor.account_id is not None and not was_listed(session, client_id, actor.account_id, at=at):
        note_view(
            session, locker_of(session, client_id, sealer=sealer), account_id=actor.account_id, organization_id=scheme.organization_id, role="coordinator",
            parts=PEER_PARTS, purpose="list", at=at,
        )  # fmt: skip
