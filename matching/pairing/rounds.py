"""One round: every seeker asks in the order of their own liking, every supporter keeps whom they would rather support, until nobody has anybody left to ask."""

from __future__ import annotations

from collections.abc import Collection
from heapq import heappush, heappushpop
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairing.weighing import Weighed

NEVER = np.iinfo(np.int32).max


class Pair(NamedTuple):
    """A seeker and a supporter, by id."""

    seeker: str
    supporter: str


class Outcome(NamedTuple):
    """What a round came to, in the order of the seekers' ids. ``fit``: the mean over all seekers of how mutual their pair is, where nobody counts as 0."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]
    fit: float


class Held(NamedTuple):
    """Where a round stands: for each supporter the heap of (worth, seeker) that they keep, and what a seeker has to be worth more than to be kept."""

    kept: list[list[tuple[int, int]]]
    least: NDArray[np.int32]


def deferred_acceptance(weighed: Weighed, *, fixed: Collection[Pair] = (), forbidden: Collection[Pair] = ()) -> Outcome:
    """Match a whole crowd, so that no seeker and supporter would both rather have each other than what they have.

    1. Fixed pairs stand: their seekers ask nobody, and their places are taken. ``ValueError`` where something stands against a fixed pair, or it does not fit.
    2. Forbidden pairs never meet.
    3. A seeker asks the supporter they like best of those who would keep them: who have a place, or somebody whom they would rather let go.
    4. Whoever is let go asks on. When nobody has anybody left to ask, everything stands.

    Seekers get the best that they can have in any stable matching; who asks first changes nothing. Same input, same output.
    """
    row, column = {id: at for at, id in enumerate(weighed.seekers)}, {id: at for at, id in enumerate(weighed.supporters)}
    stand = {row[pair.seeker]: column[pair.supporter] for pair in fixed}
    places = _places_left(weighed, fixed, stand)
    liking = weighed.liking
    if forbidden:
        liking = liking.copy()
        for pair in forbidden:
            if pair.seeker in row and pair.supporter in column:
                liking[row[pair.seeker], column[pair.supporter]] = -1
    held = begin(places)
    for seeker in range(len(weighed.seekers)):
        if seeker not in stand:
            ask(seeker, liking, weighed.worth, places, held)
    return _outcome(weighed, stand, held)


def begin(places: list[int]) -> Held:
    """A round in which nobody has asked yet."""
    return Held([[] for _ in places], np.array([-1 if count else NEVER for count in places], dtype=np.int32))


def ask(seeker: int, liking: NDArray[np.int64], worth: NDArray[np.int32], places: list[int], held: Held) -> int | None:
    """Let one seeker ask until they are kept, and whoever is let go for them; gives the seeker that is left over, or None.

    Since nobody's ``least`` ever falls, a supporter who would not keep somebody now would not have kept them earlier or later.
    """
    free: int | None = seeker
    while free is not None:
        if not places:
            return free
        wanted = np.where(worth[free] > held.least, liking[free], -1)
        best = int(wanted.argmax())
        if wanted[best] < 0:
            return free
        free = _keep(free, int(worth[free, best]), best, places, held)
    return None


def _keep(seeker: int, worth: int, supporter: int, places: list[int], held: Held) -> int | None:
    """Take a seeker in; gives whom the supporter lets go for them."""
    kept = held.kept[supporter]
    if len(kept) < places[supporter]:
        heappush(kept, (worth, seeker))
        gone = None
    else:
        gone = heappushpop(kept, (worth, seeker))[1]
    if len(kept) == places[supporter]:
        held.least[supporter] = kept[0][0]
    return gone


def _places_left(weighed: Weighed, fixed: Collection[Pair], stand: dict[int, int]) -> list[int]:
    places = list(weighed.places)
    for seeker, supporter in stand.items():
        places[supporter] -= 1
        if weighed.liking[seeker, supporter] < 0:
            raise ValueError("Something stands against a pair that was fixed.")
    if len(stand) < len(set(fixed)) or min(places, default=0) < 0:
        raise ValueError("Fixed pairs give somebody more than they have places for.")
    return places


def _outcome(weighed: Weighed, stand: dict[int, int], held: Held) -> Outcome:
    found = stand | {seeker: supporter for supporter, kept in enumerate(held.kept) for _, seeker in kept}
    pairs = tuple(Pair(weighed.seekers[seeker], weighed.supporters[found[seeker]]) for seeker in sorted(found))
    unmatched = tuple(id for seeker, id in enumerate(weighed.seekers) if seeker not in found)
    fit = sum(weighed.mutual(seeker, found[seeker]) for seeker in sorted(found)) / max(1, len(weighed.seekers))
    return Outcome(pairs, unmatched, fit)
