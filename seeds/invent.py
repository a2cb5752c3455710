"""A seeded generator of realistic listings, up to millions, for benchmarks: the same seed gives the same listings on every machine.

Listing number k is the same however many are asked for. Nothing in it is about anybody: words, towns and facts are drawn by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from directory.exchange.records import SourceInfo, SourceRecord
from directory.hours import is_always_open
from matching.values import AssuredBy, Listing, Place, Space
from seeds.inventing.dice import Dice, edges_of
from seeds.inventing.facts import COSTS, HABITS, KINDS, POOL, Habit, Pools
from seeds.inventing.lands import Ground, Town, invent_towns
from seeds.inventing.records import service_record
from seeds.inventing.texts import Writer

BATCH = 4096
TODAY = date(2026, 11, 1)
"""The day that invented dates lie before; fixed, so that they are the same whenever they are made."""
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
NO_PLACE = 0.05
CONFIDENTIAL = 0.004
ORGANIZATIONS = 600_000
"""In all towns together, when there are enough listings; drawn unevenly, so that a few run dozens and most run one or two."""
TIMEZONE = "America/Chicago"
INVENTED = SourceInfo(code="invented", name="Invented listings", kind="invented", licence="CC0-1.0", timezone=TIMEZONE, country="US")
ASSURERS: tuple[AssuredBy, ...] = ("organization", "organization", "steward", "import")
SPACES: tuple[Space, ...] = ("open", "open", "waiting_list", "full")


def invent_listings(count: int, *, seed: int, towns: Sequence[Town] | None = None) -> Iterator[Listing]:
    """So many listings, clustered in towns (2,000 invented ones unless given) with a rural scatter; raises ``ValueError`` for no towns.

    How much is unknown follows the two large real directories that were measured (``inventing.facts.HABITS``).
    """
    inventor = Inventor(seed, towns)
    for number, start in enumerate(range(0, count, BATCH)):
        yield from inventor.batch(number)[: count - start]


def invent_records(count: int, *, seed: int, towns: Sequence[Town] | None = None) -> Iterator[SourceRecord]:
    """The same listings as records of a source (``INVENTED``), ready for the import verb; what a listing does not state, its record does not."""
    for number, listing in enumerate(invent_listings(count, seed=seed, towns=towns), 1):
        yield service_record(listing, line=number)


class Inventor:
    """What all batches of one seed share."""

    def __init__(self, seed: int, towns: Sequence[Town] | None = None) -> None:
        self.seed = seed
        self.ground = Ground(invent_towns(seed=seed) if towns is None else towns)
        self.pools, self.writer = Pools(seed), Writer()
        self._kinds = tuple(KINDS)
        self._kind_edges = edges_of(list(KINDS.values()))
        self._habit_edges = edges_of([habit.share for habit in HABITS])
        self._always = [is_always_open(openings) for openings in self.pools.openings]

    def batch(self, number: int) -> list[Listing]:
        """``BATCH`` listings, the same for the same number."""
        dice = Dice(self.seed, 3, number)
        names, texts = self.writer.names(dice, BATCH), self.writer.sentences(dice, BATCH)
        towns, latitudes, longitudes = self.ground.draw(dice, BATCH)
        kinds = dice.weighted(self._kind_edges, BATCH).tolist()
        habits = dice.weighted(self._habit_edges, BATCH).tolist()
        ids = dice.raw(2 * BATCH).reshape(BATCH, 2).tolist()
        picks = dice.below(POOL, 14 * BATCH).reshape(BATCH, 14).tolist()
        chances = dice.shares(20 * BATCH).reshape(BATCH, 20).tolist()
        rows = zip(names, texts, towns, latitudes, longitudes, kinds, habits, ids, picks, chances, strict=True)
        return [self._listing(*row) for row in rows]

    def _listing(
        self, name: str, text: str, town_index: int, latitude: float, longitude: float, kind_index: int, habit_index: int,
        bits: list[int], pick: list[int], chance: list[float],
    ) -> Listing:
        pools, habit, kind, town = self.pools, HABITS[habit_index], self._kinds[kind_index], self.ground.towns[town_index]
        purpose = pools.purposes[kind][pick[0]]
        made = _id(bits[0], bits[1])
        organization = int(chance[19] * chance[19] * self.ground.shares[town_index] * ORGANIZATIONS)
        hidden = chance[0] < CONFIDENTIAL
        placed = not hidden and chance[1] >= NO_PLACE
        known_hours = chance[2] < habit.hours
        return Listing(
            id=made,
            service_id=made,
            organization_id=_id(town_index, organization),
            name=f"{name}: {purpose.label}",
            organization_name=f"{town.name} {self.writer.name(organization)}",
            description=f"{purpose.label} in {town.name}. {text}",
            kind=kind,
            supports=purpose.supports,
            domains=purpose.domains,
            place=Place(latitude=latitude, longitude=longitude) if placed else None,
            confidential=hidden,
            openings=pools.openings[pick[2]] if known_hours else (),
            always_open=known_hours and self._always[pick[2]],
            timezone=TIMEZONE,
            **self._people(pick, chance, habit, kind),
            **self._terms(pick, chance, habit),
            **_trust(pick, chance, habit),
        )

    def _people(self, pick: list[int], chance: list[float], habit: Habit, kind: str) -> dict[str, Any]:
        """Strengths, languages, communities: what most listings leave open."""
        pools, found = self.pools, dict[str, Any]()
        if chance[3] < habit.strengths:
            found["builds_on"] = pools.strengths[pick[3]]
        if kind == "give":
            found["wants"] = pools.wants[pick[3]]
        if chance[4] < habit.languages:
            found["languages"] = pools.languages[pick[4]]
        if chance[5] < 0.08:
            found["for_communities" if chance[5] < 0.05 else "welcomes"] = pools.communities[pick[5]]
        if chance[5] < 0.03:
            found["led_by"] = pools.communities[pick[5]]
        if chance[6] < 0.2:
            found["everyone_welcome"], found["meant_for"] = True, frozenset({"everyone"})
        if chance[6] > 0.9:
            found["only_for"] = found["meant_for"] = pools.audiences[pick[6]]
        if kind in ("peer_group", "activity", "group_therapy"):
            found["size"] = ("small", "medium", "large", None)[pick[7] % 4]
            found["tone"] = ("quiet", "lively", None)[pick[7] % 3]
        return found

    def _terms(self, pick: list[int], chance: list[float], habit: Habit) -> dict[str, Any]:
        """Access, space, entry, format, price, ages and the rest that is said in codes."""
        pools, found = self.pools, dict[str, Any]()
        if chance[7] < habit.access:
            found["access"] = pools.access[pick[8]]
        if chance[18] < 0.1:
            found["space"] = SPACES[pick[10] % len(SPACES)]
            found["space_updated"] = NOON - timedelta(days=pick[9] % 90)
        if found.get("space") == "waiting_list":
            found["entry"] = pools.waiting[pick[9]]
        elif chance[8] < 0.6:
            found["entry"] = pools.entry[pick[9]]
        if chance[9] < 0.8:
            found["formats"] = pools.formats[pick[10]]
        if chance[10] < habit.cost:
            found["cost"] = cost = COSTS[pick[11] % len(COSTS)]
            found["price"] = {"free": 0.0, "donation": None, "sliding": None}.get(cost, float(5 + pick[11] % 12 * 5))
        if chance[11] < habit.ages:
            found["minimum_age"] = float((0, 16, 18, 18, 21, 55, 60)[pick[12] % 7])
        if chance[12] < 0.1:
            found["interests"] = pools.interests[pick[12]]
        if chance[13] < 0.3:
            found["settings"] = pools.settings[pick[13]]
        if chance[14] < 0.06:
            found["faiths"] = pools.faiths[pick[13]]
        if chance[15] < 0.1:
            found["interpreting"] = True
        return found


def _trust(pick: list[int], chance: list[float], habit: Habit) -> dict[str, Any]:
    """Who confirmed it and when, and how new it is."""
    found: dict[str, Any] = {"added_on": TODAY - timedelta(days=pick[13] % 1500)}
    if chance[16] < habit.assured:
        found["assured_on"] = TODAY - timedelta(days=int(chance[17] * chance[17] * 1100))
        found["assured_by"] = ASSURERS[pick[11] % len(ASSURERS)]
    return found


def _id(first: int, second: int) -> str:
    """128 bits written as a UUID."""
    text = f"{first:016x}{second:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
