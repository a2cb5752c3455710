"""The rows of many services at once, grouped under their parents: read in a handful of queries, never one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.interfaces import ORMOption

from directory import models
from directory.models import Attribute, DatesRefused, Location, Organization, Program, Provenance, Report, Service, ServiceAtLocation, Source, TaxonomyTerm
from directory.models.desk import WEIGHTY

Row = TypeVar("Row", bound=models.Base)
CHUNK = 500   # SQLite takes a limited number of parameters in one statement

# Large columns that no listing shows; reading one by mistake is an error, not a slow query.
UNREAD: dict[type[models.Base], tuple[ORMOption, ...]] = {
    Provenance: (defer(Provenance.rows, raiseload=True), defer(Provenance.leftover, raiseload=True)),
    TaxonomyTerm: (defer(TaxonomyTerm.cues, raiseload=True), defer(TaxonomyTerm.strengths, raiseload=True)),
}

OF_SERVICE = ("CostOption", "RequiredDocument", "ServiceArea", "ServiceCapacity", "Schedule", "Phone", "Language", "Contact", "Url")
OF_SERVICE_AT_LOCATION = ("ServiceArea", "Schedule", "Phone", "Contact")
OF_LOCATION = ("Address", "Accessibility", "Schedule", "Phone", "Language", "Contact")
OF_ORGANIZATION = ("Phone",)


class Shelf:
    """Services with everything under them. ``service_ids`` None takes the whole directory, in blocks if the caller wants it in blocks.

    ``location_private`` is never read here: what is built on a shelf is public by construction.
    """

    def __init__(self, session: Session, service_ids: Collection[UUID] | None = None) -> None:
        self._session = session
        self._children: dict[tuple[str, str], dict[UUID, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.services = self._by_id(Service, "id", service_ids)
        ids = None if service_ids is None else set(self.services)
        self.places = self._grouped(ServiceAtLocation, "service_id", ids)
        links = [link for rows in self.places.values() for link in rows]
        self.locations = self._by_id(Location, "id", None if ids is None else {link.location_id for link in links})
        self.organizations = self._by_id(Organization, "id", _referred(self.services.values(), "organization_id", ids))
        self.programs = self._by_id(Program, "id", _referred(self.services.values(), "program_id", ids))
        self._fill(OF_SERVICE, "service_id", ids)
        self._fill(OF_SERVICE_AT_LOCATION, "service_at_location_id", None if ids is None else {link.id for link in links})
        self._fill(OF_LOCATION, "location_id", None if ids is None else set(self.locations))
        self._fill(OF_ORGANIZATION, "organization_id", None if ids is None else set(self.organizations))
        linked = None if ids is None else {*self.services, *self.locations, *(link.id for link in links)}
        self.attributes = self._grouped(Attribute, "link_id", linked)
        self.terms = self._terms(None if ids is None else {row.taxonomy_term_id for rows in self.attributes.values() for row in rows})
        self.sources = {source.id: source for source in session.scalars(select(Source))}
        self.provenance = self._grouped(Provenance, "entity_id", linked)
        self.reported_wrong = self._reported(ids)

    def children(self, model: type[Row], parent: str, parent_id: UUID) -> list[Row]:
        """The rows of a table under one parent, in the order of the source."""
        return self._children[(model.__name__, parent)].get(parent_id, [])

    def organization_of(self, service: Service) -> Organization | None:
        """Who runs a service."""
        return self.organizations.get(service.organization_id) if service.organization_id else None

    def program_of(self, service: Service) -> Program | None:
        """The program that a service is part of."""
        return self.programs.get(service.program_id) if service.program_id else None

    def source_of(self, service: Service) -> Source | None:
        """Where a service came from, when it was imported."""
        links = [link.id for link in self.places.get(service.id, [])]
        for entity_id in (service.id, *links):
            for row in self.provenance.get(entity_id, []):
                return self.sources.get(row.source_id)
        return None

    def phrases_refused(self, service_id: UUID) -> frozenset[str]:
        """Phrases of a listing that were proposed as its dates and refused: asked for when there is such a phrase, which is rare."""
        return frozenset(self._session.scalars(select(DatesRefused.phrase).where(DatesRefused.service_id == service_id)))

    def _reported(self, ids: Collection[UUID] | None) -> frozenset[UUID]:
        """The services about which a mistake of weight was reported and not answered: that there is one, and nothing of what it says."""
        found = select(Report.service_id).where(Report.state == "open", Report.about.in_(sorted(WEIGHTY)))
        return frozenset(key for key in self._session.scalars(found) if ids is None or key in ids)   # few at any time, those of the whole directory too

    def _fill(self, names: tuple[str, ...], parent: str, ids: Collection[UUID] | None) -> None:
        for name in names:
            self._children[(name, parent)] = self._grouped(getattr(models, name), parent, ids)

    def _by_id(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> dict[UUID, Row]:
        return {row.id: row for row in self._rows(model, column, ids)}   # type: ignore[attr-defined]

    def _grouped(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> dict[UUID, list[Row]]:
        grouped: dict[UUID, list[Row]] = defaultdict(list)
        for row in self._rows(model, column, ids):
            grouped[getattr(row, column)].append(row)
        for rows in grouped.values():
            rows.sort(key=lambda row: (getattr(row, "position", 0), str(row.id)))   # type: ignore[attr-defined]
        return grouped

    def _rows(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> Iterator[Row]:
        attribute = getattr(model, column)
        if ids is None:
            yield from self._session.scalars(select(model).where(attribute.is_not(None)).options(*UNREAD.get(model, ())))
            return
        wanted = sorted(ids)
        for start in range(0, len(wanted), CHUNK):
            yield from self._session.scalars(
                select(model).where(attribute.in_(wanted[start : start + CHUNK])).options(*UNREAD.get(model, ()))
            )

    def _terms(self, ids: Collection[UUID] | None) -> dict[UUID, tuple[str, TaxonomyTerm]]:
        """The terms with the code of their taxonomy, empty for one that is not ours. Only those in use: the vocabularies are larger than a page."""
        codes = {row.id: row.code for row in self._session.scalars(select(models.Taxonomy))}
        return {term.id: (codes.get(term.taxonomy_id, "") or "" if term.taxonomy_id else "", term) for term in self._rows(TaxonomyTerm, "id", ids)}


def _referred(rows: Collection[Service], column: str, ids: Collection[UUID] | None) -> set[UUID] | None:
    return None if ids is None else {value for row in rows if (value := getattr(row, column)) is not None}
