"""Groups as a calendar to subscribe to (RFC 5545): public by construction, made of the page that anybody may open and nothing else."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from directory.discreet import discreet_page, is_telling, tells
from directory.listings import ListingPage, Where
from directory.meetings.recurrences import ANCHOR, Recurrence, recurrences_of
from directory.meetings.zones import timezone_of

MAKER: Final = "-//Homeground//groups//EN"
ONLINE: Final = frozenset({"online", "phone", "text"})


def calendar_of(pages: Iterable[ListingPage], *, name: str, base_url: str, on: date, is_discreet: bool = False) -> bytes:
    """A calendar of listings that meet, as it is known around a day; the same bytes for the same pages.

    Told are the name, when it meets, where that is public, the summary, what is cancelled and why, and the address of its page. How to get in (the link
    of a meeting, a password, whom to ask) stands on no calendar: whoever wants to come opens the page. ``is_discreet`` is for the calendar of a person, which
    others may see: what tells what somebody lives with has a plain word for its name there, and neither text, nor reasons, nor an address that leads to it.
    """
    made = Calendar()
    for key, value in (("prodid", MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("x-wr-calname", line_of(name))):
        made.add(key, value)
    made.add("refresh-interval;value=duration", "PT6H")
    made.add("x-published-ttl", "PT6H")
    held = [(page, [*_events(page, base_url, on, is_discreet=is_discreet)]) for page in pages]
    for zone in sorted({page.timezone for page, _ in held}):
        made.add_component(timezone_of(zone))
    for _, events in held:
        for event in events:
            made.add_component(event)
    return bytes(made.to_ical(sorted=False))


def _events(page: ListingPage, base_url: str, on: date, *, is_discreet: bool) -> Iterator[Event]:
    if page.card.status != "active":   # it has not ended, but nobody knows when it meets again
        return
    is_quiet, number = is_discreet and is_telling(page), 0
    page = discreet_page(page) if is_discreet else page
    for one in recurrences_of(page.timetable, zone=page.timezone, on=on):
        number += bool(one.rule)
        yield _event(page, one, f"{number}" if one.rule else f"{one.starts:%Y%m%dT%H%M}", base_url, is_discreet=is_discreet, is_quiet=is_quiet)


def _event(page: ListingPage, one: Recurrence, mark: str, base_url: str, *, is_discreet: bool, is_quiet: bool) -> Event:
    zone, event = ZoneInfo(one.zone), Event()
    event.add("uid", f"{_unnamed(page.card.id) if is_quiet else page.card.id}-{mark}@{base_url.partition('://')[2].partition('/')[0]}")
    event.add("dtstamp", _stamp(page))
    event.add("summary", line_of(page.card.name))
    event.add("dtstart", one.starts.replace(tzinfo=zone))
    event.add("dtend", one.ends.replace(tzinfo=zone))
    if one.rule:
        event.add("rrule", vRecur.from_ical(one.rule))
    for name, days in (("exdate", one.exdates), ("rdate", one.rdates)):
        if days:
            event.add(name, [day.replace(tzinfo=zone) for day in days])
    if where := location_of(page):
        event.add("location", line_of(where))
    link = "" if is_quiet else f"{base_url}/listings/{page.card.id}"
    if link:
        event.add("url", link)
    cancelled = () if is_quiet else _cancelled(one, is_discreet=is_discreet)
    if said := [*filter(None, (*map(line_of, (page.card.summary, *cancelled)), link))]:
        event.add("description", "\n".join(said))
    event.add("transp", "TRANSPARENT")
    return event


def _unnamed(listing: str) -> str:
    """What stands for the id of a listing where that would lead to its page: the same each time, since calendars know an event again by it."""
    return hashlib.sha256(f"calendar {listing}".encode()).hexdigest()[:32]


def line_of(text: str) -> str:
    """A text on one line, without control characters: no name can begin a line of the file."""
    return " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).split())


def location_of(page: ListingPage) -> str:
    """Where a listing is, as far as that is public: its address, or only the area; or that it is online."""
    where = page.card.where
    if where is not None and (told := _told(where)):
        return told
    formats = {fact.code for fact in page.facts if fact.taxonomy == "formats" and fact.stated}
    return "Online" if "online" in formats and "in_person" not in formats else ""


def _told(where: Where) -> str:
    if where.confidential:
        return where.area_name
    return ", ".join(dict.fromkeys(filter(None, (where.name, *where.address))))


def _cancelled(one: Recurrence, *, is_discreet: bool) -> list[str]:
    """The left-out dates that somebody gave a reason for."""
    return [f"Cancelled on {day.isoformat()}: {reason}" for day, reason in one.reasons if reason and not (is_discreet and tells(reason))]


def _stamp(page: ListingPage) -> datetime:
    changed = page.last_modified or ANCHOR
    return datetime(changed.year, changed.month, changed.day, tzinfo=UTC)
