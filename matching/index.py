"""The catalogue as columns: one row a listing, rows in map-cell order, built once and then only read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha1
from math import floor, inf, isfinite, nan, nextafter
from typing import Final, Protocol

import numpy as np

from matching.arrays import Bits, Floats, Ints
from matching.codes import Closeness, CodeSets
from matching.geography import reduced
from matching.measures import Measures
from matching.openings import Openings
from matching.values import Cost, Listing, Space
from matching.weights import MARGIN_KM, SOURCE, SOURCE_REPORTED_WRONG

TAXONOMY: Final[Mapping[str, str]] = {
    "builds_on": "strengths",
    "wants": "strengths",
    "supports": "supports",
    "domains": "life_domains",
    "interests": "interests",
    "settings": "settings",
    "for_communities": "communities",
    "led_by": "communities",
    "welcomes": "communities",
    "faiths": "faiths",
    "kinds": "kinds",
    "only_for": "audiences",
    "not_for": "audiences",
}
"""Which vocabulary a column of codes speaks."""
COSTS: Final[tuple[Cost | None, ...]] = (None, "free", "donation", "sliding", "paid")
SPACES: Final[tuple[Space | None, ...]] = (None, "open", "waiting_list", "full")
SIZES: Final = (None, "small", "medium", "large")
TONES: Final = (None, "quiet", "lively")
CELL_DEGREES: Final = 0.1
NO_DAY: Final = -1


class Words(Protocol):
    """What matching asks of a vocabulary."""

    def label(self, taxonomy: str, code: str) -> str: ...
    def similarity(self, taxonomy: str, a: str, b: str) -> float: ...
    def descendants(self, taxonomy: str, code: str) -> frozenset[str]: ...
    def recognise(self, text: str) -> Sequence[tuple[str, float]]: ...


class Texts(Protocol):
    """What matching asks of a text index: for a query, one score in [0, 1] a row, 0 for no hit."""

    def scores(self, query: str) -> Floats: ...


TextBuilder = Callable[[Sequence[Listing], Words], Texts]


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


def cell(listing: Listing) -> tuple[int, int, int]:
    """Where a row is kept: those with a public place by tenth of a degree, south to north and west to east, then all the others."""
    if listing.place is None or listing.confidential:
        return 1, 0, 0
    return 0, floor(listing.place.latitude / CELL_DEGREES), floor(listing.place.longitude / CELL_DEGREES)


class Index:
    """A directory made ready for ranking. It never changes once built, so that any number of threads may read it."""

    def __init__(self, listings: Sequence[Listing], words: Words, texts: Texts, measures: Measures, on: date) -> None:
        self.listings = tuple(listings)
        self.words = words
        self.texts = texts
        self.measures = measures
        self.on = on
        self.columns = Columns(self.listings)
        self.row_of = {one.id: row for row, one in enumerate(self.listings)}
        self._closeness: dict[tuple[str, str], Closeness] = {}
        self._unknown: dict[tuple[str, str], Floats] = {}

    @classmethod
    def build(cls, listings: Iterable[Listing], vocabulary: Words, *, on: date, text: TextBuilder, measures: Measures | None = None) -> Index:
        """Lay out ``listings`` for ranking, on the day ``on``.

        ``measures`` are taken from the listings unless those of an earlier index are handed over, as when a few listings have changed since.
        Raises ValueError when two listings share an id.
        """
        ordered = sorted(listings, key=lambda one: (cell(one), one.id))
        ids = [one.id for one in ordered]
        if len(set(ids)) < len(ids):
            twice = sorted({one for one in ids if ids.count(one) > 1})[:3]
            raise ValueError(f"Two listings have the same id, so that their results could not be told apart: {', '.join(twice)}.")
        return cls(ordered, vocabulary, text(ordered, vocabulary), measures or Measures(ordered), on)

    def __len__(self) -> int:
        return len(self.listings)

    def closeness(self, column: str, code: str) -> Closeness:
        """How near each code of a column is to ``code``, as rising levels."""
        if (known := self._closeness.get((column, code))) is None:
            levels: dict[float, set[str]] = {}
            for other in self.columns.codes[column].codes:
                near = 1.0 if other == code else self.words.similarity(TAXONOMY[column], code, other)
                if near > 0:
                    levels.setdefault(near, set()).add(other)
            known = tuple((near, frozenset(levels[near])) for near in sorted(levels))
            self._closeness[column, code] = known
        return known

    def with_narrower(self, column: str, codes: Iterable[str]) -> frozenset[str]:
        """``codes`` and everything narrower than them in the vocabulary of ``column``."""
        found = set(codes)
        for code in tuple(found):
            found |= self.words.descendants(TAXONOMY[column], code)
        return frozenset(found)

    def unknown(self, aspect: str, code: str) -> Floats:
        """What "not stated" is worth for ``code``, by kind number."""
        if (known := self._unknown.get((aspect, code))) is None:
            known = np.array([self.measures.unknown(aspect, kind, code) for kind in self.columns.kind_names])
            self._unknown[aspect, code] = known
        return known

    def label(self, taxonomy: str, code: str) -> str:
        """What a person reads for a code; the code itself, spelt out, when no vocabulary knows it."""
        try:
            return self.words.label(taxonomy, code) or code.replace("_", " ")
        except KeyError:
            return code.replace("_", " ")
