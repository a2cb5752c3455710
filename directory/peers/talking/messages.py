"""What two people who were introduced write to each other: plain text, sealed with a key of their introduction, and gone when its time is over.

Looking writes nothing, so nothing can tell the other that somebody looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.accounts.throttle import Limit
from directory.errors import Invalid, Stale
from directory.models import Introduction, PeerMessage
from directory.peers.keys import find_locker, locker_between
from directory.peers.talking.between import Between
from directory.sealing import Sealer

LONGEST: Final = 4_000
DAYS: Final = (1, 7, 14, 30, 90)
"""For how long messages may be kept."""
OFTEN: Final = (Limit("message", 20, 600), Limit("message/day", 200, 86_400))
"""Of one account, whoever it writes to: many more than friends send, far fewer than somebody who will not let go."""
TWICE: Final = timedelta(minutes=2)
OVER: Final = "This has come to its end, so nothing was sent."


class Message(Struct, frozen=True, kw_only=True):
    """One message as one of the two reads it."""

    seq: int
    is_mine: bool
    words: str
    at: datetime


def check_words(words: str) -> str:
    """What is going to be sent; ``Invalid`` for nothing, or too much."""
    said = words.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid(words="Write a few words first.")
    if len(said) > LONGEST:
        raise Invalid(words=f"That is {len(said) - LONGEST} characters too long for one message. Send it in two.")
    return said


def send(session: Session, between: Between, words: str, *, at: datetime, sealer: Sealer) -> int:
    """Write to the other; gives the number of the message. ``between`` is held (``get_between(hold=True)``); ``Stale`` when it has ended.

    The same words again within two minutes are a button pressed twice: they count as sent.
    """
    said = check_words(words)
    if not between.is_open:
        raise Stale(OVER)
    last = list_messages(session, between, at=at, sealer=sealer)[-1:]
    if last and last[0].is_mine and last[0].words == said and at - last[0].at < TWICE:
        return last[0].seq
    key = between.introduction.id
    seq = (session.scalar(select(func.max(PeerMessage.seq)).where(PeerMessage.introduction_id == key)) or 0) + 1
    sealed = locker_between(session, key, sealer=sealer).seal(said, "peer_message", "sealed", _row(seq, between.me))
    session.add(PeerMessage(introduction_id=key, seq=seq, client_id=between.me, sealed=sealed, at=at))
    session.flush()
    return seq


def list_messages(session: Session, between: Between, *, at: datetime, sealer: Sealer, only: Iterable[int] | None = None) -> list[Message]:
    """What both wrote and whose time is not over, in its order; nothing once it has ended. ``only`` are numbers of messages."""
    locker = find_locker(session, between.introduction.id, sealer=sealer) if between.is_open else None
    if locker is None:
        return []
    found = select(PeerMessage).where(PeerMessage.introduction_id == between.introduction.id, PeerMessage.at > at - timedelta(days=between.days))
    found = found if only is None else found.where(PeerMessage.seq.in_(list(only)))
    rows = session.scalars(found.order_by(PeerMessage.seq)).all()
    words = [locker.open(row.sealed, "peer_message", "sealed", _row(row.seq, row.client_id)) for row in rows]
    return [Message(seq=row.seq, is_mine=row.client_id == between.me, at=row.at, words=said) for row, said in zip(rows, words, strict=True)]


def keep_for(session: Session, between: Between, days: int, *, at: datetime) -> None:
    """Say for how long messages are to be kept. The shorter of both counts at once, and what is older goes now."""
    if days not in DAYS:
        raise Invalid(days="Choose one of the lines.")
    if not between.is_open:
        raise Stale(OVER)
    setattr(between.introduction, f"{between.side}_days", days)
    session.flush()
    forget_older(session, between.introduction, at=at)


def forget_older(session: Session, introduction: Introduction, *, at: datetime) -> int:
    """Delete messages whose time is over; gives how many."""
    kept = timedelta(days=min(introduction.seeker_days, introduction.supporter_days))
    gone = delete(PeerMessage).where(PeerMessage.introduction_id == introduction.id, PeerMessage.at <= at - kept).returning(PeerMessage.seq)
    return len(session.execute(gone.execution_options(synchronize_session=False)).all())


def _row(seq: int, client_id: UUID) -> str:
    return f"{seq}/{client_id}"
