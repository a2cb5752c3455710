"""The sheet: one listing as a document that somebody edits, with the true place of what is not public for those who may know it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import NotFound
from directory.exchange.intake.confidential import PLACE_FIELDS, Secret
from directory.exchange.nest import nested
from directory.exchange.records import Address, Attribute, Location, Organization, Program, Service, made_id
from directory.exchange.shapes import walk
from directory.models import Location as LocationRow
from directory.models import Service as ServiceRow
from directory.models import ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.placing import known_of
from directory.sealing import Sealer

NOT_NESTED: Final[frozenset[type[Struct]]] = frozenset({Organization, Program})


class Sheet(Struct, kw_only=True):
    """A listing while it is edited: the service with its places, hours, phones, terms and all the rest, as nested HSDS records.

    A place that is not public stands here with its true address and point for whoever may know them. ``closed`` are the places whose address this
    reader may not know: editing never changes them. ``shared`` are those that serve other organizations too: a curator decides what changes there.
    """

    service: Service
    closed: list[UUID] = msgspec.field(default_factory=list)
    shared: list[UUID] = msgspec.field(default_factory=list)

    @property
    def places(self) -> list[Location]:
        """The places, in their order."""
        return [at.location for at in self.service.service_at_locations if at.location is not None]

    def place(self, key: UUID) -> Location | None:
        """One of the places."""
        return next((place for place in self.places if place.id == key), None)

    def terms(self, taxonomy: str, link_type: str) -> list[Attribute]:
        """The terms of ours on the service itself, by taxonomy and how they are meant."""
        return [one for one in self.service.attributes if one.taxonomy == taxonomy and (one.link_type or "") == link_type]


def sheet_of(session: Session, service_id: UUID, *, sealer: Sealer, actor: Actor | None) -> Sheet:
    """The listing as it is now, for this reader. ``actor`` None is the house itself, which knows every place. ``NotFound`` when there is none."""
    found = nested(session, Service, [service_id], without=NOT_NESTED)
    if not found:
        raise NotFound("There is no such listing.")
    service = found[0]
    name_own_terms(session, service)
    sheet = Sheet(service=service)
    owners = owners_of_places(session, [place.id for place in sheet.places])
    for place in sheet.places:
        others = owners.get(place.id, set()) - {service.organization_id}
        sheet.shared += [place.id] if others else []
        if place.visibility != "public":
            if actor is None or may_know(actor, owners.get(place.id, set())):
                put_back(place, known_of(session, place.id, sealer=sealer))
            else:
                sheet.closed.append(place.id)
    return sheet


def copied(sheet: Sheet) -> Sheet:
    """A sheet that shares nothing with its original."""
    return msgspec.json.decode(msgspec.json.encode(sheet), type=Sheet)


def encode(sheet: Sheet) -> str:
    """A sheet as JSON, to be sealed."""
    return msgspec.json.encode(sheet).decode()


def decode(text: str) -> Sheet:
    """A sheet from its JSON."""
    return msgspec.json.decode(text, type=Sheet)


def may_know(actor: Actor, owners: set[UUID | None]) -> bool:
    """Whether somebody may know where a place is that is not public: a curator, or who edits every organization that is there."""
    return actor.has("curator") or (bool(owners) and all(owner in actor.edits for owner in owners))


def owners_of_places(session: Session, places: list[UUID]) -> dict[UUID, set[UUID | None]]:
    """The organizations of every place: its own, and those of all services there."""
    owners: dict[UUID, set[UUID | None]] = {}
    query = select(LocationRow.id, LocationRow.organization_id, ServiceRow.id, ServiceRow.organization_id)
    query = query.outerjoin(ServiceAtLocation, ServiceAtLocation.location_id == LocationRow.id)
    query = query.outerjoin(ServiceRow, ServiceRow.id == ServiceAtLocation.service_id).where(LocationRow.id.in_(places))
    for place, owner, service, runner in session.execute(query):
        found = owners.setdefault(place, set())
        found |= {owner} if owner is not None else set()
        found |= {runner} if service is not None else set()
    return owners


def places_of(session: Session, organization_id: UUID | None) -> list[UUID]:
    """The places of an organization: its own, and those where its services are; none for no organization."""
    if organization_id is None:
        return []
    query = select(LocationRow.id).outerjoin(ServiceAtLocation, ServiceAtLocation.location_id == LocationRow.id)
    query = query.outerjoin(ServiceRow, ServiceRow.id == ServiceAtLocation.service_id)
    mine = or_(LocationRow.organization_id == organization_id, ServiceRow.organization_id == organization_id)
    return list(session.scalars(query.where(mine).group_by(LocationRow.id, LocationRow.name).order_by(LocationRow.name, LocationRow.id)))


def close_again(session: Session, sheet: Sheet, actor: Actor) -> None:
    """Note in the sheet of a draft the places that became not public since it was begun, and that its reader may not know now."""
    rows = session.scalars(select(LocationRow.id).where(LocationRow.id.in_([place.id for place in sheet.places]), LocationRow.visibility != "public")).all()
    owners = owners_of_places(session, list(rows))
    sheet.closed += [key for key in rows if key not in sheet.closed and not may_know(actor, owners.get(key, set()))]


def named_places(session: Session, organization_id: UUID, *, actor: Actor, sealer: Sealer) -> list[tuple[UUID, str]]:
    """The places of an organization with a name to choose them by; those that are not public only for who may know them."""
    keys = places_of(session, organization_id)
    owners = owners_of_places(session, keys)
    found = []
    for place in nested(session, Location, keys, without=NOT_NESTED):
        is_known = place.visibility == "public" or may_know(actor, owners.get(place.id, set()))
        if is_known and place.visibility != "public":
            put_back(place, known_of(session, place.id, sealer=sealer))
        street = next((one.address_1 for one in place.addresses if one.address_1), None)
        if is_known and (name := ", ".join(filter(None, (place.name, street)))):
            found.append((place.id, name))
    return found


def name_own_terms(session: Session, service: Service) -> None:
    """Write terms of our own vocabularies by taxonomy and code, in place of the whole term."""
    attributes = [one for item in walk(service) for one in getattr(item, "attributes", ())]
    terms = {one.taxonomy_term.id for one in attributes if one.taxonomy_term}
    query = select(TaxonomyTerm.id, Taxonomy.code, TaxonomyTerm.code).join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id)
    ours = {term: (taxonomy, code) for term, taxonomy, code in session.execute(query.where(TaxonomyTerm.id.in_(terms), Taxonomy.code.is_not(None)))}
    for one in attributes:
        if one.taxonomy_term and (named := ours.get(one.taxonomy_term.id)):
            one.taxonomy, one.code, one.taxonomy_term = *named, None


def put_back(place: Location, secret: Secret) -> None:
    """Write into a place what is sealed of it."""
    for name in PLACE_FIELDS:
        if secret.get(name) is not None:
            setattr(place, name, secret[name])
    place.addresses = [_address(said, place.id, number) for number, said in enumerate(secret.get("addresses") or ())]


def _address(said: dict[str, Any], place: UUID, number: int) -> Address:
    told = {name: value for name, value in said.items() if name in Address.__struct_fields__ and name != "attributes"}
    return msgspec.convert({"id": str(made_id("homeground", "address", f"{place}|{number}")), **told}, Address)
