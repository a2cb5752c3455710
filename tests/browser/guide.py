"""A small invented source beside the cast's town: a county guide that brings a tool library in, and a bulletin that brings it once more."""

from __future__ import annotations

from uuid import UUID

from directory.exchange.records import (
    Address,
    Attribute,
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

GUIDE = SourceInfo(code="lantern-guide", name="Lantern County guide", kind="table", licence="CC0", timezone="America/Chicago", country="US")
BULLETIN = SourceInfo(code="river-bulletin", name="River bulletin", kind="table", licence="CC0", timezone="America/Chicago", country="US")
LISTED = "hello@northside.example"
FIRST_WORDS = "Borrow a drill, a ladder or a sewing machine."


def tools(source: SourceInfo = GUIDE, *, name: str = "Northside tool library", words: str = FIRST_WORDS, phone: str = "920-555-0160") -> SourceRecord:
    """The tool library as a source tells of it."""
    def key(entity: str) -> UUID:
        return made_id(source.code, entity, "1")

    address = Address(id=key("address"), address_1="40 Mill Street", city="Appleton", state_province="WI", postal_code="54911", country="US")
    place = Location(id=key("location"), name="Mill Street workshop", latitude=44.2650, longitude=-88.4100, addresses=[address])
    service = Service(
        id=key("service"), name=name, description=words, phones=[Phone(id=key("phone"), number=phone)],
        organization=Organization(id=key("organization"), name=_runs(source), description="Neighbours who lend and mend.", email=_mail(source)),
        service_at_locations=[ServiceAtLocation(id=key("service_at_location"), location=place)],
        schedules=[Schedule(id=key("schedule"), freq="WEEKLY", byday="SA", opens_at="09:00", closes_at="12:00")],
        languages=[Language(id=key("language"), name="English", code="en")],
        attributes=[Attribute(id=key("attribute"), taxonomy="kinds", code="activity")],
    )   # fmt: skip
    return SourceRecord(key=str(service.id), file=f"{source.code}.csv", line=1, content=service)


def _runs(source: SourceInfo) -> str:
    return "Northside Neighbours" if source is GUIDE else "Northside Neighbours and friends"


def _mail(source: SourceInfo) -> str:
    return LISTED if source is GUIDE else ""
