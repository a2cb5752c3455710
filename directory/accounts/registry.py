"""Accounts as an administrator sees them: who there is, with which roles, and opening, closing and mending accounts. Every change is logged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.factors import has_second_factor, reset_factors
from directory.accounts.people import address_of, find_account, grant, revoke
from directory.accounts.sign_ins import sign_out_everywhere
from directory.changes import record_change
from directory.errors import Invalid
from directory.models import Account, Organization, Role
from directory.models.account import WITHOUT_ORGANIZATION
from directory.sealing import BrokenSeal, Sealer

A_PAGE = 50
LAST = "This is the last administrator who may sign in. Make another one first."


class Listed(Struct, frozen=True, kw_only=True):
    """One account in the list; ``roles`` are (role, organization or nothing)."""

    account_id: UUID
    name: str
    email: str
    is_active: bool
    has_second_factor: bool
    made_at: datetime
    roles: tuple[tuple[str, str], ...]


def list_accounts(session: Session, *, sealer: Sealer, email: str = "", page: int = 1) -> tuple[list[Listed], int]:
    """A page of accounts, the newest first, and how many there are; with ``email`` the one that has exactly this address."""
    if email:
        found = find_account(session, email, sealer=sealer)
        return ([_listed(session, found, sealer)] if found else []), int(found is not None)
    rows = session.scalars(select(Account).order_by(Account.made_at.desc(), Account.id).limit(A_PAGE).offset((max(1, page) - 1) * A_PAGE))
    return [_listed(session, account, sealer) for account in rows], session.scalar(select(func.count()).select_from(Account)) or 0


def get_listed(session: Session, account: Account, *, sealer: Sealer) -> Listed:
    """One account as it stands in the list."""
    return _listed(session, account, sealer)


def granted_by(session: Session, by: str, *, sealer: Sealer) -> list[Listed]:
    """The accounts that somebody gave a role, in the order of their names."""
    keys = select(Role.account_id).where(Role.granted_by == by)
    return [_listed(session, account, sealer) for account in session.scalars(select(Account).where(Account.id.in_(keys)).order_by(Account.name, Account.id))]


def give_role(session: Session, account: Account, role: str, *, by: str, at: datetime) -> None:
    """Give a role that is not of one organization, and sign the account out; ``Invalid`` for any other."""
    if role not in WITHOUT_ORGANIZATION:
        raise Invalid(role="Choose one of the roles. Owners and editors are made by their organization.")
    grant(session, account, role, by=by, at=at)
    sign_out_everywhere(session, account.id, at=at)   # a browser that gains trust gets a new id


def take_role(session: Session, account: Account, role: str, *, by: str, at: datetime) -> None:
    """Take such a role, and sign the account out; ``Invalid`` for the last administrator, ``NotFound`` for a role that is not there."""
    if role == "administrator":
        _keep_one(session, account)
    revoke(session, account, role, by=by, at=at)


def close_account(session: Session, account: Account, *, by: str, at: datetime) -> None:
    """Nobody signs in with it any more, and whoever is signed in is signed out; ``Invalid`` for the last administrator."""
    _keep_one(session, account)
    _set_active(session, account, False, by=by, at=at)
    sign_out_everywhere(session, account.id, at=at)


def open_account(session: Session, account: Account, *, by: str, at: datetime) -> None:
    """Let the account sign in again."""
    _set_active(session, account, True, by=by, at=at)


def reset_second_factor(session: Session, account: Account, *, by: str, at: datetime) -> None:
    """Take every second factor of an account away and sign it out, for somebody who lost theirs; roles sleep until there is a new one."""
    reset_factors(session, account)
    sign_out_everywhere(session, account.id, at=at)
    record_change(session, entity="account", entity_id=account.id, action="changed", by=by, at=at, field="second_factor", after="reset")


def _set_active(session: Session, account: Account, is_active: bool, *, by: str, at: datetime) -> None:
    if account.is_active != is_active:
        account.is_active = is_active
        session.flush()
        change = {"field": "is_active", "before": not is_active, "after": is_active}
        record_change(session, entity="account", entity_id=account.id, action="changed", by=by, at=at, **change)   # type: ignore[arg-type]


def _keep_one(session: Session, account: Account) -> None:
    others = select(func.count()).select_from(Role).join(Account, Account.id == Role.account_id)
    others = others.where(Role.role == "administrator", Account.is_active.is_(True), Account.id != account.id)
    is_one = session.scalar(select(func.count()).select_from(Role).where(Role.account_id == account.id, Role.role == "administrator"))
    if is_one and not session.scalar(others):
        raise Invalid(role=LAST)


def _listed(session: Session, account: Account, sealer: Sealer) -> Listed:
    roles = session.execute(
        select(Role.role, Organization.name).outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Role.account_id == account.id).order_by(Role.role, Organization.name)
    )
    try:
        email = address_of(account, sealer=sealer)
    except BrokenSeal:
        email = "(its key is not at hand)"
    return Listed(
        account_id=account.id, name=account.name, email=email, is_active=account.is_active, made_at=account.made_at,
        has_second_factor=has_second_factor(session, account), roles=tuple((role, organization or "") for role, organization in roles),
    )
