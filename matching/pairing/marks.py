"""Sets of codes as rows of ones and noughts, so that what two crowds have in common is one product. Ones are whole, so the counts are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Pair = tuple[Array, Array]


def marks(ours: Sequence[Set[str]], theirs: Sequence[Set[str]]) -> Pair:
    """Both crowds by the codes that occur in both; the product of one with the other's transpose counts what a pair has in common."""
    both = set().union(*ours) & set().union(*theirs)
    at = {code: column for column, code in enumerate(sorted(both))}
    return _rows(ours, at), _rows(theirs, at)


def union(items: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Each different set once, in an order that hangs on nothing but the sets."""
    return tuple(sorted(set(items), key=sorted))


def beside(pairs: Sequence[Pair]) -> Pair:
    """Several kinds of marks side by side: their counts add up."""
    return np.hstack([ours for ours, _ in pairs]), np.hstack([theirs for _, theirs in pairs])


def said(sets: Sequence[Set[str]]) -> NDArray[np.bool_]:
    """Who said anything at all."""
    return np.array([bool(codes) for codes in sets], dtype=np.bool_)


def _rows(sets: Sequence[Set[str]], at: dict[str, int]) -> Array:
    rows = np.zeros((len(sets), len(at)), dtype=np.float32)
    where = [(row, at[code]) for row, codes in enumerate(sets) for code in codes if code in at]
    if where:
        rows[tuple(np.array(where).T)] = 1
    return rows
