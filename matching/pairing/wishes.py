"""What people wish of the other, held against what the other says of themselves: yes, no, or nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairing.marks import Array, union
from matching.pairing.values import Peer, Wish
from matching.pairing.weights import WISH


class Wishes(NamedTuple):
    """Every different wish there is, and for some people: its weight with each (people x wishes), and whether it is a must."""

    all: tuple[frozenset[str], ...]
    weight: Array
    must: Array


class Known(NamedTuple):
    """For some people, and each wish: 1 where they are known to meet it, known not to, or said nothing of it. Shape: people x wishes."""

    yes: Array
    no: Array
    unknown: Array


def wished(people: Sequence[Peer]) -> Wishes:
    """The wishes of these people; of two with the same codes, the weights add up."""
    every = union(wish.codes for person in people for wish in person.wishes)
    at = {codes: column for column, codes in enumerate(every)}
    weight, must = np.zeros((2, len(people), len(every)), dtype=np.float32)
    for row, person in enumerate(people):
        for wish in person.wishes:
            weight[row, at[wish.codes]] += weight_of(wish)
            must[row, at[wish.codes]] = max(must[row, at[wish.codes]], float(wish.must))
    return Wishes(every, weight, must)


def known(wishes: Sequence[frozenset[str]], people: Sequence[Peer]) -> Known:
    """What is known of these people: a wish is met by any of its codes, and known not to be where they said something else of each of its kinds."""
    said = [said_of(person) for person in people]
    has, kinds = _columns(said, lambda code: code), _columns(said, kind_of)
    none = np.zeros(len(people), dtype=np.bool_)
    yes, unknown = np.zeros((2, len(wishes), len(people)), dtype=np.bool_)
    for row, codes in enumerate(wishes):
        for code in codes:
            yes[row] |= has.get(code, none)
            unknown[row] |= ~kinds.get(kind_of(code), none)
    unknown &= ~yes
    return Known(*(part.T.astype(np.float32) for part in (yes, ~yes & ~unknown, unknown)))


def weight_of(wish: Wish) -> int:
    """What a wish weighs, to the quarter of an importance."""
    return WISH * round(wish.importance * 4) // 4


def said_of(person: Peer) -> frozenset[str]:
    """Everything that a wish can be about, as ``taxonomy/code``."""
    return person.traits | _within("strengths", person.strengths) | _within("interests", person.interests)


def kind_of(code: str) -> str:
    """The taxonomy of a code."""
    return code.partition("/")[0]


def _within(taxonomy: str, codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code if code.startswith(f"{taxonomy}/") else f"{taxonomy}/{code}" for code in codes)


def _columns(said: Sequence[frozenset[str]], name: Callable[[str], str]) -> dict[str, NDArray[np.bool_]]:
    columns: dict[str, NDArray[np.bool_]] = {}
    for row, codes in enumerate(said):
        for code in codes:
            key = name(code)
            if key not in columns:
                columns[key] = np.zeros(len(said), dtype=np.bool_)
            columns[key][row] = True
    return columns
