"""The meetings of some groups in the coming days, on the clock of whoever reads: which day, when, and whether that is in their free time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from directory.listings import ListingPage
from directory.meetings.coming import Meeting, coming
from matching.openings import occurrences
from matching.values import Inquiry, Slot
from matching.way import is_met, minutes_between
from matching.weights import MEETING_KINDS, OVERLAP_MINUTES, REMOTE_FORMATS

DAYS: Final = 7
DAY_MINUTES: Final = 1440
MOST_DATES: Final = 60
"""Dates of one listing that are looked at, cancelled ones among them."""
Fits = Literal["yes", "no", "perhaps"]
"""Whether a meeting is in somebody's free time; ``perhaps`` where it is, but nobody knows how long the way takes that has to fit in as well."""


class Entry(Struct, frozen=True, kw_only=True):
    """One meeting of the week. ``opens`` and ``closes`` are minutes after the midnight of ``day``, on the reader's clock."""

    listing: str
    meeting: Meeting
    day: date
    opens: int
    closes: int
    fits: Fits = "yes"


class Week(Struct, frozen=True, kw_only=True):
    """Seven days from today with what meets on each, in order; then who meets on none of them, and of whom no times are known."""

    days: tuple[tuple[date, tuple[Entry, ...]], ...]
    later: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def week_of(
    pages: Mapping[str, ListingPage], *, at: datetime, zone: ZoneInfo, free: Sequence[Slot] = (), ways: Mapping[str, float | None] | None = None
) -> Week:
    """The week of some listings, from the moment ``at`` (aware) on, as their pages tell it: special dates, holidays, pauses and added dates are heeded.

    ``zone`` is the reader's; ``free`` their times on that clock, none for "any time". ``ways`` are the minutes one way that have to fit in as well
    (``matching.way``), None for those that nobody knows; without it the way does not count.
    """
    found: list[Entry] = []
    later: list[str] = []
    silent: list[str] = []
    for key, page in pages.items():
        entries = _entries(key, page, at, zone)
        if entries:
            found += [_fitted(one, page.card.kind, at, zone, free, ways) for one in entries]
        else:
            (later if next(coming(page.timetable, zone=page.timezone, after=at), None) else silent).append(key)
    today = at.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    order = {key: number for number, key in enumerate(pages)}
    by_day = {day: sorted((one for one in found if one.day == day), key=lambda one: (one.opens, order[one.listing])) for day in days}
    return Week(days=tuple((day, tuple(by_day[day])) for day in days), later=tuple(later), silent=tuple(silent))


def clock_of(pages: Iterable[ListingPage], *, house: str) -> str:
    """The zone on whose clock a week is shown: that of the house, where any of these go by it, else the one that most of them go by."""
    zones = Counter(page.timezone for page in pages)
    return house if house in zones or not zones else min(zones, key=lambda zone: (-zones[zone], zone))


def ways_of(inquiry: Inquiry, pages: Mapping[str, ListingPage]) -> dict[str, float | None] | None:
    """Minutes one way to each listing for somebody whose way has to fit in: none to what can be taken part in from afar, None where the place is not
    public or not known; nothing at all where the way does not count."""
    if not inquiry.profile.there_and_back or inquiry.place is None:
        return None
    wanted = REMOTE_FORMATS & set(inquiry.must.formats) if inquiry.must.formats else REMOTE_FORMATS
    found: dict[str, float | None] = {}
    for key, page in pages.items():
        there = page.card.where.place if page.card.where and not page.card.where.confidential else None
        remote = any(fact.taxonomy == "formats" and fact.stated and fact.code in wanted for fact in page.facts)
        found[key] = 0.0 if remote else minutes_between(inquiry.place, there, inquiry.travel.modes) if there else None
    return found


def _entries(key: str, page: ListingPage, at: datetime, zone: ZoneInfo) -> list[Entry]:
    """The dates of one listing that begin within seven days on the reader's calendar; one that is going on stands under today."""
    if page.card.status != "active":
        return []
    today = at.astimezone(zone).date()
    ends = datetime.combine(today + timedelta(days=DAYS), datetime.min.time(), zone)
    dates = takewhile(lambda one: one.starts < ends, coming(page.timetable, zone=page.timezone, after=at))
    found: list[Entry] = []
    for _, one in zip(range(MOST_DATES), dates, strict=False):
        starts, over = one.starts.astimezone(zone), one.ends.astimezone(zone)
        day = max(starts.date(), today)
        found.append(Entry(listing=key, meeting=one, day=day, opens=_minutes(starts, day), closes=_minutes(over, day)))
    return found


def _minutes(moment: datetime, day: date) -> int:
    return (moment.date() - day).days * DAY_MINUTES + moment.hour * 60 + moment.minute


def _fitted(one: Entry, kind: str, at: datetime, zone: ZoneInfo, free: Sequence[Slot], ways: Mapping[str, float | None] | None) -> Entry:
    if not free:
        return one
    now = at.astimezone(zone)
    dates = [held for slot in free for held in occurrences(slot, now)]
    shift = (one.day - now.date()).days * DAY_MINUTES
    way = 0.0 if ways is None else ways.get(one.listing)

    def is_free(minutes: float) -> bool:
        if ways is None:   # without the way, half an hour of it is enough
            return any(min(one.closes + shift, last) - max(one.opens + shift, first) >= OVERLAP_MINUTES for _, first, last in dates)
        return is_met(one.opens + shift, one.closes + shift, dates, minutes, meets=kind in MEETING_KINDS)

    fits: Fits = ("perhaps" if is_free(0.0) else "no") if way is None else "yes" if is_free(way) else "no"
    return Entry(listing=one.listing, meeting=one.meeting, day=one.day, opens=one.opens, closes=one.closes, fits=fits)

