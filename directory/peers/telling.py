"""The letter that says that there is a message: never of whom or of what, and after one there is no second until the person has come back."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of
from directory.accounts.sign_ins import SEEN_EVERY
from directory.models import Account, Client, PeerNote, Role, SignIn
from directory.outbox import Letter, post_where_safe
from directory.peers.schemes import COORDINATOR
from directory.sealing import Sealer

SUBJECT: Final = "You have a message"
TEXT: Final = "You have a message. To read it, sign in:\n\n{}\n\nThis letter does not say more, on purpose."


def tell(session: Session, client_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> bool:
    """Lay the letter for somebody who takes part in the outbox, unless one went since they were last here; whether it was laid.

    That they came back is seen from their sign-ins, so that opening a page writes nothing. Where both of two are told, call it for both at once.
    """
    client = session.get(Client, client_id)
    account = session.get(Account, client.account_id) if client and client.account_id else None
    if account is None or not account.is_active or _waits(session, client_id, account.id):
        return False
    note = session.get(PeerNote, client_id) or PeerNote(client_id=client_id)
    note.mailed_at = at
    session.add(note)
    _write(session, account, f"{base_url}/my", at=at, sealer=sealer)
    return True


def tell_coordinators(session: Session, organization_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """The same letter for everybody who coordinates there: two wait to be introduced."""
    theirs = select(Account).join(Role, Role.account_id == Account.id).where(Role.role == COORDINATOR, Role.organization_id == organization_id)
    for account in session.scalars(theirs.order_by(Account.id)).all():
        _write(session, account, f"{base_url}/desk/organizations/{organization_id}/peers", at=at, sealer=sealer)


def _waits(session: Session, client_id: UUID, account_id: UUID) -> bool:
    """Whether there is a letter that they have not followed yet. Whoever was here as it was written may have left without reading what came then."""
    note = session.get(PeerNote, client_id)
    seen = session.scalar(select(func.max(SignIn.seen_at)).where(SignIn.account_id == account_id))
    return note is not None and note.mailed_at is not None and (seen is None or seen + SEEN_EVERY <= note.mailed_at)


def _write(session: Session, account: Account, link: str, *, at: datetime, sealer: Sealer) -> None:
    if account.is_active:
        letter = Letter(to=address_of(account, sealer=sealer), subject=SUBJECT, text=TEXT.format(link))
        post_where_safe(session, letter, at=at, sealer=sealer, account_id=account.id)
