"""Calendars to subscribe to: parsed back, expanded by a library that knows nothing of us, they are the dates that the page tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from directory.meetings.coming import next_dates
from directory.models import Schedule, Service
from tests.cast import LISTINGS
from tests.make import make_attribute, make_id
from tests.web.second_door import SecondDoor

ALL = "/feeds/groups.ics"
ONE = f"/feeds/groups/{make_id('Community lunch at Riverside Hall')}.ics"
DESK = f"/desk/listings/{LISTINGS['lunch']}/dates"


def a_group(door: SecondDoor, *rows: dict[str, Any]) -> None:
    """Community lunch is a group, perhaps with more rows of hours, in the zone of Chicago."""
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        make_attribute(session, service, "kinds", "peer_group")
        for row in session.query(Schedule).where(Schedule.service_id == service.id):
            row.timezone_name = "America/Chicago"
        for number, row in enumerate(rows):
            session.add(Schedule(service_id=service.id, position=10 + number, timezone_name="America/Chicago", **row))


def expanded(content: bytes, after: datetime, days: int = 199) -> list[tuple[datetime, datetime]]:
    """Begin and end of every event, as an independent library has them."""
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(after, after + timedelta(days=days))
    return sorted({(event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in events})


def told(door: SecondDoor, days: int = 199) -> list[tuple[datetime, datetime]]:
    """The same as we have them."""
    page = door.catalogue.listing_page(make_id("Community lunch at Riverside Hall"), at=door.at)
    found = next_dates(page.timetable, zone=page.timezone, after=door.at, count=400)
    return sorted({(one.starts.astimezone(UTC), one.ends.astimezone(UTC)) for one in found if one.starts < door.at + timedelta(days=days)})


def test_the_calendar_expands_to_the_dates_of_the_page(door: SecondDoor) -> None:
    a_group(
        door,
        {"freq": "WEEKLY", "interval": 2, "byday": "TU,SA", "dtstart": "2026-11-17", "opens_at": "22:30", "closes_at": "01:00"},
        {"freq": "MONTHLY", "byday": "-1SU", "opens_at": "02:30", "closes_at": "03:30"},
        {"description": "Closed on public holidays (US)."},
    )
    ana = door.as_("ana")
    for said in (
        {"cancel": "2026-11-25/690/810"}, {"add": "1", "day": "2026-11-26", "opens": "18:00", "closes": "19:00"},
        {"add": "1", "day": "2026-12-25", "opens": "11:30", "closes": "13:30"}, {"pause": "1", "first": "2027-02-01", "last": "2027-02-20", "reason": "Snow"},
    ):
        assert ana.post(DESK, said).status_code == 303
    for path in (ALL, ONE):
        assert expanded(ana.get(path).content, door.at) == told(door)
    assert len(told(door)) > 100
