"""Pausing, going on, and taking part no more: at once, without a reason, and without a letter to anybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.records import own_record
from directory.peers.answering import end_waiting
from directory.peers.profiles import set_state


def change_state(session: Session, actor: Actor, scheme_id: UUID, side: str, state: str, *, at: datetime) -> None:
    """Set how somebody takes part (open, paused, ended); with the end goes whatever they or others had answered and was not introduced yet."""
    set_state(session, actor, scheme_id, side, state, at=at)
    client = own_record(session, actor)
    if state == "ended" and client is not None:
        end_waiting(session, scheme_id, side, client.id, at=at)
