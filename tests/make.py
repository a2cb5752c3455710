"""Rows for tests, made in one line each: a service at a place, with terms, languages, hours and phones."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Address, Attribute, Language, Location, Organization, Phone, Schedule, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.vocabularies import taxonomy_id, term_id

NAMESPACE = UUID("11111111-2222-3333-4444-555555555555")
Owner = Service | ServiceAtLocation | Location
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)   # a Monday


def make_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE, name)


NOBODYS = make_id("what nobody made")
"""An id that nothing has; the same in every process, since it stands in the names of tests."""


def make_service(session: Session, name: str, **fields: object) -> Service:
    """A service of an organization of its own."""
    organization = Organization(id=make_id(name + " organization"), name=f"{name} Trust")
    session.add(organization)
    session.flush()
    service = Service(id=make_id(name), organization_id=organization.id, name=name, **fields)
    session.add(service)
    session.flush()
    return service


def make_place(session: Session, service: Service, name: str, *, point: tuple[float, float] | None = None, **fields: object) -> ServiceAtLocation:
    """A location of that name and the service at it."""
    latitude, longitude = point or (None, None)
    location = Location(id=make_id(name), name=name, latitude=latitude, longitude=longitude, **fields)
    session.add(location)
    session.flush()
    link = ServiceAtLocation(id=make_id(f"{service.name} at {name}"), service_id=service.id, location_id=location.id)
    session.add(link)
    session.flush()
    return link


def make_address(session: Session, link: ServiceAtLocation, *lines: str) -> None:
    """A whole address of a location: street, town, state, code."""
    street, city, state, code = lines
    session.add(Address(location_id=link.location_id, address_1=street, city=city, state_province=state, postal_code=code, country="US"))


def make_attribute(session: Session, owner: Owner, taxonomy: str, code: str, *, link_type: str = "", value: str = "") -> None:
    """A term of one of our own vocabularies on a row; the vocabulary and the term are made when missing."""
    vocabulary = session.scalar(select(Taxonomy).where(Taxonomy.code == taxonomy)) or Taxonomy(id=taxonomy_id(taxonomy), code=taxonomy, name=taxonomy)
    session.add(vocabulary)
    session.flush()
    key = term_id(taxonomy, code)
    if session.get(TaxonomyTerm, key) is None:
        session.add(TaxonomyTerm(id=key, taxonomy_id=vocabulary.id, code=code, name=code.replace("_", " ").capitalize()))
        session.flush()
    linked = {"link_id": owner.id, "link_entity": owner.__tablename__, "link_type": link_type or taxonomy}
    session.add(Attribute(taxonomy_term_id=key, value=value or None, **linked))


def make_phone(session: Session, service: Service, number: str, **fields: object) -> None:
    """A number of a service."""
    session.add(Phone(service_id=service.id, number=number, **fields))


def make_language(session: Session, service: Service, code: str | None, *, name: str = "", role: str | None = None) -> None:
    """A language of a service, and how it is used."""
    session.add(Language(service_id=service.id, code=code, name=name or code, role=role))


def make_hours(session: Session, service: Service, days: str, opens: str, closes: str, **fields: object) -> None:
    """Weekly hours of a service."""
    session.add(Schedule(service_id=service.id, freq="WEEKLY", byday=days, opens_at=opens, closes_at=closes, **fields))
