"""A round as its coordinator reads it: what cards call people, languages, times and how long they wait. No name, no words of theirs, no area, no trait.

Whoever is shown is noted in their own log, once a day: they agreed that a coordinator looks, and can read that one did.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import PEER_PARTS
from directory.clients.keys import locker_of
from directory.clients.watching import note_view
from directory.errors import NotPermitted
from directory.models import ClientView
from directory.peers.kept import Kept
from directory.peers.pool import Pool, pool_of
from directory.peers.rounds.values import Proposal
from directory.peers.schemes import Scheme
from directory.sealing import Sealer
from matching.pairing import Cost, Help
from matching.pairing.values import Ask
from matching.values import Slot


class Person(Struct, frozen=True, kw_only=True):
    """Somebody in a round. ``weeks``: how long a seeker waits; None for supporters."""

    profile_id: UUID
    pseudonym: str
    languages: tuple[str, ...]
    slots: tuple[Slot, ...]
    timezone: str
    weeks: int | None


class Line(Struct, frozen=True, kw_only=True):
    """A pair of a round; ``fit`` is of 100. ``is_fixed``: its coordinator said so."""

    seeker: Person
    supporter: Person
    fit: int
    asks: tuple[Ask, ...]
    is_fixed: bool


class Word(Struct, frozen=True, kw_only=True):
    """What its coordinator said of a pair, and what that cost; ``fit`` is lost of 100."""

    do: str
    seeker: Person
    supporter: Person
    cost: Cost
    fit: int


class Alone(Struct, frozen=True, kw_only=True):
    """Somebody without a match, and what would help."""

    person: Person
    helps: tuple[Help, ...]
    is_tried: bool


class Shown(Struct, frozen=True, kw_only=True):
    """A whole round. ``gone``: people of it who take part no more, so that it has to be worked out again. ``fit`` is of 100, over everybody who waits."""

    lines: tuple[Line, ...]
    alone: tuple[Alone, ...]
    words: tuple[Word, ...]
    supporters: tuple[Person, ...]
    fit: int
    gone: int
    lost: int


def show(session: Session, scheme: Scheme, proposal: Proposal, actor: Actor, *, on: date, at: datetime, sealer: Sealer) -> Shown:
    """Everything of a round, for its coordinator; within ``storage.writing(counting=True)``, since looking is noted."""
    pool = pool_of(session, scheme, on=on, at=at, sealer=sealer)
    people = {key: _person(kept, on) for key, kept in pool.kept.items()}
    _note(session, scheme, pool, actor, at=at, sealer=sealer)
    fixed = {(one.seeker, one.supporter) for one in proposal.steps if one.do == "fix"}
    lines = [
        Line(seeker=seeker, supporter=supporter, fit=_of_100(pair.mutual), asks=pair.asks, is_fixed=(pair.seeker, pair.supporter) in fixed)
        for pair in proposal.pairs
        if (seeker := people.get(("seeker", pair.seeker))) and (supporter := people.get(("supporter", pair.supporter)))
    ]
    alone = [Alone(person=person, helps=one.helps, is_tried=one.is_tried) for one in proposal.unmatched if (person := people.get(("seeker", one.seeker)))]
    return Shown(
        lines=tuple(lines), alone=tuple(alone), words=tuple(_words(proposal, people)), fit=_of_100(proposal.fit), lost=proposal.lost,
        supporters=tuple(people["supporter", UUID(one.id)] for one in pool.supporters if one.places),
        gone=len(proposal.pairs) + len(proposal.unmatched) - len(lines) - len(alone),
    )  # fmt: skip


def _words(proposal: Proposal, people: dict[tuple[str, UUID], Person]) -> Iterable[Word]:
    for one in proposal.steps:
        seeker, supporter = people.get(("seeker", one.seeker)), people.get(("supporter", one.supporter))
        if seeker and supporter:
            yield Word(do=one.do, seeker=seeker, supporter=supporter, cost=one.cost, fit=_of_100(one.cost.fit))


def _person(kept: Kept, on: date) -> Person:
    said, since = kept.said, kept.row.waiting_since
    weeks = max(0, (on - since).days // 7) if since and kept.side == "seeker" else None
    return Person(profile_id=kept.row.id, pseudonym=said.pseudonym, languages=said.languages, slots=said.slots, timezone=said.timezone, weeks=weeks)


def _of_100(share: float) -> int:
    return round(share * 100)


def _note(session: Session, scheme: Scheme, pool: Pool, actor: Actor, *, at: datetime, sealer: Sealer) -> None:
    if actor.account_id is None:
        raise NotPermitted("Please sign in.")
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    same = ClientView.account_id == actor.account_id, ClientView.organization_id == scheme.organization_id, ClientView.purpose == "peers"
    noted = set(session.scalars(select(ClientView.client_id).where(*same, ClientView.at >= today, ClientView.at <= at)))
    for client_id in sorted({kept.client_id for kept in pool.kept.values()} - noted):
        locker = locker_of(session, client_id, sealer=sealer)
        note_view(
            session, locker, account_id=actor.account_id, organization_id=scheme.organization_id, role="coordinator", parts=PEER_PARTS, purpose="peers", at=at,
        )
