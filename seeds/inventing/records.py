"""An invented listing as a record of a source, so that imports, databases and exports can be tried at any size."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from directory.exchange import records
from directory.exchange.records import Attribute, SourceRecord, made_id
from directory.facts import NO
from matching.values import Listing, Opening, Stated
from seeds.attributes import attributes

SOURCE = "invented"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIELDS = ("supports", "domains", "interests", "settings", "builds_on", "wants", "led_by", "welcomes", "access", "entry", "formats", "only_for")


def service_record(listing: Listing, *, line: int) -> SourceRecord:
    """A service with its organization, and its place where it has one; a confidential one gets an invented point, sealed when it is stored."""
    key = listing.service_id
    made = records.Service(
        id=UUID(key),
        name=listing.name,
        description=listing.description,
        organization=records.Organization(id=UUID(listing.organization_id), name=listing.organization_name),
        minimum_age=listing.minimum_age,
        maximum_age=listing.maximum_age,
        interpretation_services="On request" if listing.interpreting else None,
        assured_date=listing.assured_on,
        assured_by=listing.assured_by,
        added_on=listing.added_on,
        languages=[records.Language(id=made_id(SOURCE, "language", f"{key}|{tag}"), name=tag, code=tag) for tag in sorted(listing.languages.yes)],
        schedules=[_schedule(opening, f"{key}|{number}", listing.timezone) for number, opening in enumerate(listing.openings)],
        cost_options=_cost(listing),
        capacities=_capacity(listing),
        service_at_locations=_places(listing),
        attributes=_attributes(listing),
    )
    return SourceRecord(key=key, file="invented", line=line, content=made)


def _attributes(listing: Listing) -> list[Attribute]:
    owner = f"service {listing.service_id}"
    found = attributes(SOURCE, owner, "kind", [listing.kind])
    for field, yes, no in _stated(listing):
        found += attributes(SOURCE, owner, field, sorted(yes))
        found += attributes(SOURCE, owner, field, sorted(no), value=NO)
    if listing.everyone_welcome:
        found += attributes(SOURCE, owner, "everyone", ["everyone"])
    return found


def _stated(listing: Listing) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Each field of ``attributes.LINKS`` that the listing states, with what is so and what is not."""
    for field in FIELDS:
        value = getattr(listing, field)
        yield (field, value.yes, value.no) if isinstance(value, Stated) else (field, value, frozenset())
    yield "for", listing.for_communities, frozenset()
    yield "faith", listing.faiths, frozenset()
    yield "group", frozenset(filter(None, (listing.size, listing.tone))), frozenset()


def _schedule(opening: Opening, key: str, timezone: str) -> records.Schedule:
    weeks = [str(week) for week in opening.weeks] or [""]
    return records.Schedule(
        id=made_id(SOURCE, "schedule", key),
        freq="MONTHLY" if opening.weeks else "WEEKLY",
        byday=",".join(week + DAYS[opening.weekday] for week in weeks),
        opens_at=_clock(opening.opens),
        closes_at=_clock(opening.closes if opening.closes <= 1440 else opening.closes - 1440),
        timezone_name=timezone,
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _cost(listing: Listing) -> list[records.CostOption]:
    if listing.cost is None:
        return []
    currency = None if listing.price is None else "USD"
    return [records.CostOption(id=made_id(SOURCE, "cost_option", listing.id), option=listing.cost, amount=listing.price, currency=currency)]


def _capacity(listing: Listing) -> list[records.ServiceCapacity]:
    if listing.space is None or listing.space_updated is None:
        return []
    unit = records.Unit(id=made_id(SOURCE, "unit", "places"), name="places")
    left = 3.0 if listing.space == "open" else 0.0
    return [records.ServiceCapacity(id=made_id(SOURCE, "service_capacity", listing.id), unit=unit, available=left, updated=listing.space_updated)]


def _places(listing: Listing) -> list[records.ServiceAtLocation]:
    if listing.place is None and not listing.confidential:
        return []
    location = records.Location(id=made_id(SOURCE, "location", listing.id), name=listing.organization_name)
    if listing.place is None:
        location.visibility, location.area_name = "area_only", "Somewhere in the county"
        location.latitude, location.longitude = 40.0, -90.0
    else:
        location.latitude, location.longitude = listing.place.latitude, listing.place.longitude
    return [records.ServiceAtLocation(id=made_id(SOURCE, "service_at_location", listing.id), location=location)]
