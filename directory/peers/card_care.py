"""A card that is not right, before any name has passed: never being suggested its person again, and telling the moderator. Neither learns who the other is.

Both hang on what somebody was shown themselves: a card on their board, or one that they answered, whatever became of it since. So neither tells whether
the other has answered, left, or blocked them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models import Introduction, PeerProfile
from directory.peers.answering import OTHER, hold, open_between, suggest
from directory.peers.blocking import block
from directory.peers.kept import Kept, agreed_select, open_kept
from directory.peers.reports.kept import Passage
from directory.peers.reports.telling import report, who_answers
from directory.peers.schemes import NONE, Scheme
from directory.peers.suggesting import board_of
from directory.peers.talking.between import Between, side_of
from directory.peers.thinking import said_at, said_in
from directory.sealing import BrokenSeal, Sealer

BOUND: Final = "peer_card|seen"


class Seen(Struct, frozen=True, kw_only=True):
    """Somebody whose card one was shown. ``words`` are what the card says now, for the moderator's eyes; empty where they agree to that no more.

    ``stamp`` proves the same to this person later, so that what they are writing still arrives when the card goes meanwhile.
    """

    client_id: UUID
    pseudonym: str
    words: str
    stamp: str


def seen_card(
    session: Session, scheme: Scheme, mine: Kept, profile_id: UUID, *, stamp: str = "", on: date, at: datetime, sealer: Sealer,
) -> Seen:  # fmt: skip
    """Whose card it is; ``NotFound`` for everybody whose card was never shown, and for whom one was introduced to: that has its own pages."""
    row, proof = session.get(PeerProfile, profile_id), f"{mine.client_id}|{profile_id}"
    if row is None or row.scheme_id != scheme.id or row.side != OTHER[mine.row.side]:
        raise NotFound(NONE)
    rows = _between(session, scheme, mine, row.client_id)
    if any(one.introduced_at is not None for one in rows):
        raise NotFound(NONE)
    was_shown = any(said_in(one, mine) or said_at(one, mine) for one in rows) or _opens(stamp, proof, sealer)
    if not was_shown and profile_id not in {card.profile_id for card in board_of(session, scheme, mine, on=on, at=at, sealer=sealer).cards}:
        raise NotFound(NONE)
    said = open_kept(session, row, sealer=sealer).said
    agrees = session.scalar(agreed_select(at).where(PeerProfile.id == row.id)) is not None
    return Seen(client_id=row.client_id, pseudonym=said.pseudonym, words=said.words if agrees else "", stamp=sealer.seal(proof, bound_to=BOUND))


def never_again(session: Session, scheme: Scheme, mine: Kept, seen: Seen, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Two are never suggested to each other again, here or in any scheme. For the other it reads as if nothing had been said, or as any no."""
    between = _row(session, scheme, mine, seen, at=at)
    if between.introduction.ended_at is None:
        setattr(between.introduction, f"{mine.row.side}_said", "no")
        session.flush()
    block(session, between, at=at, sealer=sealer, base_url=base_url)
    for row in _between(session, scheme, mine, seen.client_id):
        if row.introduced_at is None and said_in(row, mine) == "no":
            setattr(row, f"{mine.row.side}_said_at", None)   # a no without a moment is final: it leaves one's own list, and nobody else reads of it
    session.flush()


def tell_of_card(session: Session, scheme: Scheme, mine: Kept, seen: Seen, words: str, *, at: datetime, sealer: Sealer, base_url: str) -> UUID:
    """Tell the moderator, with the card as it is. ``Invalid`` without words."""
    shown = [Passage(is_theirs=True, words=": ".join(filter(None, (seen.pseudonym, seen.words))), at=at)]
    return report(session, _row(session, scheme, mine, seen, at=at), words, shown=shown, at=at, sealer=sealer, base_url=base_url)


def who_reads(session: Session, scheme: Scheme, mine: Kept, seen: Seen) -> str:
    """The name of whoever reads what one tells, as far as they can be told it; empty where nobody is there."""
    is_seeker = mine.row.side == "seeker"
    seeker, supporter = (mine.client_id, seen.client_id) if is_seeker else (seen.client_id, mine.client_id)
    return who_answers(session, side_of(Introduction(scheme_id=scheme.id, seeker_id=seeker, supporter_id=supporter), mine.client_id))


def _row(session: Session, scheme: Scheme, mine: Kept, seen: Seen, *, at: datetime) -> Between:
    """The row of two, held: the open one, else the last that ended, else a new one in which nobody has said anything."""
    seeker, supporter = (mine.client_id, seen.client_id) if mine.row.side == "seeker" else (seen.client_id, mine.client_id)
    hold(session, scheme.id, seeker, supporter)
    rows = _between(session, scheme, mine, seen.client_id)
    row = open_between(session, scheme.id, seeker, supporter) or next(iter(rows), None) or suggest(session, scheme.id, seeker, supporter, at=at)
    return side_of(row, mine.client_id)


def _between(session: Session, scheme: Scheme, mine: Kept, other: UUID) -> Sequence[Introduction]:
    seeker, supporter = (mine.client_id, other) if mine.row.side == "seeker" else (other, mine.client_id)
    same = Introduction.scheme_id == scheme.id, Introduction.seeker_id == seeker, Introduction.supporter_id == supporter
    return session.scalars(select(Introduction).where(*same).order_by(Introduction.suggested_at.desc(), Introduction.id)).all()


def _opens(stamp: str, proof: str, sealer: Sealer) -> bool:
    try:
        return bool(stamp) and sealer.open(stamp, bound_to=BOUND) == proof
    except BrokenSeal:
        return False
