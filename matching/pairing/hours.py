"""Times of the week in somebody's own zone, as quarters of an hour of one common week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from matching.pairing.values import Peer
from matching.pairing.weights import QUARTER, TOGETHER
from matching.values import Slot

WEEK = 7 * 24 * 60 // QUARTER
Marks = NDArray[np.bool_]


def common_starts(people: Sequence[Peer], *, on: date) -> Marks:
    """For each person and quarter of the week (UTC, from Monday's midnight): whether they have half an hour that begins there.

    Two people have half an hour in common exactly where both have such a quarter. Clocks stand as they do at noon of ``on`` in each zone. A slot
    counts by its whole quarters; one that touches the next goes on in it. Shape: people x 672.
    """
    free = np.zeros((len(people), WEEK), dtype=np.bool_)
    east = {zone: _minutes_east(zone, on) for zone in {person.timezone for person in people}}
    for row, person in enumerate(people):
        for slot in person.slots:
            _mark(free[row], slot, east[person.timezone])
    starts = free.copy()
    for later in range(1, TOGETHER):
        starts &= np.roll(free, -later, axis=1)
    return starts


def _mark(week: Marks, slot: Slot, shift: int) -> None:
    day = slot.weekday * 1440 - shift
    first, last = -(-(day + slot.starts) // QUARTER), (day + slot.ends) // QUARTER
    if last <= first:
        return
    first, last = first % WEEK, first % WEEK + last - first
    week[first:last] = True
    week[: max(0, last - WEEK)] = True


def _minutes_east(timezone: str, on: date) -> int:
    offset = datetime.combine(on, time(12), tzinfo=ZoneInfo(timezone)).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60
