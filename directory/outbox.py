"""Outgoing mail: rows written in the transaction of what they tell of, and taken from there by whoever delivers them.

Handing on happens between two short transactions, never inside one: a mail server that is slow must not keep anybody from writing. A letter is sent
again when the process ends in between, under the same id, so that a mail program shows it once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.clients.safety import is_safe
from directory.errors import NotSafe
from directory.models import Mail
from directory.sealing import BrokenSeal, Sealer
from directory.storage import Storage

MOST_TRIES = 8
KEPT = timedelta(days=30)
IN_HAND = timedelta(minutes=10)
"""How long a letter that somebody is handing on is left alone; longer than any mail server is waited for."""


class Letter(Struct, frozen=True, kw_only=True):
    """A message as it goes out: plain text, and a subject that tells nothing of anybody."""

    to: str
    subject: str
    text: str


Deliver = Callable[[UUID, Letter, datetime], None]
"""Hands a letter on; raises when that did not work. The id is the same at every try."""


def post(session: Session, letter: Letter, *, at: datetime, sealer: Sealer, account_id: UUID | None = None) -> UUID:
    """Lay a letter in the outbox. The one place where mail is made: ``NotSafe`` where whoever would get it said that e-mail is not safe (rule P19)."""
    if not is_safe(session, letter.to, sealer=sealer):
        raise NotSafe("Mail is not a safe way to reach them.")
    key = uuid4()
    sealed = sealer.seal(msgspec.json.encode(letter).decode(), bound_to=_row(key))
    session.add(Mail(id=key, sealed=sealed, made_at=at, due_at=at, tries=0, account_id=account_id))
    session.flush()
    return key


def post_where_safe(session: Session, letter: Letter, *, at: datetime, sealer: Sealer, account_id: UUID | None = None) -> UUID | None:
    """The same for whoever writes by themselves: where it is not safe nothing is written, and nothing tells so."""
    try:
        return post(session, letter, at=at, sealer=sealer, account_id=account_id)
    except NotSafe:
        return None


def deliver_due(storage: Storage, deliver: Deliver, *, at: datetime, sealer: Sealer, most: int = 50) -> int:
    """Hand on what is due; gives how many went out. What fails is tried again, later each time, eight times in about four hours."""
    sent = 0
    for _ in range(most):
        taken = _take(storage, at=at, sealer=sealer)
        if taken is None:
            break
        key, letter = taken
        if letter is not None:
            failed = _hand_on(key, letter, deliver, at)
            _note(storage, key, failed, at=at)
            sent += failed is None
    return sent


def count_waiting(session: Session) -> tuple[int, int]:
    """How many letters wait to go out, and how many were given up."""
    waiting = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
    counts = [session.scalar(waiting.where(Mail.failed.is_(None))), session.scalar(waiting.where(Mail.failed.is_not(None)))]
    return counts[0] or 0, counts[1] or 0


def list_letters(session: Session, *, sealer: Sealer, most: int = 50) -> list[tuple[Mail, Letter]]:
    """The newest letters with what they say, newest first: for the outbox page of a demonstration."""
    rows = session.scalars(select(Mail).order_by(Mail.made_at.desc(), Mail.id).limit(most)).all()
    return [(row, letter) for row in rows if (letter := _opened(row, sealer))]


def forget_sent(session: Session, *, at: datetime) -> None:
    """Delete letters that went out, or could not, long ago."""
    session.execute(delete(Mail).where(Mail.made_at < at - KEPT))


def _take(storage: Storage, *, at: datetime, sealer: Sealer) -> tuple[UUID, Letter | None] | None:
    """The next letter that is due, kept from others while it is handed on; None when nothing is due, no letter when it cannot be opened."""
    due = select(Mail).where(Mail.sent_at.is_(None), Mail.failed.is_(None), Mail.due_at <= at).order_by(Mail.due_at, Mail.id)
    with storage.writing(counting=True) as session:
        row = session.scalars(due.limit(1).with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        letter = _opened(row, sealer)
        row.tries, row.due_at = row.tries + 1, at + IN_HAND
        row.failed = None if letter else "its key is not at hand"
        if letter and not is_safe(session, letter.to, sealer=sealer):   # said since it was written
            letter, row.failed = None, "not a safe way to reach them"
        return row.id, letter


def _hand_on(key: UUID, letter: Letter, deliver: Deliver, at: datetime) -> str | None:
    """What kind of error came of it, None when it went out."""
    try:
        deliver(key, letter, at)
    except Exception as error:   # whatever the mail server says, the letter stays
        return type(error).__name__
    return None


def _note(storage: Storage, key: UUID, failed: str | None, *, at: datetime) -> None:
    with storage.writing(counting=True) as session:
        if (row := session.get(Mail, key)) is None:
            return
        if failed is None:
            row.sent_at = at
            return
        row.due_at = at + timedelta(minutes=2 ** (row.tries - 1))
        row.failed = failed if row.tries >= MOST_TRIES else None


def _opened(row: Mail, sealer: Sealer) -> Letter | None:
    try:
        return msgspec.json.decode(sealer.open(row.sealed, bound_to=_row(row.id)), type=Letter)
    except BrokenSeal:
        return None


def _row(key: UUID) -> str:
    return f"mail|sealed|{key}"
