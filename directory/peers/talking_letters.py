"""The letter that says that there is a message: never of whom or of what, and none after it until the person has come back."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of
from directory.models import Account, Client, PeerNote, SignIn
from directory.outbox import Letter, post
from directory.sealing import Sealer

SUBJECT: Final = "You have a message"
TEXT: Final = "You have a message. To read it, sign in:\n\n{}/my\n\nThis letter does not say more, on purpose. No other one comes until you have been here."


def tell(session: Session, client_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> bool:
    """Lay the letter in the outbox, unless one went since the person was last here; whether it was laid.

    That they came back is seen from their sign-ins, so that opening a page writes nothing.
    """
    client = session.get(Client, client_id)
    account = session.get(Account, client.account_id) if client and client.account_id else None
    if account is None or not account.is_active or _waits(session, client_id, account.id):
        return False
    note = session.get(PeerNote, client_id) or PeerNote(client_id=client_id)
    note.mailed_at = at
    session.add(note)
    post(session, Letter(to=address_of(account, sealer=sealer), subject=SUBJECT, text=TEXT.format(base_url)), at=at, sealer=sealer, account_id=account.id)
    return True


def _waits(session: Session, client_id: UUID, account_id: UUID) -> bool:
    """Whether there is a letter that they have not followed yet."""
    note = session.get(PeerNote, client_id)
    seen = session.scalar(select(func.max(SignIn.seen_at)).where(SignIn.account_id == account_id))
    return note is not None and (seen is None or seen <= note.mailed_at)
