"""The questions that engines are measured with: drawn by chance from one seed, and never used to tune anything.

A question has words, a point with a radius, up to two further hard limits and up to six wishes. A variant leaves a part of it away, so that all
variants are about the same people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Final, Literal, get_args

from msgspec.structs import replace

from matching.smallwords import STOP
from matching.values import Inquiry, LimitName, Listing, MustHaves, Place, Profile, Strength, Travel
from matching.words import words
from seeds.inventing.facts import LANGUAGES
from seeds.words import codes_of
from tests.bench.data import first_listings

SEED: Final = 22
COUNT: Final = 500
LEAST_KM, MOST_KM = 5.0, 50.0
TYPO_SHARE: Final = 0.3
LONG_ENOUGH: Final = 5
"""Letters from which a word gets a slip."""
DEGREES_AROUND: Final = 0.05
"""How far from a listing people stand, as a standard deviation: about 5 km."""
PAGE: Final = 20

Variant = Literal["near text", "near", "reach text", "reach", "country text", "country"]
"""``near``: it has to be in person and within the radius. ``reach``: within the radius, or by phone, online or text from a little further (the usual search).
``country``: anywhere. With ``text`` the words count too."""
VARIANTS: Final[tuple[Variant, ...]] = get_args(Variant)


@cache
def inquiries(variant: Variant, count: int = COUNT) -> tuple[Inquiry, ...]:
    """The first ``count`` questions of a variant."""
    return tuple(_as(variant, one) for one in _whole()[:count])


@cache
def _whole() -> tuple[Inquiry, ...]:
    random = Random(SEED)
    having = Counter(word for one in first_listings() for word in set(_words(one)))
    return tuple(_inquiry(random, having) for _ in range(COUNT))


def _as(variant: Variant, whole: Inquiry) -> Inquiry:
    asked = whole if "text" in variant else replace(whole, text="")
    if "country" in variant:
        return replace(asked, travel=Travel())
    if "near" in variant:
        must = asked.must
        return replace(asked, must=replace(must, formats=("in_person",), confirmed=must.confirmed | {"travel"}))
    return asked


def _inquiry(random: Random, having: Counter[str]) -> Inquiry:
    placed = random.choice([one for one in first_listings() if one.place])
    profile, must = _wishes(random), _limits(random, confirmed_share=0.5)
    age = float(random.choice((15, 17, 19, 24, 35, 50, 58, 70))) if "age" in must[1] else None
    return Inquiry(
        text=_text(random, having),
        place=_near(random, placed),
        travel=Travel(max_km=round(LEAST_KM * (MOST_KM / LEAST_KM) ** random.random(), 2)),
        must=must[0],
        profile=replace(profile, age=age),
        limit=PAGE,
    )


def _near(random: Random, listing: Listing) -> Place:
    """A point near a listing: there are more of them where there are more listings."""
    assert listing.place is not None
    latitude = listing.place.latitude + random.gauss(0, DEGREES_AROUND)
    longitude = listing.place.longitude + random.gauss(0, DEGREES_AROUND / math.cos(math.radians(latitude)))
    return Place(latitude=round(latitude, 5), longitude=round(longitude, 5))


def _words(listing: Listing) -> list[str]:
    return [word for word in words(f"{listing.name} {listing.description}") if word not in STOP and len(word) > 2]


def _text(random: Random, having: Counter[str]) -> str:
    """One to three words, each as it comes (so mostly common) or the rarest of its listing; three in ten texts have a slip in one word."""
    asked = []
    for _ in range(random.choice((1, 2, 2, 3))):
        found = _words(random.choice(first_listings()))
        asked.append(random.choice(found) if random.random() < 0.6 else min(found, key=lambda word: (having[word], word)))
    long = [at for at, word in enumerate(asked) if len(word) >= LONG_ENOUGH]
    if long and random.random() < TYPO_SHARE:
        at = random.choice(long)
        asked[at] = slip(random, asked[at])
    return " ".join(asked)


def slip(random: Random, word: str) -> str:
    """The word with one letter left out, added, changed or swapped with the next; the first letter stays."""
    at = random.randrange(1, len(word) - 1)
    before, here, after, letter = word[:at], word[at], word[at + 1 :], random.choice("abcdefghijklmnopqrstuvwxyz")
    return random.choice((before + after, before + letter + here + after, before + letter + after, before + after[0] + here + after[1:]))


def _some(random: Random, codes: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(random.sample(codes, random.randint(1, most))))


def _codes(taxonomy: str) -> list[str]:
    return sorted(codes_of(taxonomy))


WISHES: Final[dict[str, Callable[[Random], object]]] = {
    "strengths": lambda r: tuple(Strength(code=code, enjoy=r.choice((1, 2, 2, 3))) for code in _some(r, _codes("strengths"), 3)),
    "interests": lambda r: _some(r, _codes("interests"), 3),
    "domains": lambda r: _some(r, _codes("life_domains"), 2),
    "languages": lambda r: _some(r, LANGUAGES, 2),
    "communities": lambda r: _some(r, _codes("communities"), 2),
    "access": lambda r: _some(r, _codes("access"), 2),
    "formats": lambda r: _some(r, _codes("formats"), 2),
    "helped_before": lambda r: _some(r, _codes("supports"), 2),
}


def _wishes(random: Random) -> Profile:
    """None to six wishes."""
    named = random.sample(sorted(WISHES), random.randint(0, 6))
    return Profile(**{name: WISHES[name](random) for name in named})  # type: ignore[arg-type]  # each draws what its field holds


LIMITS: Final[dict[LimitName, Callable[[Random], dict[str, object]]]] = {
    "language": lambda r: {"languages": (r.choice(LANGUAGES),)},
    "access": lambda r: {"access": _some(r, _codes("access"), 1)},
    "cost": lambda r: {"free": True} if r.random() < 0.5 else {"most_cost": float(r.choice((10, 20, 40)))},
    "age": lambda r: {},
    "faith": lambda r: {"not_faith_based": True},
    "kind": lambda r: {"kinds": ("service", r.choice(("peer_group", "activity", "training")))},
}


def _limits(random: Random, *, confirmed_share: float) -> tuple[MustHaves, frozenset[LimitName]]:
    """None to two hard limits; half of the time, what is not known is out as well."""
    named = random.sample(sorted(LIMITS), random.randint(0, 2))
    parts: dict[str, object] = {}
    for name in named:
        parts |= LIMITS[name](random)
    confirmed = frozenset(name for name in named if name in ("language", "access", "cost") and random.random() < confirmed_share)
    return MustHaves(**parts, confirmed=confirmed), frozenset(named)  # type: ignore[arg-type]  # each draws what its field holds
