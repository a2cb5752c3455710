"""Full text over listings: how well each row fits a person's words, as one number a row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.postings import Postings, Rows
from matching.smallwords import ASKING, STOP
from matching.stems import stem
from matching.typos import Spellings, halves
from matching.values import Listing
from matching.vocabulary import AUDIENCES, COMMUNITIES, INTERESTS, LONGEST_TEXT, SUPPORTS, Vocabulary
from matching.words import words

Scores = NDArray[np.float64]

NAME, KEYWORDS, LABELS, ORGANIZATION, DESCRIPTION = 3.0, 2.0, 2.0, 1.5, 1.0
"""What one occurrence counts in each part of a listing."""
SATURATION = 1.2
"""The k1 of BM25F. Its b is 0, so length counts for nothing: a listing never falls for having more words, and a full description is no fault.
What is lost by that is small, because the description weighs least and every word saturates."""
SYNONYM = 0.9
"""What a kind of support counts that a word stands for, against a label that holds the word itself."""
ONE_SLIP, TWO_SLIPS, OTHER_START = 0.6, 0.4, 0.7
"""How far a repaired word is trusted; less again when not even its first letter is the one that was typed."""
UNKNOWN = 0.4
"""What a word that no row has counts in the whole, against a word that one row has. More would sink every row for one odd word; with less, a
row that came to have that very word could fall."""
COVERAGE = 0.5
"""How much of the score hangs on the share of the question's words that a row has, beside how well it has them."""
PIVOT = 1.0


class Hits(NamedTuple):
    """Rows that have one word of a question: their weighted counts, and how sure it is (0 to 1) that the word is meant."""

    rows: Rows
    counts: Scores
    sure: Scores


class TextIndex:
    """The words of listings as postings, with the vocabulary that adds what people say instead. Read-only, so any number of threads may ask."""

    def __init__(self, postings: Postings, supports: Postings, spelt: dict[str, str], vocabulary: Vocabulary) -> None:
        """``postings`` is by stem, ``supports`` by code; ``spelt`` gives the stem of every word as it was written."""
        self.size = postings.size
        self._postings = postings
        self._supports = supports
        self._spellings = Spellings(spelt)
        self._spelt = spelt
        self._vocabulary = vocabulary

    @classmethod
    def build(cls, listings: Sequence[Listing], vocabulary: Vocabulary) -> TextIndex:
        """Read the words of ``listings``; row i of every answer is ``listings[i]``."""
        spelt: dict[str, str] = {}
        postings = Postings.build(_counts(listing, vocabulary, spelt) for listing in listings)
        supports = Postings.build(dict.fromkeys(listing.supports, 1.0) for listing in listings)
        return cls(postings, supports, spelt, vocabulary)

    def scores(self, query: str) -> Scores:
        """Return a number in [0, 1] for each row: 0 where no word of ``query`` hits.

        1. A row has a word with the certainty c and the weighted count t (BM25F: summed over the parts of the listing). Its part is c t / (k1 + t).
        2. Fit is the mean of the parts over the words of the question, weighted by idf = ln(1 + (N - n + .5) / (n + .5)), n rows having the word.
        3. Coverage is the same mean over the certainties alone.
        4. s = fit (1 - COVERAGE + COVERAGE coverage), squashed to (1 + pivot) s / (s + pivot).
        """
        fit, coverage = np.zeros(self.size), np.zeros(self.size)
        whole = 0.0
        for _, hits in self._read(query):
            weight = self._idf(len(hits.rows))
            whole += weight
            fit[hits.rows] += weight * hits.sure * hits.counts / (SATURATION + hits.counts)
            coverage[hits.rows] += weight * hits.sure
        if not whole:
            return fit
        s = fit / whole * (1 - COVERAGE + COVERAGE * coverage / whole)
        return np.minimum((1 + PIVOT) * s / (s + PIVOT), 1.0)

    def matched(self, query: str, row: int) -> tuple[str, ...]:
        """Return the words of ``query``, folded, that ``row`` has in some form: for a reason in words."""
        return tuple(word for word, hits in self._read(query) if row in hits.rows)

    def _read(self, query: str) -> list[tuple[str, Hits]]:
        """The telling words with their hits, in alphabetical order: sums come out the same, to the last bit, however the words are ordered."""
        spelt = set(words(query[:LONGEST_TEXT]))
        codes = self._vocabulary.recognise_words(sorted(spelt))
        telling = sorted(spelt - STOP - ASKING or spelt - STOP)
        parts = sorted({(part, word) for word in telling for part in self._parts(word, word in codes)})
        return [(part, self._hits(part, codes.get(word, {}))) for part, word in parts]

    def _idf(self, having: int) -> float:
        """A word no row has counts a part of what it would if one had it."""
        weight = math.log1p((self.size - max(having, 1) + 0.5) / (max(having, 1) + 0.5)) if self.size else 0.0
        return weight if having else UNKNOWN * weight

    def _parts(self, word: str, is_recognised: bool) -> tuple[str, ...]:
        if is_recognised or stem(word) in self._postings:
            return (word,)
        return next((both for both in halves(word) if all(stem(half) in self._postings for half in both)), (word,))

    def _is_unknown(self, word: str) -> bool:
        return stem(word) not in self._postings and not self._vocabulary.knows(word)

    def _hits(self, word: str, codes: dict[str, float]) -> Hits:
        """Exact before fuzzy: only a word that neither a listing nor a vocabulary has is taken for a misspelling."""
        found = [self._rows(base, sure) for base, sure in self._forms(word).items()]
        for code, weight in codes.items():
            rows = self._supports.rows_of_any(self._vocabulary.descendants(SUPPORTS, code))
            found.append(_evenly(rows, LABELS * weight, SYNONYM))
        return _together(found, self.size)

    def _forms(self, word: str) -> dict[str, float]:
        if not self._is_unknown(word):
            return {stem(word): 1.0}
        forms: dict[str, float] = {}
        for near, slips in self._spellings.nearest(word):
            trust = (ONE_SLIP if slips == 1 else TWO_SLIPS) * (1.0 if near[0] == word[0] else OTHER_START)
            forms[self._spelt[near]] = max(trust, forms.get(self._spelt[near], 0.0))
        return forms

    def _rows(self, base: str, sure: float) -> Hits:
        rows, counts = self._postings.get(base)
        return Hits(rows, counts.astype(np.float64), np.full(len(rows), sure))


def _counts(listing: Listing, vocabulary: Vocabulary, spelt: dict[str, str]) -> dict[str, float]:
    """What each stem counts in one listing; ``spelt`` learns the words."""
    counts: dict[str, float] = {}
    for text, weight in _parts_of(listing, vocabulary):
        for word in words(text, alone=True):
            if word not in STOP:
                base = spelt[word] = stem(word)
                counts[base] = counts.get(base, 0.0) + weight
    return counts


def _parts_of(listing: Listing, vocabulary: Vocabulary) -> Iterable[tuple[str, float]]:
    yield listing.name, NAME
    yield listing.organization_name, ORGANIZATION
    yield listing.description, DESCRIPTION
    for keyword in listing.keywords:
        yield keyword, KEYWORDS
    communities = listing.for_communities | listing.led_by | listing.welcomes
    labelled = ((SUPPORTS, listing.supports), (INTERESTS, listing.interests), (COMMUNITIES, communities), (AUDIENCES, listing.only_for))
    for taxonomy, codes in labelled:
        for code in codes:
            yield vocabulary.label(taxonomy, code), LABELS


def _evenly(rows: Rows, count: float, sure: float) -> Hits:
    return Hits(rows, np.full(len(rows), count), np.full(len(rows), sure))


def _together(found: Sequence[Hits], size: int) -> Hits:
    """One word's hits from several sources: counts are added up, the surest counts."""
    if len(found) == 1:
        return found[0]
    counts, sure = np.zeros(size), np.zeros(size)
    for hits in found:
        counts[hits.rows] += hits.counts  # no source has a row twice
        sure[hits.rows] = np.maximum(sure[hits.rows], hits.sure)
    rows = np.flatnonzero(sure).astype(np.int32)
    return Hits(rows, counts[rows], sure[rows])
