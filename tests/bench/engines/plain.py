"""Listings and questions in the plain terms that any search engine has: tokens, numbers, a point and a text.

What a listing says in codes becomes tokens. A hard limit becomes groups of tokens of which one must be there, and tokens that must not be there; a
wish becomes tokens that are good to have. This holds for invented listings: no stated areas, every point given, every language list open.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from matching.limits import speaks
from matching.signs import ANY_SPOKEN
from matching.smallwords import ASKING, STOP
from matching.values import Inquiry, Listing, Place
from matching.weights import ENJOY, REMOTE_FORMATS, REMOTE_KM
from matching.words import words
from seeds.inventing.facts import LANGUAGES
from tests.bench.data import vocabulary

SEMI_MAJOR_KM, SQUARED_ECCENTRICITY = 6378.137, 6.69437999014e-3   # WGS84
STATED = ("languages", "builds_on", "access", "formats")
SETS = ("supports", "domains", "interests", "for_communities", "led_by", "welcomes", "wants")
"""What questions are about; the rest of a listing is left out, so that the engines carry no more than they need."""
NO_PLACE, NOT_GIVE, ANY_FAITH = "no place", "not give", "any faith"


def earth_xyz(place: Place) -> tuple[float, float, float]:
    """A point of the ellipsoid in km from the earth's middle. A straight line between two such points is within 20 cm of the way along the ground,
    up to 50 km: an exact distance from three differences, in any language that can add."""
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    across = SEMI_MAJOR_KM / math.sqrt(1 - SQUARED_ECCENTRICITY * math.sin(latitude) ** 2)
    flat = across * math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), across * (1 - SQUARED_ECCENTRICITY) * math.sin(latitude)


@dataclass(frozen=True, slots=True)
class Row:
    """A listing in plain terms. Ages are in years, prices without a currency."""

    id: str
    name: str
    organization: str
    text: str
    place: Place | None
    age_from: float
    price: float
    tokens: frozenset[str]


def row_of(listing: Listing) -> Row:
    """The listing in plain terms."""
    place = None if listing.confidential else listing.place
    labels = [vocabulary().label("supports", code) for code in sorted(listing.supports)]
    return Row(
        id=listing.id,
        name=listing.name,
        organization=listing.organization_name,
        text=" ".join((listing.description, *listing.keywords, *labels)),
        place=place,
        age_from=listing.minimum_age or 0.0,
        price=-1.0 if listing.price is None else listing.price,
        tokens=frozenset(_tokens(listing, is_placed=place is not None)),
    )


def _tokens(listing: Listing, *, is_placed: bool) -> Iterator[str]:
    for name in STATED:
        stated = getattr(listing, name)
        yield from (f"{name}:{code}" for code in stated.yes)
    yield from (f"not access:{code}" for code in listing.access.no - listing.access.yes)
    for name in SETS:
        yield from (f"{name}:{code}" for code in getattr(listing, name))
    yield f"kind:{listing.kind}"
    yield f"cost:{listing.cost or 'unknown'}"
    if ANY_SPOKEN in listing.interpreted:
        yield "interpreting"
    if not is_placed:
        yield NO_PLACE
    if listing.kind != "give":
        yield NOT_GIVE
    if listing.faiths:
        yield ANY_FAITH


@dataclass(slots=True)
class Asked:
    """A question in plain terms.

    Where there is a radius, what meets it is: what lies within it, what has one of the tokens ``spared`` and lies within ``spared_km``, and what has
    one of the tokens ``anywhere``.
    """

    words: list[str]
    place: Place | None
    radius_km: float | None
    spared: frozenset[str] = frozenset()
    spared_km: float = REMOTE_KM
    anywhere: frozenset[str] = frozenset()
    one_of: list[frozenset[str]] = field(default_factory=list)
    none_of: set[str] = field(default_factory=set)
    age: float | None = None
    most_cost: float | None = None
    cost_known: bool = False
    wishes: list[tuple[float, frozenset[str]]] = field(default_factory=list)


def asked_of(inquiry: Inquiry) -> Asked:
    """The question in plain terms: the same limits, and wishes with the weights of ours."""
    must, profile = inquiry.must, inquiry.profile
    asked = Asked(telling_words(inquiry.text), inquiry.place, inquiry.travel.max_km, age=profile.age)
    if asked.radius_km is not None:
        spared = (REMOTE_FORMATS & set(must.formats)) if must.formats else REMOTE_FORMATS
        asked.spared = frozenset(f"formats:{code}" for code in spared)
        asked.spared_km = max(REMOTE_KM, asked.radius_km)
        asked.anywhere = frozenset({NO_PLACE}) if "travel" not in must.confirmed else frozenset()
    asked.one_of.append(frozenset({NOT_GIVE, *(f"wants:{one.code}" for one in profile.strengths)}))
    if must.formats and "format" in must.confirmed:
        asked.one_of.append(frozenset(f"formats:{code}" for code in must.formats))
    if must.kinds:
        asked.one_of.append(frozenset(f"kind:{code}" for code in must.kinds))
    if must.languages and "language" in must.confirmed:
        spoken = {code for wanted in must.languages for code in speaks(LANGUAGES, wanted)}
        asked.one_of.append(frozenset({"interpreting", *(f"languages:{code}" for code in spoken)}))
    for code in must.access:
        asked.none_of.add(f"not access:{code}")
        if "access" in must.confirmed:
            asked.one_of.append(frozenset({f"access:{code}"}))
    if must.free:
        asked.none_of |= {"cost:paid", *(("cost:unknown", "cost:sliding") if "cost" in must.confirmed else ())}
    asked.most_cost, asked.cost_known = must.most_cost, "cost" in must.confirmed
    if must.not_faith_based:
        asked.none_of.add(ANY_FAITH)
    asked.wishes = [*_wishes(inquiry)]
    return asked


def _wishes(inquiry: Inquiry) -> Iterator[tuple[float, frozenset[str]]]:
    """A weight, and the tokens of which one meets the wish; the weight of a signal is shared out among its codes."""
    profile, must = inquiry.profile, inquiry.must
    yield from _shared(3.0, [(ENJOY[one.enjoy], (f"builds_on:{one.code}",)) for one in profile.strengths])
    yield from _shared(2.0, [(1.0, (f"interests:{code}",)) for code in profile.interests])
    yield from _shared(1.0, [(1.0, (f"domains:{code}",)) for code in profile.domains])
    yield from _shared(3.0, [(1.0, (f"languages:{code}",)) for code in {*profile.languages, *must.languages}])
    yield from _shared(2.0, [(1.0, tuple(f"{how}:{code}" for how in ("for_communities", "led_by", "welcomes"))) for code in profile.communities])
    yield from _shared(2.0, [(1.0, (f"access:{code}",)) for code in {*profile.access, *must.access}])
    yield from _shared(2.0, [(1.0, (f"formats:{code}",)) for code in {*profile.formats, *must.formats}])
    yield from _shared(2.0, [(1.0, (f"supports:{code}",)) for code in profile.helped_before])


def _shared(weight: float, wishes: Iterable[tuple[float, tuple[str, ...]]]) -> Iterator[tuple[float, frozenset[str]]]:
    made = list(wishes)
    for share, tokens in made:
        yield weight * share / len(made), frozenset(tokens)


def telling_words(text: str) -> list[str]:
    """The words of a question that say something, each once."""
    spelt = dict.fromkeys(words(text))
    return [word for word in spelt if word not in STOP | ASKING] or [word for word in spelt if word not in STOP]
