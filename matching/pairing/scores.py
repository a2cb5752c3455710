"""How well each of two meets what the other wishes, for all pairs of two crowds: a weighted mean in which the unknown lies between no and yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairing import tables
from matching.pairing.factors import Factors, factors
from matching.pairing.tables import worth
from matching.pairing.values import Lack, Peer
from matching.pairing.vetoes import Blocked, against_one, against_two, against_wishes, in_common

BLOCK: Final = 64
"""Seekers at a time, so that what is in hand fits into the processor's memory."""
Floats = NDArray[np.float64]
Counted = NDArray[np.float32]


class Scores(NamedTuple):
    """For seekers x supporters, in [0, 1]: how well the other meets one's own wishes, each way, and the harmonic mean of the two.

    ``met`` is the first of them before it is divided by the most that it could be, a whole number; ``allowed`` is where nothing stands against a pair.
    """

    met: NDArray[np.int64]
    seekers: Floats
    supporters: Floats
    mutual: Floats
    allowed: NDArray[np.bool_]


def scored(seekers: Sequence[Peer], supporters: Sequence[Peer], *, on: date, blocked: Blocked = ()) -> Iterator[tuple[slice, Scores]]:
    """The scores of every pair, some seekers at a time (``slice``), as they were given."""
    between = factors(seekers, supporters, on=on)
    alone = against_one(seekers, supporters)
    never = np.array([pair for pairs in against_two(seekers, supporters, blocked).values() for pair in pairs], dtype=np.intp).reshape(-1, 2)
    for start in range(0, len(seekers), BLOCK):
        rows = slice(start, min(start + BLOCK, len(seekers)))
        against = alone["vouching"] | alone["places"] | alone["minor"][rows]
        common = in_common(between, rows)
        for _, one in against_wishes(between, rows, common):
            against |= one
        here = never[(never[:, 0] >= rows.start) & (never[:, 0] < rows.stop)]
        against[here[:, 0] - rows.start, here[:, 1]] = True
        yield rows, _scores(between, rows, common, ~against)


def _scores(between: Factors, rows: slice, counts: dict[Lack, Counted], allowed: NDArray[np.bool_]) -> Scores:
    """1. What adds up for each side by itself. 2. What they have in common, which counts the same for both. 3. What one hopes and the other is good at."""
    common = worth(_product(between.about, rows), tables.ABOUT) + worth(_product(between.interests, rows), tables.INTERESTS)
    common += worth(counts["hours"], tables.HOURS)
    common += worth(counts["way"], tables.WAYS)
    ours = _product(between.seekers_wish, rows) + common + worth(_product(between.hopes, rows), tables.HOPES)
    theirs = _product(between.supporters_wish, rows) + common + worth(_product(between.hoped, rows), tables.HOPES)
    met, a = _share(ours, between.seekers_whole[rows, None])
    _, b = _share(theirs, between.supporters_whole[None, :])
    return Scores(met, a, b, harmonic(a, b), allowed)


def harmonic(a: Floats, b: Floats) -> Floats:
    """2ab / (a + b), and 0 where either is: good for one and bad for the other is not good."""
    together = a + b
    return np.divide(2 * a * b, together, out=np.zeros_like(together), where=together > 0)


def _share(met: Counted, whole: Counted) -> tuple[NDArray[np.int64], Floats]:
    """How much of all wishes is met; whoever wished nothing is content with anybody."""
    share = np.divide(met, whole, out=np.ones(met.shape), where=whole > 0, dtype=np.float64)
    return met.astype(np.int64), share


def _product(pair: tuple[Counted, Counted], rows: slice) -> Counted:
    return pair[0][rows] @ pair[1].T
