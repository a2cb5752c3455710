"""Whole, consistent worlds by chance: a directory of an invented town and a person with a question, drawn from the same words.

Everything hangs on one number, so that a world can be made again, and a smaller world of the same number is a part of the larger one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple, TypeVar, get_args

from hypothesis import strategies as st

from matching.columns import Columns
from matching.index import Index, in_row_order
from matching.measures import Measures
from matching.part import Part
from matching.values import Cost, Inquiry, Listing, MustHaves, Opening, Place, Precision, Profile, Shared, Slot, Stated, Strength, Travel
from tests.matching.tongue import PARENTS, VOCABULARY, SmallTexts, SmallVocabulary

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HERE = Place(latitude=37.5, longitude=-122.3)
NAMES = ("open door kitchen", "river choir", "hungry table", "kin circle", "fix it shed", "quiet room", "legal desk", "garden company", "legal company food")
TEXTS = ("kitchen", "hungry", "lonely choir", "garden company", "eviction", "xylophone", "desk legal", "river choyr", "hungri tabel")
TEXTS += ("carer company", "veteran desk")
ZONES = ("America/Los_Angeles", "UTC", "Europe/London", "Nowhere/At_All")
AREAS = ("north ward", "south ward", "the county")
SHARED: tuple[Shared, ...] = get_args(Shared)
COMPANY = ("group", "company", "community", "focus")
PRECISIONS: tuple[Precision, ...] = ("given", "given", "given", "code", "town")
T = TypeVar("T")


class World(NamedTuple):
    """A directory and a question."""

    directory: list[Listing]
    inquiry: Inquiry


class Chance:
    """Draws parts of a world from one number."""

    def __init__(self, number: int | str, services: dict[int, tuple[int, str]] | None = None) -> None:
        self.random = Random(str(number))
        self.services: dict[int, tuple[int, str]] = {} if services is None else services
        """Organization and kind of each service: every place of a service shares them."""

    def one(self, *choices: T) -> T:
        return self.random.choice(choices)

    def whether(self, in_how_many: int = 2) -> bool:
        return self.random.randrange(in_how_many) == 0

    def maybe(self, value: T, in_how_many: int = 2) -> T | None:
        return value if self.whether(in_how_many) else None

    def some(self, taxonomy: str, most: int = 3) -> frozenset[str]:
        """A small set of codes, often empty, since most directories say little."""
        return frozenset(self.random.choices(sorted(PARENTS[taxonomy]), k=self.random.randint(0, most))) if self.whether(2) else frozenset()

    def named(self, taxonomy: str, most: int = 2) -> tuple[str, ...]:
        codes = sorted(self.some(taxonomy, most))
        self.random.shuffle(codes)
        return tuple(codes)

    def stated(self, taxonomy: str) -> Stated:
        """Yes and no never overlap."""
        yes = self.some(taxonomy)
        return Stated(yes=yes, no=self.some(taxonomy, 2) - yes)

    def place(self, spread: float) -> Place:
        """Near and far, by steps of about 100 metres, so that equal points come up."""
        north, east = (self.random.randint(-int(spread * 1000), int(spread * 1000)) / 1000 for _ in range(2))
        return Place(latitude=37.5 + north, longitude=-122.3 + east, precision=self.one(*PRECISIONS))

    def day(self, least: int, most: int) -> date:
        return AT.date() + timedelta(days=self.random.randint(least, most))

    def opening(self) -> Opening:
        """Any opening, some over midnight, some only in certain weeks, of every second week or month, on days of the month, or for a time."""
        opens = self.random.randint(0, 1439)
        return Opening(
            weekday=self.random.randint(0, 6),
            opens=opens,
            closes=min(2880, opens + self.one(20, 30, 45, 60, 120, 480, 1440)),
            weeks=self.one((), (), (1,), (2, 4), (-1,), (5, -3)),
            every=self.one(1, 1, 1, 2, 3),
            since=self.day(-70, 20),
            month_days=self.one((), (), (), (), (24, 25, -1), (1, -7)),
            valid_from=self.maybe(self.day(-10, 20), 4),
            valid_to=self.maybe(self.day(-10, 20), 4),
        )

    def slot(self) -> Slot:
        """Free time, some of it over midnight, and some of it written as ending earlier than it starts."""
        starts = self.random.randint(0, 1439)
        ends = starts + self.one(29, 30, 90, 240, 900)
        return Slot(weekday=self.random.randint(0, 6), starts=starts, ends=ends % 1440 if self.whether(4) else ends)

    def listing(self, number: int) -> Listing:
        """One listing; ``number`` makes its id."""
        low, high = sorted((self.one(0.0, 0.5, 11.0, 16.0), self.one(0.5, 16.0, 18.0, 65.0)))
        cost: Cost | None = self.one(None, None, "free", "donation", "sliding", "paid")
        only_for = self.some("audiences", 2)
        restricted = only_for if self.whether(3) else frozenset()
        service = self.random.randint(0, number) if self.whether(4) else number
        organization, kind = self.services.setdefault(service, (self.random.randint(0, 3 + number // 3), self.one(*PARENTS["kinds"])))
        return Listing(
            id=f"listing-{number:03}",
            service_id=f"service-{service:03}",
            organization_id=f"organization-{organization}",
            name=self.one(*NAMES),
            kind=kind,
            supports=self.some("supports"),
            domains=self.some("life_domains"),
            interests=self.some("interests"),
            settings=self.some("settings"),
            place=self.one(self.place(0.03), self.place(0.4), None),
            confidential=self.whether(8),
            areas=frozenset(self.random.choices(AREAS, k=self.one(0, 0, 1, 2))),
            areas_resolved=self.whether(),
            formats=self.stated("formats"),
            languages=self.stated("languages"),
            languages_only=self.whether(5),
            interpreting=self.one(None, None, True, False),
            interpreted=(self.some("languages", 2) if self.whether(3) else frozenset()) | ({"mul"} if self.whether(8) else frozenset()),
            builds_on=self.stated("strengths"),
            wants=self.some("strengths"),
            for_communities=self.some("communities", 2),
            led_by=self.some("communities", 1),
            welcomes=self.some("communities"),
            everyone_welcome=self.whether(),
            faiths=self.some("faiths", 1),
            secular=self.one(None, True, False),
            access=self.stated("access"),
            cost=cost,
            price=self.maybe(self.one(0.0, 4.0, 10.0, 50.0)) if cost in ("paid", "sliding", None) else None,
            entry=self.stated("entry"),
            minimum_age=self.maybe(low, 4),
            maximum_age=self.maybe(high, 4),
            only_for=restricted,
            not_for=self.some("audiences", 1) - restricted if self.whether(4) else frozenset(),
            openings=tuple(self.opening() for _ in range(self.one(0, 1, 2, 4))),
            always_open=self.whether(7),
            timezone=self.one(*ZONES),
            size=self.one(None, "small", "medium", "large"),
            tone=self.one(None, "quiet", "lively"),
            space=self.one(None, "open", "waiting_list", "full"),
            space_updated=self.maybe(AT - timedelta(days=self.random.randint(0, 90), hours=5)),
            assured_on=self.maybe(self.day(-900, 3)),
            assured_by=self.one(None, "organization", "steward", "import"),
            reported_wrong=self.whether(6),
            added_on=self.maybe(self.day(-90, 0)),
            group=self.stated("group_facts"),
            meant_for=self.some("audiences", 2),
        )

    def shared(self) -> tuple[Shared, ...]:
        """A few respects in which people may be alike."""
        return tuple(self.random.sample(SHARED, self.random.choice((0, 0, 1, 2))))

    def profile(self) -> Profile:
        """A person who says some things and leaves others."""
        about = self.some("audiences", 2) if self.whether(3) else frozenset()
        names: tuple[str, ...] = ("strengths", "reach", "language", "belonging", "times", "helped_before", "interests", "cost", "access", "format", "give")
        names = (*names, "social", "group", "focus")
        return Profile(
            strengths=tuple(Strength(code=code, enjoy=self.random.randint(0, 3)) for code in self.named("strengths", 4)),
            interests=self.named("interests"),
            domains=self.named("life_domains"),
            helped_before=self.named(self.one("supports", "settings", "kinds")),
            steer_clear=self.named(self.one("interests", "faiths", "supports"), 1) if self.whether(4) else (),
            languages=self.named("languages"),
            communities=self.named("communities"),
            faiths=self.named("faiths", 1),
            access=self.named("access"),
            formats=self.named("formats"),
            times=tuple(self.slot() for _ in range(self.one(0, 1, 3, 8))),
            age=self.one(None, None, 0.4, 15.5, 18.5, 40.0, 70.0),
            about=tuple(sorted(about)),
            not_about=tuple(sorted(self.some("audiences", 2) - about)),
            give=self.whether(),
            size=self.one(None, None, "small", "large"),
            tone=self.one(None, None, "quiet"),
            newness=self.one(None, 0.0, 0.5, 1.0),
            group=self.named("group_facts"),
            focus=self.shared(),
            there_and_back=self.whether(),
            importance={name: self.one(0.0, 1.0, 2.0, 4.0) for name in self.random.sample(names, self.one(0, 0, 2))},  # type: ignore[misc]
        )

    def must(self) -> MustHaves:
        """Most people have few must-haves, so most of these are empty."""
        limits = ("travel", "area", "language", "access", "cost", "times", "audience", "format", "faith", "entry", *COMPANY)
        rare = 5
        return MustHaves(
            languages=self.named("languages") if self.whether(rare) else (),
            without_interpreter=self.whether(rare),
            access=self.named("access") if self.whether(rare) else (),
            formats=self.named("formats") if self.whether(rare) else (),
            entry=self.named("entry") if self.whether(rare) else (),
            kinds=self.named("kinds", 4) if self.whether(rare) else (),
            free=self.whether(rare),
            most_cost=self.maybe(self.one(0.0, 5.0, 20.0), rare),
            in_my_times=self.whether(rare),
            not_faith_based=self.whether(rare),
            group=self.named("group_facts", 3) if self.whether(rare) else (),
            company=self.whether(rare),
            communities=self.named("communities") if self.whether(rare) else (),
            focus=self.shared() if self.whether(rare) else (),
            confirmed=frozenset(self.random.sample(limits, self.one(0, 0, 0, 1, 2))),  # type: ignore[arg-type]
        )

    def inquiry(self) -> Inquiry:
        """A question with or without words, a place, must-haves and a profile."""
        modes = self.random.sample(("walk", "wheel", "cycle", "bus", "car"), self.one(0, 1, 2))
        travel = Travel(modes=tuple(modes), minutes=self.one(None, 10, 25, 60), max_km=self.one(None, 0.5, 3.0, 20.0))  # type: ignore[arg-type]
        return Inquiry(
            text=self.one(*TEXTS) if self.whether(3) else "",
            supports=self.named("supports") if self.whether(3) else (),
            place=self.one(None, self.place(0.02), self.place(0.02)),
            areas=frozenset(self.random.choices(AREAS, k=self.one(0, 0, 1))),
            travel=travel if self.whether() else Travel(),
            must=self.must(),
            profile=self.profile(),
            limit=100,
        )


def world_of(number: int, size: int) -> World:
    """The world of that number with ``size`` listings."""
    services: dict[int, tuple[int, str]] = {}
    return World([Chance(f"listing {number} {place}", services).listing(place) for place in range(size)], Chance(f"inquiry {number}").inquiry())


def worlds(least: int = 1, most: int = 24) -> st.SearchStrategy[World]:
    """Worlds of every size between."""
    return st.builds(world_of, st.integers(0, 10**9), st.integers(least, most))


def part_of(directory: Sequence[Listing], measures: Measures) -> Part:
    """Some listings as a part of an index, with the small vocabulary."""
    return Part(*laid_out(directory), measures, None)


def laid_out(directory: Sequence[Listing]) -> tuple[Columns, SmallVocabulary, SmallTexts]:
    """What of a part hangs on its listings alone."""
    ordered = in_row_order(directory)
    return Columns.build(ordered), VOCABULARY, SmallTexts(ordered)


def measures_of(directory: Sequence[Listing]) -> Measures:
    """What a directory says on average."""
    return Measures.of(Columns.build(in_row_order(directory)))


def index_of(directory: Sequence[Listing], measures: Measures | None = None) -> Index:
    """An index over a small directory."""
    taken = measures or measures_of(directory)
    return Index([part_of(directory, taken)], taken, AT.date())
