"""What two wrote goes when its time is over, and what is left of an introduction a year after its end: out of the tables, and out of the files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from directory.models import Introduction, PeerMessage
from directory.peers.ending import forget_traces
from directory.peers.reports.kept import forget_old_reports
from directory.peers.talking.messages import DAYS
from directory.storage import Storage

KEPT: Final = timedelta(days=365)
"""How long an introduction that has ended stands for both: so long it can be reported, and so long the two are not suggested to each other again."""


def forget_due(storage: Storage, *, at: datetime) -> int:
    """Delete what is over, then take it out of the files; gives how many rows. On SQLite also what an end before had to leave in the log."""
    with storage.writing() as session:
        gone = _messages(session, at) + _introductions(session, at) + forget_old_reports(session, at=at)
    if gone or storage.is_sqlite:
        forget_traces(storage)
    return gone


def _messages(session: Session, at: datetime) -> int:
    """Messages older than the shorter of what both chose."""
    gone = 0
    for days in DAYS:
        short = select(Introduction.id).where(or_(Introduction.seeker_days <= days, Introduction.supporter_days <= days))
        old = delete(PeerMessage).where(PeerMessage.at <= at - timedelta(days=days), PeerMessage.introduction_id.in_(short))
        gone += len(session.execute(old.returning(PeerMessage.seq).execution_options(synchronize_session=False)).all())
    return gone


def _introductions(session: Session, at: datetime) -> int:
    over = delete(Introduction).where(Introduction.ended_at < at - KEPT).returning(Introduction.id)
    return len(session.execute(over.execution_options(synchronize_session=False)).all())
