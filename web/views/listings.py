"""The page of one listing: everything known, in the order people need it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.errors import NotFound
from directory.listings import Fact, ListingPage
from directory.outcomes import Told, told_of
from directory.referrals.ways import ways_of
from directory.timetable.times import without_past
from directory.timetable.values import Timetable
from web.dates_wording import dates_of_page, usual_only
from web.group_wording import group_lines
from web.hours_wording import timetable_sentences, zone_words
from web.house import House
from web.moved import moved
from web.wording import joined

MORE = (
    ("strengths", "builds_on", "Strengths it puts to use"),
    ("strengths", "wants", "Strengths it asks for"),
    ("interests", "", "What you do there"),
    ("communities", "for", "Made for"),
    ("communities", "led_by", "Led by"),
    ("communities", "welcomes", "Also welcomes"),
    ("faiths", "", "Faith"),
    ("settings", "", "What kind of place"),
    ("supports", "", "Topics"),
)


@get("/{listing_id:str}", name="listings.show", sync_to_thread=True)
def show(house: NamedDependency[House], listing_id: FromPath[str]) -> Template | Redirect:
    """One listing, the way to the one it was merged into, or the page that says there is none."""
    key = listing_id_of(listing_id)
    try:
        context = listing_context(house, key, at=house.now())
    except NotFound:
        return moved(house, key, "/listings/{}")
    return Template("listings/show.html", context=context)


def listing_context(house: House, listing_id: UUID, *, at: datetime) -> dict[str, Any]:
    """What the page of a listing shows (``listings/_article.html``); ``NotFound`` where the public may not see it."""
    page = house.catalogue.listing_page(listing_id, at=at)
    return {**page_context(house, page, at=at), "told": _told(house, page)}


def _told(house: House, page: ListingPage) -> list[Told]:
    """What people found there, as the organization reads it: from ten answers on, in shares. Of a place that is not public it is not told who came."""
    if any(where.confidential for where in page.places):
        return []
    with house.storage.reading() as session:
        return told_of(session, UUID(page.card.service_id))


def page_context(house: House, page: ListingPage, *, at: datetime) -> dict[str, Any]:
    """The same of a page that is at hand."""
    dates = dates_of_page(page, at=at, country=house.settings.region, house_zone=house.settings.timezone)
    return {
        "page": page,
        "told": [],
        "card": page.card,
        "at": at,
        "facts": {taxonomy: _stated(page, taxonomy) for taxonomy in ("entry",)},
        "dates": dates,
        "group": group_lines(page.facts, house.catalogue.vocabulary),
        "hours": _sentences(house, page.timetable if dates is None else usual_only(page.timetable, dates), at),
        "elsewhere": [(one, _sentences(house, one.timetable, at)) for one in page.hours_elsewhere],
        "zone": zone_words(page.timetable.timezone) if dates is None or not dates.zone else "",
        "formats_words": joined("Ways to take part: {}.", [fact.label for fact in _stated(page, "formats")]),
        "audience_words": _audience(page),
        "access_words": _access(page),
        "ways": ways_of(page.facts, has_organization=bool(page.card.organization_name)),
        "more": [(words, names) for taxonomy, link_type, words in MORE if (names := _names(page, taxonomy, link_type))],
    }


def _sentences(house: House, timetable: Timetable, at: datetime) -> list[str]:
    return timetable_sentences(without_past(timetable, on=at.date()), country=house.settings.region)


def listing_id_of(text: str) -> UUID:
    """The id in an address; ``NotFound`` for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such listing.") from None


def _stated(page: ListingPage, taxonomy: str) -> list[Fact]:
    return [fact for fact in page.facts if fact.taxonomy == taxonomy and fact.stated]


def _names(page: ListingPage, taxonomy: str, link_type: str) -> list[str]:
    return [fact.label for fact in _stated(page, taxonomy) if not link_type or fact.link_type == link_type]


def _audience(page: ListingPage) -> str:
    """Who it is for and cannot serve; where nobody said, that it is not known to be limited."""
    only = _names(page, "audiences", "only_for")
    parts = [
        joined("For {}.", only),
        joined("Meant for {}.", _names(page, "audiences", "meant_for")) if not only else "",
        joined("It cannot serve {}.", _names(page, "audiences", "not_for")),
        f"Ages: {page.ages}." if page.ages else "",
        page.eligibility,
    ]
    return " ".join(part for part in parts if part) or "No limits are stated."


def _access(page: ListingPage) -> str:
    """What there is, what there is not, and that the rest is not known."""
    no = [fact.label for fact in page.facts if fact.taxonomy == "access" and not fact.stated]
    parts = [joined("There is: {}.", _names(page, "access", "")), joined("There is not: {}.", no)]
    return " ".join(part for part in (*parts, "Anything else is not known: ask first.") if part)


router = Router("/listings", route_handlers=[show])
