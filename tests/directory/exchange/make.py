"""Invented records for the tests of the exchange: a street of a town that is not there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from directory.exchange.records import (
    Address,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    made_id,
)

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SOURCE = SourceInfo(code="elm", name="Elm Row directory", kind="table", licence="CC0", timezone="Europe/London", country="GB")


def an_id(entity: str, key: object) -> UUID:
    """The id of an invented record."""
    return made_id("test", entity, str(key))


def a_location(key: object = 1, **fields: Any) -> Location:
    """A place with a point and one address."""
    fields = {"name": f"Hall {key}", "latitude": 53.4808, "longitude": -2.2426, "addresses": [an_address(key)], **fields}
    return Location(id=an_id("location", key), **fields)


def an_address(key: object = 1, **fields: Any) -> Address:
    """A whole address, so that HSDS takes it."""
    fields = {
        "address_1": f"{key} Elm Row", "city": "Ashgrove", "state_province": "Westshire", "postal_code": "M99 7QX", "country": "GB", **fields,
    }
    return Address(id=an_id("address", key), **fields)


def a_service(key: object = 1, *, location: Location | None = None, **fields: Any) -> Service:
    """A service of an organization at one place, with a phone, a language and hours."""
    place = ServiceAtLocation(id=an_id("service_at_location", key), location=location or a_location(key))
    fields = {
        "name": f"Repair bench {key}",
        "description": "Bring a thing that no longer works and mend it together.",
        "organization": Organization(id=an_id("organization", "shed"), name="The Long Shed", description="Neighbours who make and mend."),
        "service_at_locations": [place],
        "phones": [Phone(id=an_id("phone", key), number="0161 496 0000")],
        "languages": [Language(id=an_id("language", key), name="Somali", code="so")],
        "schedules": [Schedule(id=an_id("schedule", key), freq="WEEKLY", byday="TU", opens_at="10:00", closes_at="12:00")],
        **fields,
    }
    return Service(id=an_id("service", key), **fields)


def a_record(content: Any = None, *, key: str | None = None, line: int = 1, **fields: Any) -> SourceRecord:
    """A record of a source, a service when nothing else is said."""
    content = content if content is not None else a_service()
    return SourceRecord(key=key or str(content.id), file="elm.csv", line=line, content=content, **fields)
