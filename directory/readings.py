"""What the rows of a shelf say of one service at one place: its point, hours, areas, languages, price and space."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from directory.cardbox import Hours
from directory.facts import Facts
from directory.hours import is_always_open
from directory.languages import is_direct, tag_of
from directory.models import CostOption, Language, Location, Schedule, Service, ServiceArea, ServiceAtLocation, ServiceCapacity, Source
from directory.plain import said_by
from directory.prices import sort_of
from directory.shelf import Shelf
from directory.timetable.reading import text_of
from directory.timetable.times import times_of
from matching.values import Cost, Place, Precision, Space

PRECISIONS: Mapping[str, Precision] = {"given": "given", "code": "code", "town": "town"}
COSTS: tuple[Cost, ...] = ("free", "donation", "sliding", "paid")
"""The sorts of price, the kindest first."""


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


def hours_at(shelf: Shelf, service: Service, link: ServiceAtLocation | None, source: Source | None, *, default_zone: str, on: date) -> Hours:
    """When a service is open at a place, worked out once for all that say the same; ``default_zone`` holds where neither they nor the source name one."""
    schedules = schedules_of(shelf, service, link)
    zone = timezone_of(schedules, source, default=default_zone)
    return shelf.common.alike((Hours, tuple(map(said_by(Schedule), schedules)), zone, on), lambda: _hours(schedules, zone, on))


def _hours(schedules: Collection[Schedule], zone: str, on: date) -> Hours:
    openings, closed_on = times_of(schedules, on=on)
    always_open = is_always_open(openings, closed_on)
    return Hours(openings=openings, closed_on=closed_on, always_open=always_open, has_text=bool(text_of(schedules)), timezone=zone)


def timezone_of(schedules: Collection[Schedule], source: Source | None, *, default: str) -> str:
    """The IANA zone of some hours: the one they name, else that of their source."""
    named = next((schedule.timezone_name for schedule in schedules if schedule.timezone_name), None)
    return named or (source.timezone if source else None) or default


def area_names(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> tuple[str, ...]:
    """The areas served, as written."""
    own = shelf.children(ServiceArea, "service_at_location_id", link.id) if link else []
    rows = own or shelf.children(ServiceArea, "service_id", service.id)
    return tuple(row.name for row in rows if row.name)


def languages_of(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> frozenset[str]:
    """The tags of the languages that people there use themselves, with or without a role; those that are interpreted are not among them."""
    return direct_tags(language_rows(shelf, service, link))


def direct_tags(rows: Collection[Language]) -> frozenset[str]:
    """Those of some rows."""
    return frozenset(tag_of(row) for row in rows if is_direct(row))


def language_rows(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> list[Language]:
    """The languages of a service and of its place, of which something is known."""
    rows = shelf.children(Language, "service_id", service.id)
    if link and (there := shelf.children(Language, "location_id", link.location_id)):
        rows = rows + there
    return [row for row in rows if row.code or row.name]


def cost_of(options: Collection[CostOption]) -> tuple[Cost | None, float | None]:
    """The kindest price stated, and the lowest amount; (None, None) when nothing is."""
    sorts = {sort_of(option) for option in options}
    amounts = [option.amount for option in options if option.amount is not None]
    cost = next((one for one in COSTS if one in sorts), None)
    return cost, 0.0 if cost == "free" else min(amounts, default=None)


def space_of(shelf: Shelf, service: Service, facts: Facts) -> tuple[Space | None, datetime | None]:
    """Whether there is space, from the newest capacity that somebody stated, and when that was."""
    rows = shelf.children(ServiceCapacity, "service_id", service.id)
    if not rows:
        return ("waiting_list", None) if "waiting_list" in facts.yes("entry") else (None, None)
    newest = sorted(rows, key=lambda row: row.updated)[-1]
    if newest.available > 0:
        return "open", newest.updated
    return ("waiting_list" if "waiting_list" in facts.yes("entry") else "full"), newest.updated
