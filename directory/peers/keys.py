"""The key of one introduction: everything that two write to each other is sealed with it, so that nothing of it can be read anywhere once it is gone."""

from __future__ import annotations

import base64
import os
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.clients.keys import Locker
from directory.models import IntroductionKey
from directory.sealing import KEY_BYTES, Sealer


def find_locker(session: Session, introduction_id: UUID, *, sealer: Sealer) -> Locker | None:
    """What opens and seals everything between two; None when nothing was written yet, or the key is gone."""
    row = session.get(IntroductionKey, introduction_id)
    return Locker(introduction_id, base64.b64decode(sealer.open(row.wrapped, bound_to=_row(introduction_id)))) if row else None


def locker_between(session: Session, introduction_id: UUID, *, sealer: Sealer) -> Locker:
    """The same, with a key made where there is none. Whoever calls this holds the row of the introduction, so that no two make one at once."""
    found = find_locker(session, introduction_id, sealer=sealer)
    if found is not None:
        return found
    key = os.urandom(KEY_BYTES)
    wrapped = sealer.seal(base64.b64encode(key).decode(), bound_to=_row(introduction_id))
    session.add(IntroductionKey(introduction_id=introduction_id, wrapped=wrapped))
    session.flush()
    return Locker(introduction_id, key)


def drop_key(session: Session, introduction_id: UUID) -> None:
    """Delete the key: what was sealed with it is unreadable from this transaction on."""
    session.execute(delete(IntroductionKey).where(IntroductionKey.introduction_id == introduction_id))


def _row(introduction_id: UUID) -> str:
    return f"introduction_key|wrapped|{introduction_id}"
