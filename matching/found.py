"""What can be shown for a question: the rows of one part of the index that no limit keeps out and that are about what was asked, scored."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, radians
from typing import Final

import numpy as np

from matching.arrays import Bits, Bools, Floats, Ints
from matching.cells import ANYWHERE_KM, square
from matching.geography import reduced
from matching.passing import passing
from matching.question import Question
from matching.score import Scored, score
from matching.sifting import LARGE, Sifted, at, count_services, sift

MANY: Final = 128
"""Rows from which on it pays to look at a square before a distance."""


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
    for narrower in (alive_ones, not_too_far):
        if (kept := narrower(q, rows)) is not None:
            rows, relevance = rows[kept], at(relevance, kept)
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


def alive_ones(q: Question, rows: Ints) -> Ints | None:
    """Places of the rows that are alive; None where all are."""
    return None if q.part.alive is None else q.part.alive[rows].nonzero()[0]


def not_too_far(q: Question, rows: Ints) -> Ints | None:
    """Places of all rows but those that one has to go to and that lie outside the square around the reach, which is cheaper to see than a distance.

    None where they are too few for that to pay, or nothing is too far.
    """
    going = int(rows.searchsorted(q.columns.cells.to_go_to))
    if going < MANY or q.inquiry.place is None or q.reach_km is None or q.reach_km[0] >= ANYWHERE_KM:
        return None
    south, north, wide = square(q.inquiry.place, max(0.0, q.reach_km[0]))
    latitude, longitude = q.columns.latitude[rows[:going]], q.columns.longitude[rows[:going]]
    apart = np.abs(longitude - radians(q.inquiry.place.longitude))
    inside = (apart <= radians(wide)) | (apart >= 2 * pi - radians(wide))
    inside &= (latitude >= reduced(south)) & (latitude <= reduced(north))
    return np.concatenate((inside.nonzero()[0], np.arange(going, len(rows))))


def candidates(q: Question) -> tuple[Ints, Floats | None]:
    """Rows that may be shown, rising, and how far each is about what was asked (None when nothing was)."""
    if q.asks_for_something:
        return q.topic(q.bounds)
    if q.bounds is None:
        return np.arange(len(q.columns)), None
    runs = q.bounds.tolist()
    return np.concatenate([np.zeros(0, np.int64), *map(np.arange, runs[::2], runs[1::2])]), None
