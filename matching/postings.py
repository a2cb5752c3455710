"""Which rows have a key (a word, a code) and how much of it, as flat arrays that lie on disk and are cut to the rows in reach before they are read."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.strings import Keys

Rows = NDArray[np.int32]
Counts = NDArray[np.uint8]
T = TypeVar("T", bound=np.generic)
UNIT = 2
"""Counts are kept in halves, which all the weights of ``text`` are made of, up to 127.5: by then a word has long had its effect."""
MOST = 255


class Postings:
    """Key number k has ``rows[starts[k]:starts[k + 1]]``, ascending, each row once, and as many ``counts``, in halves."""

    def __init__(self, size: int, keys: Keys, starts: NDArray[np.int64], rows: Rows, counts: Counts) -> None:
        self.size = size
        self.keys = keys
        self.starts = starts
        self.rows = rows
        self.counts = counts

    @classmethod
    def build(cls, keys_by_row: Iterable[Iterable[str]]) -> Postings:
        """Turn the keys that each row has into the rows that each key is in; row numbers follow the order given."""
        met: dict[str, int] = {}
        numbers, rows = array("i"), array("i")
        size = 0
        for row, held in enumerate(keys_by_row):
            size = row + 1
            found = [met.setdefault(key, len(met)) for key in held]
            numbers.extend(found)
            rows.extend([row] * len(found))
        return cls.gather(size, list(met), np.asarray(numbers), np.asarray(rows), np.full(len(rows), UNIT, np.uint8))

    @classmethod
    def gather(cls, size: int, names: Sequence[str], numbers: Rows, rows: Rows, halves: Counts) -> Postings:
        """Bring single occurrences together: each is the number of its key among ``names``, its row, and what it counts in halves."""
        place = np.empty(max(len(names), 1), np.int64)
        place[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        both = place[numbers] << 32 | rows
        order = np.argsort(both)
        both = both[order]
        first = np.flatnonzero(np.diff(both, prepend=-1))
        counts = np.add.reduceat(halves[order], first, dtype=np.int64) if len(first) else np.zeros(0, np.int64)
        starts = (both[first] >> 32).searchsorted(np.arange(len(names) + 1))
        held = (both[first] & 0xFFFFFFFF).astype(np.int32)
        return cls(size, Keys.build(names), starts.astype(np.int64), held, np.minimum(counts, MOST).astype(np.uint8))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        return {"starts": self.starts, "rows": self.rows, "counts": self.counts, **{f"keys/{name}": one for name, one in self.keys.arrays().items()}}

    @classmethod
    def of(cls, size: int, arrays: Mapping[str, NDArray[Any]]) -> Postings:
        """What ``arrays`` gave."""
        keys = Keys.of({name: arrays[f"keys/{name}"] for name in ("data", "starts")})
        return cls(size, keys, arrays["starts"], arrays["rows"], arrays["counts"])

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def having(self, key: str) -> int:
        """How many rows have ``key``."""
        at = self.keys.find(key)
        return 0 if at is None else int(self.starts[at + 1] - self.starts[at])

    def get(self, key: str, bounds: Ints | None = None) -> tuple[Rows, Counts]:
        """The rows of ``key`` and their counts in halves; only those in the runs [from, to, from, to ...] of ``bounds``, when some are given."""
        at = self.keys.find(key)
        if at is None:
            return self.rows[:0], self.counts[:0]
        span = slice(self.starts[at], self.starts[at + 1])
        rows, counts = self.rows[span], self.counts[span]
        if bounds is None:
            return rows, counts
        runs = runs_in(rows, bounds)
        return in_runs(rows, runs), in_runs(counts, runs)

    def rows_of_any(self, keys: Iterable[str], bounds: Ints | None = None) -> Rows:
        """The rows that have at least one of ``keys``, ascending, each once."""
        found = [rows for key in keys if len(rows := self.get(key, bounds)[0])]
        if not found:
            return self.rows[:0]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def runs_in(rows: NDArray[Any], bounds: Ints) -> list[slice]:
    """Where rising rows lie in the runs [from, to, from, to ...] of ``bounds``."""
    cuts = rows.searchsorted(bounds.astype(rows.dtype, copy=False)).tolist()
    return [slice(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if end > start]


def in_runs(values: NDArray[T], runs: Sequence[slice]) -> NDArray[T]:
    """The values in some runs, one after the other."""
    if len(runs) == 1:
        return values[runs[0]]
    return np.concatenate([values[run] for run in runs]) if runs else values[:0]
