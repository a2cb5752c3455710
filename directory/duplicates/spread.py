"""How many different others go with each value (doors with a phone, phones with a door), where that is more than one: two sorted arrays."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from directory.duplicates.text import number_of


class Spread:
    """Values and others are texts, kept as their numbers: a million pairs take 16 MB while they are counted, and a tenth of it afterwards."""

    def __init__(self) -> None:
        self._pairs = array("Q"), array("Q")
        self._values, self._counts = array("Q"), array("I")

    def add(self, values: Iterable[str], others: Iterable[str]) -> None:
        """Each value goes with each of the others."""
        numbers = [number_of(other) for other in others]
        for value in values if numbers else ():
            self._pairs[0].extend([number_of(value)] * len(numbers))
            self._pairs[1].extend(numbers)

    def count(self) -> None:
        """Count what was added; afterwards nothing more is."""
        values, others = (np.frombuffer(column, dtype=np.uint64) for column in self._pairs)
        order = np.lexsort((others, values))
        values, others = values[order], others[order]
        is_new = np.ones(len(values), dtype=np.bool_)
        is_new[1:] = (values[1:] != values[:-1]) | (others[1:] != others[:-1])
        found, counts = np.unique(values[is_new], return_counts=True)
        self._values.frombytes(found[counts > 1].tobytes())
        self._counts.frombytes(counts[counts > 1].astype(np.uint32).tobytes())
        self._pairs = array("Q"), array("Q")

    def of(self, value: str) -> int:
        """How many others go with a value; 1 where there are no more, or none."""
        number = number_of(value)
        at = bisect_left(self._values, number)
        return self._counts[at] if at < len(self._values) and self._values[at] == number else 1
