"""A wide search without looking closely at every row: a cheap bound on each score first, then the score itself for those that may come to the top."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import Final, NamedTuple

import numpy as np

from matching.arrays import Floats, Ints, Rows
from matching.passing import passing
from matching.question import Question
from matching.score import ceiling, score
from matching.weights import BAND_UNITS, MIXED_TOP

LARGE: Final = 16_384
"""Rows from which on it pays to sift; and how many are looked at together, so that what is worked out of them stays in the processor's cache."""
WIDER: Final = 4


class Sifted(NamedTuple):
    """Rows that can be shown, rising, with the bits of their open questions and how far they are about what was asked; and how many services can be
    shown in all."""

    rows: Ints
    asks: Ints
    relevance: Floats | None
    services: int


class Bounded(NamedTuple):
    """Rows that pass every limit, with the most that each may score, in billionths; of what cannot be needed only that it is less than what is."""

    rows: Ints
    asks: Ints
    relevance: Floats | None
    most: Ints


def sift(q: Question, rows: Ints, relevance: Floats | None, needed: int) -> Sifted:
    """Every row that may stand among the first ``needed`` services, or is another row of one that does.

    1. Where something was asked, every so many rows one is scored: what the last service needed has among these, it has at least among all. 2. Block by
    block, what would stay under that band even if it fitted in everything is put aside (``score.ceiling``); the others get a bound, the score with each
    row as near as the nearest edge of its map cell: nearer never scores less, so no score is above its bound. 3. Rows are taken by falling bounds until
    the band of the last service needed lies above the band of every bound left out. Exact, therefore.
    """
    wanted = max(needed, MIXED_TOP)
    least = 0 if relevance is None else of_sample(q, rows, relevance, wanted)
    bounded = bounds_of(q, rows, relevance, least)
    services = count_services(q, bounded.rows)
    taken = wanted
    while True:
        places = highest(bounded.most, taken)
        chosen = with_all_rows(q, bounded.rows, places)
        if len(chosen) == len(bounded.rows) or is_enough(q, bounded, chosen, wanted):
            return Sifted(bounded.rows[chosen], bounded.asks[chosen], at(bounded.relevance, chosen), services)
        taken *= WIDER


def of_sample(q: Question, rows: Ints, relevance: Floats | None, wanted: int) -> int:
    """The score that the last of the first ``wanted`` services has at least, in billionths: what it has in a sample; 0 where that is too small.

    Of n rows a sample of s leaves about n x wanted / s to be looked at closely, so the least work in all is with s = sqrt(n x wanted).
    """
    places = np.arange(0, len(rows), max(1, isqrt(len(rows) // wanted)))
    some = rows[places]
    passed = passing(q, some)
    units = score(q, passed.rows, passed.asks, at(at(relevance, places), passed.places)).total()
    return last_of_first(q, passed.numbers, units, wanted)


def last_of_first(q: Question, rows: Ints, units: Ints, wanted: int) -> int:
    """What the last of the first ``wanted`` services scores by the best of its rows; 0 where there are fewer."""
    if q.part.one_row_each:
        return int(np.partition(units, len(units) - wanted)[len(units) - wanted]) if len(units) >= wanted else 0
    best: dict[int, int] = {}
    for service, one in zip(q.columns.service[rows].tolist(), units.tolist(), strict=True):
        best[service] = max(one, best.get(service, 0))
    return sorted(best.values(), reverse=True)[wanted - 1] if len(best) >= wanted else 0


def bounds_of(q: Question, rows: Ints, relevance: Floats | None, least: int) -> Bounded:
    """Limits and bounds, some rows at a time; ``least`` is a score that what is needed has for certain."""
    rough = q.roughly() if q.bounds is None else q  # distances that a limit needed are there already
    parts = [bound(q, rough, some, near, least // BAND_UNITS * BAND_UNITS) for some, near in in_blocks(rows, relevance)]
    near = None if relevance is None else np.concatenate([part.relevance for part in parts if part.relevance is not None])
    passing, asks, most = (np.concatenate(many) for many in zip(*((part.rows, part.asks, part.most) for part in parts), strict=True))
    return Bounded(passing, asks, near, most)


def in_blocks(rows: Ints, relevance: Floats | None) -> Iterator[tuple[Rows, Floats | None]]:
    """Rows by the block; neighbours as a slice, which reads without copying."""
    for start in range(0, len(rows), LARGE):
        some = rows[start : start + LARGE]
        runs = slice(int(some[0]), int(some[-1]) + 1) if some[-1] - some[0] == len(some) - 1 else some
        yield runs, None if relevance is None else relevance[start : start + LARGE]


def bound(q: Question, rough: Question, rows: Rows, relevance: Floats | None, least: int) -> Bounded:
    """The rows of one block that pass every limit, with their bounds; just under ``least`` (0: not known) for those that cannot come to it."""
    passed = passing(q, rows)
    asks, near = passed.asks, at(relevance, passed.places)
    numbers = passed.numbers
    if not least:
        return Bounded(numbers, asks, near, score(rough, passed.rows, asks, near).total())
    hopeful = np.flatnonzero(ceiling(q, numbers, asks, near) >= least)
    most, chosen = np.full(len(numbers), least - 1), numbers[hopeful]
    q.narrow(passed.rows, hopeful, chosen)
    most[hopeful] = score(rough, chosen, asks[hopeful], at(near, hopeful)).total()
    return Bounded(numbers, asks, near, most)


def is_enough(q: Question, bounded: Bounded, chosen: Ints, wanted: int) -> bool:
    """Do the chosen rows hold the first ``wanted`` services for certain."""
    left = np.ones(len(bounded.rows), np.bool_)
    left[chosen] = False
    rows = bounded.rows[chosen]
    units = score(q, rows, bounded.asks[chosen], at(bounded.relevance, chosen)).total()
    last = last_of_first(q, rows, units, wanted)
    return last > 0 and last // BAND_UNITS > int(bounded.most[left].max()) // BAND_UNITS


def with_all_rows(q: Question, rows: Ints, places: Ints) -> Ints:
    """Places of all rows that belong to the services of the rows at ``places``, rising."""
    if q.part.one_row_each:
        return np.sort(places)
    is_wanted = np.zeros(q.part.service_numbers, np.bool_)
    is_wanted[q.columns.service[rows[places]]] = True
    return np.flatnonzero(is_wanted[q.columns.service[rows]])


def count_services(q: Question, rows: Ints) -> int:
    """How many services rows belong to."""
    if q.part.one_row_each:
        return len(rows)
    return len(np.unique(q.columns.service[rows]))


def highest(values: Ints, wanted: int) -> Ints:
    """Places of the highest values and of all that share the last one's band."""
    if len(values) <= wanted:
        return np.arange(len(values))
    least = np.partition(values, len(values) - wanted)[len(values) - wanted] // BAND_UNITS * BAND_UNITS
    return np.flatnonzero(values >= least)


def at(values: Floats | None, places: Ints | slice) -> Floats | None:
    """Some of the values, where there are any."""
    return None if values is None else values[places]

