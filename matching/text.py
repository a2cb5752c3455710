"""Full text over listings: how well each row fits a person's words, as one number a row, for the rows in reach only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Floats, Ints
from matching.files import under
from matching.lazy import lazy
from matching.names import Named, Names, Typed, key_of
from matching.occurrences import LABELS, TAGGED, read
from matching.part import remember
from matching.postings import UNIT, Postings, in_runs, runs_in
from matching.reading import Reader, Word
from matching.stems import stem
from matching.telling import Phrase, phrases_of, plainest, spoken_of, stems_in, told
from matching.typos import Repair, Spellings
from matching.values import Listing
from matching.vocabulary import LONGEST_TEXT, SUPPORTS, Vocabulary

SATURATION = 1.2
"""The k1 of BM25F. Its b is 0, so length counts for nothing: a listing never falls for having more words, and a full description is no fault.
What is lost by that is small, because the description weighs least and every word saturates."""
SYNONYM = 0.9
"""What a kind of support counts that a word stands for, against a label that holds the word itself."""
COVERAGE = 1.0
"""How much of the score hangs on the share of the question's words that a row has, beside how well it has them."""
PIVOT = 0.5
SPARSE = 32
"""Rows for each entry of some lists from which on it is dearer to mark them on a line than to sort them."""
DOUBTFUL = 0.5
"""How rare (``Reader.rarity``) a word must be that some listing has, to be taken for a slip where all else is the name of another."""


class Hits(NamedTuple):
    """Rows that have one word of a question: their weighted counts, and how sure it is (0 to 1) that the word is meant."""

    rows: Ints
    counts: Floats
    sure: Floats


class TextIndex:
    """The words of listings as postings, with the vocabulary that adds what people say instead. Read-only, so any number of threads may ask."""

    def __init__(
        self, postings: Postings, supports: Postings, spellings: Spellings, names: Names, vocabulary: Vocabulary, others: Sequence[TextIndex] = ()
    ) -> None:
        """``postings`` is by stem, ``supports`` by code; ``spellings`` has every word as it was written. Questions are read with ``others`` beside."""
        self.size = postings.size
        self.postings = postings
        self.supports = supports
        self.spellings = spellings
        self.names = names
        self._vocabulary = vocabulary
        self._having_support: dict[str, int] = {}
        self._phrases: dict[tuple[str, str], tuple[Phrase, ...]] = {}
        self._told: dict[tuple[Phrase, ...], tuple[Ints, Floats]] = {}
        self._settled: dict[tuple[str, str], tuple[tuple[Phrase, ...], frozenset[str]]] = {}
        """The phrases of a term by the words of these listings alone, and which of its stems none of them has."""
        self._others = tuple(others)
        self.reader = Reader((self, *others), vocabulary)

    @classmethod
    def build(cls, listings: Sequence[Listing], vocabulary: Vocabulary, supports: Postings | None = None) -> TextIndex:
        """Read the words of ``listings``; row i of every answer is ``listings[i]``. ``supports``: which rows offer each kind of support."""
        found = read(listings, vocabulary)
        postings = Postings.gather(len(listings), found.stems, found.numbers, found.rows, found.halves)
        supports = Postings.build(listing.supports for listing in listings) if supports is None else supports
        return cls(postings, supports, Spellings.build(found.spelt), Names.build(one.name for one in listings), vocabulary)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk, beside the kinds of support."""
        parts = {"postings": self.postings.arrays(), "spellings": self.spellings.arrays(), "names": self.names.arrays()}
        return {f"{part}/{name}": one for part, arrays in parts.items() for name, one in arrays.items()}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], supports: Postings, vocabulary: Vocabulary) -> TextIndex:
        """What ``arrays`` gave."""
        spellings, names = Spellings.of(under(arrays, "spellings")), Names.of(under(arrays, "names"))
        return cls(Postings.of(supports.size, under(arrays, "postings")), supports, spellings, names, vocabulary)

    def reading_with(self, others: Sequence[TextIndex]) -> TextIndex:
        """The same words, with those of other parts known beside them."""
        other = TextIndex(self.postings, self.supports, self.spellings, self.names, self._vocabulary, others)
        other._told, other._having_support, other._settled = self._told, self._having_support, self._settled
        return other

    def has(self, word: str) -> bool:
        """Whether any listing, here or beside, has a folded word."""
        return self.reader.has(word)

    def read(self, query: str) -> tuple[Word, ...]:
        """The telling words of a question, ready for ``hits``."""
        return self.reader.read(query)

    def hits(self, asked: Sequence[Word], bounds: Ints | None = None) -> tuple[Ints, Floats]:
        """The rows, rising, that have a word of the question, and for each a number in (0, 1]; only those in the runs of ``bounds``.

        1. A row has a word with the certainty c and the weighted count t (BM25F: summed over the parts of the listing). Its part is c t / (k1 + t).
        2. Fit is the mean of the parts over the words of the question, weighted by idf = ln(1 + (N - n + .5) / (n + .5)), n rows having the word
        (of several forms, and of a kind of support that it stands for, the one that most rows have).
        3. Coverage is the same mean over the certainties alone.
        4. s = fit (1 - COVERAGE + COVERAGE coverage), squashed to (1 + pivot) s / (s + pivot).
        """
        whole = sum(word.weight for word in asked)
        found = [(word.weight, hits) for word in asked if len((hits := self._word(word, bounds)).rows)]
        if not found or whole <= 0:
            return np.zeros(0, np.int64), np.zeros(0)
        rows, place = together([hits.rows for _, hits in found])
        fit = np.concatenate([weight * hits.sure * hits.counts / (SATURATION + hits.counts) for weight, hits in found])
        coverage = np.concatenate([weight * hits.sure for weight, hits in found])
        s = np.bincount(place, fit) / whole * (1 - COVERAGE + COVERAGE * np.bincount(place, coverage) / whole)
        return rows, np.minimum((1 + PIVOT) * s / (s + PIVOT), 1.0)

    def phrases(self, taxonomy: str, code: str) -> tuple[Phrase, ...]:
        """The phrases that tell of a term, ready for ``told``. They are those of these listings alone, made once, unless a part beside brings a word of
        theirs that is new: how rare a word is goes by the first part that has it."""
        if (known := self._phrases.get((taxonomy, code))) is None:
            known, missing = self._by_these_alone(taxonomy, code)
            if not missing.isdisjoint(self._brought):
                known = phrases_of(self._vocabulary.term(taxonomy, code), self.reader.rarity)
            self._phrases[taxonomy, code] = known
        return known

    def _by_these_alone(self, taxonomy: str, code: str) -> tuple[tuple[Phrase, ...], frozenset[str]]:
        if (known := self._settled.get((taxonomy, code))) is None:
            term = self._vocabulary.term(taxonomy, code)
            missing = frozenset(base for base in stems_in(spoken_of(term)) if not self.having(base))
            known = self._settled[taxonomy, code] = phrases_of(term, Reader((self,), self._vocabulary).rarity), missing
        return known

    @lazy
    def _brought(self) -> frozenset[str]:
        """The stems that listings beside have and none of these."""
        return frozenset(key.removeprefix(TAGGED) for other in self._others for key in other.postings.keys.all() - self.postings.keys.all())

    def told(self, phrases: Sequence[Phrase], bounds: Ints | None = None) -> tuple[Ints, Floats]:
        """The rows, rising, whose own words have one of some phrases, and how plainly (0 to 1); only those in the runs of ``bounds``.

        Phrases are those of a vocabulary's terms, never a person's words, so what they find is worked out once for all questions.
        """
        key = tuple(phrases)
        if (known := self._told.get(key)) is None:
            known = told(self.postings, key)
            remember(self._told, key, known)
        rows, values = known
        if bounds is None:
            return rows, values
        runs = runs_in(rows, bounds)
        return in_runs(rows, runs), in_runs(values, runs)

    def plainest(self, phrases: Sequence[Phrase], row: int) -> Phrase | None:
        """The phrase by which the words of one row tell most plainly; None where none does."""
        return plainest(self.postings, phrases, row)

    def name_in(self, text: str) -> Typed:
        """What somebody typed read as a name, with the words of it that may be slips, by the words of the whole directory.

        A word that a vocabulary has is no slip, nor is a single word that any listing has: "dental" is not "rental". Among other words of a name, one
        that few listings have may be.
        """
        typed = key_of(text[:LONGEST_TEXT]).split()
        spelt = self.reader.without_small(typed) or typed
        return Typed(" ".join(spelt), frozenset(word for word in spelt if self._is_doubtful(word, len(spelt) == 1)))

    def named(self, typed: Typed, bounds: Ints | None = None) -> Named:
        """The rows, rising, whose whole name somebody typed, and with how many slips; only those in the runs of ``bounds``."""
        return self.names.bearing(typed, bounds)

    def _is_doubtful(self, word: str, is_alone: bool) -> bool:
        if self._vocabulary.spells(word):
            return False
        rarity = self.reader.rarity(stem(word))
        return not rarity or (not is_alone and rarity >= DOUBTFUL)

    def matched(self, asked: Sequence[Word], rows: Ints) -> list[tuple[str, ...]]:
        """For each of some rows the words of the question, folded, that it has in some form: for a reason in words."""
        found: list[list[str]] = [[] for _ in rows]
        for word in asked:
            here = np.zeros(len(rows), np.bool_)
            for base, _ in word.forms:
                here |= is_among(rows, self.postings.get(base)[0]) | is_among(rows, self.postings.get(TAGGED + base)[0])
            for code, _ in word.codes:
                for narrower in self._vocabulary.descendants(SUPPORTS, code):
                    here |= is_among(rows, self.supports.get(narrower)[0])
            for place in np.flatnonzero(here).tolist():
                found[place].append(word.text)
        return [tuple(words) for words in found]

    def having(self, stem: str) -> int:
        """How many rows have a stem, in their own words or in the labels of their tags, whichever are more."""
        return max(self.postings.having(stem), self.postings.having(TAGGED + stem))

    def having_support(self, code: str) -> int:
        """How many rows offer a kind of support, or a narrower one."""
        if (known := self._having_support.get(code)) is None:
            known = self._having_support[code] = len(self.supports.rows_of_any(self._vocabulary.descendants(SUPPORTS, code)))
        return known

    def nearest(self, word: str) -> tuple[Repair, ...]:
        """The written words that a misspelt one is nearest to."""
        return self.spellings.nearest(word)

    def _word(self, word: Word, bounds: Ints | None) -> Hits:
        """One word's hits from all it may stand for: counts are added up, the surest counts."""
        found = [source for source in self._sources(word, bounds) if len(source[0])]
        sources = [Hits(rows.astype(np.int64), counts, np.full(len(rows), sure)) for rows, counts, sure in found]
        if len(sources) == 1:
            return sources[0]
        if not sources:
            return Hits(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
        rows, place = together([one.rows for one in sources])
        sure = np.zeros(len(rows))
        np.maximum.at(sure, place, np.concatenate([one.sure for one in sources]))
        counts = np.bincount(place, np.concatenate([one.counts for one in sources])).astype(np.float64)
        return Hits(rows, counts, sure)

    def _sources(self, word: Word, bounds: Ints | None) -> Iterator[tuple[NDArray[np.int32], Floats, float]]:
        for base, sure in word.forms:
            for key in (base, TAGGED + base):
                rows, halves = self.postings.get(key, bounds)
                yield rows, halves / UNIT, sure
        for code, weight in word.codes:
            rows = self.supports.rows_of_any(sorted(self._vocabulary.descendants(SUPPORTS, code)), bounds)
            yield rows, np.full(len(rows), LABELS * weight), SYNONYM


def is_among(rows: Ints, held: NDArray[np.int32]) -> Bools:
    """Which of some rows are in a rising list."""
    if not len(held):
        return np.zeros(len(rows), np.bool_)
    return np.asarray(held[np.minimum(held.searchsorted(rows.astype(np.int32)), len(held) - 1)] == rows)


def together(many: Sequence[Ints]) -> tuple[Ints, Ints]:
    """The distinct rows of several rising lists, rising, and for each entry of the lists, put one after the other, the place of its row among them."""
    lists = [one for one in many if len(one)]
    if len(lists) <= 1:
        return (lists[0], np.arange(len(lists[0]))) if lists else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    entries = np.concatenate(lists)
    first, last = min(int(one[0]) for one in lists), max(int(one[-1]) for one in lists)
    if last - first > SPARSE * len(entries):
        rows, place = np.unique(entries, return_inverse=True)
        return rows, place
    entries -= first
    seen, numbers = np.zeros(last - first + 1, np.bool_), np.empty(last - first + 1, np.int64)
    seen[entries] = True
    rows = seen.nonzero()[0]
    numbers[rows] = np.arange(len(rows))
    return rows + first, numbers[entries]
