"""Chance that is the same on every machine: raw PCG64 bits, turned into numbers by exact arithmetic only.

NumPy promises the raw stream of a bit generator for ever, and not the numbers that its ``Generator`` makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import PCG64, SeedSequence
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]


class Dice:
    """Draws for one purpose: the same seed and stream give the same draws."""

    def __init__(self, seed: int, *stream: int) -> None:
        self._bits = PCG64(SeedSequence([seed, *stream]))

    def raw(self, count: int) -> NDArray[np.uint64]:
        """So many words of 64 random bits."""
        return np.asarray(self._bits.random_raw(count), dtype=np.uint64)

    def shares(self, count: int) -> Shares:
        """Numbers in [0, 1), each a multiple of 2^-53."""
        return (self.raw(count) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, limit: int, count: int) -> Numbers:
        """Whole numbers from 0 up to, and without, a limit."""
        return (self.shares(count) * limit).astype(np.int64)

    def weighted(self, edges: Shares, count: int) -> Numbers:
        """Indices with the chances whose cumulative sum is ``edges`` (see ``edges_of``)."""
        return np.searchsorted(edges, self.shares(count), side="right").astype(np.int64)

    def yes(self, chance: float | Shares, count: int) -> NDArray[np.bool_]:
        """True with a chance, or with a chance for each."""
        return self.shares(count) < chance

    def bell(self, count: int) -> Shares:
        """Roughly a normal curve with deviation 1, never beyond 6: the sum of twelve draws (Irwin and Hall), summed as whole numbers to be exact."""
        sums = (self.raw(count * 12) >> np.uint64(11)).reshape(count, 12).sum(axis=1)
        made: Shares = sums.astype(np.float64) * 2.0**-53 - 6.0
        return made

    def some(self, things: Sequence[str], most: int) -> tuple[str, ...]:
        """From 1 to ``most`` different things, fewer more often, in the order of the list."""
        wanted = 1 + int(self.shares(1)[0] * self.shares(1)[0] * most)
        found = {int(index) for index in self.below(len(things), wanted)}
        return tuple(things[index] for index in sorted(found))


def edges_of(weights: Sequence[float] | Shares) -> Shares:
    """Cumulative chances of weights, the last exactly 1."""
    sums = np.cumsum(np.asarray(weights, dtype=np.float64))
    edges = sums / sums[-1]
    edges[-1] = 1.0
    return np.asarray(edges, dtype=np.float64)


def zipf_edges(count: int, *, offset: float = 2.0) -> Shares:
    """Cumulative chances of ranks by Zipf's law with Mandelbrot's offset: rank r has weight 1 / (r + offset)."""
    return edges_of(1.0 / (np.arange(1, count + 1, dtype=np.float64) + offset))
