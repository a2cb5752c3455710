"""What the catalogue holds as HSDS 3 objects: one by id with everything nested, or many as a list shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.exchange.hsds.encode import Json, Leftovers, encode
from directory.exchange.hsds.reader import KIND
from directory.exchange.intake.upsert import chunks
from directory.exchange.nest import nested
from directory.exchange.records import Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.exchange.shapes import table_of, walk
from directory.models import Provenance, Source


def service_json(session: Session, service: UUID) -> Json:
    """A service with everything nested, or ``NotFound``."""
    return _one(session, Service, service)


def organization_json(session: Session, organization: UUID) -> Json:
    """An organization with everything nested, its services too, or ``NotFound``."""
    return _one(session, Organization, organization)


def service_at_location_json(session: Session, service_at_location: UUID) -> Json:
    """A service at a location with both ends nested, or ``NotFound``. (The address of the API adds the service's name and status.)"""
    return _one(session, ServiceAtLocation, service_at_location)


def taxonomy_json(session: Session, taxonomy: UUID) -> Json:
    """A taxonomy, or ``NotFound``."""
    return _one(session, Taxonomy, taxonomy)


def taxonomy_term_json(session: Session, term: UUID) -> Json:
    """A term with its taxonomy, or ``NotFound``."""
    return _one(session, TaxonomyTerm, term)


def many_json(session: Session, kind: type[Struct], ids: Sequence[UUID], *, full: bool = False) -> list[Json]:
    """Objects of one kind in the order of their ids: with ``full`` as each alone, else as a list shows them, without one-to-many arrays."""
    records = nested(session, kind, ids, full=full)
    leftovers = _leftovers(session, records)
    return [encode(record, leftovers) for record in records]


def _one(session: Session, kind: type[Struct], key: UUID) -> Json:
    found = many_json(session, kind, [key], full=True)
    if not found:
        raise NotFound(f"There is no {kind.__name__} with this id.")
    return found[0]


def _leftovers(session: Session, records: Iterable[Struct]) -> Leftovers:
    """What HSDS feeds said beyond our fields about these records and what is nested in them. Leftovers of other formats are never handed on."""
    subjects: set[Any] = {item.id for record in records for item in _subjects(record)}
    said: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for chunk in chunks(sorted(subjects)):
        found = select(Provenance.leftover).join(Source, Provenance.source_id == Source.id)
        for leftover in session.scalars(found.where(Source.kind == KIND, Provenance.entity_id.in_(chunk)).order_by(Provenance.id)):
            for key, values in leftover.items():
                table, _, row_id = key.partition("/")
                if row_id and isinstance(values, dict):
                    said[table, row_id] |= values
    return said


def _subjects(record: Struct) -> Iterable[Any]:
    """The records that a source may have told of on their own."""
    own = ("service", "organization", "service_at_location", "location", "program", "taxonomy", "taxonomy_term")
    return (item for item in walk(record) if table_of(item) in own)
