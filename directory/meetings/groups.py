"""The groups of the directory as people see them: the page of each, at each of its places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.cards import CardMaker, listing_is_public
from directory.exchange.meetings.sensitive import is_sensitive
from directory.facts import Facts
from directory.listings import ListingPage
from directory.models import Attribute, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.shelf import Shelf

GROUP: Final = "peer_group"


def group_ids(session: Session) -> tuple[UUID, ...]:
    """The services that are groups of peers and are there now, by name."""
    term = select(TaxonomyTerm.id).join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id).where(Taxonomy.code == "kinds", TaxonomyTerm.code == GROUP)
    groups = select(Attribute.link_id).where(Attribute.link_entity == "service", Attribute.taxonomy_term_id.in_(term))
    return tuple(session.scalars(select(Service.id).where(Service.status == "active", Service.id.in_(groups)).order_by(Service.name, Service.id)))


def pages_on(shelf: Shelf, maker: CardMaker, *, at: datetime) -> Iterator[ListingPage]:
    """The page of every public listing on a shelf: one for each place, in the order of the shelf; without groups that no open feed carries."""
    for service in shelf.services.values():
        links: list[ServiceAtLocation | None] = [*shelf.places.get(service.id, [])]
        for link in links or [None]:
            if listing_is_public(shelf, service, link) and not is_sensitive(shelf, service, Facts.of(shelf, service, link)):
                page = maker.page(service, link, at=at)
                if page.card.kind == GROUP:   # a kind may be said of one place
                    yield page
