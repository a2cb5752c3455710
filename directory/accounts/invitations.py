"""Saying yes to an invitation: the one verb, for those who make their account with it and for those who have one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.links import Opened
from directory.accounts.people import TEAM, grant, may_still_ask, revoke
from directory.errors import NotFound
from directory.models import Account, Role


def take_role(session: Session, account: Account, opened: Opened, *, at: datetime) -> None:
    """The account takes the role that the invitation is for; nothing changes for whoever has it already, or is an owner there
    (who keeps listings anyway, and no caseload).

    A new owner is an editor no more, since owners edit anyway. ``NotFound`` for an account that is closed, and when whoever asked may ask no more.
    """
    said = opened.subject
    within = UUID(said["organization_id"]) if said.get("organization_id") else None
    if not may_still_ask(session, said["by"], within, said["role"]):
        raise NotFound("Whoever asked you in may not ask people in any more.")
    if not account.is_active:
        raise NotFound("This account is closed.")
    held = {*session.scalars(select(Role.role).where(Role.account_id == account.id, Role.organization_id == within))}
    if said["role"] in held or ("owner" in held and said["role"] not in TEAM):
        return
    if said["role"] == "owner" and "editor" in held:
        revoke(session, account, "editor", by=said["by"], at=at, organization_id=within)
    grant(session, account, said["role"], by=said["by"], at=at, organization_id=within, is_trusted=said["is_trusted"])
