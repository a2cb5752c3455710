"""Outgoing mail: rows written in the transaction of what they tell of, and taken from there by whoever delivers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.models import Mail
from directory.sealing import BrokenSeal, Sealer
from directory.storage import Storage

MOST_TRIES = 8
KEPT = timedelta(days=30)


class Letter(Struct, frozen=True, kw_only=True):
    """A message as it goes out: plain text, and a subject that tells nothing of anybody."""

    to: str
    subject: str
    text: str


Deliver = Callable[[UUID, Letter, datetime], None]
"""Hands a letter on; raises when that did not work. The id is the same at every try."""


def post(session: Session, letter: Letter, *, at: datetime, sealer: Sealer, account_id: UUID | None = None) -> UUID:
    """Lay a letter in the outbox."""
    key = uuid4()
    sealed = sealer.seal(msgspec.json.encode(letter).decode(), bound_to=_row(key))
    session.add(Mail(id=key, sealed=sealed, made_at=at, due_at=at, tries=0, account_id=account_id))
    session.flush()
    return key


def deliver_due(storage: Storage, deliver: Deliver, *, at: datetime, sealer: Sealer, most: int = 50) -> int:
    """Hand on what is due, one transaction a letter; gives how many went out. What fails is tried again, later each time."""
    sent = 0
    for _ in range(most):
        with storage.writing() as session:
            due = select(Mail).where(Mail.sent_at.is_(None), Mail.failed.is_(None), Mail.due_at <= at).order_by(Mail.due_at, Mail.id)
            row = session.scalars(due.limit(1).with_for_update(skip_locked=True)).one_or_none()
            if row is None:
                break
            sent += _hand_on(row, deliver, at, sealer)
    return sent


def list_letters(session: Session, *, sealer: Sealer, most: int = 50) -> list[tuple[Mail, Letter]]:
    """The newest letters with what they say, newest first: for the outbox page of a demonstration."""
    rows = session.scalars(select(Mail).order_by(Mail.made_at.desc(), Mail.id).limit(most)).all()
    return [(row, letter) for row in rows if (letter := _opened(row, sealer))]


def forget_sent(session: Session, *, at: datetime) -> None:
    """Delete letters that went out, or could not, long ago."""
    session.execute(delete(Mail).where(Mail.made_at < at - KEPT))


def _hand_on(row: Mail, deliver: Deliver, at: datetime, sealer: Sealer) -> int:
    letter = _opened(row, sealer)
    if letter is None:
        row.failed = "its key is not at hand"
        return 0
    try:
        deliver(row.id, letter, at)
    except Exception as error:   # whatever the mail server says, the letter stays
        row.tries += 1
        row.due_at = at + timedelta(minutes=2 ** row.tries)
        row.failed = type(error).__name__ if row.tries >= MOST_TRIES else None
        return 0
    row.sent_at = at
    return 1


def _opened(row: Mail, sealer: Sealer) -> Letter | None:
    try:
        return msgspec.json.decode(sealer.open(row.sealed, bound_to=_row(row.id)), type=Letter)
    except BrokenSeal:
        return None


def _row(key: UUID) -> str:
    return f"mail|sealed|{key}"
