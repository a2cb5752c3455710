"""Calendars to subscribe to: parsed back, expanded by a library that knows nothing of us, they are the dates that the page tells."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from directory.meetings.coming import next_dates
from directory.models import Contact, Schedule, Service
from directory.placing import take_back
from tests.cast import LISTINGS
from tests.make import NOBODYS, make_attribute, make_id
from tests.web.second_door import SecondDoor

ALL = "/feeds/groups.ics"
ONE = f"/feeds/groups/{make_id('Community lunch at Riverside Hall')}.ics"
ADDED = {ALL: "8 pm", ONE: "9 pm"}
PAGE = f"/listings/{LISTINGS['lunch']}"
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


HALL = make_id("Riverside Hall")
SECRETS = ("12 River Street", "54911", "Riverside Hall", "44.26", "tulip-garden", "Rosalind", "pwd=")


def told_to_nobody(door: SecondDoor, visibility: str) -> list[str]:
    """Hide the hall, and give the group a link with a password and a contact with a name; what anybody can read of it then, everywhere."""
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        session.add(Contact(service_id=service.id, name="Rosalind Q.", title="Keeper", email="rosalind@people.example"))
        service.url = "https://meet.example/j/99?pwd=tulip-garden"
        assert take_back(session, [HALL], visibility, by="tests", at=door.at, why="", sealer=door.sealer) == 1
    door.catalogue.refresh()
    anyone, link = door.as_("anyone"), make_id("Community lunch at Riverside Hall")
    found = anyone.post("/search", {"text": "lunch", "place": "54911"}).text
    api = anyone.post("/api/match", content=json.dumps({"text": "lunch", "place": "54911"}), stamped=False).text
    pages = [anyone.get(path).text for path in (ALL, ONE, f"/api/hsds/services/{LISTINGS['lunch']}", f"/api/hsds/service_at_locations/{link}")]
    return [*pages, anyone.get(PAGE).text, found, api]


@pytest.mark.parametrize("visibility", ["area_only", "on_contact"])
def test_a_venue_that_is_not_public_goes_nowhere(door: SecondDoor, visibility: str) -> None:
    a_group(door)
    before = door.as_("anyone").get(ALL).text
    assert "12 River Street" in before
    calendars = told_to_nobody(door, visibility)
    for secret in SECRETS:
        assert [number for number, text in enumerate(calendars[:2]) if secret in text] == [], secret
    for secret in ("12 River Street", "Riverside Hall", "44.26"):
        assert [number for number, text in enumerate(calendars) if secret in text] == [], secret
    assert [number for number, text in enumerate(calendars[4:]) if "Rosalind" in text] == []
    assert "Call or write, and they tell you." in calendars[4]
    assert calendars[0].count("BEGIN:VEVENT") == before.count("BEGIN:VEVENT"), "when it meets is no secret"


def test_a_group_whose_only_place_is_hidden_is_on_no_calendar(door: SecondDoor) -> None:
    a_group(door)
    calendars = told_to_nobody(door, "hidden")
    assert "VEVENT" not in calendars[0]
    assert door.as_("anyone").get(ONE).status_code == 404


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(door: SecondDoor) -> None:
    a_group(door)
    anyone = door.as_("anyone")
    for path in (ALL, ONE):
        first = anyone.get(path)
        assert first.headers["content-type"] == "text/calendar; charset=utf-8"
        assert first.headers["access-control-allow-origin"] == "*"
        held = {"If-None-Match": first.headers["etag"]}
        assert anyone.get(path, headers=held).status_code == 304
        assert anyone.get(path, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304
        door.later(minutes=1)
        assert door.as_("ana").post(DESK, {"add": "1", "day": "30 December", "opens": ADDED[path], "closes": "11 pm"}).status_code == 303
        again = anyone.get(path, headers=held)
        assert (again.status_code, again.headers["etag"] == first.headers["etag"]) == (200, False)
        assert anyone.get(path, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 200


def test_a_calendar_of_what_is_not_there_or_does_not_meet(door: SecondDoor) -> None:
    anyone = door.as_("anyone")
    for name in ("nonsense.ics", f"{NOBODYS}.ics", str(make_id("Community lunch at Riverside Hall")), f"{LISTINGS['class']}.ics"):
        assert anyone.get(f"/feeds/groups/{name}").status_code == 404, name


def test_a_group_that_rests_and_names_that_look_like_lines(door: SecondDoor) -> None:
    a_group(door)
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).name = "Soup; bread, salt\\n\r\nATTENDEE:mailto:x@people.example"
    calendar = Calendar.from_ical(door.as_("anyone").get(ONE).content)
    (event,) = calendar.walk("VEVENT")
    assert "ATTENDEE" not in event
    assert str(event["SUMMARY"]).startswith("Soup; bread, salt")
    assert door.as_("ana").post(DESK, {"pause": "1"}).status_code == 303
    rests = Calendar.from_ical(door.as_("anyone").get(ONE).content)
    assert rests.walk("VEVENT") == []
    assert len(rests.walk("VTIMEZONE")) == 1, "a calendar has at least one part"
