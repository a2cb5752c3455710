"""Two crowds made ready: each question between them as two thin tables, whose product answers it for every pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairing.hours import common_starts
from matching.pairing.marks import Array, Pair, beside, marks, said
from matching.pairing.values import Lack, Peer, Veto
from matching.pairing.weights import ABOUT, HOPES, HOURS, INTERESTS, UNKNOWN, WAYS, WHOLE
from matching.pairing.wishes import Known, Wishes, known, wished

Some = NDArray[np.bool_]
Says = Callable[[Peer], Set[str]]
_about, _not_about, _interests, _strengths, _hopes, _languages, _ways, _not_areas, _organizations, _not_organizations = (
    attrgetter(name)
    for name in ("about", "not_about", "interests", "strengths", "hopes", "languages", "ways", "not_areas", "organizations", "not_organizations")
)


class Need(NamedTuple):
    """Something that two must have in common, and who of each crowd said anything of it at all."""

    pair: Pair
    ours: Some
    theirs: Some


class Factors(NamedTuple):
    """All there is between seekers and supporters. ``clashes``: what one will not have and the other is; more than nothing is a veto.

    ``seekers_wish`` and ``supporters_wish``: what one counts, times what is known of the other; ``*_whole``: the most that it could come to.
    """

    clashes: dict[Veto, Pair]
    needs: dict[Lack, Need]
    about: Pair
    interests: Pair
    hopes: Pair
    hoped: Pair
    seekers_wish: Pair
    supporters_wish: Pair
    seekers_whole: Array
    supporters_whole: Array


def factors(seekers: Sequence[Peer], supporters: Sequence[Peer], *, on: date) -> Factors:
    """Make two crowds ready; ``on`` is the date whose clocks count."""

    def both(ours: Says, theirs: Says) -> Pair:
        return marks([ours(one) for one in seekers], [theirs(one) for one in supporters])

    seek, support = wished(seekers), wished(supporters)
    of_supporters, of_seekers = known(seek.all, supporters), known(support.all, seekers)
    needs = _needs(seekers, supporters, both, on)
    linear = _linear(seekers, seek, of_supporters, supporters), _linear(supporters, support, of_seekers, seekers)
    return Factors(
        clashes={
            "about": beside([both(_about, _not_about), both(_not_about, _about)]),
            "area": beside([both(_not_areas, _area), both(_area, _not_areas)]),
            "organization": beside([both(_not_organizations, _organizations), both(_organizations, _not_organizations)]),
            "wish": beside([(seek.must, of_supporters.no), (of_seekers.no, support.must)]),
        },
        needs=needs,
        about=both(_about, _about),
        interests=both(_interests, _interests),
        hopes=both(_hopes, _strengths),
        hoped=both(_strengths, _hopes),
        seekers_wish=linear[0][0],
        supporters_wish=(linear[1][0][1], linear[1][0][0]),
        seekers_whole=linear[0][1],
        supporters_whole=linear[1][1],
    )


def _needs(seekers: Sequence[Peer], supporters: Sequence[Peer], both: Callable[[Says, Says], Pair], on: date) -> dict[Lack, Need]:
    ours, theirs = common_starts(seekers, on=on), common_starts(supporters, on=on)
    used = ours.any(axis=0) & theirs.any(axis=0)
    hours = ours[:, used].astype(np.float32), theirs[:, used].astype(np.float32)
    return {
        "language": Need(both(_languages, _languages), _said(seekers, _languages), _said(supporters, _languages)),
        "way": Need(both(_ways, _ways), _said(seekers, _ways), _said(supporters, _ways)),
        "hours": Need(hours, _has_slots(seekers), _has_slots(supporters)),
    }


def _linear(people: Sequence[Peer], wishes: Wishes, others: Known, them: Sequence[Peer]) -> tuple[Pair, Array]:
    """What adds up without further ado: wishes, and the worth of what the other said nothing of. With it, the most that all can come to."""
    weigh = np.stack([
        ABOUT * _said(people, _about), WAYS * _said(people, _ways), HOURS * _has_slots(people),
        INTERESTS * _said(people, _interests) + HOPES * _said(people, _hopes),
    ], axis=1).astype(np.float32)  # fmt: skip
    worth = np.stack([~_said(them, _about), ~_said(them, _ways), ~_has_slots(them), np.ones(len(them), dtype=np.bool_)], axis=1)
    mine = np.hstack([wishes.weight, weigh])
    theirs = np.hstack([WHOLE * others.yes + UNKNOWN * others.unknown, (UNKNOWN * worth).astype(np.float32)])
    return (mine, theirs), WHOLE * mine.sum(axis=1)


def _said(people: Sequence[Peer], says: Says) -> Some:
    return said([says(person) for person in people])


def _has_slots(people: Sequence[Peer]) -> Some:
    return np.array([bool(person.slots) for person in people], dtype=np.bool_)


def _area(peer: Peer) -> Set[str]:
    return {peer.area} - {""}

