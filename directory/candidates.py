"""The catalogue as the ranking sees it: every active service at every place as one ``matching.Listing``, built without any private table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from directory.facts import Facts
from directory.gathering import formats_of, group_of
from directory.hours import is_always_open
from directory.languages import NO_OTHERS
from directory.models import Address, CostOption, Language, Location, Schedule, Service, ServiceArea, ServiceAtLocation, ServiceCapacity, Source
from directory.prices import sort_of
from directory.shelf import Shelf
from directory.timetable.times import Times, times_of
from matching.values import AssuredBy, Cost, Listing, Place, Precision, Space, Stated

AreaResolver = Callable[[tuple[str, ...], str | None, str | None], tuple[frozenset[str], bool]]
"""Names of areas, a country and a state to canonical areas, and whether every name was understood (``directory.places``)."""

SIZES: Mapping[str, Literal["small", "medium", "large"]] = {"small": "small", "medium": "medium", "large": "large"}
TONES: Mapping[str, Literal["quiet", "lively"]] = {"quiet": "quiet", "lively": "lively"}
ASSURERS: Mapping[str, AssuredBy] = {"organization": "organization", "steward": "steward", "import": "import"}
PRECISIONS: Mapping[str, Precision] = {"given": "given", "code": "code", "town": "town"}
COSTS: tuple[Cost, ...] = ("free", "donation", "sliding", "paid")
"""The sorts of price, the kindest first."""


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


def _listing(shelf: Shelf, service: Service, link: ServiceAtLocation | None, areas: AreaResolver, timezone: str, on: date) -> Listing:
    location = shelf.locations[link.location_id] if link else None
    facts = Facts.of(shelf, service, link)
    source = shelf.source_of(service)
    organization, program = shelf.organization_of(service), shelf.program_of(service)
    schedules = schedules_of(shelf, service, link)
    openings, closed_on = times_at(shelf, service, link, on=on)
    served, resolved = areas(area_names(shelf, service, link), source.country if source else None, _state(shelf, link))
    cost, price = cost_of(shelf.children(CostOption, "service_id", service.id))
    space, updated = space_of(shelf, service, facts)
    return Listing(
        id=str(link.id if link else service.id),
        service_id=str(service.id),
        organization_id=str(service.organization_id or service.id),
        name=service.name,
        organization_name=organization.name if organization else "",
        description=service.description or "",
        keywords=tuple(filter(None, (service.alternate_name, program.name if program else None, facts.text("group_facts", "shared_focus"), *facts.foreign))),
        kind=facts.kind,
        supports=facts.yes("supports"),
        domains=facts.yes("life_domains"),
        interests=facts.yes("interests"),
        settings=facts.yes("settings"),
        place=place_of(location),
        confidential=location is not None and location.visibility != "public",
        areas=served,
        areas_resolved=resolved,
        formats=formats_of(facts, location),
        languages=Stated(yes=languages_of(shelf, service, link)),
        languages_only=any(row.note == NO_OTHERS for row in _language_rows(shelf, service, link)),
        interpreting=True if service.interpretation_services else None,
        builds_on=facts.stated("strengths", "builds_on"),
        wants=facts.yes("strengths", "wants"),
        for_communities=facts.yes("communities", "for"),
        led_by=facts.yes("communities", "led_by"),
        welcomes=facts.yes("communities", "welcomes"),
        everyone_welcome="everyone" in facts.yes("audiences"),
        faiths=facts.yes("faiths") - {"secular"},
        secular=True if "secular" in facts.yes("faiths") else None,
        access=facts.stated("access"),
        cost=cost,
        price=price,
        entry=facts.stated("entry"),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        meant_for=facts.yes("audiences", "meant_for") | facts.yes("audiences", "only_for"),
        only_for=facts.yes("audiences", "only_for"),
        not_for=facts.yes("audiences", "not_for"),
        openings=openings,
        closed_on=closed_on,
        always_open=is_always_open(openings, closed_on),
        timezone=timezone_of(schedules, source, default=timezone),
        size=facts.choice("group_facts", SIZES),
        tone=facts.choice("group_facts", TONES),
        group=group_of(facts),
        space=space,
        space_updated=updated,
        assured_on=service.assured_date,
        assured_by=ASSURERS.get(service.assured_by or ""),
        added_on=service.added_on,
        reported_wrong=service.id in shelf.reported_wrong,
    )


def place_of(location: Location | None) -> Place | None:
    """The public point of a location, if it has one on this earth (a feed may say latitude 100)."""
    if location is None or location.visibility != "public" or location.latitude is None or location.longitude is None:
        return None
    if not (-90 <= location.latitude <= 90 and -180 <= location.longitude <= 180):
        return None
    return Place(latitude=location.latitude, longitude=location.longitude, precision=PRECISIONS[location.point_precision], name=location.name or "")


def schedules_of(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> list[Schedule]:
    """The hours that hold for a service at a place: its own there, else the service's, else the building's."""
    if link and (own := shelf.children(Schedule, "service_at_location_id", link.id)):
        return own
    if general := shelf.children(Schedule, "service_id", service.id):
        return general
    return shelf.children(Schedule, "location_id", link.location_id) if link else []


def times_at(shelf: Shelf, service: Service, link: ServiceAtLocation | None, *, on: date) -> Times:
    """When a service is open at a place, worked out once for a shelf."""
    return shelf.once(("times", service.id, link and link.id, on), lambda: times_of(schedules_of(shelf, service, link), on=on))


def timezone_of(schedules: Collection[Schedule], source: Source | None, *, default: str) -> str:
    """The IANA zone of some hours: the one they name, else that of their source."""
    named = next((schedule.timezone_name for schedule in schedules if schedule.timezone_name), None)
    return named or (source.timezone if source else None) or default


def area_names(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> tuple[str, ...]:
    """The areas served, as written."""
    own = shelf.children(ServiceArea, "service_at_location_id", link.id) if link else []
    rows = own or shelf.children(ServiceArea, "service_id", service.id)
    return tuple(row.name for row in rows if row.name)


def _state(shelf: Shelf, link: ServiceAtLocation | None) -> str | None:
    """The state of the public address, in which the names of its areas are looked for."""
    rows = shelf.children(Address, "location_id", link.location_id) if link else []
    return next((row.state_province for row in rows if row.state_province), None)


def languages_of(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> frozenset[str]:
    """The tags of the languages spoken; a language that nobody could tag stands under its name as written."""
    rows = _language_rows(shelf, service, link)
    return frozenset(row.code or (row.name or "").casefold() for row in rows if row.code or row.name)


def _language_rows(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> list[Language]:
    return shelf.children(Language, "service_id", service.id) + (shelf.children(Language, "location_id", link.location_id) if link else [])


def cost_of(options: Collection[CostOption]) -> tuple[Cost | None, float | None]:
    """The kindest price stated, and the lowest amount; (None, None) when nothing is."""
    sorts = {sort_of(option) for option in options}
    amounts = [option.amount for option in options if option.amount is not None]
    cost = next((one for one in COSTS if one in sorts), None)
    return cost, 0.0 if cost == "free" else min(amounts, default=None)


def space_of(shelf: Shelf, service: Service, facts: Facts) -> tuple[Space | None, datetime | None]:
    """Whether there is space, from the newest capacity that somebody stated, and when that was."""
    rows = sorted(shelf.children(ServiceCapacity, "service_id", service.id), key=lambda row: row.updated)
    if not rows:
        return ("waiting_list", None) if "waiting_list" in facts.yes("entry") else (None, None)
    newest = rows[-1]
    if newest.available > 0:
        return "open", newest.updated
    return ("waiting_list" if "waiting_list" in facts.yes("entry") else "full"), newest.updated
