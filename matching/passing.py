"""Which rows no limit keeps out: limit after limit, the dear ones last, each put only to what those before let through."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from matching.arrays import Bools, Ints, Rows
from matching.limits import BIT, LIMITS, judge_one
from matching.question import Question
from matching.values import LimitName

DEAR: Final[tuple[LimitName, ...]] = ("travel", "times")
"""Limits that reckon with distances."""
IN_TURN: Final[tuple[LimitName, ...]] = (*(name for name in LIMITS if name not in DEAR), *DEAR)


class Passing(NamedTuple):
    """Rows that fail no limit (a slice where all of a slice do), the bits of the limits that each is to be asked about, and where they stand among the
    rows that were judged."""

    rows: Rows
    asks: Ints
    places: Ints | slice

    @property
    def numbers(self) -> Ints:
        """The rows by their numbers."""
        return np.arange(self.rows.start, self.rows.stop) if isinstance(self.rows, slice) else self.rows


def passing(q: Question, rows: Rows) -> Passing:
    """The rows that every limit lets through: those of ``limits.judge`` without a fail."""
    here = Passing(rows, np.zeros(len(q.columns.kind[rows]), np.int64), slice(None))
    for name in IN_TURN:
        if len(here.asks) and (judged := judge_one(q, name, here.rows)) is not None:
            fail, ask = judged
            if np.count_nonzero(ask):
                here = here._replace(asks=here.asks | ask * BIT[name])
            if np.count_nonzero(fail):
                here = without(q, here, fail)
    return here


def without(q: Question, here: Passing, fail: Bools) -> Passing:
    """Those that did not fail; what was worked out for them is kept."""
    left = (~fail).nonzero()[0]
    rows = left + here.rows.start if isinstance(here.rows, slice) else here.rows[left]
    q.narrow(here.rows, left, rows)
    return Passing(rows, here.asks[left], left if isinstance(here.places, slice) else here.places[left])
