"""Words and neighbouring words of sentences by number, so that what is known of many thousands of them lies in a few arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import numpy as np

from matching.arrays import Ints
from matching.smallwords import SMALL_IN_SENTENCES
from matching.stems import gist

PAIR = 2**24
"""A pair is the number of its first word times this and the number of its second; a word alone is its number. Numbers begin with 1."""


class ByWord(dict[str, int]):
    """The numbers of words; one that was not met before has that of its root, or a new one."""

    def __init__(self, by_root: dict[str, int]) -> None:
        super().__init__()
        self._by_root = by_root

    def __missing__(self, word: str) -> int:
        number = self[word] = self._by_root.setdefault(gist(word), len(self._by_root) + 1)
        return number


class Numbers:
    """Roots of words by number. Reading sentences adds to them; asking what they hold does not."""

    def __init__(self) -> None:
        self._by_root: dict[str, int] = {}
        self._by_word = ByWord(self._by_root)

    def __len__(self) -> int:
        return len(self._by_root)

    def __contains__(self, base: str) -> bool:
        return base in self._by_root

    def take_in(self, spelt: Iterable[str]) -> list[int]:
        """The numbers of the roots of folded words, new ones for those that have none."""
        return [self._by_word[word] for word in spelt]

    def of(self, roots: Iterable[str]) -> list[int]:
        """The numbers of roots, 0 for those that no sentence has."""
        return [self._by_root.get(base, 0) for base in roots]


def speaking(spelt: Sequence[str], numbers: Sequence[int]) -> set[int]:
    """What a text says: of folded words and their numbers, the words that are known and no small words, and each two neighbours that are known, small or
    not."""
    found = {number for word, number in zip(spelt, numbers, strict=True) if number and word not in SMALL_IN_SENTENCES}
    found.update([left * PAIR + right for left, right in pairwise(numbers) if left and right])
    return found


def found_among(keys: Ints, said: Collection[int]) -> Ints:
    """The places among rising ``keys`` of those that were said."""
    wanted = np.array(sorted(said), np.int64)
    places = keys.searchsorted(wanted)
    return np.asarray(places[keys.take(places, mode="clip") == wanted] if len(keys) else places[:0])
