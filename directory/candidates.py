"""The catalogue as the ranking sees it: every active service at every place as one ``matching.Listing``, built without any private table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from directory import readings
from directory.facts import Facts
from directory.gathering import formats_of, group_of
from directory.interpreters import interpreters_in
from directory.languages import INTERPRETED, NO_OTHERS, tag_of
from directory.models import Address, CostOption, Language, Location, Service, ServiceAtLocation, Source
from directory.plain import id_text, said_by
from directory.shelf import Shelf
from matching.values import AssuredBy, Listing, Stated

AreaResolver = Callable[[tuple[str, ...], str | None, str | None], tuple[frozenset[str], bool]]
"""Names of areas, a country and a state to canonical areas, and whether every name was understood (``directory.places``)."""

SIZES: Mapping[str, Literal["small", "medium", "large"]] = {"small": "small", "medium": "medium", "large": "large"}
TONES: Mapping[str, Literal["quiet", "lively"]] = {"quiet": "quiet", "lively": "lively"}
ASSURERS: Mapping[str, AssuredBy] = {"organization": "organization", "steward": "steward", "import": "import"}


def listings_on(shelf: Shelf, *, areas: AreaResolver, timezone: str, on: date) -> Iterator[tuple[Listing, Service, ServiceAtLocation | None]]:
    """Every listing of a shelf, with the rows that it is made of; holidays are worked out around the day ``on``."""
    for service in shelf.services.values():
        if service.status == "active":
            for link in _options(shelf, service):
                yield _listing(shelf, service, link, areas, timezone, on), service, link


def _options(shelf: Shelf, service: Service) -> list[ServiceAtLocation | None]:
    links = [link for link in shelf.places.get(service.id, []) if _may_be_seen(shelf.locations[link.location_id])]
    if not links and shelf.places.get(service.id):
        return []   # every place of it is hidden: so is the service
    return [*links] or [None]


def _may_be_seen(location: Location) -> bool:
    return location.visibility != "hidden"


class _One(Struct, frozen=True):
    """One listing to be, and what is said of it beside its rows."""

    shelf: Shelf
    service: Service
    link: ServiceAtLocation | None
    facts: Facts
    source: Source | None

    @property
    def rows(self) -> tuple[Shelf, Service, ServiceAtLocation | None]:
        return self.shelf, self.service, self.link

    @property
    def location(self) -> Location | None:
        return self.shelf.locations[self.link.location_id] if self.link else None


def _listing(shelf: Shelf, service: Service, link: ServiceAtLocation | None, areas: AreaResolver, timezone: str, on: date) -> Listing:
    one = _One(shelf, service, link, Facts.of(shelf, service, link), shelf.source_of(service))
    return Listing(
        **_names(one), **_words(one), **_where(one, areas), **_languages(one), **_people(one), **_terms(one), **_hours(one, timezone, on), **_standing(one)
    )  # fmt: skip


def _names(one: _One) -> dict[str, Any]:
    service, organization, program = one.service, one.shelf.organization_of(one.service), one.shelf.program_of(one.service)
    said = (service.alternate_name, program.name if program else None, one.facts.text("group_facts", "shared_focus"), *one.facts.foreign)
    return {
        "id": id_text(one.link.id if one.link else service.id), "service_id": id_text(service.id),
        "organization_id": id_text(service.organization_id or service.id),
        "name": service.name, "organization_name": organization.name if organization else "", "description": service.description or "",
        "keywords": tuple(filter(None, said)),
    }  # fmt: skip


def _words(one: _One) -> dict[str, Any]:
    """What kind of thing it is, and what one brings and finds there."""
    facts = one.facts
    return {
        "kind": facts.kind, "supports": facts.yes("supports"), "domains": facts.yes("life_domains"), "interests": facts.yes("interests"),
        "settings": facts.yes("settings"), "builds_on": facts.stated("strengths", "builds_on"), "wants": facts.yes("strengths", "wants"),
        "size": facts.choice("group_facts", SIZES), "tone": facts.choice("group_facts", TONES), "group": group_of(facts),
    }  # fmt: skip


def _where(one: _One, areas: AreaResolver) -> dict[str, Any]:
    location = one.location
    served, resolved = areas(readings.area_names(*one.rows), one.source.country if one.source else None, _state(one.shelf, one.link))
    return {
        "place": readings.place_of(location), "confidential": location is not None and location.visibility != "public",
        "areas": served, "areas_resolved": resolved, "formats": formats_of(one.facts, location), "access": one.facts.stated("access"),
    }  # fmt: skip


def _state(shelf: Shelf, link: ServiceAtLocation | None) -> str | None:
    """The state of the public address, in which the names of its areas are looked for."""
    rows = shelf.children(Address, "location_id", link.location_id) if link else []
    return next((row.state_province for row in rows if row.state_province), None)


def _languages(one: _One) -> dict[str, Any]:
    rows = readings.language_rows(*one.rows)
    used = one.shelf.common.alike((_used, tuple(map(said_by(Language), rows))), lambda: _used(rows))
    if not (text := one.service.interpretation_services):
        return used
    said = interpreters_in(text, one.source.country if one.source else None)
    return used | {"interpreted": used["interpreted"] | said.languages, "interpreting": said.unsaid or None}


def _used(rows: Collection[Language]) -> dict[str, Any]:
    return {
        "languages": Stated(yes=readings.direct_tags(rows)), "languages_only": any(row.note == NO_OTHERS for row in rows),
        "interpreted": frozenset(tag_of(row) for row in rows if row.role == INTERPRETED),
    }  # fmt: skip


def _people(one: _One) -> dict[str, Any]:
    """Who it is for, who leads it and who is welcome."""
    facts, service = one.facts, one.service
    only_for, faiths = facts.yes("audiences", "only_for"), facts.yes("faiths")
    return {
        "for_communities": facts.yes("communities", "for"), "led_by": facts.yes("communities", "led_by"), "welcomes": facts.yes("communities", "welcomes"),
        "everyone_welcome": "everyone" in facts.yes("audiences"), "faiths": faiths - {"secular"}, "secular": True if "secular" in faiths else None,
        "minimum_age": service.minimum_age, "maximum_age": service.maximum_age,
        "meant_for": facts.yes("audiences", "meant_for") | only_for, "only_for": only_for, "not_for": facts.yes("audiences", "not_for"),
    }  # fmt: skip


def _terms(one: _One) -> dict[str, Any]:
    """What it costs, how one begins, and whether there is space."""
    options = one.shelf.children(CostOption, "service_id", one.service.id)
    cost, price = one.shelf.common.alike((readings.cost_of, tuple(map(said_by(CostOption), options))), lambda: readings.cost_of(options))
    space, updated = readings.space_of(one.shelf, one.service, one.facts)
    return {"cost": cost, "price": price, "entry": one.facts.stated("entry"), "space": space, "space_updated": updated}


def _hours(one: _One, timezone: str, on: date) -> dict[str, Any]:
    hours = readings.hours_at(*one.rows, one.source, default_zone=timezone, on=on)
    return {"openings": hours.openings, "closed_on": hours.closed_on, "always_open": hours.always_open, "timezone": hours.timezone}


def _standing(one: _One) -> dict[str, Any]:
    """How far it can be trusted: who said when that it is right, how long it is here, and what people reported."""
    service = one.service
    return {
        "assured_on": service.assured_date, "assured_by": ASSURERS.get(service.assured_by or ""), "added_on": service.added_on,
        "reported_wrong": service.id in one.shelf.reported_wrong,
    }  # fmt: skip
