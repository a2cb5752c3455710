"""The measures of a ranking's worth, plain and slow: nDCG, reciprocal rank, agreement of two judges, and paired bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from random import Random


def dcg(gains: Sequence[float], depth: int) -> float:
    """Discounted cumulative gain of the first ``depth`` gains: gain / log2(place + 1), places from 1 (Jarvelin and Kekalainen 2002)."""
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:depth], 1))


def ndcg(gains: Sequence[float], all_gains: Sequence[float], depth: int = 10) -> float:
    """DCG of a ranking over the best that any ranking of ``all_gains`` could have; 1 where nothing could be gained."""
    best = dcg(sorted(all_gains, reverse=True), depth)
    return dcg(gains, depth) / best if best > 0 else 1.0


def reciprocal_rank(ids: Sequence[str], wanted: str) -> float:
    """One over the place of ``wanted``, 0 where it is missing."""
    return 1 / (ids.index(wanted) + 1) if wanted in ids else 0.0


def weighted_kappa(first: Sequence[int], second: Sequence[int], grades: int = 4) -> float:
    """Agreement beyond chance of two judges on grades 0 to ``grades - 1``, disagreements weighed by their square (Cohen 1968)."""
    if len(first) != len(second) or not first:
        raise ValueError("Two judges must have judged the same things, and at least one.")
    seen = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / len(first)
    share = [[judged.count(grade) / len(judged) for grade in range(grades)] for judged in (first, second)]
    chance = sum(share[0][a] * share[1][b] * (a - b) ** 2 for a in range(grades) for b in range(grades))
    return 1 - seen / chance if chance else 1.0


def paired_interval(ours: Sequence[float], theirs: Sequence[float], *, seed: int, rounds: int = 2000) -> tuple[float, float, float]:
    """The mean difference and the 95 % interval of it, from ``rounds`` samples of the same pairs with replacement."""
    apart = [a - b for a, b in zip(ours, theirs, strict=True)]
    dice = Random(seed)
    means = sorted(sum(dice.choices(apart, k=len(apart))) / len(apart) for _ in range(rounds))
    return sum(apart) / len(apart), means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]
