"""What stands against a pair, for both sides alike and absolutely: no score makes up for it, and nothing relaxes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.pairing.factors import Factors
from matching.pairing.values import Lack, Peer, Veto

Against = NDArray[np.bool_]
Counted = NDArray[np.float32]
Blocked = Collection[tuple[str, str]]
"""Pairs of ids, in either order, who must never meet."""


def against_one(seekers: Sequence[Peer], supporters: Sequence[Peer]) -> dict[Veto, Against]:
    """Vetoes that hang on one person alone, or on who is under age. Shapes: seekers x 1, 1 x supporters, or both."""
    return {
        "vouching": ~_each(supporters, lambda one: one.vouched)[None, :],
        "places": ~_each(supporters, lambda one: one.places > 0)[None, :],
        "minor": _minors(seekers, supporters),
    }


def against_two(seekers: Sequence[Peer], supporters: Sequence[Peer], blocked: Blocked) -> dict[Veto, list[tuple[int, int]]]:
    """Single pairs, as rows and columns: somebody with themselves, and those who are blocked."""
    row, column = {one.id: at for at, one in enumerate(seekers)}, {one.id: at for at, one in enumerate(supporters)}
    both = [(one, other) for pair in blocked for one, other in (pair, pair[::-1]) if one in row and other in column]
    return {"self": [(row[one], column[one]) for one in row if one in column], "blocked": [(row[one], column[other]) for one, other in both]}


def against_wishes(between: Factors, rows: slice, common: dict[Lack, Counted]) -> Iterator[tuple[Veto, Against]]:
    """Pairs of which one is what the other will not have, or who lack what both need though both said what they have.

    ``rows`` are seekers, ``common`` counts what each pair has of what they need (``in_common``).
    """
    for clash, (ours, theirs) in between.clashes.items():
        yield clash, ours[rows] @ theirs.T > 0
    for name, need in between.needs.items():
        yield name, (common[name] == 0) & need.ours[rows, None] & need.theirs[None, :]


def in_common(between: Factors, rows: slice) -> dict[Lack, Counted]:
    """How much of each need every pair has in common: languages, ways, quarters of an hour."""
    return {name: need.pair[0][rows] @ need.pair[1].T for name, need in between.needs.items()}


def _minors(seekers: Sequence[Peer], supporters: Sequence[Peer]) -> Against:
    """A minor is suggested, and suggested to, only somebody with checks on record, and only with a guardian's consent."""
    young = _each(seekers, lambda one: one.is_minor)[:, None], _each(supporters, lambda one: one.is_minor)[None, :]
    if not young[0].any() and not young[1].any():
        return np.zeros((len(seekers), 1), dtype=np.bool_)
    agreed = _each(seekers, lambda one: one.guardian_agreed)[:, None], _each(supporters, lambda one: one.guardian_agreed)[None, :]
    checked = _each(seekers, lambda one: one.checked_for_minors)[:, None], _each(supporters, lambda one: one.checked_for_minors)[None, :]
    return (young[0] & ~(agreed[0] & checked[1])) | (young[1] & ~(agreed[1] & checked[0]))


def _each(people: Sequence[Peer], says: Callable[[Peer], bool]) -> Against:
    return np.array([says(person) for person in people], dtype=np.bool_)
