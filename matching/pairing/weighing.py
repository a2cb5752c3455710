"""Who would rather have whom, for a whole round: strict orders of both sides, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairing.scores import scored
from matching.pairing.values import Peer
from matching.pairing.vetoes import Blocked
from matching.pairing.weights import BANDS, WEEK_WORTH, WEEKS_MOST

FINE: Final = (1 << 20) - 1
"""Steps in which a mutual score is kept inside a seeker's order."""


class Weighed(NamedTuple):
    """What a round goes by. ``liking``: how a seeker orders supporters, more is better, below 0 never; ``worth``: how a supporter orders seekers.

    Both are strict: no two alike in a row of ``liking`` but by the rarest chance (then the earlier supporter), no two at all in a column of ``worth``.
    People stand in the order of their ids. ``places``: how many a supporter can take on;
    ``turns``: more for whoever has waited longer.
    """

    seekers: tuple[str, ...]
    supporters: tuple[str, ...]
    places: tuple[int, ...]
    liking: NDArray[np.int64]
    worth: NDArray[np.int32]
    turns: NDArray[np.int32]

    def mutual(self, row: int, column: int) -> float:
        """The harmonic mean of a pair's two scores, to a millionth; it is a part of ``liking``."""
        return ((int(self.liking[row, column]) >> 22) & FINE) / FINE


def weigh(seekers: Sequence[Peer], supporters: Sequence[Peer], *, on: date, blocked: Blocked = ()) -> Weighed:
    """Weigh every pair. The order in which people are given changes nothing."""
    ours, theirs = ordered(seekers, supporters)
    shape = len(ours), len(theirs)
    made = Weighed(
        tuple(one.id for one in ours), tuple(one.id for one in theirs), tuple(one.places for one in theirs), np.empty(shape, dtype=np.int64),
        np.empty(shape, dtype=np.int32), _turns(ours),
    )  # fmt: skip
    _fill(made, ours, theirs, made.turns, slice(0, len(ours)), on=on, blocked=blocked)
    return made


def with_other(weighed: Weighed, seeker: Peer, supporters: Sequence[Peer], *, on: date, blocked: Blocked = ()) -> Weighed:
    """As if one seeker, who has waited as long, were as they are given here: what ``weigh`` would give, with one row weighed."""
    row = weighed.seekers.index(seeker.id)
    made = weighed._replace(liking=weighed.liking.copy(), worth=weighed.worth.copy())
    _fill(made, [seeker], sorted(supporters, key=_id), made.turns[row : row + 1], slice(row, row + 1), on=on, blocked=blocked)
    return made


def _fill(
    made: Weighed, ours: Sequence[Peer], theirs: Sequence[Peer], turns: NDArray[np.int32], into: slice, *, on: date, blocked: Blocked,
) -> None:  # fmt: skip
    """Both orders, as whole numbers: a seeker's by what is met, how mutual it is, and chance; a supporter's by band and turn."""
    weeks, marks = np.array([_weeks(one, on) for one in ours]), (_hashes(ours), _hashes(theirs))
    liking, worth = made.liking[into], made.worth[into]
    liking.fill(-1)
    worth.fill(-1)
    for rows, scores in scored(ours, theirs, on=on, blocked=blocked):
        row, column = scores.allowed.nonzero()   # most pairs are not possible, and cost nothing from here on
        who = row + rows.start
        tie = ((marks[0][who] ^ marks[1][column]) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(42)).astype(np.int64)
        fine = (scores.mutual[row, column] * FINE).astype(np.int64)
        liking[who, column] = scores.met[row, column] << 42 | fine << 22 | tie
        band = ((scores.supporters[row, column] + WEEK_WORTH * weeks[who]) * BANDS).astype(np.int32)
        worth[who, column] = band << 20 | turns[who]


def ordered(seekers: Sequence[Peer], supporters: Sequence[Peer]) -> tuple[list[Peer], list[Peer]]:
    """Both crowds by their ids; ``ValueError`` where somebody is there twice or on the wrong side."""
    for people, side in ((seekers, "seeker"), (supporters, "supporter")):
        if len({one.id for one in people}) < len(people) or any(one.side != side for one in people):
            raise ValueError(f"Each {side} once, and nobody else.")
    return sorted(seekers, key=_id), sorted(supporters, key=_id)


def _turns(seekers: Sequence[Peer]) -> NDArray[np.int32]:
    """Whoever has waited longer has more; no two the same."""
    first = sorted(range(len(seekers)), key=lambda at: (seekers[at].waiting_since or date.max, seekers[at].id), reverse=True)
    turn = np.empty(len(seekers), dtype=np.int32)
    turn[first] = np.arange(len(seekers))
    return turn


def _weeks(seeker: Peer, on: date) -> int:
    waited = (on - seeker.waiting_since).days if seeker.waiting_since else 0
    return min(max(0, waited // 7), WEEKS_MOST)


def _hashes(people: Sequence[Peer]) -> NDArray[np.uint64]:
    """A number for each id: among supporters who suit a seeker equally well, each seeker has an order of their own, so that not all ask the same one."""
    return np.array([int.from_bytes(blake2b(one.id.encode(), digest_size=8).digest(), "big") for one in people], dtype=np.uint64)


def _id(peer: Peer) -> str:
    return peer.id
