"""A week that fits: what the groups and activities of a search do in the coming seven days, as a list of days that is a calendar where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from directory.listings import Card, ListingPage
from directory.meetings.coming import next_dates
from directory.meetings.week import Entry, Week, clock_of, ways_of, week_of
from matching.values import Inquiry, Match
from web import render
from web.dates_wording import date_words, zone_name
from web.forms.fields import SHOWN
from web.forms.inquiry import Filled
from web.forms.posted import read_form
from web.hours_wording import spans_words
from web.house import House
from web.views.brought import inquiry_for
from web.views.found import shown_papers
from web.views.search import NEVER_KEPT, filled_in

TITLE = "A week that fits you: Homeground"
MOST_LISTINGS = 40
"""The best so many groups and activities have their dates looked up: a week with more in it is no help."""
NOTES = {"usual": "", "extra": "An extra date", "moved": "Other hours than usual", "cancelled": "Does not meet"}


class Line(Struct, frozen=True, kw_only=True):
    """One meeting as it is shown. ``there`` is the time on the group's own clock where that is another; ``fits`` as in ``directory.meetings.week``."""

    match: Match
    card: Card
    begins: str
    time: str
    there: str
    note: str
    is_on: bool
    fits: str


@post("/search/week", name="search.week", status_code=200)
async def show_week(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """The coming week of what the form finds."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    name = "search/_week_part.html" if request.headers.get("hx-request") == "true" else "search/week.html"
    return await sync_to_thread(lambda: render.show(request, name, week_context(house, filled_in(read_form(body, kind))), headers=dict(NEVER_KEPT)))


def week_context(house: House, filled: Filled) -> dict[str, Any]:
    """Everything that the page of the week shows."""
    inquiry, at = _groups_only(inquiry_for(house, filled.papers)), house.now()
    page = house.catalogue.search(inquiry, at=at, around=False)
    matches = {match.id: (match, card) for match, card in zip(page.ranking.matches, page.cards, strict=True)}
    found = house.catalogue.listing_pages(matches, at=at)
    pages = {key: found[key] for key in matches if key in found}
    ways, clock = ways_of(inquiry, pages), clock_of(pages.values(), house=house.settings.timezone)
    zone = ZoneInfo(clock)
    week = week_of(pages, at=at, zone=zone, free=inquiry.profile.times, ways=ways)
    today = at.astimezone(zone).date()
    country = house.settings.region
    days = [(day, date_words(day, today), [_line(house, one, matches, pages, clock) for one in entries]) for day, entries in week.days]
    return {
        "title": TITLE, "at": at, "days": days, "first": days[0][1], "last": days[-1][1],
        "zone": zone_name(clock), "has_times": bool(inquiry.profile.times), "counts_way": ways is not None,
        "fitting": sum(line.fits != "no" and line.is_on for _, _, lines in days for line in lines),
        "others": sum(line.fits == "no" for _, _, lines in days for line in lines),
        "looked_at": len(pages), "total": page.ranking.total, "later": _later(house, week, pages, country), "silent": [pages[key].card for key in week.silent],
        **shown_papers(filled.papers),
    }  # fmt: skip


def _groups_only(inquiry: Inquiry) -> Inquiry:
    """The same question about what meets."""
    _, groups = SHOWN["groups"]
    kinds = tuple(kind for kind in inquiry.must.kinds if kind in groups) or groups
    return replace(inquiry, must=replace(inquiry.must, kinds=kinds), limit=MOST_LISTINGS, offset=0)


def _line(house: House, one: Entry, matches: Mapping[str, tuple[Match, Card]], pages: Mapping[str, ListingPage], clock: str) -> Line:
    country, page, meeting = house.settings.region, pages[one.listing], one.meeting
    match, card = matches[one.listing]
    own = spans_words([(meeting.opens, meeting.closes)], country=country)
    here = spans_words([(one.opens, one.closes)], country=country) if one.opens >= 0 else own
    differs = page.timezone != clock and own != here
    note = "On now" if meeting.how == "usual" and meeting.starts <= house.now() else NOTES[meeting.how]
    return Line(
        match=match, card=card, begins=meeting.starts.isoformat(), time=here, there=f"{own}, {zone_name(page.timezone)}" if differs else "",
        note=": ".join(filter(None, (note, meeting.reason))), is_on=meeting.is_on, fits=one.fits,
    )  # fmt: skip


def _later(house: House, week: Week, pages: Mapping[str, ListingPage], country: str) -> list[tuple[Card, str]]:
    """Who does not meet in these days, with the next date that is known."""
    at, found = house.now(), []
    for key in week.later:
        page = pages[key]
        dates = next_dates(page.timetable, zone=page.timezone, after=at, count=1)
        today = at.astimezone(ZoneInfo(page.timezone)).date()
        found.append((page.card, date_words(dates[0].day, today) if dates else ""))
    return found


@get("/search/week", name="search.week.from_history", sync_to_thread=False)
def from_history() -> Redirect:
    """Somebody opens the address out of a history: the questions are where to start."""
    return Redirect("/", status_code=303)


router = Router("/", route_handlers=[show_week, from_history])
