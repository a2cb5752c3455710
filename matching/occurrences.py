"""The words of listings, read for an index: each different passage once, however many listings have it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.postings import UNIT
from matching.smallwords import STOP
from matching.stems import stem
from matching.values import Listing
from matching.vocabulary import AUDIENCES, COMMUNITIES, INTERESTS, SUPPORTS, Vocabulary
from matching.words import words

NAME, KEYWORDS, LABELS, ORGANIZATION, DESCRIPTION = 3.0, 2.0, 2.0, 1.5, 1.0
"""What one occurrence counts in each part of a listing; halves at the finest, since counts are kept in halves."""
TAGGED = "#"
"""Stands before the stems that come from the labels of tags, so that a listing's own words can be asked apart from them."""


class Occurrences(NamedTuple):
    """Every occurrence of a stem: its number among ``stems``, the row it is in, and what it counts in halves; and every word as it was ``spelt``."""

    stems: tuple[str, ...]
    spelt: frozenset[str]
    numbers: NDArray[np.int32]
    rows: NDArray[np.int32]
    halves: NDArray[np.uint8]


class Stems(dict[str, int | None]):
    """The number of each word's stem among all that are ``numbered``, with a mark before it; None for words that count for nothing."""

    def __init__(self, numbered: dict[str, int], mark: str = "") -> None:
        self.numbered, self.mark = numbered, mark

    def __missing__(self, word: str) -> int | None:
        number = None if word in STOP else self.numbered.setdefault(self.mark + stem(word), len(self.numbered))
        self[word] = number
        return number


class Passages(dict[Hashable, int]):
    """The number of each different passage; passage k has the stems ``stems[starts[k]:starts[k + 1]]``. Several kinds lie in the same two arrays."""

    def __init__(self, known: Stems, texts_of: Callable[[Any], Iterable[str]], stems: array[int], starts: array[int]) -> None:
        self.known, self.texts_of, self.stems, self.starts = known, texts_of, stems, starts

    def __missing__(self, held: Hashable) -> int:
        known = self.known
        for text in self.texts_of(held):
            self.stems.extend([number for word in words(text, alone=True) if (number := known[word]) is not None])
        number = self[held] = len(self.starts) - 1
        self.starts.append(len(self.stems))
        return number


def read(listings: Sequence[Listing], vocabulary: Vocabulary) -> Occurrences:
    """Read the words of ``listings`` and the labels of their tags; rows follow their order.

    1. Number the passages that each part of the listings has, reading one where it is met first. 2. Put their stems in the place of the passages.
    """
    distinct: dict[str, int] = {}
    own, tagged, stems, starts = Stems(distinct), Stems(distinct, TAGGED), array("i"), array("q", [0])
    found: list[tuple[NDArray[np.int32], float]] = []
    for held_by, weight in OWN_TEXTS:
        found.append((numbers_of(Passages(own, _alone, stems, starts), map(held_by, listings), len(listings)), weight))
    found.append((numbers_of(Passages(own, tuple, stems, starts), (one.keywords for one in listings), len(listings)), KEYWORDS))
    for taxonomy, codes_of in TAGS:
        labels = Passages(tagged, partial(_labels, vocabulary, taxonomy), stems, starts)
        found.append((numbers_of(labels, map(codes_of, listings), len(listings)), LABELS))
    which, lengths = expand(np.asarray(starts), np.concatenate([passages for passages, _ in found]))
    rows = np.repeat(np.tile(np.arange(len(listings), dtype=np.int32), len(found)), lengths)
    halves = np.repeat(np.repeat(np.array([round(weight * UNIT) for _, weight in found], np.uint8), len(listings)), lengths)
    spelt = frozenset(word for known in (own, tagged) for word, number in known.items() if number is not None)
    return Occurrences(tuple(distinct), spelt, np.asarray(stems)[which], rows, halves)


def numbers_of(passages: Passages, held: Iterable[Hashable], count: int) -> NDArray[np.int32]:
    """The number of the passage that each row has in one part."""
    return np.fromiter(map(passages.__getitem__, held), np.int32, count)


def expand(starts: Ints, passages: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Where the stems of some passages stand, one passage after the other, and how many each has."""
    lengths = np.diff(starts)[passages]
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts[:-1][passages] - (ends - lengths), lengths), lengths


def communities_of(listing: Listing) -> frozenset[str]:
    """Everybody whom a listing names as its people."""
    return listing.for_communities | listing.led_by | listing.welcomes


OWN_TEXTS: Final[tuple[tuple[Callable[[Listing], str], float], ...]] = (
    (attrgetter("name"), NAME),
    (attrgetter("organization_name"), ORGANIZATION),
    (attrgetter("description"), DESCRIPTION),
)
TAGS: Final[tuple[tuple[str, Callable[[Listing], frozenset[str]]], ...]] = (
    (SUPPORTS, attrgetter("supports")),
    (INTERESTS, attrgetter("interests")),
    (COMMUNITIES, communities_of),
    (AUDIENCES, attrgetter("only_for")),
)
"""The tags whose labels count as words of a listing, by vocabulary."""


def _alone(text: str) -> tuple[str]:
    return (text,)


def _labels(vocabulary: Vocabulary, taxonomy: str, codes: frozenset[str]) -> list[str]:
    return [vocabulary.label(taxonomy, code) for code in codes]
