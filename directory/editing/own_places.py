"""Places that an organization has already: to be chosen for another of its listings, and to find one's way by. Public ones only."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.editing.sheet import NOT_NESTED, Sheet, places_of
from directory.exchange.nest import nested
from directory.exchange.records import Location, Service
from directory.models import Address
from directory.models import Location as LocationRow


class OwnPlace(Struct, frozen=True, kw_only=True):
    """A public place of an organization, with words to choose it by and its point where it has one."""

    id: UUID
    name: str
    latitude: float | None
    longitude: float | None


def own_places(session: Session, organization_id: UUID | None, *, without: Collection[UUID] = ()) -> list[OwnPlace]:
    """The public places of an organization by name, but for some."""
    keys = [key for key in places_of(session, organization_id) if key not in without]
    rows = session.scalars(select(LocationRow).where(LocationRow.id.in_(keys), LocationRow.visibility == "public")).all()
    said = select(Address.location_id, Address.address_1, Address.city).where(Address.location_id.in_([row.id for row in rows]))
    streets: dict[UUID | None, str] = {}
    for key, street, city in session.execute(said.order_by(Address.position, Address.id)):
        streets.setdefault(key, ", ".join(filter(None, (street, city))))
    named = [(row, ", ".join(filter(None, (row.name, streets.get(row.id))))) for row in rows]
    found = [OwnPlace(id=row.id, name=name, latitude=row.latitude, longitude=row.longitude) for row, name in named if name]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def own_place(session: Session, organization_id: UUID | None, key: UUID) -> Location | None:
    """One of them whole; None for one that is not public, or another's."""
    if key not in places_of(session, organization_id):
        return None
    row = session.get(LocationRow, key)
    found = nested(session, Location, [key], without=NOT_NESTED | {Service}) if row is not None and row.visibility == "public" else []
    return found[0] if found else None


def taken_on(session: Session, base: Sheet, sheet: Sheet) -> frozenset[UUID]:
    """The places that a draft takes on as they are: they stand in the directory, and not yet at this listing."""
    new = {place.id for place in sheet.places} - {place.id for place in base.places}
    return frozenset(session.scalars(select(LocationRow.id).where(LocationRow.id.in_(new)))) if new else frozenset()
