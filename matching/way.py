"""Free time that has to hold the way there and back as well as the time there.

A date of a free slot is met by an opening, for somebody who needs t minutes one way, when

1. slot and opening share half an hour or more, as without the way (``Openings.hits``), and
2. within the stretch of free time that the slot is part of (slots that touch make one stretch; what is past of it does not count) the person can leave
   home, be there and be home again: for what meets (``MEETING_KINDS``, at most four hours long), from its beginning to its end, so it begins t minutes
   after the stretch or later and ends t minutes before it does or sooner; for what is open, for any half hour of it.

t is the quickest of the person's own ways to travel, and nothing for what is taken part in from afar. Where a listing has no public place, t is not
known: such a date is neither met nor missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from matching.arrays import Floats, Ints
from matching.geography import distance_km, reduced, travel_minutes
from matching.openings import DAY, Openings, find_zone, occurrences
from matching.values import Mode, Place, Slot
from matching.weights import MEETING_MOST, OVERLAP_MINUTES, USUAL_MODES

Slack = npt.NDArray[np.float32]
DATES = 3
"""The most dates that one weekly slot has within fourteen days, a date that has begun among them."""
Date = tuple[int, int, int]
"""Days from today, and minutes from and to, counted from today's midnight."""


def slack(openings: Openings, slots: Sequence[Slot], at: datetime, *, meets: bool) -> Slack:
    """For each date of each slot (lines) and each timetable, the most minutes one way with which it is met; minus infinity where it is not even without.

    ``meets`` is for listings that people come to from beginning to end.
    """
    found = np.full((DATES * len(slots), openings.timetables), -np.inf, np.float32)
    for zone in openings.zones:
        now = at.astimezone(find_zone(zone))
        dates = [(DATES * number + nth, date) for number, slot in enumerate(slots) for nth, date in enumerate(occurrences(slot, now))]
        for line, (day, first, last) in dates:
            starts, ends = stretch_around(first, last, [date for _, date in dates])
            for near in (day - 1, day, day + 1):
                entries = openings.happening(zone, now.date(), near)
                opens, closes = openings.opens[entries] + near * DAY, openings.closes[entries] + near * DAY
                shared = np.minimum(closes, last) - np.maximum(opens, first)
                left = room(opens, closes, starts, ends, meets=meets)
                np.maximum.at(found[line], openings.timetable[entries], np.where((shared >= OVERLAP_MINUTES) & (left >= 0), left, -np.inf))
    return found


def stretch_around(first: int, last: int, dates: Sequence[Date]) -> tuple[int, int]:
    """The whole stretch of free time that a date of a slot is part of."""
    grown = True
    while grown:
        touching = [(a, b) for _, a, b in dates if a <= last and b >= first]
        wider = min(a for a, _ in touching), max(b for _, b in touching)
        grown = wider != (first, last)
        first, last = wider
    return first, last


def room(opens: Ints, closes: Ints, starts: int, ends: int, *, meets: bool) -> Floats:
    """The most minutes one way with which there is time for each opening within a stretch; below nothing where there is not."""
    whole = np.minimum(opens - starts, ends - closes)
    some = np.minimum(np.minimum(ends - opens, closes - starts) - OVERLAP_MINUTES, (ends - starts - OVERLAP_MINUTES) / 2)
    return np.where(meets & (closes - opens <= MEETING_MOST), whole, some)


def met(found: Slack, timetables: Ints, minutes: Floats) -> Ints:
    """For each row, by its timetable and its minutes one way, how many dates of free slots are met."""
    count = np.zeros(len(timetables), np.int64)
    for line in found:
        count += line[timetables] >= minutes
    return count


def is_met(opens: int, closes: int, dates: Sequence[Date], minutes: float, *, meets: bool) -> bool:
    """Whether one opening meets one of the dates of free slots with so many minutes one way; minutes of the day as in ``Date``."""
    for _, first, last in dates:
        if min(closes, last) - max(opens, first) >= OVERLAP_MINUTES:
            left = room(np.array([opens]), np.array([closes]), *stretch_around(first, last, dates), meets=meets)
            if left[0] >= max(0.0, minutes):
                return True
    return False


def minutes_between(here: Place, there: Place, modes: Sequence[Mode]) -> float:
    """Minutes one way between two points, by the quickest of some ways to travel; of those that are usual where none is said."""
    km = distance_km(here, reduced(np.array([there.latitude])), np.radians(np.array([there.longitude])))
    return min(float(travel_minutes(km, mode)[0]) for mode in modes or USUAL_MODES)
