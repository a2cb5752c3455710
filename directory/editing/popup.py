"""A pop-up activity: name, what, when and where in one short form; it leaves the directory by itself when it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.changes import change_row, record_changes
from directory.editing.drafts import begin_from
from directory.editing.places import FindPlace, looked_up
from directory.editing.sheet import Sheet, places_of
from directory.errors import Invalid
from directory.exchange.nest import nested
from directory.exchange.records import Address, Attribute, CostOption, Location, Organization, Program, Schedule, Service, ServiceAtLocation
from directory.hours import minutes_of
from directory.models import Attribute as AttributeRow
from directory.models import Draft, Provenance, Taxonomy, TaxonomyTerm
from directory.models import Organization as OrganizationRow
from directory.models import Schedule as ScheduleRow
from directory.models import Service as ServiceRow
from directory.sealing import Sealer
from directory.storage import Storage
from directory.timetable.marks import over_midnight
from directory.timetable.reading import date_of
from directory.timetable.values import DAY_MINUTES

NEVER: Final = datetime.max.replace(tzinfo=UTC)
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
LONGEST_AHEAD: Final = timedelta(days=400)


class Popup(Struct, frozen=True, kw_only=True):
    """What the short form says. ``place_id`` is a place of the organization, or ``postcode`` says where; ``opens`` and ``closes`` are minutes after
    midnight in ``timezone``, ``closes`` past 1440 where it goes on after midnight."""

    name: str
    description: str
    on: date
    opens: int
    closes: int
    timezone: str
    is_free: bool
    place_id: UUID | None = None
    postcode: str = ""
    support: str = ""


def begin_popup(session: Session, organization: OrganizationRow, popup: Popup, actor: Actor, *, at: datetime, sealer: Sealer, find: FindPlace) -> Draft:
    """A draft that says it all, ready to be handed in. ``Invalid`` for a day that is past, and for a place that is not known."""
    now = at.astimezone(ZoneInfo(popup.timezone))
    if ends_of(popup.on, popup.closes, popup.timezone) <= at:
        raise Invalid(on="This day and time are past.")
    if popup.on > now.date() + LONGEST_AHEAD:
        raise Invalid(on="This is more than a year ahead.")
    service = Service(id=uuid4(), name=popup.name, description=popup.description or None, organization_id=organization.id)
    code = f"{('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[popup.on.weekday()]}"
    day = popup.on.isoformat()
    service.schedules = [Schedule(
        id=uuid4(), freq="WEEKLY", byday=code, opens_at=_clock(popup.opens), closes_at=_clock(popup.closes), valid_from=day, valid_to=day,
        timezone_name=popup.timezone,
    )]  # fmt: skip
    service.cost_options = [CostOption(id=uuid4(), option="free", amount=0.0)] if popup.is_free else []
    said = [("kinds", "event"), *([("supports", popup.support)] if popup.support else [])]
    service.attributes = [Attribute(id=uuid4(), link_type=taxonomy, taxonomy=taxonomy, code=code) for taxonomy, code in said]
    place = _place(session, organization, popup, find)
    if place is not None:
        service.service_at_locations = [ServiceAtLocation(id=uuid4(), service_id=service.id, location_id=place.id, location=place)]
    return begin_from(session, organization, Sheet(service=service), actor, at=at, sealer=sealer)


def ends_of(day: date, closes: int, timezone: str) -> datetime:
    """The moment at which an activity is over."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(timezone)) + timedelta(minutes=closes)


def expire(storage: Storage, at: datetime) -> int:
    """Take events down that were entered here and are over; gives how many. Meant to be called every minute."""
    with storage.reading() as session:   # no writer is held up while there is nothing to do
        if not _over(session, at):
            return 0
    with storage.writing() as session:
        over = _over(session, at)
        act = uuid4()
        for service in over:
            service.status, service.last_modified = "inactive", at
        record_changes(session, [
            change_row(
                entity="service", entity_id=service.id, action="changed", by="homeground", at=at, field="status", before="active", after="inactive",
                why="it is over", act=act,
            )
            for service in over
        ])  # fmt: skip
        return len(over)


def _over(session: Session, at: datetime) -> list[ServiceRow]:
    """Active events that no source brought in, and whose hours are all on dates that are past. What a source lists, that source ends."""
    term = select(TaxonomyTerm.id).join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id).where(Taxonomy.code == "kinds", TaxonomyTerm.code == "event")
    events = select(AttributeRow.link_id).where(AttributeRow.link_entity == "service", AttributeRow.taxonomy_term_id.in_(term))
    query = select(ServiceRow, ScheduleRow).join(ScheduleRow, ScheduleRow.service_id == ServiceRow.id)
    query = query.where(ServiceRow.status == "active", ServiceRow.id.in_(events), ~exists().where(Provenance.entity_id == ServiceRow.id))
    ends: dict[UUID, datetime] = {}
    rows: dict[UUID, ServiceRow] = {}
    for service, schedule in session.execute(query):
        rows[service.id] = service
        ends[service.id] = max(_end(schedule), ends.get(service.id, LONG_AGO))
    return [rows[key] for key, end in ends.items() if end <= at]


def _end(schedule: ScheduleRow) -> datetime:
    """When one stretch of hours is over for good; never, for one without a last date."""
    last = date_of(schedule.valid_to)
    if last is None:
        return NEVER
    opens, closes = minutes_of(schedule.opens_at) or 0, minutes_of(schedule.closes_at)
    return ends_of(last, DAY_MINUTES if closes is None else over_midnight(opens, closes), schedule.timezone_name or "UTC")


def _place(session: Session, organization: OrganizationRow, popup: Popup, find: FindPlace) -> Location | None:
    if popup.place_id is not None:
        known = nested(session, Location, [popup.place_id], without=frozenset({Organization, Program, Service}))
        if not known or popup.place_id not in places_of(session, organization.id):
            raise Invalid(place="Choose one of your places.")
        return known[0]
    if not popup.postcode:
        return None
    place = Location(id=uuid4(), name=None, addresses=[Address(id=uuid4(), postal_code=popup.postcode)])
    if not looked_up(place, find):
        raise Invalid(postcode="We do not know this postcode or town. Look at it again, or choose one of your places.")
    return place


def _clock(minutes: int) -> str:
    return f"{minutes % 1440 // 60:02}:{minutes % 60:02}"
