"""The values that go into matching and come out of it: plain, frozen, comparable. Nothing here computes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

Precision = Literal["given", "code", "town"]
"""How a point was made: given with the record, the middle of a postcode, or the middle of a town."""
Mode = Literal["walk", "wheel", "cycle", "bus", "car"]
Cost = Literal["free", "donation", "sliding", "paid"]
Space = Literal["open", "waiting_list", "full"]
Size = Literal["small", "medium", "large"]
Tone = Literal["quiet", "lively"]
AssuredBy = Literal["organization", "steward", "import"]
Band = Literal["strong", "good", "possible"]
LimitName = Literal[
    "travel", "area", "language", "access", "cost", "times", "age", "audience", "format", "faith", "entry", "kind", "give", "steer_clear",
    "group", "company", "community", "focus",
]  # fmt: skip
SignalName = Literal[
    "strengths", "reach", "language", "belonging", "times", "helped_before", "interests", "cost", "access", "format", "give", "newness", "social",
    "group", "focus",
]  # fmt: skip
Shared = Literal["topic", "interests", "community", "faith", "experience", "strengths"]
"""What somebody and the people they meet may have in common."""
HYBRID: Final = "hybrid"
"""The way to take part of what can be come to both in person and online."""
Code = Annotated[str, Meta(max_length=80)]
Minute = Annotated[int, Meta(ge=0, le=2880)]
Weekday = Annotated[int, Meta(ge=0, le=6)]
Importance = Annotated[float, Meta(ge=0, le=4)]
"""0 does not matter, 1 as usual, 2 matters more, 4 matters most."""


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every value: frozen, by keyword, and strict about what it does not know."""


# --- what a directory holds -------------------------------------------------------------------------------------------------------


class Place(Value, frozen=True, kw_only=True):
    """A point on the earth in WGS84 degrees, with how it was made."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    precision: Precision = "given"
    name: Annotated[str, Meta(max_length=200)] = ""


class Stated(Value, frozen=True, kw_only=True):
    """A three-valued set: what was said to be so, what was said not to be so; anything in neither is unknown."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


class Opening(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One stretch of time in which a listing is open or meets, in its own zone.

    ``weekday`` 0 is Monday; ``opens`` and ``closes`` are minutes after that day's midnight, ``closes`` past 1440 when it runs over midnight.
    ``weeks`` is empty for every week, else the ordinals in the month: 1 to 5 from its beginning, -1 (the last) to -5 from its end.
    ``month_days`` is empty for every day, else days of the month: 1 to 31, -1 (the last) to -31. Both narrow what ``weekday`` says.
    ``every`` takes each n-th week, or each n-th month where weeks or month days are named, counted from the week or month of ``since``; weeks
    begin on Mondays.
    """

    weekday: Weekday
    opens: Minute
    closes: Minute
    weeks: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    every: Annotated[int, Meta(ge=1, le=1200)] = 1
    since: date | None = None
    month_days: tuple[int, ...] = ()


class Listing(Value, frozen=True, kw_only=True):
    """What the public sees of one service at one place, or of one that has no place: a row of the index.

    Rows of one service share its organization and kind. Codes are those of the vocabularies. An empty set means "not stated", never "none".
    ``place`` is None where there is no place and where the place is not public; ``confidential`` tells the two apart, and a confidential listing
    takes part in nothing that depends on where a viewer stands.
    """

    id: str
    service_id: str
    organization_id: str
    name: str
    organization_name: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    kind: str = "service"
    supports: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()

    place: Place | None = None
    confidential: bool = False
    areas: frozenset[str] = frozenset()
    """Areas it serves, as ``directory.places`` names them; empty when not stated."""
    areas_resolved: bool = False
    """True when every stated area was understood, so that lying in none of them is a known no."""

    formats: Stated = Stated()
    languages: Stated = Stated()
    languages_only: bool = False
    """True when the stated languages are all there are."""
    interpreting: bool | None = None
    """True when there are interpreters, and it is not said for which languages (others than ``interpreted``)."""
    interpreted: frozenset[str] = frozenset()
    """Languages that somebody interprets there, each by its tag, or ``signs.ANY_SPOKEN``; those that people there use themselves are ``languages``."""
    builds_on: Stated = Stated()
    """Strengths that the listing puts to use."""
    wants: frozenset[str] = frozenset()
    """Strengths that a Give listing asks for."""
    for_communities: frozenset[str] = frozenset()
    led_by: frozenset[str] = frozenset()
    welcomes: frozenset[str] = frozenset()
    everyone_welcome: bool = False
    faiths: frozenset[str] = frozenset()
    secular: bool | None = None
    """True when it says that it is not faith-based."""
    access: Stated = Stated()
    cost: Cost | None = None
    price: float | None = None
    """The lowest price, in the currency of the place; None when not stated."""
    entry: Stated = Stated()
    minimum_age: float | None = None
    maximum_age: float | None = None
    meant_for: frozenset[str] = frozenset()
    """Audiences it is there for first of all, whether or not it turns others away."""
    only_for: frozenset[str] = frozenset()
    """Audiences it is restricted to; empty when it restricts nothing or does not say."""
    not_for: frozenset[str] = frozenset()

    openings: tuple[Opening, ...] = ()
    closed_on: tuple[date, ...] = ()
    """Dates, in its own zone, on which no opening begins but one that is valid on that date alone."""
    always_open: bool = False
    timezone: str = "UTC"
    size: Size | None = None
    tone: Tone | None = None
    group: Stated = Stated()
    """Facts of a group: who leads, who may come and when, what eases a first visit."""

    space: Space | None = None
    space_updated: datetime | None = None
    assured_on: date | None = None
    assured_by: AssuredBy | None = None
    reported_wrong: bool = False
    added_on: date | None = None


class Term(Value, frozen=True, kw_only=True):
    """A word of a vocabulary: its taxonomy, code, label, broader term and the everyday words for it.

    ``sayings`` are whole sentences that people would say who mean it (``matching.sayings``). ``related`` are codes of the same taxonomy that would still
    deal with what it is asked for: "see also"; it goes both ways, whichever of the two names the other. ``urgent`` are topics of urgent help that it
    answers too: who is in danger is shown it, whatever their words were. ``people`` are codes of audiences for whom a kind of support is there by its
    nature: a group of the bereaved is not for somebody who mourns nobody.
    """

    taxonomy: str
    code: str
    label: str
    description: str = ""
    parent: str = ""
    group: bool = False
    cues: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


# --- what a person asks -----------------------------------------------------------------------------------------------------------


class Strength(Value, frozen=True, kw_only=True):
    """Something the person brings; ``enjoy`` 0 (can, would rather not) to 3 (love it)."""

    code: Code
    enjoy: Annotated[int, Meta(ge=0, le=3)] = 2


class Slot(Value, frozen=True, kw_only=True):
    """Time the person has: a weekday (0 is Monday) and minutes after midnight.

    ``ends`` comes after ``starts``; an earlier hour is read as that hour of the day after, so that 1320 to 120 is a night.
    """

    weekday: Weekday
    starts: Minute
    ends: Minute


class Profile(Value, frozen=True, kw_only=True):
    """What a person chose to say of themselves; every part optional. It travels in request bodies only and is kept nowhere."""

    strengths: Annotated[tuple[Strength, ...], Meta(max_length=60)] = ()
    interests: Annotated[tuple[Code, ...], Meta(max_length=60)] = ()
    domains: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    helped_before: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    steer_clear: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    """Kinds of support, interests, settings or faiths the person does not want to be shown: a hard limit."""
    languages: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    communities: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    faiths: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    access: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    formats: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    times: Annotated[tuple[Slot, ...], Meta(max_length=60)] = ()
    there_and_back: bool = False
    """True when the way there and back has to fit into those times as well (``matching.way``)."""
    near_to: Annotated[tuple[Place, ...], Meta(max_length=10)] = ()
    """Places that are the person's own already: what is near one is easier to go to, wherever home is."""
    age: Annotated[float, Meta(ge=0, le=130)] | None = None
    about: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    """Audiences the person says they belong to; used only where a listing asks."""
    not_about: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    give: bool = False
    """True when the person asks to give as well as get."""
    size: Size | None = None
    tone: Tone | None = None
    group: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    """Facts that the person would like a group to have; of those under one heading (``matching.company``) one is enough."""
    focus: Annotated[tuple[Shared, ...], Meta(max_length=10)] = ()
    """What the people there should share with this person, of what the person said of themselves."""
    newness: Annotated[float, Meta(ge=0, le=1)] | None = None
    """0 like before, 1 something new; None when it does not matter."""
    ordinary_places: bool = False
    """True when, of what fits alike, what is in a place of everyday life (``matching.ordinary``) should come first."""
    importance: Annotated[dict[SignalName, Importance], Meta(max_length=20)] = {}


class Travel(Value, frozen=True, kw_only=True):
    """How and how far the person can go; the best of the modes counts."""

    modes: tuple[Mode, ...] = ()
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    max_km: Annotated[float, Meta(gt=0, le=20_000)] | None = None


class MustHaves(Value, frozen=True, kw_only=True):
    """What has to be so. An unknown stays in the list as "ask first", unless its limit is named in ``confirmed``."""

    languages: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    without_interpreter: bool = False
    """True when an interpreter does not do for the languages."""
    access: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    formats: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    entry: Annotated[tuple[Code, ...], Meta(max_length=10)] = ()
    kinds: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    free: bool = False
    most_cost: Annotated[float, Meta(ge=0)] | None = None
    in_my_times: bool = False
    not_faith_based: bool = False
    group: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    company: bool = False
    """True when the size and the tone of the profile have to be so."""
    communities: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    focus: Annotated[tuple[Shared, ...], Meta(max_length=10)] = ()
    confirmed: frozenset[LimitName] = frozenset()


class Inquiry(Value, frozen=True, kw_only=True):
    """One question to the directory. ``areas`` are the areas the place lies in, as ``directory.places`` names them."""

    text: Annotated[str, Meta(max_length=400)] = ""
    supports: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    place: Place | None = None
    areas: frozenset[str] = frozenset()
    travel: Travel = Travel()
    must: MustHaves = MustHaves()
    profile: Profile = Profile()
    limit: Annotated[int, Meta(ge=1)] = 20
    """How many to explain: as many as the caller has memory for. Who answers strangers sets a bound of their own."""
    offset: Annotated[int, Meta(ge=0, le=10_000)] = 0


# --- what comes back --------------------------------------------------------------------------------------------------------------


class Reason(Value, frozen=True):
    """Why a listing is where it is: the signal, the words, and the evidence behind them.

    ``decisive`` is exact: without this, the listing would stand lower (the score was computed again with the signal unknown).
    """

    signal: str
    text: str
    codes: tuple[str, ...] = ()
    evidence: str = ""
    decisive: bool = False


class Unknown(Value, frozen=True, kw_only=True):
    """What nobody has told the directory yet, as a question the person can ask. ``limit`` is set when it is a must-have."""

    about: str
    text: str
    limit: bool = False


class Match(Value, frozen=True, kw_only=True):
    """One listing ranked for one inquiry. ``score`` orders the list and is never shown: people see ``band`` and the reasons."""

    id: str
    service_id: str
    organization_id: str
    name: str
    kind: str
    band: Band
    score: float
    reasons: tuple[Reason, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    distance_km: float | None = None
    distance_band: str = ""
    minutes: int | None = None
    mode: Mode | None = None


class NotShown(Value, frozen=True, kw_only=True):
    """Listings kept out by one or more limits: which limit, in words, how many in all, and who is nearest to being shown (at most 200)."""

    limit: str
    text: str
    ids: tuple[str, ...]
    total: int


class WouldMatch(Value, frozen=True, kw_only=True):
    """One single change to the inquiry that lets ``ids`` in, already verified by ranking again. ``inquiry`` is the changed question."""

    limit: str
    text: str
    ids: tuple[str, ...]
    inquiry: Inquiry


class Ranking(Value, frozen=True, kw_only=True):
    """The answer: a page of matches, how many there are in all, and what stayed out and why.

    ``hidden`` counts what stayed out, each once, however many limits keep it out.
    """

    matches: tuple[Match, ...]
    total: int
    hidden: int = 0
    not_shown: tuple[NotShown, ...] = ()
    would_match: tuple[WouldMatch, ...] = ()
