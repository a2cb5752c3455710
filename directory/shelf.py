"""The rows of many services at once, grouped under their parents: read in a handful of queries, never one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import models
from directory.common import Common
from directory.models import Attribute, DatesRefused, Location, Organization, Program, Provenance, Service, ServiceAtLocation, Source
from directory.plain import columns_of, read_rows
from directory.stretch import Chosen, Owner, Scope, Stretch

Row = TypeVar("Row", bound=models.Base)
Kept = TypeVar("Kept")

OF_SERVICE: Final = ("CostOption", "RequiredDocument", "ServiceArea", "ServiceCapacity", "Schedule", "Phone", "Language", "Contact", "Url")
OF_SERVICE_AT_LOCATION: Final = ("ServiceArea", "Schedule", "Phone", "Contact")
OF_LOCATION: Final = ("Address", "Accessibility", "Schedule", "Phone", "Language", "Contact")
OF_ORGANIZATION: Final = ("Phone",)
ON_PAGES_ONLY: Final = frozenset({"Contact", "Url"})
"""Not in an index and on no card: not read for a stretch of the directory, and asking such a shelf for them is an error."""
LINKED: Final[tuple[Owner, ...]] = ("service", "service_at_location", "location")
"""The tables whose attributes a listing has."""


class Shelf:
    """Services with everything under them. Rows are plain values with the names of their columns, read as they are now and never changed.

    ``location_private`` is never read here: what is built on a shelf is public by construction. Ids are objects, but text on the shelf of a stretch:
    they lead from row to row and are told by ``plain.id_text``.
    """

    def __init__(self, session: Session, of: Collection[UUID] | Stretch, common: Common | None = None) -> None:
        """``of``: services by their ids, or a stretch of the directory. ``common`` is shared by all shelves of one reading."""
        self._scope: Scope = of if isinstance(of, Stretch) else Chosen(of)
        self._session = session
        self._once: dict[tuple[object, ...], Any] = {}
        self._children: dict[tuple[str, str], dict[Any, list[Any]]] = {}
        if session.autoflush:
            session.flush()
        self.common = common or Common(session, self._scope)
        self.services: dict[Any, Service] = self._by_id(Service, "service")
        self._scope.met("service", self.services)
        self.places: dict[Any, list[ServiceAtLocation]] = self._grouped(ServiceAtLocation, "service_id", "service")
        links = [link for rows in self.places.values() for link in rows]
        self._scope.met("service_at_location", {link.id for link in links})
        self._scope.met("location", {link.location_id for link in links})
        self._scope.met("organization", _referred(self.services.values(), "organization_id"))
        self._scope.met("program", _referred(self.services.values(), "program_id"))
        self.locations: dict[Any, Location] = self._by_id(Location, "location")
        self.organizations: dict[Any, Organization] = self._by_id(Organization, "organization")
        self.programs: dict[Any, Program] = self._by_id(Program, "program")
        self._fill(OF_SERVICE, "service_id", "service")
        self._fill(OF_SERVICE_AT_LOCATION, "service_at_location_id", "service_at_location")
        self._fill(OF_LOCATION, "location_id", "location")
        self._fill(OF_ORGANIZATION, "organization_id", "organization")
        attributes = [row for owner in LINKED for row in self._rows(Attribute, "link_id", owner, link_entity=owner)]
        self.attributes: dict[Any, list[Attribute]] = grouped(attributes, "link_id", Attribute)
        self.common.take_terms(session, {row.taxonomy_term_id for row in attributes})
        self.terms = self.common.terms
        origins = [row for owner in LINKED[:2] for row in self._rows(Provenance, "entity_id", owner)]
        self._sources = {key: rows[0].source_id for key, rows in grouped(origins, "entity_id", Provenance).items()}
        self.reported_wrong = self.common.reported_wrong

    def children(self, model: type[Row], parent: str, parent_id: Any) -> list[Row]:
        """The rows of a table under one parent, in the order of the source."""
        return self._children[model.__name__, parent].get(parent_id, [])

    def organization_of(self, service: Service) -> Organization | None:
        """Who runs a service."""
        return self.organizations.get(service.organization_id) if service.organization_id else None

    def program_of(self, service: Service) -> Program | None:
        """The program that a service is part of."""
        return self.programs.get(service.program_id) if service.program_id else None

    def source_of(self, service: Service) -> Source | None:
        """Where a service came from, when it was imported."""
        links = [link.id for link in self.places.get(service.id, [])]
        found = next((source for key in (service.id, *links) if (source := self._sources.get(key))), None)
        return self.common.sources.get(found) if found else None

    def phrases_refused(self, service_id: UUID) -> frozenset[str]:
        """Phrases of a listing that were proposed as its dates and refused: asked for when there is such a phrase, which is rare."""
        return frozenset(self._session.scalars(select(DatesRefused.phrase).where(DatesRefused.service_id == service_id)))

    def once(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What was made of the rows under this key before, or is now: a listing and its card ask for much of the same."""
        try:
            known: Kept = self._once[key]
        except KeyError:
            known = self._once[key] = make()
        return known

    def _fill(self, names: tuple[str, ...], parent: str, owner: Owner) -> None:
        for name in names:
            if not (isinstance(self._scope, Stretch) and name in ON_PAGES_ONLY):
                self._children[name, parent] = self._grouped(getattr(models, name), parent, owner)

    def _by_id(self, model: type[Row], owner: Owner) -> dict[Any, Any]:
        return {row.id: row for row in self._rows(model, "id", owner)}

    def _grouped(self, model: type[Row], column: str, owner: Owner) -> dict[Any, list[Any]]:
        return grouped(self._rows(model, column, owner), column, model)

    def _rows(self, model: type[models.Base], column: str, owner: Owner, link_entity: str = "") -> Iterator[Any]:
        if isinstance(self._scope, Stretch) and self.common.is_bare(self._session, model, column, link_entity):
            return
        for rows, said in self._scope.asked(model, column, owner, link_entity):
            yield from read_rows(self._session, model, rows, said)


def grouped(rows: Iterable[Any], column: str, model: type[models.Base]) -> dict[Any, list[Any]]:
    """Rows under their parents, in the order of the source; ids stand in the same order as texts and as objects."""
    found: dict[Any, list[Any]] = defaultdict(list)
    parent = attrgetter(column)
    for row in rows:
        found[parent(row)].append(row)
    order = attrgetter(*(name for name in ("position", "id") if name in columns_of(model)))
    for held in found.values():
        if len(held) > 1:
            held.sort(key=order)
    return dict(found)


def _referred(rows: Iterable[Service], column: str) -> set[Any]:
    return {value for row in rows if (value := getattr(row, column)) is not None}
