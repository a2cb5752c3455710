"""Places that are not public: sealing what tells where they are, opening it for those who may know, and taking a public place back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import NotFound
from directory.exchange.intake.confidential import PLACE_FIELDS, Secret, is_refuge, telling_texts
from directory.exchange.intake.ready import keyed_keys
from directory.models import Address, Change, Conflict, Location, LocationPrivate, Organization, Provenance, Service, ServiceAtLocation
from directory.sealing import BrokenSeal, Sealer


def held_visibilities(session: Session) -> dict[UUID, str]:
    """Every place that is not public, with its visibility."""
    rows = session.execute(select(Location.id, Location.visibility).where(Location.visibility != "public"))
    return {row.id: row.visibility for row in rows}


def open_place(session: Session, place: UUID, *, sealer: Sealer) -> dict[str, Any]:
    """What is sealed of a place: point, addresses and texts. ``NotFound`` when nothing is; asking for permission is the caller's part."""
    row = session.get(LocationPrivate, place)
    if row is None:
        raise NotFound("Nothing is sealed for this place.")
    opened: dict[str, Any] = msgspec.json.decode(sealer.open(row.sealed, bound_to=_row(place)))
    return opened


def known_of(session: Session, place: UUID, *, sealer: Sealer) -> Secret:
    """What is sealed of a place, empty when nothing is or its key is gone: for finding its traces elsewhere, never for showing."""
    return _opened(session.get(LocationPrivate, place), sealer) or {}


def sealed_of(session: Session, organizations: Iterable[UUID], *, sealer: Sealer) -> dict[UUID, list[Secret]]:
    """What is sealed of the refuges of some organizations, by organization: for finding its traces elsewhere, never for showing."""
    said = Service.name, Service.alternate_name, Service.description, Service.eligibility_description, Service.alert
    given = select(Service.organization_id, LocationPrivate, Organization.name, *said).outerjoin(Organization, Service.organization_id == Organization.id)
    given = given.join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
    given = given.join(LocationPrivate, LocationPrivate.location_id == ServiceAtLocation.location_id)
    owned = select(Location.organization_id, LocationPrivate, Organization.name, Organization.alternate_name, Organization.description)
    owned = owned.join(LocationPrivate, LocationPrivate.location_id == Location.id).join(Organization, Location.organization_id == Organization.id)
    owned = owned.where(~exists().where(ServiceAtLocation.location_id == Location.id))
    wanted, found = set(organizations), dict[UUID, list[Secret]]()
    for query in (given, owned):   # the sealed places are few, the organizations of an import many
        for owner, row, *texts in session.execute(query):
            if owner in wanted and is_refuge(texts) and (secret := _opened(row, sealer)):
                found.setdefault(owner, []).append(secret)
    return found


def unopened_places(session: Session, *, sealer: Sealer | None) -> tuple[int, int]:
    """How many places are sealed, and how many of them the key at hand does not open (all, without a key)."""
    rows = session.scalars(select(LocationPrivate)).all()
    return len(rows), sum(sealer is None or _opened(row, sealer) is None for row in rows)


def seal_place(session: Session, place: UUID, secret: Mapping[str, Any], *, sealer: Sealer) -> bool:
    """Keep what tells where a place is; True when that differs from what was sealed. What is not told again stays."""
    row = session.get(LocationPrivate, place)
    before = _opened(row, sealer)
    after = {**(before or {}), **msgspec.to_builtins(dict(secret))}
    if before is not None and after == before:
        return False
    if not after:
        return False
    sealed = sealer.seal(msgspec.json.encode(after).decode(), bound_to=_row(place))
    if row is None:
        session.add(LocationPrivate(location_id=place, sealed=sealed))
    else:
        row.sealed = sealed
    session.flush()
    return True


def take_back(
    session: Session, places: Iterable[UUID], visibility: str, *, by: str, at: datetime, why: str, sealer: Sealer, act: UUID | None = None
) -> int:
    """Make public places private: seal their point and addresses and clear them everywhere else, the change log and leftovers included.

    Gives the number of places that were public. The log keeps that it was done, by whom and why, and no longer what the place was.
    """
    rows = session.scalars(select(Location).where(Location.id.in_(list(places)), Location.visibility == "public")).all()
    for row in rows:
        addresses = session.scalars(select(Address).where(Address.location_id == row.id).order_by(Address.position, Address.id)).all()
        secret = {name: value for name in PLACE_FIELDS if (value := getattr(row, name)) is not None}
        if addresses:
            secret["addresses"] = [_address(address) for address in addresses]
        secret |= _records_around(session, row, sealer)
        seal_place(session, row.id, secret, sealer=sealer)
        _forget(session, row.id, [address.id for address in addresses], telling_texts(secret))
        record_change(session, entity="location", entity_id=row.id, action="changed", by=by, at=at, field="visibility",
                      before="public", after=visibility, why=why, act=act)
        _clear(row, visibility)
    session.flush()
    return len(rows)


def _opened(row: LocationPrivate | None, sealer: Sealer) -> dict[str, Any] | None:
    if row is None:
        return None
    try:
        opened: dict[str, Any] = msgspec.json.decode(sealer.open(row.sealed, bound_to=_row(row.location_id)))
    except BrokenSeal:
        return None   # its key is gone: what is told anew is all there is
    return opened


def _address(address: Address) -> dict[str, Any]:
    columns = Address.__table__.columns.keys()
    return {name: str(value) if isinstance(value, UUID) else value for name in columns if (value := getattr(address, name)) is not None}


def _records_around(session: Session, row: Location, sealer: Sealer) -> dict[str, Any]:
    """Leftovers of the records that stand round a place move under its seal: nobody can tell what they say. Their keys and hashes go too."""
    ends = session.execute(select(ServiceAtLocation.id, ServiceAtLocation.service_id).where(ServiceAtLocation.location_id == row.id)).all()
    around = {row.id, row.organization_id, *(end for pair in ends for end in pair)} - {None}
    found = session.scalars(select(Provenance).where(Provenance.entity_id.in_(around))).all()
    leftover = {str(record.id): record.leftover for record in found if record.leftover}
    for record in found:
        record.leftover, record.hash = {}, ""
        if not record.record_key.startswith("held:"):
            record.record_key = keyed_keys(record.record_key, sealer)[0]
    return {"leftovers": leftover} if leftover else {}


def _forget(session: Session, place: UUID, addresses: list[UUID], telling: set[str]) -> None:
    session.execute(delete(Address).where(Address.id.in_(addresses)))
    of_place = (Change.entity == "location") & (Change.entity_id == place) & Change.field.in_(PLACE_FIELDS)
    of_addresses = (Change.entity == "address") & Change.entity_id.in_(addresses)
    texts = [column.icontains(text, autoescape=True) for text in telling for column in (Change.before, Change.after)]
    session.execute(update(Change).where(or_(of_place, of_addresses, *texts)).values(before=None, after=None))
    about = (Conflict.entity == "location") & (Conflict.entity_id == place) | (Conflict.entity == "address") & Conflict.entity_id.in_(addresses)
    told = [column.icontains(text, autoescape=True) for text in telling for column in (Conflict.base, Conflict.ours, Conflict.theirs)]
    session.execute(delete(Conflict).where(or_(about, *told)))


def _clear(row: Location, visibility: str) -> None:
    for name in PLACE_FIELDS:
        setattr(row, name, None)
    row.point_precision = "given"
    row.visibility = visibility


def _row(place: UUID) -> str:
    return f"location_private|sealed|{place}"
