"""The slow, obvious way to read a directory: row by row as objects, each parent asked by itself, and nothing remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import places
from directory.candidates import listings_on
from directory.cardbox import encode
from directory.cards import CardMaker, Namer
from directory.models import Attribute, Base, Location, Organization, Program, Provenance, Report, Service, ServiceAtLocation, Source, Taxonomy, TaxonomyTerm
from directory.models.desk import WEIGHTY
from matching.values import Listing


class Forgetful:
    """Makes everything anew for each who asks."""

    def alike(self, content: object, make: Callable[[], Any]) -> Any:
        return make()


class SlowShelf:
    """A shelf of the whole directory, or of nothing more than asks for it."""

    def __init__(self, session: Session) -> None:
        self.session, self.common = session, Forgetful()
        self.services = {row.id: row for row in session.scalars(select(Service))}
        self.locations = {row.id: row for row in session.scalars(select(Location))}
        self.places = {key: self.children(ServiceAtLocation, "service_id", key) for key in self.services}
        codes = {row.id: row.code for row in session.scalars(select(Taxonomy))}
        self.terms = {row.id: (codes[row.taxonomy_id] or "", row) for row in session.scalars(select(TaxonomyTerm)) if row.taxonomy_id}
        self.attributes = {row.link_id: self.children(Attribute, "link_id", row.link_id) for row in session.scalars(select(Attribute))}
        wrong = session.scalars(select(Report).where(Report.state == "open"))
        self.reported_wrong = {row.service_id for row in wrong if row.about in WEIGHTY}

    def children(self, model: type[Base], parent: str, parent_id: UUID) -> list[Any]:
        rows: list[Any] = list(self.session.scalars(select(model).where(getattr(model, parent) == parent_id)))
        return sorted(rows, key=lambda row: (row.position, str(row.id)))

    def organization_of(self, service: Service) -> Organization | None:
        return self.session.get(Organization, service.organization_id) if service.organization_id else None

    def program_of(self, service: Service) -> Program | None:
        return self.session.get(Program, service.program_id) if service.program_id else None

    def source_of(self, service: Service) -> Source | None:
        for key in (service.id, *(link.id for link in self.places[service.id])):
            rows = sorted(self.session.scalars(select(Provenance).where(Provenance.entity_id == key)), key=lambda row: str(row.id))
            if rows:
                return self.session.get(Source, rows[0].source_id)
        return None

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        return make()


def read_slowly(session: Session, label: Namer, *, timezone: str, country: str, on: date) -> list[tuple[Listing, bytes]]:
    """Every listing with its card, in order of id."""

    def areas(names: tuple[str, ...], where: str | None, state: str | None) -> tuple[frozenset[str], bool]:
        return places.resolve_areas(session, names, country=where or country, state=state) if names else (frozenset(), False)

    shelf: Any = SlowShelf(session)
    maker = CardMaker(shelf, timezone=timezone, country=country, label=label, on=on)
    found = [(listing, encode(maker.card(service, link))) for listing, service, link in listings_on(shelf, areas=areas, timezone=timezone, on=on)]
    return sorted(found, key=lambda one: one[0].id)
