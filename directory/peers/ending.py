"""An introduction comes to its end: without fault and without a reason. What they wrote goes at once, and nobody is told who ended it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.clients.erasing import scrub
from directory.errors import Invalid
from directory.models import Introduction, PeerCheckIn, PeerMessage
from directory.peers.keys import drop_key
from directory.peers.talking.between import SIDES, Between
from directory.peers.talking.parting import back_in_line, profile_of
from directory.peers.telling import tell
from directory.sealing import Sealer
from directory.storage import Storage

WISHES: Final = {"change": "I would like to be introduced to somebody else", "enough": "This is enough for me for now"}
"""What somebody may wish when they end it. The other never learns which."""
TABLES: Final = frozenset({"introduction", "introduction_key", "peer_message", "peer_check_in"})
"""What holds, or held, anything between two."""


def end(session: Session, between: Between, *, wish: str, at: datetime, sealer: Sealer, base_url: str) -> None:
    """One of two ends it. Doing it twice, or after the other did, changes nothing but what they wish next. ``Invalid`` for another wish than ``WISHES``."""
    if wish not in WISHES:
        raise Invalid(wish="Choose what you would like next.")
    close(session, between.introduction, by=between.side, at=at, sealer=sealer, base_url=base_url)
    _wish(session, between, wish)


def close(session: Session, introduction: Introduction, *, by: str, at: datetime, sealer: Sealer, base_url: str) -> bool:
    """End an introduction, or a suggestion that was not answered: key and messages go in this transaction, and whoever did not end it gets the letter
    that says nothing. ``by`` is a side or ``house``. Whether it was still open; ``forget_traces`` afterwards, outside the transaction.
    """
    if introduction.ended_at is not None:
        return False
    introduction.ended_at, introduction.ended_by = at, by
    empty(session, introduction.id)
    session.execute(delete(PeerCheckIn).where(PeerCheckIn.introduction_id == introduction.id, PeerCheckIn.answered_at.is_(None)))
    session.flush()
    back_in_line(session, introduction)
    if introduction.introduced_at is not None:
        people = {SIDES[0]: introduction.seeker_id, SIDES[1]: introduction.supporter_id}
        for client_id in (client_id for side, client_id in people.items() if side != by):
            tell(session, client_id, at=at, sealer=sealer, base_url=base_url)
    return True


def empty(session: Session, introduction_id: UUID) -> None:
    """Delete what two wrote to each other, and the key that opens it."""
    session.execute(delete(PeerMessage).where(PeerMessage.introduction_id == introduction_id))
    drop_key(session, introduction_id)


def forget_traces(storage: Storage) -> bool:
    """Take what was deleted between two out of the files of the database; False where somebody was reading, then the next job does it."""
    return scrub(storage, only=TABLES)


def _wish(session: Session, between: Between, wish: str) -> None:
    """The profile of whoever ended it: open to somebody new, or resting until they say so."""
    row = profile_of(session, between.introduction, between.side, between.me)
    if row is not None and row.held_at is None and row.state != "ended":
        row.state = "open" if wish == "change" else "paused"
        session.flush()
