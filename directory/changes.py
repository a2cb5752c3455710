"""Writing the one change log, and reading how far it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from directory.models import Base, Change


def hold_log(session: Session) -> None:
    """Wait until no other writer is between its first change and its commit.

    ``seq`` is given when a row is written and seen when it is committed; without this a reader who remembers the last ``seq`` it saw could pass over
    one that is committed later. SQLite has one writer at a time anyway. Called first in a transaction, it also lets that transaction see what the
    others have written: a table lock comes before PostgreSQL freezes what a transaction sees, a lock by ``select`` does not.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("lock table change in share row exclusive mode"))


def be_patient(session: Session) -> None:
    """Let this transaction wait between its statements: a long import works out much by itself, and PostgreSQL would take it for forgotten."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("set local idle_in_transaction_session_timeout = '30min'"))
        session.execute(text("set local statement_timeout = '5min'"))   # for waiting until another import is through


def record_change(
    session: Session, *, entity: str, entity_id: UUID, action: str, by: str, at: datetime, field: str | None = None,
    before: object = None, after: object = None, why: str | None = None, source_id: UUID | None = None, act: UUID | None = None,
) -> None:
    """Write one change in the transaction of the change itself. ``action`` is ``added``, ``changed`` or ``removed``; ``entity`` is a table."""
    change = change_row(
        entity=entity, entity_id=entity_id, action=action, by=by, at=at, field=field, before=before, after=after, why=why, source_id=source_id,
        act=act,
    )
    record_changes(session, [change])


def change_row(
    *, entity: str, entity_id: UUID, action: str, by: str, at: datetime, field: str | None = None,
    before: object = None, after: object = None, why: str | None = None, source_id: UUID | None = None, act: UUID | None = None,
) -> dict[str, Any]:
    """A change as a row, for writing many at once."""
    return {
        "at": at, "by": by, "action": action, "entity": entity, "entity_id": entity_id, "field": field,
        "before": as_text(before), "after": as_text(after), "why": why, "source_id": source_id, "act": act,
    }


def record_changes(session: Session, changes: Iterable[dict[str, Any]]) -> None:
    """Write many changes, in the order given."""
    rows = list(changes)
    if rows:
        hold_log(session)
        session.execute(insert(Base.metadata.tables["change"]), rows)   # past the objects of the tables: a third of the time


def latest_seq(session: Session) -> int:
    """The number of the newest change; 0 when nothing has changed yet."""
    return session.scalar(select(func.max(Change.seq))) or 0


def latest_moment(session: Session) -> datetime | None:
    """When the newest change was made; None when nothing has changed yet."""
    return session.scalar(select(Change.at).order_by(Change.seq.desc()).limit(1))


def mark_of(session: Session, seq: int) -> str:
    """A digest of the line of the log with this number, empty when there is none: two databases that have both come so far are told apart by it."""
    row = session.execute(select(Change.at, Change.by, Change.action, Change.entity, Change.entity_id).where(Change.seq == seq)).one_or_none()
    return sha256(repr((seq, *row)).encode()).hexdigest() if row else ""


def as_text(value: object) -> str | None:
    """A value as the log keeps it: text as it is, moments and dates in ISO form, lists and rows as JSON, None as None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date | datetime | UUID):
        return value.isoformat() if not isinstance(value, UUID) else str(value)
    return msgspec.json.encode(value).decode()
