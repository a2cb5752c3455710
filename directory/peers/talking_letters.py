"""That there is a message is said once: after a letter there is no second one until the person has come back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models import Account, Client, PeerNote, SignIn
from directory.peers.telling import tell
from directory.sealing import Sealer


def tell_once(session: Session, client_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> bool:
    """Lay the letter that says nothing in the outbox, unless one went since the person was last here; whether it was laid.

    That they came back is seen from their sign-ins, so that opening a page writes nothing.
    """
    client = session.get(Client, client_id)
    account = session.get(Account, client.account_id) if client and client.account_id else None
    if account is None or not account.is_active or _waits(session, client_id, account.id):
        return False
    note = session.get(PeerNote, client_id) or PeerNote(client_id=client_id)
    note.mailed_at = at
    session.add(note)
    tell(session, client_id, at=at, sealer=sealer, base_url=base_url)
    return True


def _waits(session: Session, client_id: UUID, account_id: UUID) -> bool:
    """Whether there is a letter that they have not followed yet."""
    note = session.get(PeerNote, client_id)
    seen = session.scalar(select(func.max(SignIn.seen_at)).where(SignIn.account_id == account_id))
    return note is not None and (seen is None or seen <= note.mailed_at)
