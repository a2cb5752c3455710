"""Repair of misspelt words: which known words lie within one or two slips of an unknown one, found without comparing them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from matching.strings import Strings
from matching.words import is_unspaced

LONG = 8
"""Letters from which a word may hold two slips; shorter words one."""
CLASSES = 26
"""Of letters, in a signature."""
SHORTEST = 4
"""Letters under which a word is taken as written: too many other words are one slip away."""


class Repair(NamedTuple):
    """A known word and how many slips away it is (OSA distance: a letter added, left out, changed, or two neighbours swapped)."""

    word: str
    slips: int


class Spellings:
    """Known words, ready to be searched by nearness.

    Each word has a signature of 52 bits: 26 classes of letters, and for each whether it occurs at all and whether it occurs twice. One slip
    changes at most two bits, so a word whose signature differs in more than 2k bits, or whose length differs by more than k, is more than k
    slips away and need not be looked at. Letters outside a-z are spread over the same classes: any fixed spread keeps that bound.
    """

    def __init__(self, words: Sequence[str], starts: NDArray[np.int64], signatures: NDArray[np.uint64]) -> None:
        """``words`` by length; those of n letters begin at ``starts[n]``."""
        self._words = words
        self._starts = starts
        self._signatures = signatures

    @classmethod
    def build(cls, words: Iterable[str]) -> Spellings:
        """Make ``words`` ready."""
        ordered = sorted(set(words), key=lambda word: (len(word), word))
        lengths = np.array([len(word) for word in ordered], dtype=np.int64)
        longest = int(lengths[-1]) if len(lengths) else 0
        signatures = np.fromiter(map(signature, ordered), dtype=np.uint64, count=len(ordered))
        return cls(ordered, np.searchsorted(lengths, np.arange(longest + 2)), signatures)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        texts = Strings.build(self._words).arrays()
        return {"lengths": self._starts, "signatures": self._signatures, **texts}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Spellings:
        """What ``arrays`` gave."""
        return cls(Strings.of(arrays), arrays["lengths"], arrays["signatures"])

    def nearest(self, word: str) -> tuple[Repair, ...]:
        """Return every known word at the smallest distance within the limit for ``word``, in alphabetical order; empty when it cannot be repaired."""
        limit = most_slips(word)
        if not limit:
            return ()
        found = [Repair(near, slips) for near in self._candidates(word, limit) if (slips := OSA.distance(word, near, score_cutoff=limit)) <= limit]
        least = min((repair.slips for repair in found), default=0)
        return tuple(sorted(repair for repair in found if repair.slips == least))

    def _candidates(self, word: str, limit: int) -> list[str]:
        last = len(self._starts) - 1
        low = int(self._starts[min(max(0, len(word) - limit), last)])
        high = int(self._starts[min(len(word) + limit + 1, last)])
        differing = np.bitwise_count(self._signatures[low:high] ^ np.uint64(signature(word)))
        return [self._words[low + at] for at in np.flatnonzero(differing <= 2 * limit).tolist()]


def most_slips(word: str) -> int:
    """Return how many slips ``word`` may hold: 0 when it is short, has a digit, or is of a script that is read by pairs of characters."""
    if len(word) < SHORTEST or not word.isalpha() or is_unspaced(word[0]):
        return 0
    return 1 if len(word) < LONG else 2


def halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read one word as two written together ("foodbank"), each half of four letters or more."""
    if most_slips(word):
        yield from ((word[:at], word[at:]) for at in range(SHORTEST, len(word) - SHORTEST + 1))


def signature(word: str) -> int:
    """Which letters a word has, and which of them twice, as 52 bits."""
    once = twice = 0
    for letter in word:
        bit = 1 << (ord(letter) - 97) % CLASSES
        twice |= once & bit
        once |= bit
    return once | twice << CLASSES
