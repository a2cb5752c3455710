"""Records that a source no longer has: flagged for a curator, never deleted, and cleared when they come back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Ready
from directory.exchange.intake.upsert import chunks
from directory.exchange.report import ImportReport
from directory.models import Provenance

LEAST_SHARE: Final = 0.5
"""A source that has less than this share of what it had is taken for broken, not for shrunk."""


def flag_vanished(session: Session, source_id: UUID, ready: Iterable[Ready], report: ImportReport, *, at: datetime, withdrawn: Iterable[str] = ()) -> None:
    """Flag the records of a source that were not in what it sent now, and clear the flag of those that were.

    Nothing is flagged when more than half of the records are missing, or when as many could not be read as are missing: the report says so.
    """
    present = {key for item in ready for key in item.keys} | set(withdrawn)   # of those the source has spoken
    found = session.execute(select(Provenance.id, Provenance.record_key, Provenance.vanished_at).where(Provenance.source_id == source_id)).all()
    back = [row.id for row in found if row.vanished_at is not None and row.record_key in present]
    missing = [row.id for row in found if row.vanished_at is None and row.record_key not in present]
    _flag(session, back, None)
    there = sum(row.vanished_at is None for row in found) - len(missing)
    unread = sum(not refusal.withdrawn for refusal in report.refusals)
    if missing and there < LEAST_SHARE * (there + len(missing)):
        report.warning = _SHRANK.format(there=there, known=there + len(missing))
    elif missing and len(missing) <= unread:
        report.warning = _UNREAD.format(missing=len(missing), unread=unread)
    else:
        _flag(session, missing, at)
        report.vanished = len(missing)


_SHRANK = (
    "The source sent only {there:,} of the {known:,} records that it had: more than half are missing, which is not believed. None was flagged as vanished. "
    "If this is a part of the source, import it as a part; if it really shrank, a curator decides about each."
)
_UNREAD = "{missing:,} records are missing and {unread:,} were refused: they may be the same, so none was flagged as vanished."


def _flag(session: Session, ids: list[UUID], at: datetime | None) -> None:
    for chunk in chunks(ids):
        session.execute(update(Provenance).where(Provenance.id.in_(chunk)).values(vanished_at=at, kept_at=None))
