"""The index: a directory made ready for ranking, rows in map-cell order, built once and then only read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import floor
from typing import Final, Protocol

import numpy as np

from matching.arrays import Floats
from matching.codes import Closeness
from matching.columns import Columns
from matching.measures import Measures
from matching.text import TextIndex
from matching.values import Listing
from matching.vocabulary import Vocabulary

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
CELL_DEGREES: Final = 0.1


class Words(Protocol):
    """What matching asks of a vocabulary."""

    def label(self, taxonomy: str, code: str) -> str: ...
    def similarity(self, taxonomy: str, a: str, b: str) -> float: ...
    def descendants(self, taxonomy: str, code: str) -> frozenset[str]: ...
    def recognise(self, text: str) -> Sequence[tuple[str, float]]: ...


class Texts(Protocol):
    """What matching asks of a text index: for a query, one score in [0, 1] a row, 0 for no hit; and the words of the query that a row has."""

    def scores(self, query: str) -> Floats: ...
    def matched(self, query: str, row: int) -> tuple[str, ...]: ...


def cell(listing: Listing) -> tuple[int, int, int]:
    """Where a row is kept: those with a public place by tenth of a degree, south to north and west to east, then all the others."""
    if listing.place is None or listing.confidential:
        return 1, 0, 0
    return 0, floor(listing.place.latitude / CELL_DEGREES), floor(listing.place.longitude / CELL_DEGREES)


def in_row_order(listings: Iterable[Listing]) -> list[Listing]:
    """Listings in the order of their rows. Raises ValueError when two share an id."""
    ordered = sorted(listings, key=lambda one: (cell(one), one.id))
    twice = sorted(name for name, times in Counter(one.id for one in ordered).items() if times > 1)
    if twice:
        raise ValueError(f"Two listings have the same id, so that their results could not be told apart: {', '.join(twice[:3])}.")
    return ordered


class Index:
    """A directory made ready for ranking. It never changes once built, so that any number of threads may read it."""

    def __init__(
        self, listings: Sequence[Listing], words: Words, texts: Texts, measures: Measures, on: date, language: Callable[[str], str] | None
    ) -> None:
        self.listings = tuple(listings)
        self.words = words
        self.texts = texts
        self.measures = measures
        self.on = on
        self._language = language
        self.columns = Columns(self.listings)
        self.row_of = {one.id: row for row, one in enumerate(self.listings)}
        self._closeness: dict[tuple[str, str], Closeness] = {}
        self._unknown: dict[tuple[str, str], Floats] = {}

    @classmethod
    def build(
        cls,
        listings: Iterable[Listing],
        vocabulary: Vocabulary,
        *,
        on: date,
        language: Callable[[str], str] | None = None,
        measures: Measures | None = None,
    ) -> Index:
        """Lay out ``listings`` for ranking, on the day ``on``.

        ``language`` names a language by its code, where the vocabulary does not. ``measures`` are taken from the listings unless those of an
        earlier index are handed over, as when a few listings have changed since. Raises ValueError when two listings share an id.
        """
        ordered = in_row_order(listings)
        return cls(ordered, vocabulary, TextIndex.build(ordered, vocabulary), measures or Measures(ordered), on, language)

    def __len__(self) -> int:
        return len(self.listings)

    def listing(self, listing_id: str) -> Listing:
        """The listing of that id. Raises KeyError when the index does not hold it."""
        return self.listings[self.row_of[listing_id]]

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
        """What a person reads for a code."""
        if taxonomy == "languages" and self._language is not None:
            return self._language(code)
        return self.words.label(taxonomy, code)
