"""Which pairs are worth comparing: rows that share a key, never all with all.

Steps: (1) every row gives its keys; (2) rows with one key are a block; blocks are taken from the smallest up, while the pairs in them stay within a
budget that grows with the table; (3) a block too large for it is split by a second key of its rows, and taken the same way; (4) what is still too
large tells nothing ("community center" in a city of a million) and is let go.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from directory.duplicates.keys import first_keys, second_keys
from directory.duplicates.ready import Ready
from directory.duplicates.table import Table

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

BASE_PAIRS = 300_000
"""Pairs that are compared in any case, so that small tables lose none."""
PAIRS_A_ROW = 4
MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern (2^64 by the golden ratio), to make one key of two."""


class Keyed:
    """The first keys of all rows, sorted: ``rows[starts[k]:starts[k + 1]]`` are the rows with the ``k``-th key."""

    def __init__(self, ready: Sequence[Ready]) -> None:
        keys, rows = ragged([first_keys(row) for row in ready])
        self.keys, self.rows, self.starts = grouped(keys, rows)

    @property
    def sizes(self) -> Rows:
        """How many rows each key has."""
        return np.diff(self.starts)


def candidate_pairs(ready: Sequence[Ready], table: Table) -> NDArray[np.int64]:
    """Pairs of row numbers worth comparing: an array of two columns, the smaller number first, no pair twice, in order."""
    keyed = Keyed(ready)
    count, budget = len(ready), BASE_PAIRS + PAIRS_A_ROW * len(ready)
    taken = _within(keyed.sizes, budget)
    found = [_pairs(keyed.rows, keyed.starts[:-1][taken], keyed.sizes[taken], count)]
    large = ~taken & (keyed.sizes > 1)
    if large.any():
        keys, rows = _split(keyed, large, ready, table)
        _, rows, starts = grouped(keys, rows)
        sizes = np.diff(starts)
        taken = _within(sizes, budget)
        found.append(_pairs(rows, starts[:-1][taken], sizes[taken], count))
    both = np.unique(np.concatenate(found))
    return np.stack((both // max(1, count), both % max(1, count)), axis=1)


def ragged(lists: Sequence[Sequence[int]]) -> tuple[Keys, Rows]:
    """Lists of keys, one a row, as two columns: key and row."""
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    keys = np.fromiter((key for each in lists for key in each), dtype=np.uint64, count=int(lengths.sum()))
    return keys, np.repeat(np.arange(len(lists), dtype=np.int64), lengths)


def grouped(keys: Keys, rows: Rows) -> tuple[Keys, Rows, Rows]:
    """Sorted by key, rows in order within: the distinct keys, the rows, and where each key's rows start (one more than there are keys)."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, dtype=np.int64)
    return keys[first], rows, np.append(first, len(keys)).astype(np.int64)


def _within(sizes: Rows, budget: int) -> NDArray[np.bool_]:
    """Blocks of two and more, up to the largest size at which all pairs of blocks no larger are within the budget."""
    counts = np.bincount(sizes, minlength=3)
    each = np.arange(len(counts), dtype=np.int64)
    pairs = np.cumsum(counts * (each * (each - 1) // 2))
    most = int(np.searchsorted(pairs, budget, side="right")) - 1
    return (sizes >= 2) & (sizes <= most)


def _pairs(rows: Rows, starts: Rows, sizes: Rows, count: int) -> NDArray[np.int64]:
    """All pairs inside blocks, each as smaller row * count + larger row; blocks of one size are done together."""
    found = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes):
        members = rows[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(int(size), 1)
        pairs = np.minimum(members[:, one], members[:, other]) * count + np.maximum(members[:, one], members[:, other])
        found.append(np.unique(pairs[members[:, one] != members[:, other]]))
    return np.concatenate(found)


def _split(keyed: Keyed, large: NDArray[np.bool_], ready: Sequence[Ready], table: Table) -> tuple[Keys, Rows]:
    """For each row in a block too large, its key made one with each of its second keys."""
    seconds, owners = ragged([second_keys(row, table) for row in ready])
    starts = np.searchsorted(owners, np.arange(len(ready) + 1))
    members = np.repeat(large, keyed.sizes)
    keys, rows = np.repeat(keyed.keys, keyed.sizes)[members], keyed.rows[members]
    lengths = (starts[1:] - starts[:-1])[rows]
    entries = np.repeat(np.arange(len(rows)), lengths)
    within = np.arange(len(entries)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    second = seconds[starts[rows[entries]] + within]
    first = keys[entries]
    other = first != second   # a word does not split its own block
    return (first[other] * MIX) ^ second[other], rows[entries][other]
