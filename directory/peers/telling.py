"""The letter that says that there is a message: never of whom or of what. It goes to both of two at once, and never on the word of one."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of
from directory.models import Account, Client, Role
from directory.outbox import Letter, post_where_safe
from directory.peers.schemes import COORDINATOR
from directory.sealing import Sealer

SUBJECT: Final = "You have a message"
TEXT: Final = "You have a message. To read it, sign in:\n\n{}\n\nThis letter does not say more, on purpose."


def tell(session: Session, client_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Lay the letter for somebody who takes part in the outbox; nothing where they have no account any more."""
    client = session.get(Client, client_id)
    if client is not None and client.account_id is not None:
        _write(session, session.get_one(Account, client.account_id), f"{base_url}/my", at=at, sealer=sealer)


def tell_coordinators(session: Session, organization_id: UUID, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """The same letter for everybody who coordinates there: two wait to be introduced."""
    theirs = select(Account).join(Role, Role.account_id == Account.id).where(Role.role == COORDINATOR, Role.organization_id == organization_id)
    for account in session.scalars(theirs.order_by(Account.id)).all():
        _write(session, account, f"{base_url}/desk/organizations/{organization_id}/peers", at=at, sealer=sealer)


def _write(session: Session, account: Account, link: str, *, at: datetime, sealer: Sealer) -> None:
    if account.is_active:
        letter = Letter(to=address_of(account, sealer=sealer), subject=SUBJECT, text=TEXT.format(link))
        post_where_safe(session, letter, at=at, sealer=sealer, account_id=account.id)
