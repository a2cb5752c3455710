"""The team's strengths: each member chooses what to show, sees the others who did, and can take it back at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from directory.models import Account, Role, TeamStrength


class TeamFacet(Struct, frozen=True, kw_only=True):
    """A strength of the team, with the names of those who chose to show it."""

    code: str
    label: str
    people: tuple[str, ...]


def show_strengths(session: Session, organization_id: UUID, account_id: UUID, facets: Iterable[str], *, known: Iterable[str]) -> None:
    """Show exactly these strengths of a member, and no other; a code that is no strength is passed over."""
    mine = TeamStrength.organization_id == organization_id, TeamStrength.account_id == account_id
    session.execute(delete(TeamStrength).where(*mine))
    for facet in sorted(set(facets) & set(known)):
        session.add(TeamStrength(id=uuid4(), organization_id=organization_id, account_id=account_id, facet=facet))
    session.flush()


def shown_by(session: Session, organization_id: UUID, account_id: UUID) -> frozenset[str]:
    """What a member shows."""
    mine = TeamStrength.organization_id == organization_id, TeamStrength.account_id == account_id
    return frozenset(session.scalars(select(TeamStrength.facet).where(*mine)))


def team_map(session: Session, organization_id: UUID, labels: dict[str, str]) -> list[TeamFacet]:
    """The strengths of those who are members now, most people first."""
    found = select(TeamStrength.facet, Account.name).join(Account, Account.id == TeamStrength.account_id)
    found = found.where(TeamStrength.organization_id == organization_id, _is_member(organization_id)).order_by(Account.name, Account.id)
    by_facet: dict[str, list[str]] = {}
    for facet, name in session.execute(found):
        by_facet.setdefault(facet, []).append(name)
    facets = [TeamFacet(code=code, label=labels[code], people=tuple(names)) for code, names in by_facet.items() if code in labels]
    return sorted(facets, key=lambda facet: (-len(facet.people), facet.label))


def _is_member(organization_id: UUID) -> ColumnElement[bool]:
    """Somebody who left is shown no more, whatever they left behind."""
    return TeamStrength.account_id.in_(select(Role.account_id).where(Role.organization_id == organization_id))
