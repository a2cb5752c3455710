"""What may honestly be said of a distance: exact between given points, whole kilometres when one is only the middle of an area, else nothing."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from matching.arrays import Ints
from matching.geography import travel_minutes
from matching.question import Question
from matching.row import Row
from matching.values import Mode

MODE_WORDS: dict[Mode, str] = {"walk": "on foot", "wheel": "by wheelchair", "cycle": "by bike", "bus": "by bus", "car": "by car"}
OWN_PACE: tuple[Mode, ...] = ("walk", "wheel")
SPARED_WAIT = 5
"""Minutes: nobody waits for a bus to be there five minutes sooner, so the way at one's own pace is named."""


class Nearness(NamedTuple):
    """``km`` is rounded to what is known; ``minutes`` and ``mode`` only where both points were given and the person said how they travel."""

    band: str = ""
    km: float | None = None
    minutes: int | None = None
    mode: Mode | None = None

    @property
    def text(self) -> str:
        """A sentence's worth: minutes where there are some, else the distance."""
        if self.minutes is not None and self.mode is not None:
            return f"{self.minutes} minute{'' if self.minutes == 1 else 's'} {MODE_WORDS[self.mode]}"
        return f"{self.band[:1].upper()}{self.band[1:]} away" if self.band and not self.band.startswith("within") else self.band.capitalize()


def nearness(q: Question, listing: Row) -> Nearness:
    """How far ``listing`` is from the person; empty when either has no place that may be used."""
    if q.inquiry.place is None or not listing.has_place:
        return Nearness()
    found: Nearness = q.had("near", listing.number)
    return found


def measure_all(q: Question, rows: Ints) -> None:
    """Work out for all the rows of a page at once how near they are, for ``nearness``."""
    if q.inquiry.place is not None:
        near = [told(q, km, margin) if km == km else Nearness() for km, margin in zip(q.km(rows).tolist(), q.margin_km(rows).tolist(), strict=True)]
        q.keep("near", rows.tolist(), near)


def told(q: Question, km: float, margin: float) -> Nearness:
    """What may be said of a distance."""
    if margin:
        return roughly(km, margin)
    if not q.inquiry.travel.modes:
        return Nearness(exactly(km), round(km, 1))
    by_mode = {mode: travel_minutes(km, mode) for mode in sorted(q.inquiry.travel.modes)}
    mode = min(by_mode, key=lambda one: by_mode[one] - (SPARED_WAIT if one in OWN_PACE else 0))
    return Nearness(exactly(km), round(km, 1), max(1, ceil(by_mode[mode])), mode)


def roughly(km: float, margin_km: float) -> Nearness:
    """Whole kilometres, and never nearer than the margin within which the points are known."""
    if km <= margin_km:
        return Nearness(f"within about {margin_km:.0f} km", margin_km)
    return Nearness(f"about {km:.0f} km", float(round(km)))


def exactly(km: float) -> str:
    """Metres to the nearest hundred below a kilometre, one decimal below ten, then whole kilometres."""
    if km < 0.95:
        return f"{round(km * 10) * 100} m" if km >= 0.1 else "under 100 m"
    return f"{km:.1f} km" if km < 9.95 else f"{km:.0f} km"
