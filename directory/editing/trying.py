"""Looking at a draft as if it were live: it is applied, looked at, and rolled back before anybody could see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.editing.applying import apply
from directory.editing.sheet import Sheet
from directory.exchange.intake.upsert import Key
from directory.sealing import Sealer

Seen = TypeVar("Seen")


def as_if_applied(
    session: Session, service_id: UUID | None, base: Sheet, sheet: Sheet, look: Callable[[UUID], Seen], *,
    actor: Actor, at: datetime, sealer: Sealer, theirs: frozenset[tuple[Key, str | None]] = frozenset(),
) -> Seen:
    """What ``look`` sees of the listing, by its service's id, were the sheet applied now. Takes a session that writes, and keeps nothing."""
    trial = session.begin_nested()
    try:
        key = apply(
            session, service_id, base, sheet, by=actor.by, at=at, act=uuid4(), sealer=sealer, is_decided=True, mine_wins=True, theirs=theirs,
        )  # fmt: skip
        session.flush()
        session.expire_all()
        return look(key)
    finally:
        trial.rollback()
        session.expire_all()
