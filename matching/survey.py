"""Every row of one part looked at, in reach or not: what the lists of what is not shown and of what one change would bring are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Bools, Ints
from matching.limits import judge
from matching.question import Question


@dataclass(frozen=True, slots=True)
class Survey:
    """The rows that are alive, the bits of the limits that each fails, and whether it is about what was asked."""

    question: Question
    rows: Ints
    fail: Ints
    on_topic: Bools

    def shown(self) -> Ints:
        """The services that can be seen, by their numbers in the part."""
        return np.unique(self.question.columns.service[self.rows[(self.fail == 0) & self.on_topic]])


def survey(q: Question) -> Survey:
    """Judge every row."""
    rows = np.arange(len(q.columns)) if q.part.alive is None else np.flatnonzero(q.part.alive)
    return Survey(q, rows, judge(q, rows).fail, q.on_topic(rows))
