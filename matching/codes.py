"""Sets of codes, one a row, as columns of 64-bit masks: what makes "has any of these" one machine operation a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from matching.arrays import EVERY_ROW, Bits, Bools, Floats, Rows

Closeness = tuple[tuple[float, frozenset[str]], ...]
"""How near the codes of a column are to one wanted code: (similarity in (0, 1], the codes), rising."""


class CodeSets:
    """One set of codes for each of ``rows`` rows; codes in sorted order give each its bit."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self.rows = len(sets)
        self.codes: tuple[str, ...] = tuple(sorted(frozenset().union(*sets)))
        self._place = {code: divmod(number, 64) for number, code in enumerate(self.codes)}
        self._words = [np.zeros(self.rows, np.uint64) for _ in range((len(self.codes) + 63) // 64)]
        for row, codes in enumerate(sets):
            for word, mask in self._masks(codes).items():
                self._words[word][row] = mask
        self._nothing = np.zeros(self.rows, np.bool_)

    def _masks(self, codes: Iterable[str]) -> dict[int, int]:
        masks: dict[int, int] = {}
        for code in codes:
            if (place := self._place.get(code)) is not None:
                masks[place[0]] = masks.get(place[0], 0) | 1 << place[1]
        return masks

    def any(self, codes: Iterable[str], rows: Rows = EVERY_ROW) -> Bools:
        """Rows that have at least one of ``codes``."""
        found: Bools = self._nothing[rows].copy()
        for word, mask in self._masks(codes).items():
            found |= (self._words[word][rows] & np.uint64(mask)) != 0
        return found

    def stated(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows whose set is not empty."""
        found: Bools = self._nothing[rows].copy()
        for word in self._words:
            found |= word[rows] != 0
        return found

    def within(self, codes: Iterable[str], rows: Rows = EVERY_ROW) -> Bools:
        """Rows whose set is not empty and holds nothing but ``codes``."""
        masks = self._masks(codes)
        inside = self.stated(rows)
        for word, bits in enumerate(self._words):
            beyond: Bits = bits[rows] & ~np.uint64(masks.get(word, 0))
            inside &= beyond == 0
        return inside

    def nearest(self, closeness: Closeness, rows: Rows = EVERY_ROW) -> Floats:
        """The similarity of each row's nearest code, 0 where none is near."""
        best: Floats = np.zeros(len(self._nothing[rows]))
        for similarity, codes in closeness:
            best[self.any(codes, rows)] = similarity
        return best
