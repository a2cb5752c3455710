"""What somebody who takes part sees in a scheme: cards to answer, what waits, and what became of it. Computed anew at each look.

A list hangs on what both people say of themselves and wish, and on what its reader answered: never on what somebody else answered (yes or no), nor on
how often the reader was looked at. So nothing on a one-sided yes can be told from it, by word, count or order.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.errors import Invalid, NotFound
from directory.models import Introduction, PeerProfile
from directory.peers.answering import OTHER, answer, hold, is_both
from directory.peers.blocking import are_blocked
from directory.peers.cards import Card, card_for
from directory.peers.kept import Kept, agreed_select, open_kept
from directory.peers.pool import Pool, pool_of
from directory.peers.schemes import NONE, Scheme
from directory.peers.thinking import is_told, other_of, said_in, sides_of, still_stands, take_up
from directory.sealing import Sealer
from matching.pairing import suggest
from matching.pairing.values import Peer

MOST: Final = 12
"""Cards at once: so many that nobody is worn out by choosing. More come as these are answered."""
TOLD_FOR: Final = timedelta(days=30)


class Waiting(Struct, frozen=True, kw_only=True):
    """Somebody whom one answered. ``state``: waiting, both (yes), introduced, over (it did not become an introduction), or passed (not for me)."""

    introduction_id: UUID
    profile_id: UUID
    pseudonym: str
    state: str


class Board(Struct, frozen=True, kw_only=True):
    """All that one sees: cards that nobody was asked about yet, the best first, and what one answered before, the newest first."""

    cards: tuple[Card, ...]
    answered: tuple[Waiting, ...]
    introduced: tuple[Introduction, ...]
    rests: bool
    """Whether one is not suggested to anybody today: pausing, resting, full, or not vouched for."""


def board_of(session: Session, scheme: Scheme, mine: Kept, *, on: date, at: datetime, sealer: Sealer) -> Board:
    """The board of one person on one side."""
    pool = pool_of(session, scheme, on=on, at=at, sealer=sealer, around=mine)
    rows = _rows(session, scheme.id, mine)
    cards = _cards(pool, mine, rows, on=on)
    waiting = (_waiting(session, row, mine, at=at, sealer=sealer) for row in rows)
    introduced = tuple(row for row in rows if row.introduced_at is not None and row.ended_at is None)
    return Board(cards=cards, answered=tuple(one for one in waiting if one), introduced=introduced, rests=not _me(pool, mine))


def answer_card(
    session: Session, scheme: Scheme, mine: Kept, profile_id: UUID, said: str | None, *, on: date, at: datetime, sealer: Sealer, base_url: str,
) -> Introduction:  # fmt: skip
    """Answer a card that is on one's board, or think again about one that was; ``NotFound`` for anybody else, whoever they are."""
    other = session.get(PeerProfile, profile_id)
    if other is None or other.scheme_id != scheme.id or other.side != OTHER[mine.row.side]:
        raise NotFound(NONE)
    hold(session, scheme.id, *sides_of(mine, other.client_id))
    before, stays_ended = _before(session, scheme, mine, other.client_id, at=at)
    same = next((row for row in before if said and said == said_in(row, mine)), None)
    if same is None:
        take_up(session, before, mine, stays_ended=stays_ended, at=at)
    pool, rows = pool_of(session, scheme, on=on, at=at, sealer=sealer, around=mine), _rows(session, scheme.id, mine)
    is_offered = other.id in {card.profile_id for card in _cards(pool, mine, rows, on=on)}
    if same is not None and not is_offered:
        return same   # a second press says nothing new
    is_again = any(row.introduced_at is None for row in before) and (said != "yes" or _fits(pool, mine, rows, other.client_id, on=on))
    if not (is_offered or is_again):
        raise NotFound(NONE)
    if said is None:
        raise Invalid(do="Choose one of the buttons.")
    return answer(session, scheme, mine.row.side, mine.client_id, other.client_id, said, at=at, sealer=sealer, base_url=base_url)


def _before(session: Session, scheme: Scheme, mine: Kept, other: UUID, *, at: datetime) -> tuple[list[Introduction], bool]:
    """Where one answered somebody and that answer stands, and whether what has ended stays so: a row of the two is open, or they must never meet."""
    rows = [row for row in _rows(session, scheme.id, mine) if other_of(row, mine) == other]
    stays_ended = any(row.ended_at is None for row in rows) or are_blocked(session, mine.client_id, other)
    return [row for row in rows if still_stands(row, mine, at=at)], stays_ended


def _cards(pool: Pool, mine: Kept, rows: list[Introduction], *, on: date) -> tuple[Card, ...]:
    """1. Everybody whom nothing stands against and of whom nothing is left to ask, the most mutual first. 2. Without those that one has answered.
    3. Those of a round that was confirmed come first: both were told of it at once, and what was to be asked of them was asked.
    """
    side = OTHER[mine.row.side]
    done = {str(other_of(row, mine)) for row in rows if _is_done(row, mine)}
    round_of = _of_rounds(rows, mine)
    ids = [one for one in _suitable(pool, mine, round_of, on=on) if one not in done]
    ids.sort(key=lambda one: one not in round_of)   # stable: within each part by how mutual it is
    return tuple(card_for(mine.said, pool.kept[side, UUID(one)], mine.side) for one in ids[:MOST])


def _of_rounds(rows: list[Introduction], mine: Kept) -> frozenset[str]:
    return frozenset(str(other_of(row, mine)) for row in rows if row.round_id is not None and row.ended_at is None)


def _suitable(pool: Pool, mine: Kept, round_of: frozenset[str], *, on: date) -> list[str]:
    me, side = _me(pool, mine), OTHER[mine.row.side]
    if me is None:
        return []
    not_shown = frozenset(pair for pair in pool.hidden if pair[1] == me.id)   # who wrote a name is shown whom it may mean: nobody finds out by trying names
    found = suggest(me, pool.side(side), on=on, blocked=pool.apart | not_shown)
    others = ((one.supporter if side == "supporter" else one.seeker, one.asks) for one in found)
    return [other for other, asks in others if not asks or other in round_of]


def _fits(pool: Pool, mine: Kept, rows: list[Introduction], client_id: UUID, *, on: date) -> bool:
    return str(client_id) in _suitable(pool, mine, _of_rounds(rows, mine), on=on)


def _me(pool: Pool, mine: Kept) -> Peer | None:
    mine_there = (one for one in pool.side(mine.row.side) if one.id == str(mine.client_id) and one.places)
    return next((one for one in mine_there if one.side == "seeker" or one.vouched), None)


def _is_done(row: Introduction, mine: Kept) -> bool:
    """Whether a row keeps a card from one's board: what one answered and has not ended, and whatever one passed on, for good until one thinks again."""
    return said_in(row, mine) == "no" or (row.ended_at is None and said_in(row, mine) != "")


def _waiting(session: Session, row: Introduction, mine: Kept, *, at: datetime, sealer: Sealer) -> Waiting | None:
    said, state = said_in(row, mine), ""
    if row.ended_at is None:
        state = "introduced" if row.introduced_at else "both" if is_both(row) else {"yes": "waiting", "no": "passed"}.get(said, "")
    elif said == "no" and still_stands(row, mine, at=at):
        state = "passed"
    elif said == "yes" and row.introduced_at is None and at < row.ended_at + TOLD_FOR:
        state = "over" if is_told(row.ended_at, at) else "waiting"
    other = session.scalars(_profile(row, mine)).one_or_none() if state else None
    if other is None:
        return None
    is_there = session.scalar(agreed_select(at).where(PeerProfile.id == other.id)) is not None
    if not is_there and state in ("waiting", "passed"):
        state = "over" if state == "waiting" else ""
    pseudonym = open_kept(session, other, sealer=sealer).said.pseudonym
    return Waiting(introduction_id=row.id, profile_id=other.id, pseudonym=pseudonym, state=state) if state else None


def _rows(session: Session, scheme_id: UUID, mine: Kept) -> list[Introduction]:
    me = Introduction.seeker_id if mine.row.side == "seeker" else Introduction.supporter_id
    found = select(Introduction).where(Introduction.scheme_id == scheme_id, me == mine.client_id)
    own = Introduction.seeker_said_at if mine.row.side == "seeker" else Introduction.supporter_said_at
    return list(session.scalars(found.order_by(own.desc(), Introduction.id)))


def _profile(row: Introduction, mine: Kept) -> Select[PeerProfile]:
    side, client_id = OTHER[mine.row.side], other_of(row, mine)
    return select(PeerProfile).where(PeerProfile.scheme_id == row.scheme_id, PeerProfile.client_id == client_id, PeerProfile.side == side)
