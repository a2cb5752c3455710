"""Whole names: which listings bear the name that somebody typed, in any order of its words and with a slip or two, found without comparing them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from matching.arrays import Ints
from matching.smallwords import STOP
from matching.stems import stem
from matching.strings import Strings
from matching.typos import CLASSES, LONG, SHORTEST, signature
from matching.words import is_unspaced, words

word_signature = lru_cache(maxsize=65_536)(signature)
MOST_SLIPS = 2
"""Slips in a whole name."""


class Typed(NamedTuple):
    """What somebody typed as a ``key_of`` a name, and those of its words that may be slips."""

    key: str
    doubtful: frozenset[str]


class Named(NamedTuple):
    """Rows, rising, and how many slips the name of each is away from what was typed."""

    rows: Ints
    slips: Ints


NOBODY = Named(np.zeros(0, np.int64), np.zeros(0, np.int64))


class Names:
    """The distinct names of listings as the sorted words that tell, by number of letters, each with its rows.

    Like single words (``typos.Spellings``) they have signatures of 52 bits: what is more than 2k bits or k letters away is more than k slips away. A name
    that shares no length with what was typed is never looked at, and of a hundred thousand a few dozen are left to be read.
    """

    def __init__(
        self, keys: Strings, starts: Ints, signatures: NDArray[np.uint64], firsts: NDArray[np.int32], rows: NDArray[np.int32], number: NDArray[np.int32]
    ) -> None:
        """Keys of n letters begin at ``starts[n]``; key k is borne by ``rows[firsts[k]:firsts[k + 1]]``, rising; row r has the key ``number[r]``."""
        self._keys, self._starts, self._signatures = keys, starts, signatures
        self._firsts, self._rows, self._number = firsts, rows, number

    @classmethod
    def build(cls, names: Iterable[str]) -> Names:
        """The names of rows, in row order."""
        known: dict[str, str] = {}
        borne = [known[name] if name in known else known.setdefault(name, key_of(name)) for name in names]
        ordered = sorted(set(known.values()), key=lambda key: (letters(key), key))
        place = {key: at for at, key in enumerate(ordered)}
        number = np.array([place[key] for key in borne], np.int32)
        lengths = np.array([letters(key) for key in ordered], np.int64)
        starts = np.searchsorted(lengths, np.arange((int(lengths[-1]) if len(lengths) else 0) + 2))
        signatures = np.fromiter(map(signature_of, ordered), np.uint64, len(ordered))
        rows = np.argsort(number, kind="stable").astype(np.int32)
        firsts = number[rows].searchsorted(np.arange(len(ordered) + 1)).astype(np.int32)
        return cls(Strings.build(ordered), starts, signatures, firsts, rows, number)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        held: dict[str, NDArray[Any]] = {"lengths": self._starts, "signatures": self._signatures, "firsts": self._firsts, "rows": self._rows}
        held["number"] = self._number
        return {**held, **self._keys.arrays()}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Names:
        """What ``arrays`` gave."""
        return cls(Strings.of(arrays), *(arrays[name] for name in ("lengths", "signatures", "firsts", "rows", "number")))

    def bearing(self, typed: Typed, bounds: Ints | None = None) -> Named:
        """The rows that bear a name, in the runs of ``bounds`` only; with slips in doubtful words, or other forms of the same."""
        found: list[tuple[Ints, int]] = []
        for number in self._candidates(typed.key, bounds) if typed.key else ():
            slips = slips_between(typed.key, self._keys[number], typed.doubtful)
            if slips is not None and len(rows := self._rows_of(number, bounds)):
                found.append((rows, slips))
        if not found:
            return NOBODY
        rows = np.concatenate([one for one, _ in found])
        order = np.argsort(rows)
        return Named(rows[order], np.concatenate([np.full(len(one), slips) for one, slips in found])[order])

    def _candidates(self, typed: str, bounds: Ints | None) -> list[int]:
        """Numbers, rising, of the keys that may be near enough, of those that lie in reach when that is the smaller choice."""
        last, length = len(self._starts) - 1, letters(typed)
        low, high = (int(self._starts[min(max(0, one), last)]) for one in (length - MOST_SLIPS, length + MOST_SLIPS + 1))
        asked = np.uint64(signature_of(typed))
        if bounds is not None and int((bounds[1::2] - bounds[::2]).sum()) < (high - low) // 4:
            held = np.concatenate([self._number[start:end] for start, end in bounds.reshape(-1, 2).tolist()] or [self._number[:0]])
            numbers = held[(held >= low) & (held < high)]
            return sorted(set(numbers[np.bitwise_count(self._signatures[numbers] ^ asked) <= 2 * MOST_SLIPS].tolist()))
        return [low + at for at in np.flatnonzero(np.bitwise_count(self._signatures[low:high] ^ asked) <= 2 * MOST_SLIPS).tolist()]

    def _rows_of(self, number: int, bounds: Ints | None) -> Ints:
        rows = self._rows[self._firsts[number] : self._firsts[number + 1]].astype(np.int64)
        if bounds is None:
            return rows
        return np.asarray(rows[bounds.searchsorted(rows, "right") % 2 == 1])


def key_of(name: str) -> str:
    """The telling words of a name, folded, in order of the alphabet, so that their own order does not count; all its words when none is telling."""
    spelt = words(name)
    return " ".join(sorted([word for word in spelt if word not in STOP] or spelt))


def signature_of(key: str) -> int:
    """Which letters a key has, and which of them twice, put together from those of its words."""
    once = twice = 0
    for word in key.split():
        both = word_signature(word)
        twice |= both >> CLASSES | (once & both)
        once |= both & ((1 << CLASSES) - 1)
    return once | twice << CLASSES


def letters(key: str) -> int:
    """How many letters a key has, spaces apart."""
    return len(key) - key.count(" ")


def slips_between(typed: str, name: str, doubtful: Collection[str]) -> int | None:
    """How many slips lie between two keys; None when they are more than ``MOST_SLIPS`` or not slips.

    Words that both have are put aside. What is left must be as many words on both sides, of letters alone and not too short; they are paired in the way
    that leaves fewest slips, a typed word only with another form of itself unless it is ``doubtful``. A short word that is all there is may hold one slip.
    """
    if typed == name:
        return 0
    left, other = Counter(typed.split()), Counter(name.split())
    wrong, right = [*(left - other).elements()], [*(other - left).elements()]
    if len(wrong) != len(right) or len(wrong) > MOST_SLIPS or not all(map(may_slip, wrong, right)):
        return None
    least = min(sum(slips_in(*pair, doubtful) for pair in zip(some, right, strict=True)) for some in permutations(wrong))
    return least if least <= (MOST_SLIPS if " " in name or len(name) >= LONG else int(len(name) >= SHORTEST)) else None


def slips_in(typed: str, word: str, doubtful: Collection[str]) -> int:
    """The slips between two words; too many where one cannot have been meant for the other."""
    return OSA.distance(typed, word) if typed in doubtful or stem(typed) == stem(word) else MOST_SLIPS + 1


def may_slip(*both: str) -> bool:
    """Say whether two words are of letters, and what is left of them enough to be known by."""
    return all(word.isalpha() and not is_unspaced(word[0]) and len(word) > 1 for word in both) and max(map(len, both)) >= SHORTEST - 1
