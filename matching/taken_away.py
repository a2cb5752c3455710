"""What each result would score without each part of the score: all parts taken away from all results in one go, to the same last bit as one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.score import Scored, product
from matching.weights import GATE_FLOOR, SPACE_UNKNOWN, TRUST_FLOOR

TOPIC, TRUST, SPACE = "topic", "trust", "space"

Table = NDArray[np.int64]
"""A line a part, a column a row; S in billionths."""


def without(scored: Scored, parts: Sequence[str]) -> Table:
    """S of every row in billionths, had nobody said anything of a part: a signal, "topic", "trust" or "space".

    The steps of ``Scored.total`` in the same order over a line a part, so that no sum is rounded otherwise.
    """
    return product(gates(scored, parts), fits(scored, parts), scored.asks, replaced(parts, TRUST, scored.trust, TRUST_FLOOR),
                   replaced(parts, SPACE, scored.space, SPACE_UNKNOWN))   # fmt: skip


def gates(scored: Scored, parts: Sequence[str]) -> Floats:
    """N without each part."""
    if scored.relevance is not None:
        return np.asarray(GATE_FLOOR + (1 - GATE_FLOOR) * replaced(parts, TOPIC, scored.relevance, 0.0))
    if not scored.gained:
        return np.ones((len(parts), len(scored.asks)))
    missing = np.ones((len(parts), len(scored.asks)))
    for name, gained in scored.gained.items():
        missing = missing * replaced(parts, name, 1 - gained, 1.0)
    return np.asarray(GATE_FLOOR + (1 - GATE_FLOOR) * np.minimum(1.0, (1 - missing) / scored.most))


def fits(scored: Scored, parts: Sequence[str]) -> Floats:
    """F without each part; a line for all where no part has to do with it."""
    added = np.full((len(parts), len(scored.asks)), scored.answer)
    for name, share in scored.weight.items():
        measured = scored.measured[name]
        added = added + share * replaced(parts, name, measured.met, measured.unknown)
    return np.asarray(added / (scored.answer + sum(scored.weight.values())))


def replaced(parts: Sequence[str], name: str, values: Floats, instead: Floats | float) -> Floats:
    """The values of one part in every line, but what stands ``instead`` of them in that part's own."""
    if name not in parts:
        return values
    lines = np.repeat(values[np.newaxis], len(parts), axis=0)
    lines[parts.index(name)] = instead
    return lines
