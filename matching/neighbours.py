"""Words and neighbouring words of sentences by number, so that what is known of many thousands of them lies in a few arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from matching.arrays import Ints
from matching.smallwords import STOP
from matching.stems import root

PAIR = 2**24
"""A pair is the number of its first word times this and the number of its second; a word alone is its number. Numbers begin with 1."""


class Numbers:
    """Roots of words by number. Reading sentences adds to them; asking what they hold does not."""

    def __init__(self) -> None:
        self._by_word: dict[str, int] = {}
        self._by_root: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._by_root)

    def __contains__(self, base: str) -> bool:
        return base in self._by_root

    def take_in(self, spelt: Iterable[str]) -> list[int]:
        """The numbers of the roots of folded words, new ones for those that have none."""
        found = []
        for word in spelt:
            if (number := self._by_word.get(word)) is None:
                number = self._by_word[word] = self._by_root.setdefault(root(word), len(self._by_root) + 1)
            found.append(number)
        return found

    def of(self, roots: Iterable[str]) -> list[int]:
        """The numbers of roots, 0 for those that no sentence has."""
        return [self._by_root.get(base, 0) for base in roots]


def speaking(spelt: Sequence[str], numbers: Sequence[int]) -> set[int]:
    """What a text says: of folded words and their numbers, the words that are known and no small words, and each two neighbours that are known, small or
    not."""
    return {*(number for word, number in zip(spelt, numbers, strict=True) if number and word not in STOP), *_pairs(numbers)}


def found_among(keys: Ints, said: Collection[int]) -> Ints:
    """The places among rising ``keys`` of those that were said."""
    wanted = np.array(sorted(said), np.int64)
    places = keys.searchsorted(wanted)
    return np.asarray(places[keys.take(places, mode="clip") == wanted] if len(keys) else places[:0])


def _pairs(numbers: Iterable[int]) -> Iterator[int]:
    return (left * PAIR + right for left, right in pairwise(numbers) if left and right)
