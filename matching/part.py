"""A part of an index: some listings made ready for ranking. An index is one large part, and small ones for what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Final, Protocol, TypeVar

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.codes import Closeness
from matching.columns import Columns
from matching.measures import Measures
from matching.names import Named, Typed
from matching.reading import Word
from matching.row import Row
from matching.telling import Phrase, told_among
from matching.values import HYBRID

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
    "meant_for": "audiences",
    "only_for": "audiences",
    "not_for": "audiences",
    "group": "group_facts",
}
"""Which vocabulary a column of codes speaks."""
HYBRID_LABEL: Final = "Both in person and online"
MOST_REMEMBERED = 1024
MOST_ROWS: Final = 5_000
"""Rows held ready at once, some ten megabytes: as many as there are cards held ready above this package."""
K = TypeVar("K")
V = TypeVar("V")


class Words(Protocol):
    """What matching asks of a vocabulary."""

    def label(self, taxonomy: str, code: str) -> str: ...
    def similarity(self, taxonomy: str, a: str, b: str) -> float: ...
    def descendants(self, taxonomy: str, code: str) -> frozenset[str]: ...
    def recognise(self, text: str, is_word: Callable[[str], bool] | None = None) -> Sequence[tuple[str, float]]: ...
    def meant(self, text: str, is_word: Callable[[str], bool] | None = None) -> Sequence[tuple[str, float]]: ...
    def loved(self, text: str, is_word: Callable[[str], bool] | None = None) -> Sequence[tuple[str, float]]: ...
    def communities_called(self, text: str) -> Sequence[str]: ...
    def whom(self, text: str) -> Sequence[tuple[str, float]]: ...
    def people_of(self, code: str) -> Sequence[str]: ...
    def kinds_for(self, code: str | None) -> frozenset[str]: ...


class Texts(Protocol):
    """What matching asks of the words of listings: a question read; the rows that answer it with a score in (0, 1] each, those in the runs of
    ``bounds`` only; the question read as a name; the rows that bear it, with how many slips;
    the words of the question that each of some rows has; the phrases that tell of a term; and the rows that have them."""

    def has(self, word: str) -> bool: ...
    def read(self, query: str) -> Sequence[Word]: ...
    def hits(self, asked: Sequence[Word], bounds: Ints | None = None) -> tuple[Ints, Floats]: ...
    def name_in(self, text: str) -> Typed: ...
    def named(self, typed: Typed, bounds: Ints | None = None) -> Named: ...
    def matched(self, asked: Sequence[Word], rows: Ints) -> list[tuple[str, ...]]: ...
    def phrases(self, taxonomy: str, code: str) -> Sequence[Phrase]: ...
    def told(self, phrases: Sequence[Phrase], bounds: Ints | None = None) -> tuple[Ints, Floats]: ...
    def plainest(self, phrases: Sequence[Phrase], row: int) -> Phrase | None: ...
    def reading_with(self, others: Sequence[Any]) -> Texts: ...


class Part:
    """Listings as columns and words, with what does not hang on any question remembered. Rows that are not ``alive`` were changed since."""

    def __init__(
        self, columns: Columns, words: Words, texts: Texts, measures: Measures, language: Callable[[str], str] | None, alive: Bools | None = None
    ) -> None:
        self.columns = columns
        self.words = words
        self.texts = texts
        self.measures = measures
        self.alive = alive
        self.attached: Sequence[bytes] = ()
        """What somebody keeps beside each row, empty for a row without; nothing at all when nobody does."""
        self._language = language
        self._rows: dict[int, Row] = {}
        self._closeness: dict[tuple[str, str], Closeness] = {}
        self._unknown: dict[tuple[str, str], Floats] = {}
        self._nearest: dict[tuple[str, str], Floats] = {}
        self._speaking: dict[str, tuple[tuple[Sequence[Phrase], ...], Ints, Floats]] = {}   # one entry; a dict, so that copies of a part share it
        self.service_numbers = len(columns.texts["services"])
        self.services = self.service_numbers
        """How many services are alive."""
        self.one_row_each = self.services == len(columns)
        """True when no service has a second row."""

    def __len__(self) -> int:
        return len(self.columns)

    def without(self, service_ids: Iterable[str]) -> Part:
        """The same part with all rows of some services not alive any more; what it does not hold is passed over."""
        rows = [held for one in service_ids if len(held := self.columns.rows_of(one)) and (self.alive is None or self.alive[held[0]])]
        if not rows:
            return self
        other = copy(self)
        other.alive = np.ones(len(self), np.bool_) if self.alive is None else self.alive.copy()
        other.alive[np.concatenate(rows)] = False
        other.services = self.services - len(rows)
        return other

    def reading_with(self, others: Sequence[Part]) -> Part:
        """The same part, whose words are read with those of other parts beside it."""
        other = copy(self)
        other.texts = self.texts.reading_with([part.texts for part in others])
        return other

    def row(self, number: int) -> Row:
        """A row to be read by the names of a listing."""
        return Row(self.columns, number)

    def held_row(self, number: int) -> Row:
        """The same, held ready for the next one who is shown it."""
        if (known := self._rows.get(number)) is None:
            if len(self._rows) >= MOST_ROWS:
                self._rows.clear()   # what is shown often is soon back
            known = self._rows[number] = Row(self.columns, number)
        return known

    def find(self, listing_id: str) -> int | None:
        """The row of the listing of that id, alive or not."""
        ids, by_id = self.columns.texts["ids"], self.columns.arrays["by_id"]
        low, high = 0, len(by_id)
        while low < high:
            middle = (low + high) // 2
            if ids[int(by_id[middle])] < listing_id:
                low = middle + 1
            else:
                high = middle
        return int(by_id[low]) if low < len(by_id) and ids[int(by_id[low])] == listing_id else None

    def attachment(self, listing_id: str) -> bytes | None:
        """What is kept beside the listing of that id; None when it is not alive here, or when nothing is."""
        number = self.find(listing_id) if self.attached else None
        if number is None or (self.alive is not None and not self.alive[number]):
            return None
        return self.attached[number] or None

    def closeness(self, column: str, code: str) -> Closeness:
        """How near each code of a column is to ``code``, as rising levels."""
        if (known := self._closeness.get((column, code))) is None:
            levels: dict[float, set[str]] = {}
            for other in self.columns.codes[column].codes:
                near = 1.0 if other == code else self.words.similarity(TAXONOMY[column], code, other)
                if near > 0:
                    levels.setdefault(near, set()).add(other)
            known = tuple((near, frozenset(levels[near])) for near in sorted(levels))
            remember(self._closeness, (column, code), known)
        return known

    def nearest_sets(self, column: str, code: str) -> Floats:
        """The similarity to ``code`` of the nearest code of each different set of a column."""
        if (known := self._nearest.get((column, code))) is None:
            known = self.columns.codes[column].nearest_set(self.closeness(column, code))
            remember(self._nearest, (column, code), known)
        return known

    def speaking_of(self, kinds: Sequence[str], phrases: Callable[[str], Sequence[Phrase]]) -> tuple[Ints, Floats]:
        """The rows, rising, that offer one of some kinds of support and whose own words tell of it, by the ``phrases`` of each; and how plainly they tell
        of the plainest (0 to 1). What was found last is kept, for it is the same for every question."""
        book, last = tuple(map(phrases, kinds)), self._speaking.get("last")
        if last is None or last[0] != book:
            held = np.zeros(len(self))
            for code, spoken in zip(kinds, book, strict=True):
                if len(tagged := self.columns.tagged["supports"].rows_of_any((code,)).astype(np.int64)):
                    told = told_among(*self.texts.told(spoken), tagged)
                    held[tagged[told.places]] = np.maximum(held[tagged[told.places]], told.values)
            rows = held.nonzero()[0]
            last = self._speaking["last"] = book, rows, held[rows]
        return last[1:]

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
            remember(self._unknown, (aspect, code), known)
        return known

    def label(self, taxonomy: str, code: str) -> str:
        """What a person reads for a code."""
        if taxonomy == "languages" and self._language is not None:
            return self._language(code)
        return HYBRID_LABEL if taxonomy == "formats" and code == HYBRID else self.words.label(taxonomy, code)


def remember(memo: dict[K, V], key: K, value: V) -> None:
    """Keep what was worked out, and begin anew when there is too much of it."""
    if len(memo) >= MOST_REMEMBERED:
        memo.clear()
    memo[key] = value
