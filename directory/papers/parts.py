"""The parts of one person's papers: what they bring, hope for, keep and plan, in their own words. Values only: no database, no clock.

An account, where somebody opens one, keeps parts of these very names. No part holds a diagnosis, and none is scored but what ``asking`` names.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from matching.values import MustHaves, Profile, Travel

Line = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=2_000)]
Code = Annotated[str, Meta(max_length=80)]
Codes = Annotated[tuple[Code, ...], Meta(max_length=40)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]
"""A name that papers give to a thing of their own, such as g1; a listing's is its id."""
Lines = Annotated[tuple[Line, ...], Meta(max_length=40)]
ZeroToTen = Annotated[int, Meta(ge=0, le=10)]
Domain = Literal["well", "so_so", "more"]
"""Going well, so so, would like more of it; what was not answered is not there."""
Way = Literal["myself", "together", "refer"]
"""How somebody would like to get to a listing: by themselves, with someone, or with a referral."""
GoalState = Literal["open", "resting", "reached"]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The base of everything in the papers: frozen, by keyword, strict about what it does not know; what says nothing is not written."""


class About(Part, frozen=True, kw_only=True):
    """What the directory is asked with, in the shape of ``POST /api/match``: ``place`` is what the person wrote."""

    text: Annotated[str, Meta(max_length=400)] = ""
    supports: Codes = ()
    place: Line = ""
    travel: Travel = Travel()
    must_haves: MustHaves = MustHaves()
    profile: Profile = Profile()


class Helped(Part, frozen=True, kw_only=True):
    """Something that helped before: own words, and the activities (codes of supports, interests or settings) that the person said they stand for."""

    words: Line
    activities: Codes = ()


class OwnWords(Part, frozen=True, kw_only=True):
    """Answers to the first questions, as they were written. The strengths that were confirmed of them are in ``About.profile``."""

    good_at: Words = ""
    went_well: Words = ""
    was_easy: Words = ""
    culture: Words = ""
    helped: Annotated[tuple[Helped, ...], Meta(max_length=40)] = ()


class Person(Part, frozen=True, kw_only=True):
    """Somebody on my side."""

    name: Line
    brings: Line = ""
    """What they are good for: "makes me laugh", "drives me to the clinic"."""
    phone: Line = ""


class OwnPlace(Part, frozen=True, kw_only=True):
    """A place that is mine already. ``where`` is a postcode or town; with it, listings near there come up."""

    name: Line
    where: Line = ""
    brings: Line = ""


class Circle(Part, frozen=True, kw_only=True):
    """The people and places I have already."""

    people: Annotated[tuple[Person, ...], Meta(max_length=40)] = ()
    places: Annotated[tuple[OwnPlace, ...], Meta(max_length=10)] = ()


class Domains(Part, frozen=True, kw_only=True):
    """How the parts of a life go, by code of the vocabulary ``life_domains``."""

    answers: Annotated[dict[Code, Domain], Meta(max_length=20)] = {}


class Hopes(Part, frozen=True, kw_only=True):
    """What I would like more of, and when it was a little like that already."""

    more_of: Words = ""
    already: Words = ""


class Scale(Part, frozen=True, kw_only=True):
    """A question from 0 to 10 that nobody else sees: what makes it this much, and what one more would look like."""

    about: Line
    value: ZeroToTen | None = None
    holds: Line = ""
    one_more: Line = ""


class Scales(Part, frozen=True, kw_only=True):
    """The questions from 0 to 10."""

    scales: Annotated[tuple[Scale, ...], Meta(max_length=20)] = ()


class Reframe(Part, frozen=True, kw_only=True):
    """A strength that makes trouble in one place put to use in another: used toward ``supports`` only; ``steer_clear`` wins over every match."""

    strength: Line
    codes: Codes = ()
    """The facets that it stands for, confirmed by the person."""
    bites: Line = ""
    wanted: Line = ""
    supports: Codes = ()
    steer_clear: Codes = ()


class Reframes(Part, frozen=True, kw_only=True):
    """Strengths turned to where they are wanted."""

    reframes: Annotated[tuple[Reframe, ...], Meta(max_length=10)] = ()


class Step(Part, frozen=True, kw_only=True):
    """One small step; ``listing`` is the id of a listing that it is about."""

    words: Line
    by: date | None = None
    done_on: date | None = None
    listing: Key | None = None


class Goal(Part, frozen=True, kw_only=True):
    """A goal in own words, why it matters, the strengths and kinds of support that serve it; ``confidence`` is seen by nobody else."""

    key: Key
    words: Line
    why: Words = ""
    strengths: Codes = ()
    supports: Codes = ()
    confidence: ZeroToTen | None = None
    steps: Annotated[tuple[Step, ...], Meta(max_length=20)] = ()
    state: GoalState = "open"
    reached_on: date | None = None


class Goals(Part, frozen=True, kw_only=True):
    """What I am going for."""

    goals: Annotated[tuple[Goal, ...], Meta(max_length=40)] = ()


class Achievement(Part, frozen=True, kw_only=True):
    """Something I did: mine alone unless I show it."""

    words: Line
    on: date | None = None
    goal: Key | None = None


class Achievements(Part, frozen=True, kw_only=True):
    """What I did, the latest last."""

    achievements: Annotated[tuple[Achievement, ...], Meta(max_length=200)] = ()


class Card(Part, frozen=True, kw_only=True):
    """Something I got through before, and how."""

    words: Line
    how: Words = ""


class CameThrough(Part, frozen=True, kw_only=True):
    """Cards to look at when something new begins."""

    cards: Annotated[tuple[Card, ...], Meta(max_length=40)] = ()


class Thanks(Part, frozen=True, kw_only=True):
    """One line of gratitude: never asked for, never scored."""

    words: Line
    on: date | None = None


class Gratitude(Part, frozen=True, kw_only=True):
    """Lines of gratitude."""

    lines: Annotated[tuple[Thanks, ...], Meta(max_length=200)] = ()


class Resilience(Part, frozen=True, kw_only=True):
    """My plan for hard days, one line each: what I bring, who is with me, where I can be, what helps."""

    strengths: Lines = ()
    people: Lines = ()
    places: Lines = ()
    helps: Lines = ()


class Kept(Part, frozen=True, kw_only=True):
    """A listing I kept. ``name`` is as it read then, so that paper and file stand by themselves."""

    listing: Key
    name: Line = ""
    note: Words = ""
    way: Way | None = None
    liked_before: bool = False
    """It worked for me before: more of its kind comes up."""
    activities: Codes = ()
    """What it is, for "more of its kind": the kinds of support it had when it was marked."""


class Shortlist(Part, frozen=True, kw_only=True):
    """The listings I kept, in my order."""

    kept: Annotated[tuple[Kept, ...], Meta(max_length=60)] = ()


class ToRaise(Part, frozen=True, kw_only=True):
    """What I want to raise with somebody who treats or helps me. It stays in the browser: no request carries it."""

    whom: Line = ""
    lines: Lines = ()


class Papers(Part, frozen=True, kw_only=True):
    """Everything one person keeps with them. ``for_somebody``: a friend fills it in for somebody else, and nothing of the friend is in it."""

    version: Literal[1]
    for_somebody: bool = False
    about: About = About()
    own_words: OwnWords = OwnWords()
    circle: Circle = Circle()
    domains: Domains = Domains()
    hopes: Hopes = Hopes()
    scales: Scales = Scales()
    reframes: Reframes = Reframes()
    goals: Goals = Goals()
    achievements: Achievements = Achievements()
    came_through: CameThrough = CameThrough()
    gratitude: Gratitude = Gratitude()
    resilience: Resilience = Resilience()
    shortlist: Shortlist = Shortlist()
    to_raise: ToRaise = ToRaise()


PARTS: dict[str, type[Part]] = {
    "about": About, "own_words": OwnWords, "circle": Circle, "domains": Domains, "hopes": Hopes, "scales": Scales, "reframes": Reframes,
    "goals": Goals, "achievements": Achievements, "came_through": CameThrough, "gratitude": Gratitude, "resilience": Resilience,
    "shortlist": Shortlist, "to_raise": ToRaise,
}  # fmt: skip
"""Every part by its name in the document."""
NEVER_SENT = frozenset({"to_raise"})
"""Parts that stay in the browser: pages never post them, and a page that is sent one leaves it."""
NEVER_SHARED = frozenset({"scales", "gratitude", "to_raise"})
"""Parts that only the person sees, whatever they share."""
VERSION: Literal[1] = 1
