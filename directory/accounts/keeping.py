"""Forgetting: what belongs to signing in and is over is deleted, each kind after its own time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from directory.accounts.sign_ins import forget_old
from directory.accounts.throttle import forget_past
from directory.models import Link
from directory.outbox import forget_sent
from directory.storage import Storage

LINKS_KEPT = timedelta(days=7)
"""How long after its end a link is remembered: that it was used must be known at least as long as it could be tried again."""


def forget_ended(storage: Storage, *, at: datetime) -> None:
    """Delete old sign-ins, links, limits and letters."""
    with storage.writing() as session:
        forget_old(session, at=at)
        forget_past(session, at=at)
        forget_sent(session, at=at)
        session.execute(delete(Link).where(Link.expires_at < at - LINKS_KEPT))
