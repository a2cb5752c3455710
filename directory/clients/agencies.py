"""Agencies: organizations whose team works with people, and who is in that team."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.people import TEAM, get_account, revoke
from directory.errors import NotFound
from directory.models import Account, Caseload, Organization, Role


class Agency(Struct, frozen=True, kw_only=True):
    """An agency as somebody chooses it."""

    organization_id: UUID
    name: str
    description: str


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody in the team of an agency."""

    account_id: UUID
    name: str
    role: str


def list_agencies(session: Session) -> list[Agency]:
    """Every organization that has a caseworker whose account is open, by name."""
    works = select(Role.organization_id).join(Account, Account.id == Role.account_id).where(Role.role == "caseworker", Account.is_active)
    rows = session.scalars(select(Organization).where(Organization.id.in_(works)).order_by(Organization.name, Organization.id))
    return [Agency(organization_id=row.id, name=row.name, description=row.description or "") for row in rows]


def get_agency(session: Session, organization_id: UUID) -> Agency:
    """One agency, or ``NotFound``."""
    for one in list_agencies(session):
        if one.organization_id == organization_id:
            return one
    raise NotFound("There is no such page here.")


def agencies_of(session: Session, actor: Actor) -> list[Organization]:
    """The agencies in whose team somebody is, by name."""
    return list(session.scalars(select(Organization).where(Organization.id.in_(actor.casework | actor.leads)).order_by(Organization.name, Organization.id)))


def coordinated_by(session: Session, actor: Actor) -> list[Organization]:
    """The organizations whose peer support somebody keeps, by name."""
    return list(session.scalars(select(Organization).where(Organization.id.in_(actor.coordinates)).order_by(Organization.name, Organization.id)))


def find_organization(session: Session, named: str) -> Organization:
    """The organization with this id or name; ``NotFound`` where there is none, or more than one of the name."""
    try:
        found = [session.get(Organization, UUID(named))]
    except ValueError:
        found = list(session.scalars(select(Organization).where(Organization.name == named).order_by(Organization.id)))
    if len(found) != 1 or found[0] is None:
        raise NotFound(f"There is no organization '{named[:80]}'." if not any(found) else f"Several organizations are called '{named[:80]}': give the id.")
    return found[0]


def list_team(session: Session, organization_id: UUID, *roles: str) -> list[Colleague]:
    """The team of an agency, by name; only those with one of the roles, where some are named."""
    found = (
        select(Account.id, Account.name, Role.role).join(Role, Role.account_id == Account.id)
        .where(Role.organization_id == organization_id, Role.role.in_(roles or TEAM), Account.is_active)
        .order_by(Account.name, Account.id, Role.role)
    )  # fmt: skip
    return [Colleague(account_id=key, name=name, role=role) for key, name, role in session.execute(found)]


def is_caseworker(session: Session, organization_id: UUID, account_id: UUID) -> bool:
    """Whether somebody is a caseworker of an agency."""
    return any(one.account_id == account_id for one in list_team(session, organization_id, "caseworker"))


def leave_team(session: Session, organization_id: UUID, account_id: UUID, role: str, *, by: str, at: datetime) -> None:
    """Take somebody's role in a team and sign them out. Their people are then with the agency and nobody, and wait for a colleague to take them on."""
    if role not in TEAM:
        raise NotFound("There is no such page here.")
    revoke(session, get_account(session, account_id), role, by=by, at=at, organization_id=organization_id)
    if role == "caseworker":
        there = Caseload.organization_id == organization_id, Caseload.until.is_(None)
        session.execute(update(Caseload).where(*there, Caseload.account_id == account_id).values(account_id=None))
        session.execute(update(Caseload).where(*there, Caseload.cover_id == account_id).values(cover_id=None, cover_until=None))
