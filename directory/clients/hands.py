"""In whose hands a client was, and when: a row for each span, written wherever a caseload changes hands, so that nobody has to guess afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.models import Caseload, CaseloadHand


def note_hands(session: Session, row: Caseload, *, at: datetime) -> None:
    """Write down who holds and who covers from this moment on, where that differs from what was written last."""
    session.flush()
    is_over = row.until is not None
    _span(session, row, "holder", None if is_over else row.account_id, None, at)
    _span(session, row, "cover", None if is_over else row.cover_id, row.cover_until, at)
    session.flush()


def _span(session: Session, row: Caseload, kind: str, account_id: UUID | None, until: datetime | None, at: datetime) -> None:
    same = CaseloadHand.client_id == row.client_id, CaseloadHand.organization_id == row.organization_id, CaseloadHand.kind == kind
    last = session.scalars(select(CaseloadHand).where(*same, or_(CaseloadHand.until.is_(None), CaseloadHand.until > at))).one_or_none()
    if last is not None and (last.account_id, last.until) == (account_id, until):
        return
    if last is not None:
        last.until = at
        session.flush()
    if account_id is not None and (until is None or until > at):
        said = {"client_id": row.client_id, "organization_id": row.organization_id, "account_id": account_id}
        session.add(CaseloadHand(id=uuid4(), **said, kind=kind, since=at, until=until))
