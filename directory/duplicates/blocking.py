"""Which pairs are worth comparing: rows that share a key, never all with all.

Steps: (1) every row gives its keys; (2) rows with one key are a block; blocks are taken from the smallest up, while the pairs in them stay within a
budget that grows with the table; (3) a block too large for it is split by a second key of its rows, and taken the same way; (4) what is still too
large tells nothing ("community center" in a city of a million) and is let go.

Keys lie in arrays, and are grouped a range of keys at a time: a table of a million rows has tens of millions of them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.duplicates.keys import first_keys, second_keys
from directory.duplicates.ready import Ready
from directory.duplicates.table import Table

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]
Places = NDArray[np.int64]

BASE_PAIRS = 300_000
"""Pairs that are compared in any case, so that small tables lose none."""
PAIRS_A_ROW = 4
KEYS_AT_ONCE = 1_000_000
MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern (2^64 by the golden ratio), to make one key of two."""


class Blocks(NamedTuple):
    """Rows by their keys, in the order of keys: ``rows[starts[k]:starts[k + 1]]`` are the rows with ``keys[k]``, in order."""

    keys: Keys
    rows: Rows
    starts: Places

    @property
    def sizes(self) -> Places:
        """How many rows each key has."""
        return np.diff(self.starts)


class Ragged(NamedTuple):
    """A list of keys for each row, one behind the other: those of row ``r`` are ``keys[starts[r]:starts[r + 1]]``."""

    keys: Keys
    starts: Places

    @property
    def rows(self) -> Rows:
        """The row of each key."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


def candidate_pairs(ready: Sequence[Ready], table: Table) -> Rows:
    """Pairs of row numbers worth comparing: an array of two columns, the smaller number first, no pair twice, in order."""
    count, budget = len(ready), BASE_PAIRS + PAIRS_A_ROW * len(ready)
    firsts = ragged(map(first_keys, ready))
    rows = firsts.rows
    whole, parts = _Taken(count, budget), _Taken(count, budget)
    for blocks in grouped(firsts.keys, rows):
        whole.add(blocks)
    if whole.leaves_some:
        seconds = ragged(second_keys(row, table) for row in ready)
        for blocks in grouped(firsts.keys, rows):
            parts.add(_sorted(*_split(blocks, blocks.sizes > whole.most, seconds)))
    both = np.unique(np.concatenate([*whole.pairs(), *parts.pairs(), np.zeros(0, dtype=np.int64)]))
    return np.stack(((both // max(1, count)).astype(np.int32), (both % max(1, count)).astype(np.int32)), axis=1)


def ragged(lists: Iterable[Sequence[int]]) -> Ragged:
    """Lists of keys, one a row, in arrays; they may come as a stream."""
    keys, ends = array("Q"), array("q", [0])
    for each in lists:
        keys.extend(each)
        ends.append(len(keys))
    return Ragged(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(ends, dtype=np.int64))


def grouped(keys: Keys, rows: Rows) -> Iterator[Blocks]:
    """Rows by their keys, a range of keys at a time, so that about a million are sorted at once; keys are spread evenly, being hashes."""
    count = max(1, -(-len(keys) // KEYS_AT_ONCE))
    edges = [(2**64 * number) // count for number in range(count)]
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        within = keys >= np.uint64(low)
        if high is not None:
            within &= keys < np.uint64(high)
        yield _sorted(keys[within], rows[within])


def _sorted(keys: Keys, rows: Rows) -> Blocks:
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, dtype=np.int64)
    return Blocks(keys[first], rows, np.append(first, len(keys)).astype(np.int64))


class _Taken:
    """The pairs of blocks, the smallest blocks first, while they stay within the budget; of blocks that turn out too large nothing is kept."""

    def __init__(self, count: int, budget: int) -> None:
        self._count, self._budget = count, budget
        self._blocks = Counter[int]()
        self._pairs: dict[int, list[Places]] = {}
        self.most = 1
        """The largest size at which all pairs of blocks no larger are within the budget."""

    @property
    def leaves_some(self) -> bool:
        """Whether there are blocks that are too large."""
        return any(size > self.most for size in self._blocks)

    def add(self, blocks: Blocks) -> None:
        """Further blocks, with other keys than those before."""
        sizes = blocks.sizes
        found, counts = np.unique(sizes[sizes > 1], return_counts=True)
        self._blocks.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))
        self.most = self._limit()
        for size in found[found <= self.most].tolist():
            self._pairs.setdefault(size, []).append(_pairs(blocks.rows, blocks.starts[:-1][sizes == size], size, self._count))
        for size in [size for size in self._pairs if size > self.most]:
            del self._pairs[size]

    def pairs(self) -> list[Places]:
        """Each pair as smaller row * count + larger row; some may come twice."""
        return [pairs for of_size in self._pairs.values() for pairs in of_size]

    def _limit(self) -> int:
        left, largest = self._budget, 1
        for size, blocks in sorted(self._blocks.items()):
            left -= blocks * (size * (size - 1) // 2)
            if left < 0:
                return size - 1
            largest = size
        return largest


def _pairs(rows: Rows, starts: Places, size: int, count: int) -> Places:
    """All pairs inside blocks of one size, each as smaller row * count + larger row."""
    members = rows[starts[:, None] + np.arange(size)].astype(np.int64)
    one, other = np.triu_indices(size, 1)
    pairs = np.minimum(members[:, one], members[:, other]) * count + np.maximum(members[:, one], members[:, other])
    return np.unique(pairs[members[:, one] != members[:, other]])


def _split(blocks: Blocks, large: NDArray[np.bool_], seconds: Ragged) -> tuple[Keys, Rows]:
    """For each row in a block too large, its key made one with each of its second keys."""
    members = np.repeat(large, blocks.sizes)
    keys, rows = np.repeat(blocks.keys, blocks.sizes)[members], blocks.rows[members]
    lengths = np.diff(seconds.starts)[rows]
    entries = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
    within = np.arange(len(entries)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    second = seconds.keys[seconds.starts[rows[entries]] + within]
    first = keys[entries]
    other = first != second   # a word does not split its own block
    return (first[other] * MIX) ^ second[other], rows[entries][other]
