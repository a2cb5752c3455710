"""Everybody of a scheme who can be suggested today, as pairing reads them: agreed, not pausing, not resting, with a place left; and who must not meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from directory.models import Caseload, Client, Introduction, PeerBlock, PeerNamed, PeerProfile, Role
from directory.peers.kept import Kept, agreed_select, open_all
from directory.peers.named.noting import held_named
from directory.peers.schemes import Scheme
from directory.peers.values import VOUCHED, Standing, peer_of
from directory.peers.vouching import vouched_on
from directory.sealing import Sealer
from matching.pairing.values import Peer, Side

OF_A_SEEKER: Final = 1
"""How many introductions a seeker has at once."""
Pairs = frozenset[tuple[str, str]]


class Pool(Struct, frozen=True, kw_only=True):
    """``kept``: what each said, by side and record. ``apart``: pairs who must never meet, or met and ended it. ``refused``: of whom one has said no, which
    nobody may be able to tell from a list; only rounds, which coordinators alone see, go by it, and by ``named``: (who wrote it, who may be meant).
    ``hidden`` are those of them where the second is not shown the card of the first.
    """

    seekers: tuple[Peer, ...]
    supporters: tuple[Peer, ...]
    kept: dict[tuple[str, UUID], Kept]
    apart: Pairs
    refused: Pairs
    named: Pairs = frozenset()
    hidden: Pairs = frozenset()

    def side(self, side: str) -> tuple[Peer, ...]:
        """The people on one side."""
        return self.seekers if side == "seeker" else self.supporters


def pool_of(
    session: Session, scheme: Scheme, *, on: date, at: datetime, sealer: Sealer, counting: bool = True, around: Kept | None = None,
) -> Pool:  # fmt: skip
    """Everybody who can be suggested on a day. Without ``counting`` as if nobody had taken a place yet.

    ``around`` one person only they and those of the other side are opened whom nothing stands against that is known without opening them: who is vouched
    for, has a place left, and need not be kept apart. That is what a look at one's cards costs; nothing opened outlives it.
    """
    found = agreed_select(at).where(PeerProfile.scheme_id == scheme.id, PeerProfile.state == "open").order_by(PeerProfile.id)
    rows = [row for row in session.scalars(found) if row.rests_until is None or row.rests_until <= on]
    held, taken = vouched_on(session, scheme.id, on), taken_places(session, scheme.id) if counting else Counter()
    (apart, refused), named = _apart(session, scheme.id), held_named(session, scheme.id)
    if around is not None:
        rows = [row for row in rows if row.id == around.row.id or _may_suit(row, around, held, taken, apart)]
    kept = {(one.row.side, one.client_id): one for one in open_all(session, rows, sealer=sealer)}
    known = _organizations(session, [row.client_id for row in rows])
    peers = [_peer(one, held, taken, known) for one in kept.values()]
    return Pool(
        seekers=tuple(one for one in peers if one.side == "seeker" and one.places), supporters=tuple(one for one in peers if one.side == "supporter"),
        kept=kept, apart=apart, refused=refused, named=_ids(named), hidden=_ids(one for one in named if one.is_hidden),
    )  # fmt: skip


def taken_places(session: Session, scheme_id: UUID) -> Counter[tuple[str, UUID]]:
    """How many places of each are taken: by everybody with whom both said yes, and it has not ended."""
    live = Introduction.scheme_id == scheme_id, Introduction.ended_at.is_(None), Introduction.seeker_said == "yes", Introduction.supporter_said == "yes"
    counted: Counter[tuple[str, UUID]] = Counter()
    for side, column in (("seeker", Introduction.seeker_id), ("supporter", Introduction.supporter_id)):
        counted.update({(side, key): count for key, count in session.execute(select(column, func.count()).where(*live).group_by(column))})
    return counted


def _may_suit(row: PeerProfile, mine: Kept, held: dict[UUID, frozenset[str]], taken: Counter[tuple[str, UUID]], apart: Pairs) -> bool:
    """Whether somebody is worth opening for one person: all of it are facts that are not sealed."""
    pair = str(row.client_id), str(mine.client_id)
    is_vouched = row.side == "seeker" or held.get(row.client_id, frozenset()) >= VOUCHED
    return row.side != mine.row.side and is_vouched and _places(row) > taken[row.side, row.client_id] and not apart & {pair, pair[::-1]}


def _places(row: PeerProfile) -> int:
    return OF_A_SEEKER if row.side == "seeker" else row.places


def _peer(one: Kept, held: dict[UUID, frozenset[str]], taken: Counter[tuple[str, UUID]], known: dict[UUID, frozenset[str]]) -> Peer:
    row, side = one.row, cast("Side", one.row.side)
    standing = Standing(
        places=max(0, _places(row) - taken[side, row.client_id]), vouched=held.get(row.client_id, frozenset()),
        organizations=known.get(row.client_id, frozenset()), waiting_since=row.waiting_since,
    )  # fmt: skip
    return peer_of(row.client_id, side, one.said, standing)


def _organizations(session: Session, ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """The organizations that people are known to belong to, beside those they name: where they have a role, and who works with them."""
    wanted, found = list(ids), dict[UUID, set[str]]()
    roles = select(Client.id, Role.organization_id).join(Role, Role.account_id == Client.account_id).where(Role.organization_id.is_not(None))
    cases = select(Caseload.client_id, Caseload.organization_id).where(Caseload.until.is_(None))
    for client_id, organization_id in [*session.execute(roles.where(Client.id.in_(wanted))), *session.execute(cases.where(Caseload.client_id.in_(wanted)))]:
        found.setdefault(client_id, set()).add(str(organization_id))
    return {client_id: frozenset(ids) for client_id, ids in found.items()}


def _apart(session: Session, scheme_id: UUID) -> tuple[Pairs, Pairs]:
    blocked = session.execute(select(PeerBlock.client_id, PeerBlock.other_id)).all()
    said_no = or_(Introduction.seeker_said == "no", Introduction.supporter_said == "no")
    over = and_(Introduction.ended_at.is_not(None), or_(Introduction.ended_by != "house", Introduction.introduced_at.is_not(None)))
    pairs = select(Introduction.seeker_id, Introduction.supporter_id).where(Introduction.scheme_id == scheme_id)
    return _pairs(blocked) | _pairs(session.execute(pairs.where(over)).all()), _pairs(session.execute(pairs.where(said_no)).all())


def _ids(rows: Iterable[PeerNamed]) -> Pairs:
    return frozenset((str(one.client_id), str(one.other_id)) for one in rows)


def _pairs(rows: Iterable[Row[UUID, UUID]]) -> Pairs:
    return frozenset((str(one), str(other)) for one, other in rows)
