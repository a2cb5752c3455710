"""Finding duplicates in a list of rows: made ready, blocked, compared, scored, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from directory.duplicates.blocking import Rows, candidate_pairs
from directory.duplicates.closing import closed
from directory.duplicates.packed import Packed
from directory.duplicates.past import Past, marks_of, marks_of_pairs
from directory.duplicates.ready import Ready
from directory.duplicates.reasons import reason
from directory.duplicates.rows import Pair, Row
from directory.duplicates.score import bits_of, chance_of, compare
from directory.duplicates.table import Table
from directory.duplicates.weights import Weights, shipped_weights

Progress = Callable[[int, int | None], None]
AT_ONCE = 10_000
"""Pairs between two words of progress; as Python numbers they take ten times the room."""


def find_duplicates(
    rows: Iterable[Row], *, threshold: float | None = None, weights: Weights | None = None, progress: Progress | None = None,
    past: Path | None = None, anew: bool = False,
) -> list[Pair]:  # fmt: skip
    """Pairs of rows whose chance of being the same is at least ``threshold`` (0 to 1; as shipped where None), best first, then in order of rows.

    Steps: (1) every row is made ready; (2) the table is counted; (3) blocking gives the pairs; (4) each is compared, scored, and its reason told;
    (5) what follows from two of them is added. Rows may come as a stream; the same rows in another order give the same pairs.

    With a file ``past``, words are counted in steps, and only pairs are compared that were not compared before, or of which something has changed; the
    pairs found are those of a comparison of everything, which ``anew`` makes.
    """
    weights = weights or shipped_weights()
    least = weights.threshold if threshold is None else threshold
    ready = Packed(rows)
    table = Table(ready, steady=past is not None)
    pairs = candidate_pairs(ready, table)
    compared = partial(_compared, ready, table, weights, least, progress)
    found = _new_ones(ready, table, pairs, Past(past, weights, least=least, forget=anew), compared) if past else compared(pairs)
    scores = {(pair.first, pair.second): pair.score for pair in found}
    for (first, second), (score, through) in closed(scores, least, lambda one, other: _bits(ready[one], ready[other], table, weights)).items():
        found.append(Pair(first, second, score, _follows(ready.label(through)[0])))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _new_ones(ready: Packed, table: Table, pairs: Rows, past: Past, compared: Callable[[Rows], list[Pair]]) -> list[Pair]:
    """Compare what the past does not know to be nothing, and remember what is nothing now. What was found is compared each time: it is little."""
    marks = marks_of_pairs(marks_of(ready, table), pairs)
    found = compared(pairs[~past.knows(marks)])
    places = pairs[:, 0].astype(np.int64) * len(ready) + pairs[:, 1]
    past.keep(np.delete(marks, np.searchsorted(places, np.array([pair.first * len(ready) + pair.second for pair in found], dtype=np.int64))))
    return found


def _compared(ready: Sequence[Ready], table: Table, weights: Weights, least: float, progress: Progress | None, pairs: Rows) -> list[Pair]:
    least_bits, found = bits_of(least), []
    for start in range(0, len(pairs), AT_ONCE):
        if progress:
            progress(start, len(pairs))
        for first, group in groupby(pairs[start : start + AT_ONCE].tolist(), key=itemgetter(0)):   # in order: one row with all its others
            one = ready[first]
            for _, second in group:
                if compared := compare(one, ready[second], table, weights, least_bits=least_bits):
                    bits, findings = compared
                    found.append(Pair(first, second, chance_of(bits), reason(findings)))
    return found


def _bits(one: Ready, other: Ready, table: Table, weights: Weights) -> float:
    compared = compare(one, other, table, weights)
    return compared[0] if compared else 0.0


def _follows(name: str) -> str:
    return f"both may be the same as {name}"
