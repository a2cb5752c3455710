"""Sets of codes, one a row, each different set kept once: what a question asks of a set is worked out once for all the rows that have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import EVERY_ROW, Bits, Bools, Floats, Rows

Closeness = tuple[tuple[float, frozenset[str]], ...]
"""How near the codes of a column are to one wanted code: (similarity in (0, 1], the codes), rising."""
MOST_REMEMBERED = 256
Numbers = NDArray[np.unsignedinteger[Any]]


class Numbered(dict[frozenset[str], int]):
    """The number of each different set, in the order in which they are met."""

    def __missing__(self, held: frozenset[str]) -> int:
        number = self[held] = len(self)
        return number


class CodeSets:
    """Row r has the set ``sets[number[r]]``; codes in sorted order give each its bit in the masks of the sets.

    What is known of sets is read for rows by ``take``, which is three times as fast as an index of small whole numbers.
    """

    def __init__(self, number: Numbers, masks: Bits, codes: Sequence[str]) -> None:
        """``number``: one a row; ``masks``: a line of 64-bit words for each different set."""
        self.number = number
        self.masks = masks
        self.codes: tuple[str, ...] = tuple(codes)
        self._place = {code: divmod(number, 64) for number, code in enumerate(self.codes)}
        self._stated: Bools = np.asarray(self.masks.any(axis=1))
        self._sets: dict[int, frozenset[str]] = {}
        self._any: dict[frozenset[str], Bools] = {}

    @classmethod
    def build(cls, sets: Sequence[frozenset[str]]) -> CodeSets:
        """One set for each row."""
        numbers = Numbered()
        number = np.fromiter(map(numbers.__getitem__, sets), np.int64, len(sets))
        codes = sorted(frozenset().union(*numbers))
        place = {code: divmod(at, 64) for at, code in enumerate(codes)}
        masks = np.zeros((len(numbers), (len(codes) + 63) // 64), np.uint64)
        for line, held in enumerate(numbers):
            for word, mask in masks_of(held, place).items():
                masks[line, word] = mask
        return cls(number.astype(np.uint16 if len(numbers) <= 1 << 16 else np.uint32), masks, codes)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk, beside the codes."""
        return {"number": self.number, "masks": self.masks}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], codes: Sequence[str]) -> CodeSets:
        """What ``arrays`` gave."""
        return cls(arrays["number"], arrays["masks"], codes)

    def held(self, row: int) -> frozenset[str]:
        """The set of one row."""
        number = int(self.number[row])
        if (known := self._sets.get(number)) is None:
            line = self.masks[number].tolist()
            known = self._sets[number] = frozenset(code for code, (word, bit) in self._place.items() if line[word] >> bit & 1)
        return known

    def any(self, codes: Iterable[str], rows: Rows = EVERY_ROW) -> Bools:
        """Rows that have at least one of ``codes``."""
        return np.asarray(self.any_set(frozenset(codes)).take(self.number[rows]))

    def any_set(self, codes: frozenset[str]) -> Bools:
        """Different sets that have at least one of ``codes``."""
        if (known := self._any.get(codes)) is None:
            known = np.zeros(len(self.masks), np.bool_)
            for word, mask in masks_of(codes, self._place).items():
                known |= (self.masks[:, word] & np.uint64(mask)) != 0
            if len(self._any) >= MOST_REMEMBERED:
                self._any.clear()
            self._any[codes] = known
        return known

    def stated(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows whose set is not empty."""
        return np.asarray(self._stated.take(self.number[rows]))

    def within(self, codes: Iterable[str], rows: Rows = EVERY_ROW) -> Bools:
        """Rows whose set is not empty and holds nothing but ``codes``."""
        masks = masks_of(codes, self._place)
        inside = self._stated.copy()
        for word in range(self.masks.shape[1]):
            inside &= self.masks[:, word] & ~np.uint64(masks.get(word, 0)) == 0
        return np.asarray(inside.take(self.number[rows]))

    def nearest(self, closeness: Closeness, rows: Rows = EVERY_ROW) -> Floats:
        """The similarity of each row's nearest code, 0 where none is near."""
        return np.asarray(self.nearest_set(closeness).take(self.number[rows]))

    def nearest_set(self, closeness: Closeness) -> Floats:
        """The similarity of the nearest code of each different set."""
        best = np.zeros(len(self.masks))
        for similarity, codes in closeness:
            best[self.any_set(codes)] = similarity
        return best


def masks_of(codes: Iterable[str], place: Mapping[str, tuple[int, int]]) -> dict[int, int]:
    """The bits of ``codes`` by word of 64; a code that nobody has stands nowhere."""
    masks: dict[int, int] = {}
    for code in codes:
        if (at := place.get(code)) is not None:
            masks[at[0]] = masks.get(at[0], 0) | 1 << at[1]
    return masks
