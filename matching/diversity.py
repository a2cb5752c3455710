"""A mix of kinds near the top, a cap for each organization, and one place in ten for what is new or not fully known.

Nothing here can lower a listing whose score rises. The greedy choice takes, at each place, the listing with the highest value given what stands
above; a listing that rises changes nobody else's value, so every place above it is filled as before, or by it. The open place is chosen by score
alone, with what is new or has questions left counting a ninth more: answering the last question raises a score by more than that ninth, so it
cannot cost the place either.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from matching.arrays import Bools, Ints
from matching.weights import BAND_WIDTH, MIX_KIND, MIX_KIND_MOST, MIX_SCORE, MIXED_TOP, OPEN_PLACE, ORGANIZATION_CAP

TEN = 10
BAND_VALUE = round(MIX_SCORE * BAND_WIDTH * 1000)
KIND_PENALTY = round(MIX_KIND * 1000)
TAKEN = np.iinfo(np.int64).min


def mix(band: Ints, lifted: Ints, kind: Ints, organization: Ints, count: int) -> list[int]:
    """The first ``count`` positions of an order after mixing its top 200; whole numbers throughout, so that nothing hangs on rounding.

    1. The first stays the first. 2. Each further place goes to the highest 0.8 x band value - 0.03 x min(2, how many of its kind are in this
    ten), the earlier one in a tie. 3. No organization comes a third time in a ten while any other is left. 4. The sixth of each ten goes to the
    highest score, where ``open_ended`` ones count as score / 0.9.
    """
    top = min(len(band), MIXED_TOP)
    left = np.ones(top, np.bool_)
    picked: list[int] = []
    kinds: Counter[int] = Counter()
    organizations: Counter[int] = Counter()
    while len(picked) < min(top, count):
        if len(picked) % TEN == 0:
            kinds.clear()
            organizations.clear()
        if not picked:
            best = 0
        elif len(picked) % TEN == OPEN_PLACE - 1:
            best = highest(lifted[:top], eligible(left, organization[:top], organizations))
        else:
            crowded = np.zeros(top, np.int64)
            for one, times in kinds.items():
                crowded[kind[:top] == one] = min(MIX_KIND_MOST, times)
            best = highest(band[:top] * BAND_VALUE - KIND_PENALTY * crowded, eligible(left, organization[:top], organizations))
        left[best] = False
        kinds[int(kind[best])] += 1
        organizations[int(organization[best])] += 1
        picked.append(best)
    return picked + list(range(top, min(len(band), count)))


def eligible(left: Bools, organization: Ints, taken: Counter[int]) -> Bools:
    """Those left whose organization has not had its share of this ten; all that are left when there is no such one."""
    full = [one for one, times in taken.items() if times >= ORGANIZATION_CAP]
    within = left & ~np.isin(organization, full)
    return within if within.any() else left


def highest(values: Ints, among: Bools) -> int:
    """The first position of the highest value."""
    return int(np.argmax(np.where(among, values, TAKEN)))
