"""Groups of meetings as records of the catalogue: a peer group with its hours, its place or the way to join, its terms and who answers for it.

No key and no id is made of a street. A meeting from afar has a virtual place with the link; one that can be joined from afar and visited has its place
and the link beside it, so that it is found once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from directory.exchange.meetings.codes import Programme, read_codes
from directory.exchange.meetings.grouping import Group, groups_of
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.hours_of import schedules_of
from directory.exchange.meetings.meeting import JOIN_BY_PHONE, JOIN_ONLINE, Joining, Keeper, Meeting, Spot
from directory.exchange.meetings.words_of import description_of, languages_of, terms_of, types_of
from directory.exchange.reading.row import Row
from directory.exchange.reading.wordrules import PLACE_TAXONOMIES, Term
from directory.exchange.records import (
    Address,
    Location,
    Organization,
    Phone,
    Refusal,
    Repair,
    Service,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    Url,
    made_id,
)
from directory.meetings.prose import first_proposal
from directory.timetable.reading import timetable_of

MAY_NOT_BE_WEEKLY = "the words may mean that it does not meet every week: listed as the feed has it, and a question to whoever keeps the group"


def to_records(heard: Iterable[Heard | Refusal], source: SourceInfo, feed: Feed) -> Iterator[SourceRecord | Refusal]:
    """One record for each group, after the refusals. What became of the meetings is told in the notes of the feed's tally."""
    meetings: list[Heard] = []
    refused = 0
    for one in heard:
        if isinstance(one, Refusal):
            refused += 1
            yield one
        else:
            meetings.append(one)
    groups = groups_of(meetings, feed.programme)
    feed.tally.notes.append(
        f"{len(meetings) + refused:,} meetings: {len(meetings):,} of them as {len(groups):,} groups, {refused:,} refused"
    )
    for group in groups:
        yield _record(group, source, feed.programme)


def _record(group: Group, source: SourceInfo, programme: Programme) -> SourceRecord:
    lines = sorted(group.members, key=lambda one: one.row.line)
    repairs: dict[tuple[int, str, str], Repair] = {}
    for one in lines:
        for repair in one.row.repairs:
            repairs.setdefault((repair.line, repair.field, repair.value), repair)
    row, content = lines[0].row, _service(group, source, programme)
    told = [*repairs.values(), *_proposal(content, row)]
    return SourceRecord(key=group.key, file=row.file, line=row.line, content=content, repairs=told)


def _proposal(service: Service, row: Row) -> Iterator[Repair]:
    """What the words may mean for when it meets. It is told and kept as words: whoever keeps the group says whether it is so."""
    found = first_proposal([service.name, *(service.description or "").split("\n")], timetable_of(service.schedules))
    if found is not None:
        yield Repair(file=row.file, line=row.line, field="notes", value=found.phrase, reason=MAY_NOT_BE_WEEKLY)


def _service(group: Group, source: SourceInfo, programme: Programme) -> Service:
    meeting, terms = group.first, terms_of(group, programme)
    place = _place(group, source, terms)
    urls = [meeting.joining.url] if meeting.joining and meeting.joining.url else []
    return Service(
        id=_id(source, "service", group),
        name=meeting.name,
        description=description_of(group),
        url=meeting.url or None,
        additional_urls=[Url(id=_id(source, "url", group, JOIN_ONLINE), url=url, label=JOIN_ONLINE) for url in urls],
        email=meeting.email or None,
        status="temporarily closed" if meeting.is_paused else "active",
        last_modified=max((datetime.fromisoformat(one.meeting.updated) for one in group.members if one.meeting.updated), default=None),
        phones=list(_phones(group, source)),
        schedules=schedules_of(
            group, lambda part: _id(source, "schedule", group, part), not_on_holidays="not_on_holidays" in read_codes(programme, meeting.codes).does
        ),
        service_at_locations=[ServiceAtLocation(id=_id(source, "service_at_location", group), location=place)] if place else [],
        languages=languages_of(group, source.code),
        organization=_organization(meeting.keeper, source, programme),
        attributes=[term.attribute() for term in terms if place is None or not _of_place(term, place)] + types_of(group, programme),
    )


def _id(source: SourceInfo, entity: str, group: Group, *parts: str) -> UUID:
    return made_id(source.code, entity, "|".join((group.key, *parts)))


def _of_place(term: Term, place: Location) -> bool:
    return term.taxonomy in PLACE_TAXONOMIES and place.location_type == "physical"


def _phones(group: Group, source: SourceInfo) -> Iterator[Phone]:
    """The group's own number, then the one to join by."""
    meeting, joining = group.first, group.first.joining
    if meeting.phone:
        yield Phone(id=_id(source, "phone", group), number=meeting.phone)
    if joining and joining.phone:
        words = ". ".join(filter(None, (JOIN_BY_PHONE, joining.phone_notes)))
        yield Phone(id=_id(source, "phone", group, JOIN_BY_PHONE), number=joining.phone, description=words)


def _place(group: Group, source: SourceInfo, terms: Iterable[Term]) -> Location | None:
    """The place to go to, or the virtual one of a group that is held from afar only."""
    meeting, spot = group.first, group.first.spot
    if "in_person" in meeting.attendance:
        return _physical(group, spot, source, terms) if spot else None
    return _virtual(group, meeting, meeting.joining, source)


def _physical(group: Group, spot: Spot, source: SourceInfo, terms: Iterable[Term]) -> Location:
    address = Address(
        id=_id(source, "address", group), address_1=spot.street or None, city=spot.city or None, state_province=spot.region or None,
        postal_code=spot.postal_code or None, country=spot.country or None,
    )
    place = Location(
        id=_id(source, "location", group),
        name=spot.name or None,
        latitude=spot.latitude,
        longitude=spot.longitude,
        transportation=spot.notes or None,
        addresses=[address] if spot.street or spot.city or spot.postal_code else [],
        area_name=_area(spot),
    )
    place.attributes = [term.attribute() for term in terms if _of_place(term, place)]
    return place


def _virtual(group: Group, meeting: Meeting, joining: Joining | None, source: SourceInfo) -> Location:
    return Location(
        id=_id(source, "location", group), location_type="virtual", name="Online", url=(joining.url or None) if joining else None,
        description=(joining.url_notes or None) if joining else None, area_name=_area(meeting.spot) if meeting.spot else None,
    )


def _area(spot: Spot) -> str | None:
    return spot.city or (spot.areas[-1] if spot.areas else None)


def _organization(keeper: Keeper | None, source: SourceInfo, programme: Programme) -> Organization | None:
    """Who answers for the group: the body that the feed names, else its programme; None for a feed without either."""
    if keeper is None and not programme.name:
        return None
    key = keeper.key if keeper else "programme"
    name = (keeper.name if keeper else "") or (f"{programme.name}, service body {key}" if keeper else programme.name)
    organization = Organization(id=made_id(source.code, "organization", key), name=name.strip(", "))
    if keeper is not None:
        organization.description, organization.website, organization.email = keeper.words or None, keeper.url or None, keeper.email or None
        if keeper.phone:
            organization.phones = [Phone(id=made_id(source.code, "phone", f"organization|{key}"), number=keeper.phone)]
    return organization
