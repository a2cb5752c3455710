"""What can be shown for a question: the rows of one part of the index that no limit keeps out and that are about what was asked, scored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Bits, Bools, Floats, Ints
from matching.passing import passing
from matching.question import Question
from matching.score import Scored, score
from matching.sifting import LARGE, Sifted, at, count_services, sift


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one part, scored; ``asks`` are the bits of their open questions. ``services`` counts all that can be shown, of which the rows may be
    only the foremost."""

    question: Question
    rows: Ints
    scored: Scored
    asks: Ints
    units: Ints
    services: int

    @property
    def service(self) -> Bits:
        """What the service of each row is known by in every part."""
        columns = self.question.columns
        return np.asarray(columns.service_digest[columns.service[self.rows]])

    @property
    def open_ended(self) -> Bools:
        """Rows that are new or leave something to ask."""
        return np.asarray(self.question.is_new(self.rows) | (self.asks != 0))


def find(q: Question, needed: int) -> Found:
    """Narrow to the reach, keep what is about the question, put every limit to it, and score what is left, as far as ``needed`` services ask for it."""
    rows, relevance = candidates(q)
    if q.part.alive is not None:
        alive = q.part.alive[rows].nonzero()[0]
        rows, relevance = rows[alive], at(relevance, alive)
    if len(rows) > LARGE:
        sifted = sift(q, rows, relevance, needed)
        return scored_for(q, sifted.rows, sifted)
    passed = passing(q, rows)
    kept = passed.numbers
    return scored_for(q, kept, Sifted(kept, passed.asks, at(relevance, passed.places), count_services(q, kept)))


def scored_for(q: Question, rows: Ints, sifted: Sifted) -> Found:
    """The rows with their scores."""
    scored = score(q, rows, sifted.asks, sifted.relevance)
    return Found(q, rows, scored, sifted.asks, scored.total(), sifted.services)


def candidates(q: Question) -> tuple[Ints, Floats | None]:
    """Rows that may be shown, rising, and how far each is about what was asked (None when nothing was)."""
    if q.asks_for_something:
        return q.topic(q.bounds)
    if q.bounds is None:
        return np.arange(len(q.columns)), None
    runs = q.bounds.tolist()
    return np.concatenate([np.zeros(0, np.int64), *map(np.arange, runs[::2], runs[1::2])]), None
