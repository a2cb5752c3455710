"""Finding duplicates in a list of rows: made ready, blocked, compared, scored, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from directory.duplicates.blocking import candidate_pairs
from directory.duplicates.ready import make_ready
from directory.duplicates.reasons import reason
from directory.duplicates.rows import Pair, Row
from directory.duplicates.score import bits_of, chance_of, compare
from directory.duplicates.table import Table
from directory.duplicates.weights import Weights, shipped_weights

Progress = Callable[[int, int | None], None]
TELL_EVERY = 10_000


def find_duplicates(
    rows: Iterable[Row], *, threshold: float | None = None, weights: Weights | None = None, progress: Progress | None = None
) -> list[Pair]:
    """Pairs of rows whose chance of being the same is at least ``threshold`` (0 to 1; as shipped where None), best first, then in order of rows.

    Steps: (1) every row is made ready; (2) the table is counted; (3) blocking gives the pairs; (4) each is compared and scored; (5) the reason is told
    of those that stay. Rows may come as a stream; the same rows in another order give the same pairs.
    """
    weights = weights or shipped_weights()
    ready = [make_ready(row) for row in rows]
    table = Table(ready)
    pairs = candidate_pairs(ready, table)
    least_bits = bits_of(weights.threshold if threshold is None else threshold)
    found = []
    for number, (first, second) in enumerate(pairs.tolist()):
        if progress and number % TELL_EVERY == 0:
            progress(number, len(pairs))
        if compared := compare(ready[first], ready[second], table, weights, least_bits=least_bits):
            bits, findings = compared
            found.append(Pair(first, second, chance_of(bits), reason(findings)))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))
