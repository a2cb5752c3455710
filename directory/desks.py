"""What lies on a desk: the organizations somebody edits, each with its listings."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.models import Organization, Service


class ListingLine(Struct, frozen=True, kw_only=True):
    """A service as one line of a desk."""

    service_id: UUID
    name: str
    status: str
    assured_on: date | None


class OrganizationDesk(Struct, frozen=True, kw_only=True):
    """An organization that somebody edits, with its listings by name."""

    organization_id: UUID
    name: str
    is_owner: bool
    listings: tuple[ListingLine, ...]


def organizations_of(session: Session, actor: Actor) -> list[OrganizationDesk]:
    """The organizations that somebody edits, by name."""
    found = session.scalars(select(Organization).where(Organization.id.in_(actor.edits)).order_by(Organization.name, Organization.id))
    return [desk_of(session, organization, actor) for organization in found]


def desk_of(session: Session, organization: Organization, actor: Actor) -> OrganizationDesk:
    """One organization as a desk."""
    rows = session.scalars(select(Service).where(Service.organization_id == organization.id).order_by(Service.name, Service.id))
    lines = tuple(ListingLine(service_id=row.id, name=row.name, status=row.status, assured_on=row.assured_date) for row in rows)
    return OrganizationDesk(organization_id=organization.id, name=organization.name, is_owner=organization.id in actor.owns, listings=lines)
