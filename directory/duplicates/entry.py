"""Asking about one entry while somebody writes it: is this the same as one that is here already?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from directory.duplicates.blocking import Blocks, Rows, grouped, ragged
from directory.duplicates.keys import first_keys
from directory.duplicates.packed import Packed
from directory.duplicates.ready import Ready, make_ready
from directory.duplicates.reasons import reason
from directory.duplicates.rows import Row
from directory.duplicates.score import bits_of, chance_of, compare
from directory.duplicates.table import Table
from directory.duplicates.weights import Weights, shipped_weights

MOST_COMPARED = 200
MOST_WITH_A_KEY = 20_000
"""A key of more rows than these ("center") tells too little to be looked up."""
LEAST = 0.2
"""Somebody is looking anyhow: what is doubtful is shown, too."""


class Alike(Struct, frozen=True):
    """An entry that may be the same: its place among the rows, its key, the chance from 0 to 1, and why."""

    at: int
    key: str
    score: float
    reason: str


class Known:
    """All entries made ready, to be asked about as often as one likes. What changes afterwards is not in it until it is made again."""

    def __init__(self, rows: Iterable[Row], *, weights: Weights | None = None) -> None:
        self._ready = Packed(rows)
        self._table = Table(self._ready)
        self._blocks = _looked_up(self._ready)
        self._weights = weights or shipped_weights()

    def similar_to(self, row: Row, *, limit: int = 5, least: float = LEAST) -> list[Alike]:
        """The entries that may be the same as ``row``, best first, at most ``limit``; the one with its own key is never among them.

        Steps: (1) rows that share a key with it, (2) each heard by how rare the keys are that it shares; (3) the first 200 are compared in full.
        """
        ready = make_ready(row)
        found = []
        for at in self._candidates(first_keys(ready)):
            key = self._ready.label(at)[1]
            if key == row.key:
                continue
            if compared := compare(ready, self._ready[at], self._table, self._weights, least_bits=bits_of(least)):
                bits, findings = compared
                found.append(Alike(at, key, chance_of(bits), reason(findings)))
        return sorted(found, key=lambda alike: (-alike.score, alike.at))[:limit]

    def _candidates(self, keys: Sequence[int]) -> list[int]:
        groups = [group for key in keys if 0 < len(group := self._rows(key)) <= MOST_WITH_A_KEY]
        if not groups:
            return []
        rows, places = np.unique(np.concatenate(groups), return_inverse=True)
        heard = np.concatenate([np.full(len(group), np.log2(1 + len(self._ready) / len(group))) for group in groups])
        totals = np.bincount(places, weights=heard)
        best = np.lexsort((rows, -totals))[:MOST_COMPARED]
        return [int(at) for at in rows[best]]

    def _rows(self, key: int) -> Rows:
        wanted, blocks = np.uint64(key), self._blocks
        at = int(np.searchsorted(blocks.keys, wanted))
        if at == len(blocks.keys) or blocks.keys[at] != wanted:
            return np.zeros(0, dtype=np.int32)
        return blocks.rows[blocks.starts[at] : blocks.starts[at + 1]]


def _looked_up(ready: Iterable[Ready]) -> Blocks:
    """The rows of every key, in arrays to be looked up in."""
    keys = ragged(map(first_keys, ready))
    parts = list(grouped(keys.keys, keys.rows))
    sizes = np.concatenate([part.sizes for part in parts])
    return Blocks(np.concatenate([part.keys for part in parts]), np.concatenate([part.rows for part in parts]), np.append(0, np.cumsum(sizes)))
