"""Words and neighbouring words of sentences by number, so that what is known of many thousands of them lies in a few arrays that can be kept in a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from matching.arrays import Bits, Ints
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


class Known(NamedTuple):
    """Roots of words and their numbers: the digests of the roots (64 bits of XXH3), rising, and the number of each."""

    digests: Bits
    numbers: NDArray[np.int32]

    def of(self, roots: Iterable[str]) -> list[int]:
        """The numbers of roots, 0 for those that no sentence has."""
        wanted = digests_of(roots)
        if not len(self.digests):
            return [0] * len(wanted)
        places = self.digests.searchsorted(wanted)
        met = self.digests.take(places, mode="clip") == wanted
        return [number if is_met else 0 for number, is_met in zip(self.numbers.take(places, mode="clip").tolist(), met.tolist(), strict=True)]


class Numbers:
    """Roots of words by number, while sentences are read."""

    def __init__(self) -> None:
        self._by_root: dict[str, int] = {}
        self._by_word = ByWord(self._by_root)

    def __len__(self) -> int:
        return len(self._by_root)

    def take_in(self, spelt: Iterable[str]) -> list[int]:
        """The numbers of the roots of folded words, new ones for those that have none."""
        return [self._by_word[word] for word in spelt]

    def known(self) -> Known:
        """The same, to be asked and to be kept."""
        digests = digests_of(self._by_root)
        order = np.argsort(digests)
        return Known(digests[order], np.fromiter(self._by_root.values(), np.int32, len(digests))[order])


def digests_of(roots: Iterable[str]) -> Bits:
    """64 bits of each root."""
    return np.array([xxhash.xxh3_64_intdigest(base.encode(errors="surrogatepass")) for base in roots], np.uint64)


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
