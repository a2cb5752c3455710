"""Places where others are too: who they are, and whether an edit touches one of another organization, which is for a curator to decide."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.editing.rows import Moved, SheetRows, moved, rows_of
from directory.editing.sheet import Sheet, owners_of_places
from directory.models import Organization, Service, ServiceAtLocation

OF_PLACE = ("location", "address", "accessibility")
"""Tables whose rows say what a place is."""


def shared_now(session: Session, sheet: Sheet) -> list[UUID]:
    """The places of a sheet that serve other organizations too, as things stand."""
    owners = owners_of_places(session, [place.id for place in sheet.places])
    return [place.id for place in sheet.places if owners.get(place.id, set()) - {sheet.service.organization_id}]


def places_in(wanted: Moved, rows: SheetRows) -> set[object]:
    """The places of which an edit changes something; ``rows`` are those that it leaves behind."""
    touched = {*wanted.added, *wanted.removed, *(key for key, _ in wanted.changed)}
    said = {key: rows.get(key) or wanted.removed.get(key) or {} for key in touched if key[0] in OF_PLACE}
    return {key[1] if key[0] == "location" else row.get("location_id") for key, row in said.items()}


def decided_by_curators(base: Sheet, sheet: Sheet) -> list[UUID]:
    """The shared places that a sheet changes. One that it leaves or takes on stays as it is, and so is nobody else's matter."""
    rows = rows_of(sheet)
    stay = {place.id for place in base.places} & {place.id for place in sheet.places} & set(sheet.shared)
    return sorted(stay & places_in(moved(rows_of(base), rows), rows))


def others_at(session: Session, sheet: Sheet) -> Mapping[UUID, tuple[str, ...]]:
    """What else is listed at each place, by name and with whose it is; of a place that this reader may not know, nothing."""
    keys = [place.id for place in sheet.places if place.id not in sheet.closed]
    query = select(ServiceAtLocation.location_id, Service.name, Organization.name).join(Service, Service.id == ServiceAtLocation.service_id)
    query = query.outerjoin(Organization, Organization.id == Service.organization_id).where(ServiceAtLocation.location_id.in_(keys))
    found: dict[UUID, list[str]] = {}
    for key, name, organization in session.execute(query.where(Service.status == "active", Service.id != sheet.service.id).order_by(Service.name, Service.id)):
        found.setdefault(key, []).append(f"{name} ({organization})" if organization else name)
    return {key: tuple(names) for key, names in found.items()}
