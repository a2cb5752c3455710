"""A town of which everything is known, and the same town with most of it left out again: what missing data does to an order can then be measured."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from matching.values import Listing, Stated
from seeds.inventing.facts import COSTS, LANGUAGES, Pools
from tests.relevance.town import AT, REPLACE, SEED, codes, listings, some

LEFT_OUT: dict[str, object] = {
    "interests": frozenset(), "settings": frozenset(), "formats": Stated(), "languages": Stated(), "builds_on": Stated(), "for_communities": frozenset(),
    "led_by": frozenset(), "welcomes": frozenset(), "everyone_welcome": False, "faiths": frozenset(), "access": Stated(), "cost": None, "entry": Stated(),
    "openings": (), "size": None, "tone": None, "space": None, "interpreting": None, "wants": frozenset(),
}  # fmt: skip
"""The fields that directories leave out, and what they hold then. Name, kind, place and what it is for are hardly ever missing, and when a record
was confirmed, and by whom, the directory knows itself."""
TOGETHER = {"cost": ("price",), "languages": ("languages_only",), "openings": ("always_open",), "space": ("space_updated",)}
EMPTY: dict[str, object] = {"price": None, "languages_only": False, "always_open": False, "space_updated": None}


def all_said(dice: Random, taxonomy: str, rate: float) -> Stated:
    """A yes or a no to every code."""
    yes = frozenset(code for code in codes(taxonomy) if dice.random() < rate)
    return Stated(yes=yes, no=frozenset(codes(taxonomy)) - yes)


@cache
def pools() -> Pools:
    return Pools(SEED)


def completed(one: Listing, dice: Random) -> Listing:
    """The listing with a true state for every field: what was said stays true, the rest is drawn."""
    cost = one.cost or dice.choice(COSTS)
    groups = some(dice, "communities", 2) if dice.random() < 0.25 else frozenset()
    return REPLACE(
        one,
        interests=one.interests or some(dice, "interests", 3),
        settings=one.settings or some(dice, "settings", 1),
        formats=all_said(dice, "formats", 0.4),
        languages=one.languages if one.languages.yes else Stated(yes=frozenset({"en", *dice.sample(LANGUAGES, dice.choice((0, 1, 1, 2, 4)))})),
        languages_only=True,
        interpreting=dice.random() < 0.15,
        builds_on=all_said(dice, "strengths", 0.12),
        for_communities=groups,
        led_by=groups if dice.random() < 0.6 else frozenset(),
        everyone_welcome=dice.random() < 0.3,
        access=all_said(dice, "access", 0.35),
        cost=cost,
        price={"free": 0.0, "paid": float(dice.choice((5, 10, 20, 40)))}.get(cost),
        entry=all_said(dice, "entry", 0.3),
        openings=one.openings or dice.choice(pools().openings),
        size=dice.choice(("small", "medium", "large")),
        tone=dice.choice(("quiet", "lively")),
        space=dice.choice(("open", "open", "open", "waiting_list", "full")),
        space_updated=AT - timedelta(days=dice.randint(0, 30)),
        reported_wrong=False,
    )


@cache
def truth() -> tuple[Listing, ...]:
    """The town of which everything is known."""
    return tuple(completed(one, Random(f"truth {one.id}")) for one in listings())


def masked(one: Listing, dice: Random, share: float, *, yes_more_often: bool = False) -> Listing:
    """The listing with each field left out by the chance ``share``; or, what is so said more often than what is not so."""
    left: dict[str, Any] = {}
    for field, nothing in LEFT_OUT.items():
        if dice.random() < share:
            left[field] = nothing
            left |= {other: EMPTY[other] for other in TOGETHER.get(field, ())}
        elif yes_more_often and isinstance(nothing, Stated):
            left[field] = yes_mostly(getattr(one, field), dice)
    if yes_more_often and "languages" not in left and dice.random() < 0.7:
        left["languages_only"] = False
    return REPLACE(one, **left)


def yes_mostly(said: Stated, dice: Random) -> Stated:
    """Of what is so nine in ten are said, of what is not so one in ten."""
    return Stated(
        yes=frozenset(code for code in sorted(said.yes) if dice.random() < 0.9), no=frozenset(code for code in sorted(said.no) if dice.random() < 0.1)
    )


def with_gaps(share: float, *, yes_more_often: bool = False) -> list[Listing]:
    """The true town with so much of it left out."""
    return [masked(one, Random(f"mask {share} {one.id}"), share, yes_more_often=yes_more_often) for one in truth()]


def half_sparse(share: float) -> tuple[list[Listing], frozenset[str]]:
    """The true town where every second listing has so much of it left out, and the ids of those."""
    sparse = frozenset(one.id for one in truth() if Random(f"sparse {one.id}").random() < 0.5)
    return [masked(one, Random(f"thin {one.id}"), share) if one.id in sparse else one for one in truth()], sparse
