"""One part looked at beyond the page, in reach or not: what the lists of what is not shown and of what one change would bring are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.arrays import Bools, Ints
from matching.limits import judge
from matching.memory import Known
from matching.question import Question

OF_THE_WAY: Final = ("km", "remote")
"""What hangs on where a person is, and on the formats that would spare them the way: as a question keeps it of rows."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The rows that are alive; those of them that are about what was asked (``rows``), with the bits of the limits that each fails and of those that it
    is to be asked about, and what else was worked out on the way; and which services can be seen, by their numbers in the part."""

    question: Question
    alive: Ints
    rows: Ints
    fail: Ints
    ask: Ints
    known: Known
    shown: Bools

    @property
    def is_empty(self) -> bool:
        """True where no service can be seen."""
        return not self.shown.any()


def survey(q: Question) -> Survey:
    """Judge every row that is about what was asked. Of what is about something else nobody hears which limits it fails."""
    alive = np.arange(len(q.columns)) if q.part.alive is None else np.flatnonzero(q.part.alive)
    rows = alive[q.on_topic(alive)] if q.asks_for_something else alive
    verdicts = judge(q, rows)
    shown = np.zeros(q.part.service_numbers, np.bool_)
    shown[q.columns.service[rows[verdicts.fail == 0]]] = True
    return Survey(q, alive, rows, verdicts.fail, verdicts.ask, q.known_of(rows, OF_THE_WAY), shown)
