"""A listing as people see it: what one service at one place offers, when, for whom, and how to reach it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from directory.timetable.values import Timetable
from matching.values import Place, Space


class PhoneLine(Struct, frozen=True, kw_only=True):
    """A number to call or text: as written, as a ``tel:`` address (RFC 3966; short codes stay as they are), and what it is for."""

    number: str
    href: str
    label: str = ""
    kind: str = "voice"


class OpenState(Struct, frozen=True, kw_only=True):
    """Whether it is open at one moment, exactly: ``unknown`` when the hours are not known, ``text`` when they are known only as prose."""

    state: str   # open | closed | always | unknown | text
    text: str    # "Open until 17:00", "Closed, opens Tuesday 09:00", "Hours not known: call first"


class Fact(Struct, frozen=True, kw_only=True, cache_hash=True):
    """A coded thing that a listing states: a strength, a language, an access feature ... with its words."""

    taxonomy: str
    code: str
    label: str
    link_type: str = ""
    stated: bool = True   # False: stated not to be so
    value: str = ""


class Where(Struct, frozen=True, kw_only=True):
    """A public place of a listing, or only the area when the place is not public."""

    listing_id: str
    name: str = ""
    address: tuple[str, ...] = ()
    place: Place | None = None
    area_name: str = ""
    confidential: bool = False
    transportation: str = ""
    access_text: tuple[str, ...] = ()


class StandingCard(Struct, frozen=True, kw_only=True):
    """What a result shows of a listing at any moment: everything but whether it is open."""

    id: str
    service_id: str
    name: str
    organization_name: str
    summary: str
    kind: str
    kind_label: str
    cost: str                     # "Free", "From 5", "Cost not known: ask"
    languages: tuple[str, ...]    # names of those that people there use themselves
    phones: tuple[PhoneLine, ...]
    in_languages: tuple[str, ...] = ()   # how its languages are used, in words: "Meets in Spanish", "Interpreter for Somali, ask ahead"
    where: Where | None = None
    email: str = ""
    url: str = ""
    audience: str = ""            # the ages it is for, and the people it is kept for
    not_for: str = ""             # whom it cannot serve
    documents: tuple[str, ...] = ()   # what to bring
    space: Space | None = None
    alert: str = ""
    status: str = "active"
    assured_on: date | None = None
    assured_by: str = ""
    entry: tuple[str, ...] = ()   # codes of the ways in that it states
    eases: tuple[str, ...] = ()   # codes of the group facts that make a first visit easier
    media: str = ""               # of what is used by oneself: "Video, no captions"
    ways: tuple[str, ...] = ()    # how one takes part, in words: "By phone", "At your home"


class Card(StandingCard, frozen=True, kw_only=True):
    """What a result shows of a listing at one moment, beside the reasons."""

    opening: OpenState


class HoursAt(Struct, frozen=True, kw_only=True):
    """The hours at one public place, where those of a listing's places differ: its name, and what holds there, in a timetable and in words."""

    name: str
    timetable: Timetable
    text: tuple[str, ...] = ()


class ListingPage(Struct, frozen=True, kw_only=True):
    """Everything known of a listing."""

    card: Card
    description: str
    facts: tuple[Fact, ...]
    places: tuple[Where, ...]
    timetable: Timetable
    hours_text: tuple[str, ...]
    timezone: str = "UTC"  # the IANA zone whose clock the hours are of
    dates_in_words: str = ""   # words by which it may not meet every week, while nobody who knows has said what they mean
    hours_here: str = ""   # the name of the place whose hours these are, where they differ from place to place
    hours_elsewhere: tuple[HoursAt, ...] = ()
    first_visit: str = ""
    how_to_apply: str = ""
    prices: tuple[str, ...] = ()   # each in words, where they say more than the card
    fees: str = ""
    eligibility: str = ""
    interpretation: str = ""
    ages: str = ""
    documents: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    wait: str = ""
    meeting_types: tuple[str, ...] = ()   # of a group from a feed: what its programme says of its meetings, where nothing else here does
    organization_description: str = ""
    organization_url: str = ""
    program: str = ""
    other_urls: tuple[tuple[str, str], ...] = ()
    contacts: tuple[str, ...] = ()
    source_name: str = ""
    source_licence: str = ""
    source_credit: str = ""
    last_modified: date | None = None
