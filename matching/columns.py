"""Every listing's values as numpy columns, in row order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha1
from math import floor, inf, isfinite, nan, nextafter
from typing import Final

import numpy as np

from matching.arrays import Bits, Ints
from matching.codes import CodeSets
from matching.geography import reduced
from matching.openings import Openings
from matching.values import Cost, Listing, Space
from matching.weights import MARGIN_KM, SOURCE, SOURCE_REPORTED_WRONG

COSTS: Final[tuple[Cost | None, ...]] = (None, "free", "donation", "sliding", "paid")
SPACES: Final[tuple[Space | None, ...]] = (None, "open", "waiting_list", "full")
SIZES: Final = (None, "small", "medium", "large")
TONES: Final = (None, "quiet", "lively")
NO_DAY: Final = -1


class Columns:
    """Every listing's values as arrays of the same length, in row order. -1 and NaN stand for "not stated"."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self._place(listings)
        self._codes(listings)
        self._facts(listings)
        self._order(listings)
        self.openings = Openings(listings)

    def _place(self, listings: Sequence[Listing]) -> None:
        places = [None if one.confidential else one.place for one in listings]
        self.latitude = reduced(np.array([p.latitude if p else nan for p in places]))
        self.longitude = np.radians(np.array([p.longitude if p else nan for p in places]))
        self.margin_km = np.array([MARGIN_KM[p.precision] if p else 0.0 for p in places])
        self.has_place = np.array([p is not None for p in places], np.bool_)

    def _codes(self, listings: Sequence[Listing]) -> None:
        sets: dict[str, list[frozenset[str]]] = {
            name: [getattr(one, name) for one in listings]
            for name in ("supports", "domains", "interests", "settings", "areas", "wants", "for_communities", "led_by", "welcomes", "faiths")
        }
        sets |= {name: [getattr(one, name) for one in listings] for name in ("only_for", "not_for")}
        for name in ("formats", "languages", "builds_on", "access", "entry"):
            sets[name] = [getattr(one, name).yes for one in listings]
            sets[f"not_{name}"] = [getattr(one, name).no - getattr(one, name).yes for one in listings]
        sets["kinds"] = [frozenset({one.kind}) for one in listings]
        self.codes: dict[str, CodeSets] = {name: CodeSets(values) for name, values in sets.items()}

    def _facts(self, listings: Sequence[Listing]) -> None:
        self.areas_resolved = np.array([one.areas_resolved for one in listings], np.bool_)
        self.languages_only = np.array([one.languages_only for one in listings], np.bool_)
        self.interpreting = np.array([one.interpreting is True for one in listings], np.bool_)
        self.everyone_welcome = np.array([one.everyone_welcome for one in listings], np.bool_)
        self.secular = np.array([one.secular is True for one in listings], np.bool_)
        self.always_open = np.array([one.always_open for one in listings], np.bool_)
        self.cost = np.array([COSTS.index(one.cost) for one in listings], np.int8)
        self.price = np.array([nan if one.price is None else one.price for one in listings])
        self.age_from = np.array([-inf if one.minimum_age is None else one.minimum_age for one in listings])
        self.age_below = np.array([age_below(one.maximum_age) for one in listings])
        self.size = np.array([SIZES.index(one.size) for one in listings], np.int8)
        self.tone = np.array([TONES.index(one.tone) for one in listings], np.int8)
        self.space = np.array([SPACES.index(one.space) for one in listings], np.int8)
        self.space_updated = np.array([seconds(one.space_updated) if one.space_updated else nan for one in listings])
        self.assured_on = np.array([one.assured_on.toordinal() if one.assured_on else NO_DAY for one in listings], np.int64)
        self.source = np.array([source(one) for one in listings])
        self.added_on = np.array([one.added_on.toordinal() if one.added_on else NO_DAY for one in listings], np.int64)

    def _order(self, listings: Sequence[Listing]) -> None:
        self.kind_names, self.kind = numbered([one.kind for one in listings])
        _, self.organization = numbered([one.organization_id for one in listings])
        self.service_names, self.service = numbered([one.service_id for one in listings])
        _, self.id_rank = numbered([one.id for one in listings])
        digests = [int.from_bytes(sha1(name.encode(), usedforsecurity=False).digest()[:8]) for name in self.service_names]
        self.service_digest: Bits = np.array(digests, np.uint64)


def numbered(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """The distinct names in order, and for each row the number of its name."""
    distinct = tuple(sorted(set(names)))
    number = {name: place for place, name in enumerate(distinct)}
    return distinct, np.array([number[name] for name in names], np.int64)


def age_below(maximum_age: float | None) -> float:
    """The age that is too old: "up to 18" holds until the nineteenth birthday, "up to 0.5" until just after half a year."""
    if maximum_age is None or not isfinite(maximum_age):
        return inf
    return maximum_age + 1 if maximum_age == floor(maximum_age) else nextafter(maximum_age, inf)


def seconds(moment: datetime) -> float:
    """Seconds since 1970; a moment without a zone is read as UTC, so that no machine's own zone can matter."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def source(listing: Listing) -> float:
    """How far the word of whoever confirmed the listing goes."""
    if listing.reported_wrong:
        return SOURCE_REPORTED_WRONG
    return SOURCE[listing.assured_by or "import"]
