"""The dates of a group in words: the next ones, what is cancelled and why, pauses, and whose clock the times are of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import get_timezone_name
from msgspec import Struct

from directory.hours import DAY_NAMES
from directory.listings import ListingPage
from directory.meetings.changing import pause_of
from directory.meetings.coming import Meeting, coming
from directory.timetable.marks import MONTHS
from directory.timetable.values import Timetable, only_day
from web.hours_wording import spans_words

MEETS: Final = frozenset({"peer_group", "group_therapy", "activity", "event", "training"})
"""Kinds of listing that meet, of which people want to know the next dates rather than hours."""
NEXT: Final = 3
ANYWHERE: Final = frozenset({"online", "phone", "text"})
"""Ways to take part in which the reader may be in any zone."""


class DateLine(Struct, frozen=True, kw_only=True):
    """One date: in words, whether it takes place, and what is to be said of it."""

    words: str
    is_on: bool
    note: str
    meeting: Meeting


class Dates(Struct, frozen=True, kw_only=True):
    """What a page tells of the next dates. ``pause`` says that it is not meeting, and until when; ``zone`` whose clock it is, where one might err."""

    lines: tuple[DateLine, ...] = ()
    pause: str = ""
    zone: str = ""
    calendar: str = ""


def dates_of_page(page: ListingPage, *, at: datetime, country: str, house_zone: str) -> Dates | None:
    """The next three dates of a listing that meets, with those between that are cancelled; None for one that does not, or gives no hours."""
    if page.card.kind not in MEETS or page.card.status != "active":
        return None
    here = ZoneInfo(page.timezone)
    today = at.astimezone(here).date()
    lines = next_lines(page.timetable, zone=page.timezone, at=at, country=country)
    if not lines:
        return None
    formats = {fact.code for fact in page.facts if fact.taxonomy == "formats" and fact.stated}
    errs = page.timezone != house_zone or bool(formats & ANYWHERE)
    pause = pause_words(page.timetable, on=today, lines=lines)
    shown = tuple(line for line in lines if line.is_on) if pause else lines
    return Dates(lines=shown, pause=pause, zone=zone_name(page.timezone) if errs else "", calendar=f"/feeds/groups/{page.card.id}.ics")


def usual_only(timetable: Timetable, dates: Dates) -> Timetable:
    """What is to be said beside the dates that are shown: the rule, and what differs after the last of them."""
    last = max(line.meeting.day for line in dates.lines) if dates.lines else date.min
    lines = tuple(line for line in timetable.lines if (day := only_day(line.season)) is None or day > last)
    return msgspec.structs.replace(timetable, lines=lines, specials=tuple(one for one in timetable.specials if one.last > last))


def next_lines(timetable: Timetable, *, zone: str, at: datetime, country: str, count: int = NEXT, most: int = 40) -> tuple[DateLine, ...]:
    """The next dates, so many that take place and the cancelled ones between them; at most ``most`` are looked at."""
    today = at.astimezone(ZoneInfo(zone)).date()
    found: list[DateLine] = []
    for one in islice(coming(timetable, zone=zone, after=at), most):
        found.append(_line(one, today, at, country))
        if sum(line.is_on for line in found) == count:
            break
    return tuple(found)


def pause_words(timetable: Timetable, *, on: date, lines: Sequence[DateLine]) -> str:
    """That it is not meeting for a while: with the day from which it does again, where it would have met in between."""
    pause = pause_of(timetable, on=on)
    first = next((line for line in lines if line.is_on), None)
    if pause is None or pause.first > on or (first is not None and first.meeting.day <= pause.last):
        return ""
    until = f"Not meeting until {date_words(first.meeting.day, on)}" if first else f"Not meeting until {date_words(pause.last, on)} at least"
    return f"{until}{f': {pause.reason}' if pause.reason else ''}."


def date_words(day: date, today: date) -> str:
    """A date with its day of the week; the year only where it is another."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def zone_name(zone: str) -> str:
    """A zone as people call it: "Central Time (Chicago)"."""
    if zone in ("UTC", "Etc/UTC"):
        return "Universal Time (UTC)"
    place = zone.rpartition("/")[2].replace("_", " ")
    name = get_timezone_name(ZoneInfo(zone), width="long", zone_variant=None, locale="en_US", return_zone=False, uncommon=True)
    generic = name.replace(" Standard Time", " Time").replace(" Daylight Time", " Time").replace(" Summer Time", " Time")
    return generic if place in generic else f"{generic} ({place})"


def _line(one: Meeting, today: date, at: datetime, country: str) -> DateLine:
    words = f"{date_words(one.day, today)}, {spans_words([(one.opens, one.closes)], country=country)}"
    is_now = one.starts <= at < one.ends
    note = {
        "usual": "on now" if is_now else "", "extra": "an extra date", "moved": "other hours than usual", "cancelled": "cancelled",
    }[one.how]  # fmt: skip
    return DateLine(words=words, is_on=one.is_on, note=": ".join(filter(None, (note, one.reason))) if note else one.reason, meeting=one)
