"""Whom a report reaches: the moderator whom the scheme names, never the one whom it is about, and never nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of
from directory.models import Account, Client, PeerReport, PeerScheme, Role
from directory.outbox import Letter, post_where_safe
from directory.sealing import Sealer

AGAIN: Final = timedelta(days=3)
"""How long one waits for an answer before the coordinators are written to once more."""
SUBJECT: Final = "You have a message"
TO_MODERATOR: Final = "A message in your organization's peer support waits for an answer:\n\n{}\n\nThis letter does not say what it is about, on purpose."
TO_OWNER: Final = (
    "Your organization keeps a peer support scheme, and nobody is there to answer messages about it. Please name a coordinator:\n\n{}\n\n"
    "This letter does not say more, on purpose."
)


def moderator_for(session: Session, scheme: PeerScheme, *, not_these: Iterable[UUID]) -> UUID | None:
    """The account that answers: the named moderator while they are a coordinator, else another coordinator; None where there is none."""
    able = [account for account in holders_of(session, scheme.organization_id, "coordinator") if account not in set(not_these)]
    return scheme.moderator_id if scheme.moderator_id in able else next(iter(able), None)


def holders_of(session: Session, organization_id: UUID, role: str) -> list[UUID]:
    """The accounts with a role at an organization that may sign in, those who have had it longest first."""
    held = select(Account.id).join(Role, Role.account_id == Account.id).where(Role.organization_id == organization_id, Role.role == role, Account.is_active)
    return list(session.scalars(held.order_by(Role.granted_at, Account.id)))


def parties_of(session: Session, row: PeerReport) -> set[UUID]:
    """The accounts of both whom a report is between: neither answers it."""
    found = select(Client.account_id).where(or_(Client.id == row.reporter_id, Client.id == row.about_id), Client.account_id.is_not(None))
    return {account for account in session.scalars(found) if account is not None}


def bring(session: Session, row: PeerReport, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Lay a report before its moderator, with a letter that says nothing; where there is none, tell the owners that somebody is missing."""
    scheme, parties = session.get_one(PeerScheme, row.scheme_id), parties_of(session, row)
    row.moderator_id, row.told_at = moderator_for(session, scheme, not_these=parties), at
    desk = f"{base_url}/desk/organizations/{scheme.organization_id}"
    if row.moderator_id is not None:
        _write(session, [row.moderator_id], TO_MODERATOR.format(f"{desk}/peers/reports"), at=at, sealer=sealer)
    else:
        owners = [owner for owner in holders_of(session, scheme.organization_id, "owner") if owner not in parties]
        _write(session, owners, TO_OWNER.format(desk), at=at, sealer=sealer)
    session.flush()


def bring_again(session: Session, *, at: datetime, sealer: Sealer, base_url: str, most: int = 100) -> int:
    """What nobody answered, or has nobody to answer it, is brought to whoever may now; gives how many."""
    waits = select(PeerReport).where(PeerReport.answered_at.is_(None), or_(PeerReport.told_at.is_(None), PeerReport.told_at < at - AGAIN))
    rows = session.scalars(waits.order_by(PeerReport.made_at, PeerReport.id).limit(most).with_for_update(skip_locked=True)).all()
    for row in rows:
        bring(session, row, at=at, sealer=sealer, base_url=base_url)
    return len(rows)


def _write(session: Session, accounts: list[UUID], text: str, *, at: datetime, sealer: Sealer) -> None:
    for account in session.scalars(select(Account).where(Account.id.in_(accounts)).order_by(Account.id)).all():
        post_where_safe(session, Letter(to=address_of(account, sealer=sealer), subject=SUBJECT, text=text), at=at, sealer=sealer, account_id=account.id)
