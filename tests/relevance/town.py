"""The invented town: some two thousand listings in four places, which say what is so and what is not so; and people who ask it things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from random import Random
from typing import TypeVar, get_args

import msgspec

from matching import Index, Vocabulary
from matching.values import Inquiry, LimitName, Listing, Mode, MustHaves, Place, Precision, Profile, Shared, Slot, Stated, Strength, Travel
from seeds.invent import invent_listings
from seeds.inventing.facts import LANGUAGES
from seeds.inventing.lands import Town, invent_towns
from seeds.words import codes_of, taxonomies, terms_of

T = TypeVar("T")
SEED = 20261122
COUNT = 2_000
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AREAS = ("north side", "south side", "the county")
MODES: tuple[Mode, ...] = get_args(Mode)
ASKABLE: tuple[LimitName, ...] = (
    "travel", "area", "language", "access", "cost", "times", "audience", "format", "faith", "entry", "group", "company", "community", "focus",
)  # fmt: skip
WORDS = ("food", "choir", "rent", "someone to talk to", "learn english", "garden", "counselling", "garden company", "get a job", "childcare")
REPLACE = msgspec.structs.replace


@cache
def vocabulary() -> Vocabulary:
    """Everything that Homeground ships."""
    return Vocabulary([term for name in taxonomies() for term in terms_of(name)])


@cache
def towns() -> tuple[Town, ...]:
    """Four towns, the biggest with two fifths of all listings."""
    return invent_towns(4, seed=SEED)


@cache
def listings() -> tuple[Listing, ...]:
    """The listings of all four towns. Invented ones hardly ever say what is not so, and a town to prove limits on has to."""
    return tuple(outspoken(one, Random(f"{SEED} {one.id}")) for one in invent_listings(COUNT, seed=SEED, towns=towns()))


@cache
def by_id() -> dict[str, Listing]:
    """The listings of the town by their ids."""
    return {one.id: one for one in listings()}


@cache
def codes(taxonomy: str) -> tuple[str, ...]:
    """The codes that a listing or a person may carry, in order."""
    return tuple(sorted(codes_of(taxonomy)))


def index_of(directory: Sequence[Listing]) -> Index:
    """An index with the shipped vocabulary."""
    return Index.build(directory, vocabulary(), on=date(2026, 11, 22))


@cache
def index() -> Index:
    """The one index over the town."""
    return index_of(listings())


@cache
def by_town() -> tuple[Index, ...]:
    """A directory of each town's own: with what is nearest to it."""
    return tuple(index_of([one for one in listings() if home_of(one) == number]) for number in range(len(towns())))


def home_of(one: Listing) -> int:
    """The town that a listing's organization works in."""
    return next(number for number, town in enumerate(towns()) if one.organization_name.startswith(f"{town.name} "))


def some(dice: Random, taxonomy: str, most: int) -> frozenset[str]:
    """One to ``most`` codes."""
    return frozenset(dice.choices(codes(taxonomy), k=dice.randint(1, most)))


def refused(dice: Random, said: Stated, taxonomy: str) -> Stated:
    """Now and then, a no or two beside what was said."""
    return Stated(yes=said.yes, no=(said.no | some(dice, taxonomy, 3)) - said.yes) if dice.random() < 0.2 else said


def outspoken(one: Listing, dice: Random) -> Listing:
    """The listing, saying more often what is not so."""
    in_areas = dice.random() < 0.3
    restricts = dice.random() < 0.1
    return REPLACE(
        one,
        languages_only=bool(one.languages.yes) and dice.random() < 0.3,
        formats=refused(dice, one.formats, "formats"),
        access=refused(dice, one.access, "access"),
        entry=refused(dice, one.entry, "entry"),
        builds_on=refused(dice, one.builds_on, "strengths"),
        areas=frozenset(dice.choices(AREAS, k=2)) if in_areas else frozenset(),
        areas_resolved=in_areas and dice.random() < 0.6,
        maximum_age=float(dice.choice((17, 25, 64, 90))) if one.minimum_age is not None and one.minimum_age < 17 and dice.random() < 0.5 else None,
        not_for=some(dice, "audiences", 2) - one.only_for if restricts else frozenset(),
        group=refused(dice, Stated(yes=some(dice, "group_facts", 3)), "group_facts") if dice.random() < 0.5 else Stated(),
        secular=True if not one.faiths and dice.random() < 0.3 else None,
        reported_wrong=dice.random() < 0.02,
    )


class Person:
    """Draws one person and their question; the same number is the same person. ``strict`` is how often each must-have is set."""

    def __init__(self, number: int | str, strict: float = 0.25) -> None:
        self.dice = Random(f"person {SEED} {number}")
        self.strict = strict

    def asks(self, chance: float) -> bool:
        return self.dice.random() < chance

    def some(self, taxonomy: str, most: int, chance: float = 0.5) -> tuple[str, ...]:
        return tuple(self.dice.choices(codes(taxonomy), k=self.dice.randint(1, most))) if self.asks(chance) else ()

    def must_some(self, taxonomy: str, most: int) -> tuple[str, ...]:
        return self.some(taxonomy, most, self.strict)

    def spoken(self, chance: float) -> tuple[str, ...]:
        return tuple(self.dice.choices(LANGUAGES, k=self.dice.randint(1, 2))) if self.asks(chance) else ()

    def slot(self) -> Slot:
        """An hour and a half to half a day, between eight and eight."""
        starts = 480 + 30 * self.dice.randrange(24)
        return Slot(weekday=self.dice.randrange(7), starts=starts, ends=starts + 30 * self.dice.randint(1, 12))

    def place(self, town: Town) -> Place:
        """Somewhere in or near the town."""
        precision: Precision = self.dice.choice(("given", "given", "given", "code", "town"))
        north, east = (self.dice.gauss(0, town.radius_km / 3) / 111.195 for _ in range(2))
        return Place(latitude=town.latitude + north, longitude=town.longitude + 1.3 * east, precision=precision)

    def profile(self) -> Profile:
        about = self.some("audiences", 3, 0.4)
        return Profile(
            strengths=tuple(Strength(code=code, enjoy=self.dice.randint(0, 3)) for code in self.some("strengths", 4, 0.6)),
            interests=self.some("interests", 3, 0.3),
            domains=self.some("life_domains", 2, 0.2),
            helped_before=self.some(self.dice.choice(("supports", "settings")), 2, 0.2),
            steer_clear=self.some(self.dice.choice(("supports", "interests", "faiths", "kinds")), 2, self.strict / 2),
            languages=self.spoken(0.3),
            communities=self.some("communities", 2, 0.3),
            faiths=self.some("faiths", 1, 0.1),
            access=self.some("access", 2, 0.2),
            formats=self.some("formats", 2, 0.2),
            times=tuple(self.slot() for _ in range(self.dice.choice((0, 0, 1, 3)))),
            age=float(self.dice.randint(3, 95)) if self.asks(self.strict * 2) else None,
            about=about,
            not_about=tuple(sorted({*self.some("audiences", 3, 0.2)} - {*about})),
            give=self.asks(0.1),
            size=self.dice.choice((None, None, "small", "large")),
            tone=self.dice.choice((None, None, None, "quiet")),
            newness=self.dice.choice((None, None, None, 0.0, 1.0)),
            group=self.some("group_facts", 2, 0.2),
            focus=self.shared(0.2),
            there_and_back=self.asks(0.3),
        )

    def shared(self, chance: float) -> tuple[Shared, ...]:
        return tuple(self.dice.sample(get_args(Shared), 2)) if self.asks(chance) else ()

    def must(self) -> MustHaves:
        return MustHaves(
            languages=self.spoken(self.strict),
            access=self.must_some("access", 2),
            formats=self.must_some("formats", 2),
            entry=self.must_some("entry", 2),
            kinds=self.must_some("kinds", 4),
            free=self.asks(self.strict),
            most_cost=float(self.dice.choice((0, 10, 30))) if self.asks(self.strict) else None,
            in_my_times=self.asks(self.strict),
            not_faith_based=self.asks(self.strict),
            group=self.must_some("group_facts", 2),
            company=self.asks(self.strict),
            communities=self.must_some("communities", 2),
            focus=self.shared(self.strict),
            confirmed=frozenset(self.dice.sample(ASKABLE, self.dice.choice((1, 2, 3)))) if self.asks(self.strict) else frozenset(),
        )

    def travel(self) -> Travel:
        modes = tuple(self.dice.sample(MODES, self.dice.choice((0, 1, 1, 2))))
        minutes = self.dice.choice((15, 30, 60)) if self.asks(2 * self.strict) else None
        return Travel(modes=modes, minutes=minutes, max_km=self.dice.choice((1.0, 5.0, 20.0)) if self.asks(self.strict) else None)

    def inquiry(self, town: Town, topic: float = 0.4) -> Inquiry:
        """What they ask in a town; with the chance ``topic`` it is about some kind of support, by name or in words."""
        about_it = self.asks(topic)
        in_words = about_it and self.asks(0.25)
        return Inquiry(
            text=self.dice.choice(WORDS) if in_words else "",
            supports=tuple(self.dice.choices(codes("supports"), k=self.dice.randint(1, 3))) if about_it and not in_words else (),
            place=self.place(town) if self.asks(0.9) else None,
            areas=frozenset({self.dice.choice(AREAS)}) if self.asks(0.5) else frozenset(),
            travel=self.travel(),
            must=self.must(),
            profile=self.profile(),
        )
