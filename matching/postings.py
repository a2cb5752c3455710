"""Which rows have a key (a word, a code) and how much of it, as flat arrays that can be written to disk and mapped."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Counts = NDArray[np.float32]


class Postings:
    """Key number k has ``rows[starts[k]:starts[k + 1]]``, ascending, each row once, and as many ``counts``."""

    def __init__(self, size: int, keys: Mapping[str, int], starts: NDArray[np.int64], rows: Rows, counts: Counts) -> None:
        self.size = size
        self.keys = keys
        self.starts = starts
        self.rows = rows
        self.counts = counts

    @classmethod
    def build(cls, counts_by_row: Iterable[Mapping[str, float]]) -> Postings:
        """Turn what each row has into what each key is in; row numbers follow the order given."""
        keys: dict[str, int] = {}
        numbers, rows, counts = array("i"), array("i"), array("f")
        size = 0
        for row, held in enumerate(counts_by_row):
            size = row + 1
            for key, count in held.items():
                numbers.append(keys.setdefault(key, len(keys)))
                rows.append(row)
                counts.append(count)
        by_key = np.frombuffer(numbers, dtype=np.int32) if numbers else np.zeros(0, dtype=np.int32)
        order = np.argsort(by_key, kind="stable")  # stable, so that rows stay ascending within a key
        starts = np.searchsorted(by_key[order], np.arange(len(keys) + 1))
        return cls(size, keys, starts, np.array(rows, dtype=np.int32)[order], np.array(counts, dtype=np.float32)[order])

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def get(self, key: str) -> tuple[Rows, Counts]:
        """Return the rows of ``key`` and their counts, as views; both empty when no row has it."""
        at = self.keys.get(key)
        if at is None:
            return self.rows[:0], self.counts[:0]
        span = slice(self.starts[at], self.starts[at + 1])
        return self.rows[span], self.counts[span]

    def rows_of_any(self, keys: Iterable[str]) -> Rows:
        """Return the rows that have at least one of ``keys``, ascending, each once."""
        found = [rows for key in keys if len(rows := self.get(key)[0])]
        if not found:
            return self.rows[:0]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))
