"""Links sent by mail: minted here, kept hashed, good for one purpose, once, for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from directory.accounts.tokens import new_token, token_hash
from directory.errors import NotFound
from directory.models import Link
from directory.sealing import BrokenSeal, Sealer

LIVES: Final = {
    "sign up": timedelta(days=1),
    "invite": timedelta(days=14),
    "sign in": timedelta(minutes=20),
    "new password": timedelta(hours=1),
    "new address": timedelta(days=1),
    "claim": timedelta(days=7),
    "confirm": timedelta(days=60),
    "own record": timedelta(days=14),
    "referral": timedelta(days=32),
}
"""For how long a link of each purpose is good."""
GONE = "This link is not good any more: it was used, it is too old, or it was cut short on the way."


class Opened(Struct, frozen=True, kw_only=True):
    """What a link stands for."""

    purpose: str
    subject: dict[str, Any]
    account_id: UUID | None
    made_at: datetime


def make_link(
    session: Session, purpose: str, *, at: datetime, sealer: Sealer, account_id: UUID | None = None, expires_at: datetime | None = None, **subject: Any
) -> str:
    """Mint a link; gives the token that stands in the mail and nowhere else. ``expires_at`` may end it before its purpose does."""
    token = new_token()
    key = token_hash(token)
    ends = at + LIVES[purpose]
    sealed = sealer.seal(msgspec.json.encode(subject).decode(), bound_to=_row(key))
    session.add(Link(id_hash=key, purpose=purpose, account_id=account_id, subject=sealed, made_at=at, expires_at=min(expires_at or ends, ends)))
    session.flush()
    return token


def look_at(session: Session, token: str, *purposes: str, at: datetime, sealer: Sealer) -> Opened:
    """What a link stands for, without using it; ``NotFound`` when it is not good any more."""
    row = session.get(Link, token_hash(token))
    if row is None or row.purpose not in purposes or row.used_at is not None or not row.made_at <= at < row.expires_at:
        raise NotFound(GONE)
    try:
        subject = msgspec.json.decode(sealer.open(row.subject, bound_to=_row(row.id_hash)))
    except BrokenSeal:
        raise NotFound(GONE) from None
    return Opened(purpose=row.purpose, subject=subject, account_id=row.account_id, made_at=row.made_at)


def use(session: Session, token: str, *purposes: str, at: datetime, sealer: Sealer) -> Opened:
    """What a link stands for, used up now; of two that come at once one gets it."""
    opened = look_at(session, token, *purposes, at=at, sealer=sealer)
    unused = update(Link).where(Link.id_hash == token_hash(token), Link.used_at.is_(None))
    result: CursorResult[Any] = session.execute(unused.values(used_at=at))  # type: ignore[assignment]  # an update gives a cursor
    if result.rowcount != 1:
        raise NotFound(GONE)
    return opened


def _row(key: str) -> str:
    return f"link|subject|{key}"
