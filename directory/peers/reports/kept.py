"""How reports are sealed, how long they are kept, and what goes of them when somebody erases what is theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from directory.models import PeerReport
from directory.sealing import Sealer

KEPT: Final = timedelta(days=365)
"""After its answer, or after it was made where nobody answered for another year."""


class Passage(Struct, frozen=True, kw_only=True):
    """A message that the reporter chose to show: whose it is, and what it says."""

    is_theirs: bool
    words: str
    at: datetime


def seal_words(words: str, report_id: UUID, *, sealer: Sealer) -> str:
    """What the reporter wrote, sealed."""
    return sealer.seal(words, bound_to=_words(report_id))


def seal_answer(words: str, report_id: UUID, *, sealer: Sealer) -> str:
    """What the moderator answered, sealed."""
    return sealer.seal(words, bound_to=_answer(report_id))


def seal_passages(passages: list[Passage], report_id: UUID, *, sealer: Sealer) -> str | None:
    """What was shown along with it, sealed; None where nothing was."""
    return sealer.seal(msgspec.json.encode(passages).decode(), bound_to=_passages(report_id)) if passages else None


def open_report(row: PeerReport, *, sealer: Sealer) -> tuple[str, str, list[Passage]]:
    """Words, answer and passages. Whoever calls this answers for who reads them."""
    answer = sealer.open(row.answer, bound_to=_answer(row.id)) if row.answer else ""
    passages = msgspec.json.decode(sealer.open(row.passages, bound_to=_passages(row.id)), type=list[Passage]) if row.passages else []
    return sealer.open(row.words, bound_to=_words(row.id)), answer, passages


def forget_reports(session: Session, client_id: UUID, *, sealer: Sealer) -> None:
    """Somebody erases what is theirs: their own reports go, and from what others reported every line that they wrote.

    What others wrote in their own words stays until its time is over: it is theirs.
    """
    session.execute(delete(PeerReport).where(PeerReport.reporter_id == client_id).execution_options(synchronize_session=False))
    for row in session.scalars(select(PeerReport).where(PeerReport.about_id == client_id, PeerReport.passages.is_not(None))):
        own = [passage for passage in open_report(row, sealer=sealer)[2] if not passage.is_theirs]
        row.passages = seal_passages(own, row.id, sealer=sealer)
    session.flush()


def forget_old_reports(session: Session, *, at: datetime) -> int:
    """Delete reports whose time is over; gives how many."""
    over = or_(PeerReport.answered_at < at - KEPT, PeerReport.answered_at.is_(None) & (PeerReport.made_at < at - 2 * KEPT))
    gone = session.execute(delete(PeerReport).where(over).returning(PeerReport.id).execution_options(synchronize_session=False))
    return len(gone.all())


def _words(report_id: UUID) -> str:
    return f"peer_report|words|{report_id}"


def _answer(report_id: UUID) -> str:
    return f"peer_report|answer|{report_id}"


def _passages(report_id: UUID) -> str:
    return f"peer_report|passages|{report_id}"
