"""A mix of kinds near the top, a cap for each organization, and one place in ten for what is new or not fully known.

Nothing here can lower a listing whose score rises. The greedy choice takes, at each place, the listing with the highest value given what stands
above; a listing that rises changes nobody else's value, so every place above it is filled as before, or by it. The open place is chosen by score
alone, with what is new or has questions left counting a ninth more: answering the last question raises a score by more than that ninth, so it
cannot cost the place either.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from matching.arrays import Bits, Bools, Ints
from matching.weights import BAND_WIDTH, MIX_KIND, MIX_KIND_MOST, MIX_SCORE, MIXED_TOP, OPEN_PLACE, ORGANIZATION_CAP

TEN = 10
BAND_VALUE = round(MIX_SCORE * BAND_WIDTH * 1000)
KIND_PENALTY = round(MIX_KIND * 1000)


def mix(
    band: Ints, lifted: Ints, kind: Bits, organization: Bits, count: int, opposite: Bools | None = None, covers: Ints | None = None,
) -> list[int]:  # fmt: skip
    """The first ``count`` positions of an order after mixing its top 200; whole numbers throughout, so that nothing hangs on rounding.

    1. The first stays the first, but gives its place to the first that is not ``opposite`` to the company wished for, where there is such a one:
    who asked for a small and quiet group is not sent to a crowd first. 2. Each further place goes to the highest 0.8 x band value - 0.014 x min(2,
    how many of its kind are in this ten), the earlier one in a tie. 3. No organization comes a third time in a ten while any other is left. 4. The
    sixth of each ten goes to the highest score, where ``open_ended`` ones count as score / 0.9. 5. When there are only as many places left in the
    first ten as chosen parts of life that nothing above is in, each goes to the best that is in one of them: ``covers`` has a bit for each part.
    """
    top = min(len(band), MIXED_TOP)
    kinds, organizations = (groups[:top].tolist() for groups in (kind, organization))
    worth = (band[:top] * BAND_VALUE).tolist()
    left = dict.fromkeys(range(top))
    ten, picked = Ten({}, {}, set()), list[int]()
    parts = [] if covers is None or not covers[:top].any() else covers[:top].tolist()
    while len(picked) < min(top, count):
        place = len(picked) % TEN
        if place == 0:
            ten = Ten({}, {}, set())
        among = missing(left, parts, picked, organizations, ten.full)
        if not picked:
            best = 0 if opposite is None or opposite.all() else int(np.argmin(opposite))
        elif place == OPEN_PLACE - 1:
            best = most_lifted(among, lifted, organizations, ten.full)
        else:
            best = most_worth(among, worth, kinds, organizations, ten)
        del left[best]
        ten.take(kinds[best], organizations[best])
        picked.append(best)
    return picked + list(range(top, min(len(band), count)))


def missing(left: dict[int, None], parts: list[int], picked: list[int], organizations: list[int], full: set[int]) -> Iterable[int]:
    """Those to choose from: all that are left, or, where the places of the first ten grow short, those in a part of life that nothing above is in."""
    if not picked or len(picked) >= TEN or not parts:
        return left
    wanted = reduce(or_, (parts[one] for one in left if organizations[one] not in full), 0) & ~reduce(or_, (parts[one] for one in picked))
    if wanted.bit_count() < TEN - len(picked):
        return left
    return [one for one in left if parts[one] & wanted and organizations[one] not in full]


class Ten(NamedTuple):
    """What stands in a ten so far: by how much each kind is crowded, how often each organization comes, and which have had their share."""

    crowded: dict[int, int]
    had: dict[int, int]
    full: set[int]

    def take(self, kind: int, organization: int) -> None:
        """Count one more."""
        self.crowded[kind] = min(KIND_PENALTY * MIX_KIND_MOST, self.crowded.get(kind, 0) + KIND_PENALTY)
        self.had[organization] = self.had.get(organization, 0) + 1
        if self.had[organization] >= ORGANIZATION_CAP:
            self.full.add(organization)


def most_lifted(left: Iterable[int], lifted: Ints, organizations: list[int], full: set[int]) -> int:
    """The first of the most lifted whose organization has not had its share of this ten, or of all when there is no such one."""
    among = list(left)
    kept = [one for one in among if organizations[one] not in full] or among
    return kept[int(np.argmax(lifted[kept]))]


def most_worth(left: Iterable[int], worth: list[int], kinds: list[int], organizations: list[int], ten: Ten) -> int:
    """The earliest position of the highest worth less what its kind is crowded by, among the eligible; among all that are left when none is.

    Worths fall from first to last, so the search ends where even a kind that is not there yet could not make up for it.
    """
    for barred in (ten.full, set[int]()):
        best, most = -1, 0
        for one in left:
            if best >= 0 and worth[one] <= most:
                break
            if organizations[one] in barred:
                continue
            value = worth[one] - ten.crowded.get(kinds[one], 0)
            if best < 0 or value > most:
                best, most = one, value
        if best >= 0:
            return best
    raise ValueError("There is nothing left to choose from.")
