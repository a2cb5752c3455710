"""Pairs that follow from others: when A is B and B is C, A is C, though A and C alone might not look it.

The chance that both links are right is at least what they make together, so a pair that follows is worth the product of its two links, where that is more than
the two say of each other. It does not follow where the two speak clearly against it: one wrong link would draw strangers together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations

Scores = Mapping[tuple[int, int], float]
Bits = Callable[[int, int], float]

AGAINST_BITS = -10.0
"""A pair that is this unlikely by itself (1 in 1,000) follows from nothing."""
MOST_LINKS = 60
"""An entry that is like more others than these is no link between them: it is a name that all of a building have."""


def closed(scores: Scores, least: float, bits: Bits) -> dict[tuple[int, int], tuple[float, int]]:
    """Pairs that follow by one step from ``scores``, all at ``least`` or more, with what they are worth and through whom; ``bits`` tells of a pair alone."""
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in scores.items():
        links[one][other] = links[other][one] = score
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for through in sorted(links):
        if len(links[through]) > MOST_LINKS:
            continue
        for one, other in combinations(sorted(links[through]), 2):
            worth = links[through][one] * links[through][other]
            if worth >= least and worth > max(scores.get((one, other), 0.0), found.get((one, other), (0.0, 0))[0]):
                found[one, other] = (worth, through)
    return {pair: told for pair, told in found.items() if pair not in scores and bits(*pair) >= AGAINST_BITS}
