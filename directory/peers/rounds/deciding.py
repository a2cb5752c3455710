"""Rounds of a scheme: worked out over all open wishes, changed by its coordinator, and told to nobody before they confirm it.

Call the verbs within ``storage.writing(counting=True)``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import Invalid, Stale
from directory.models import PeerProfile, PeerRound
from directory.peers.answering import open_between, suggest
from directory.peers.rounds.kept import find_open, read, seal, write
from directory.peers.rounds.pool import crowd_of
from directory.peers.rounds.values import DOES, Do, Proposal, Proposed, Step, Told
from directory.peers.rounds.working import work_out
from directory.peers.schemes import Scheme
from directory.peers.telling import tell
from directory.sealing import Sealer
from matching.pairing import Crowd, vetoes

AGAINST: Final = "Something stands against this pair, or there is no place left. It cannot be kept together."
CHANGED: Final = "Something has changed since this was worked out, so that a pair cannot be suggested any more. Work it out again."


def propose(session: Session, scheme: Scheme, actor: Actor, *, on: date, at: datetime, sealer: Sealer) -> PeerRound:
    """Work a round out over all open wishes. One that was not confirmed is dropped for it."""
    waits = find_open(session, scheme.id)
    if waits is not None:
        drop(session, waits, at=at, sealer=sealer)
    _, crowd = crowd_of(session, scheme, on=on, at=at, sealer=sealer)
    key = uuid4()
    row = PeerRound(id=key, scheme_id=scheme.id, sealed=seal(key, work_out(crowd, ()), sealer), version=1, made_at=at, made_by=actor.by)
    session.add(row)
    session.flush()
    return row


def change(
    session: Session, scheme: Scheme, row: PeerRound, *, version: int, add: Step | None = None, without: tuple[UUID, UUID] | None = None, on: date,
    at: datetime, sealer: Sealer,
) -> Proposal:  # fmt: skip
    """Say a word about a pair (``add``), take the word about one back (``without``: seeker and supporter), or neither; then work the round out again.

    ``Invalid`` where a pair cannot be kept together: a veto is absolute, for a coordinator as well, and it is not said which. ``Stale`` when somebody
    else changed the round meanwhile.
    """
    _, crowd = crowd_of(session, scheme, on=on, at=at, sealer=sealer)
    pair = without or ((add.seeker, add.supporter) if add else None)
    steps = tuple(one for one in read(row, sealer=sealer).steps if (one.seeker, one.supporter) != pair)
    proposal = work_out(crowd, (*steps, add) if add else steps)
    if add is not None and add not in [replace(one, cost=add.cost) for one in proposal.steps]:
        raise Invalid(pair=AGAINST)
    write(session, row, proposal, version=version, sealer=sealer)
    return proposal


def confirm(
    session: Session, scheme: Scheme, row: PeerRound, actor: Actor, *, version: int, asked: Collection[UUID] = (), on: date, at: datetime, sealer: Sealer,
    base_url: str,
) -> Told:  # fmt: skip
    """Suggest each pair to both, in this transaction: they read of it at once, and neither has said yes yet.

    1. The round is as its coordinator saw it, and each pair can still be suggested; ``Stale`` else, and nothing is sent. 2. Pairs of whom something is
    to be asked go only where the coordinator asked (``asked``: seekers). 3. One suggestion a pair, and the same letter to both, which names nobody.
    4. Of the round itself only counts are kept.
    """
    proposal = read(row, sealer=sealer)
    _, crowd = crowd_of(session, scheme, on=on, at=at, sealer=sealer)
    _check(crowd, proposal)
    told = [pair for pair in proposal.pairs if not pair.asks or pair.seeker in asked]
    counts = Told(pairs=len(told), unmatched=len(proposal.unmatched), waiting=len(proposal.pairs) - len(told))
    write(session, row, counts, version=version, sealer=sealer)
    row.confirmed_at, row.confirmed_by = at, actor.by
    for pair in told:
        between = open_between(session, scheme.id, pair.seeker, pair.supporter) or suggest(session, scheme.id, pair.seeker, pair.supporter, at=at)
        between.round_id, between.suggested_at = row.id, at
    for client_id in sorted({one for pair in told for one in (pair.seeker, pair.supporter)}):
        tell(session, client_id, at=at, sealer=sealer, base_url=base_url)
    session.flush()
    return counts


def _check(crowd: Crowd, proposal: Proposal) -> None:
    """``Stale`` unless every pair can still be suggested, with a place for each."""
    taken: dict[UUID, int] = {}
    for pair in proposal.pairs:
        taken[pair.supporter] = taken.get(pair.supporter, 0) + 1
        if not _is_possible(crowd, pair, places=taken[pair.supporter]):
            raise Stale(CHANGED)


def _is_possible(crowd: Crowd, pair: Proposed, *, places: int) -> bool:
    seeker = next((one for one in crowd.seekers if one.id == str(pair.seeker)), None)
    supporter = next((one for one in crowd.supporters if one.id == str(pair.supporter)), None)
    if seeker is None or supporter is None or supporter.places < places:
        return False
    return not vetoes(seeker, supporter, on=crowd.on, blocked=crowd.blocked)


def drop(session: Session, row: PeerRound, *, at: datetime, sealer: Sealer) -> None:
    """Let a round go: nobody hears of it, and who was in it is not kept."""
    row.sealed, row.dropped_at = seal(row.id, Told(pairs=0, unmatched=0, waiting=0), sealer), at
    session.flush()


def record_of(session: Session, scheme: Scheme, side: str, profile_id: UUID) -> UUID:
    """Whose profile in this scheme and on this side it is; ``Invalid`` where there is none."""
    same = PeerProfile.id == profile_id, PeerProfile.scheme_id == scheme.id, PeerProfile.side == side
    found = session.scalars(select(PeerProfile.client_id).where(*same)).one_or_none()
    if found is None:
        raise Invalid(pair="Choose one of each side.")
    return found


def step_of(do: str, seeker: UUID, supporter: UUID) -> Step:
    """A coordinator's word about two records; ``Invalid`` for any other."""
    if do not in DOES:
        raise Invalid(pair="Choose one of the buttons.")
    said: Do = "fix" if do == "fix" else "forbid"
    return Step(do=said, seeker=seeker, supporter=supporter)
