"""What needs a curator today, in the order of the harm that waiting does: how much of each, and since when the oldest waits."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.duplicates.queue import unsaid
from directory.freshness.confirming import LISTED
from directory.meetings.proposals import all_waiting
from directory.models import Call, Claim, Conflict, Draft, Pair, Provenance, Reminder, Report, Service
from directory.sealing import Sealer

UNSAFE: Final = "unsafe"
"""What a report is about that says somebody may come to harm."""
SOON: Final = timedelta(days=14)


class Pile(Struct, frozen=True, kw_only=True):
    """One kind of work: how many wait, and since when the oldest does (None where nothing waits, or where it is not known)."""

    code: str
    count: int
    oldest: datetime | None


def piles(session: Session, *, at: datetime, sealer: Sealer) -> list[Pile]:
    """Every kind of work, the most harmful to leave first; those with nothing to do are there too, with 0."""
    is_open = Report.state == "open"
    listed = Reminder.service_id.in_(select(Service.id).where(Service.status.in_(LISTED)))
    fading = listed, Reminder.due_on <= (at + SOON).date()
    first_due = session.scalar(select(func.min(Reminder.due_on)).where(*fading))
    return [
        _pile(session, "unsafe", Report.made_at, is_open, Report.about == UNSAFE),
        _pile(session, "reports", Report.made_at, is_open, Report.about != UNSAFE),
        _pile(session, "calls", Call.opened_at, Call.closed_at.is_(None), Call.next_at <= at),
        Pile(code="fading", count=_count(session, Reminder, *fading), oldest=datetime.combine(first_due, time(), UTC) if first_due else None),
        _pile(session, "conflicts", Conflict.opened_at, Conflict.state == "open"),
        _pile(session, "claims", Claim.opened_at, Claim.state.in_(("open", "contested"))),
        _pile(session, "drafts", Draft.handed_in_at, Draft.state == "waiting"),
        _pile(session, "duplicates", Pair.found_at, unsaid()),
        Pile(code="dates", count=len(all_waiting(session, sealer=sealer)), oldest=None),
        _pile(session, "vanished", Provenance.vanished_at, Provenance.vanished_at.is_not(None)),
    ]


def _pile(session: Session, code: str, since: InstrumentedAttribute[Any], *which: Any) -> Pile:
    count, oldest = session.execute(select(func.count(), func.min(since)).select_from(since.class_).where(*which)).one()
    return Pile(code=code, count=count, oldest=oldest)


def _count(session: Session, table: type[Any], *which: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*which)) or 0
