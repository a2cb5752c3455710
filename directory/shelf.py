"""The rows of many services at once, grouped under their parents: read in a handful of queries, never one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.interfaces import ORMOption

from directory import models
from directory.models import Attribute, DatesRefused, Location, Organization, Program, Provenance, Report, Service, ServiceAtLocation, Source, TaxonomyTerm
from directory.models.desk import WEIGHTY

Row = TypeVar("Row", bound=models.Base)
Plain = TypeVar("Plain", bound="Said | Origin")
Grouped = TypeVar("Grouped")
Kept = TypeVar("Kept")
CHUNK = 500   # SQLite takes a limited number of parameters in one statement

# Large columns that no listing shows; reading one by mistake is an error, not a slow query.
UNREAD: dict[type[models.Base], tuple[ORMOption, ...]] = {
    TaxonomyTerm: tuple(defer(column, raiseload=True) for column in (TaxonomyTerm.cues, TaxonomyTerm.related, TaxonomyTerm.strengths)),
}

class Said(NamedTuple):
    """What a listing shows of an ``Attribute``: there are more of these than of everything else, so they are read as plain rows."""

    id: UUID
    link_id: UUID
    position: int
    taxonomy_term_id: UUID
    link_type: str | None
    value: str | None
    label: str | None


class Origin(NamedTuple):
    """Where a row came from: of its ``Provenance`` what is asked here."""

    id: UUID
    entity_id: UUID
    source_id: UUID


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
        self._once: dict[tuple[object, ...], Any] = {}
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
        self.attributes = grouped(self._plain(Attribute, Said, "link_id", linked), "link_id")
        self.terms = self._terms(None if ids is None else {row.taxonomy_term_id for rows in self.attributes.values() for row in rows})
        self.sources = {source.id: source for source in session.scalars(select(Source))}
        self.provenance = grouped(self._plain(Provenance, Origin, "entity_id", linked), "entity_id")
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

    def once(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What was made of the rows under this key before, or is now: a listing and its card ask for much of the same."""
        if key not in self._once:
            self._once[key] = make()
        found: Kept = self._once[key]
        return found

    def _fill(self, names: tuple[str, ...], parent: str, ids: Collection[UUID] | None) -> None:
        for name in names:
            self._children[(name, parent)] = self._grouped(getattr(models, name), parent, ids)

    def _by_id(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> dict[UUID, Row]:
        return {row.id: row for row in self._rows(model, column, ids)}   # type: ignore[attr-defined]

    def _grouped(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> dict[UUID, list[Row]]:
        return grouped(self._rows(model, column, ids), column)

    def _rows(self, model: type[Row], column: str, ids: Collection[UUID] | None) -> Iterator[Row]:
        attribute = getattr(model, column)
        if ids is None:
            yield from self._session.scalars(select(model).where(attribute.is_not(None)).options(*UNREAD.get(model, ())))
            return
        for some in chunks(ids):
            yield from self._session.scalars(select(model).where(attribute.in_(some)).options(*UNREAD.get(model, ())))

    def _plain(self, model: type[models.Base], form: type[Plain], column: str, ids: Collection[UUID] | None) -> Iterator[Plain]:
        """Some columns of a table, those that ``form`` names."""
        columns, parent = select(*(getattr(model, name) for name in form._fields)), getattr(model, column)
        for where in (parent.is_not(None),) if ids is None else map(parent.in_, chunks(ids)):
            yield from map(form._make, self._session.execute(columns.where(where)))

    def _terms(self, ids: Collection[UUID] | None) -> dict[UUID, tuple[str, TaxonomyTerm]]:
        """The terms with the code of their taxonomy, empty for one that is not ours. Only those in use: the vocabularies are larger than a page."""
        codes = {row.id: row.code for row in self._session.scalars(select(models.Taxonomy))}
        return {term.id: (codes.get(term.taxonomy_id, "") or "" if term.taxonomy_id else "", term) for term in self._rows(TaxonomyTerm, "id", ids)}


def grouped(rows: Iterable[Grouped], column: str) -> dict[UUID, list[Grouped]]:
    """Rows under their parents, in the order of the source."""
    found: dict[UUID, list[Grouped]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    for held in found.values():
        if len(held) > 1:
            held.sort(key=lambda row: (getattr(row, "position", 0), str(row.id)))   # type: ignore[attr-defined]
    return found


def chunks(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """Ids in order, as many at a time as one statement takes."""
    wanted = sorted(ids, key=attrgetter("int"))
    yield from (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))


def _referred(rows: Collection[Service], column: str, ids: Collection[UUID] | None) -> set[UUID] | None:
    return None if ids is None else {value for row in rows if (value := getattr(row, column)) is not None}
