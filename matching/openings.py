"""When listings are open, as columns, and how many of a person's free slots they meet in the next fourteen days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from matching.arrays import Bools, Ints
from matching.checking import check_openings
from matching.turns import day_bits, is_monthly, is_rare, month_bits, month_day_bits, month_number, phase, week_bits, week_number
from matching.values import Listing, Opening, Slot
from matching.weights import DAYS_AHEAD, OVERLAP_MINUTES

DAY = 1440
NEVER_ENDS = date.max.toordinal()
NOTHING: Ints = np.zeros(0, np.int64)
MOST_DAYS = 2 * DAYS_AHEAD
"""Days whose closed timetables are remembered: those that are asked about now, and some to spare."""


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name, or None: hours in a zone nobody knows are hours nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def spans(starts: int, ends: int) -> tuple[int, int]:
    """Minutes from and to, the end moved past midnight where it was written as an earlier hour."""
    return starts, ends + DAY if ends < starts else ends


class Openings:
    """The hours of listings. Many listings share theirs, so each different timetable is kept once: row r has timetable ``number[r]``.

    The stretches of all timetables lie in arrays of the same length, grouped by zone and weekday. Few timetables have closed dates, and many of those
    the same: a timetable that has any has a calendar, and the dates of a calendar are kept once. Few stretches are of every second week or of a day of
    the month: what is said of those lies in arrays of its own, and costs the others nothing.
    """

    def __init__(self, number: Ints, timetables: int, arrays: Mapping[str, Ints], zones: Sequence[str]) -> None:
        """``arrays``: of each stretch its timetable, zone, weekday, minutes from and to, weeks as bits, and the days it is valid from and to.

        Beside them ``dated``, the timetables with closed dates, and the ``calendar`` of each; ``closed`` and ``closed_calendar``, each closed day of
        each calendar. ``rare``, the stretches that are not of every week or month, and of each ``every``, ``phase``, ``monthly`` (1 for months) and its
        days of the month as bits, ``month_days``.
        """
        self.number = number
        self.timetables = timetables
        self._stated: tuple[tuple[date, ...], Bools] | None = None
        self.arrays = dict(arrays)
        self._shut: dict[int, Bools | None] = {}
        self.zones = tuple(zones)
        self.timetable, self.opens, self.closes = arrays["timetable"], arrays["opens"], arrays["closes"]
        self.weeks, self.valid_from, self.valid_to = arrays["weeks"], arrays["valid_from"], arrays["valid_to"]
        self.dated, self.calendar = arrays["dated"], arrays["calendar"]
        self.closed, self.closed_calendar = arrays["closed"], arrays["closed_calendar"]
        group = arrays["zone"] * 7 + arrays["weekday"]
        self.groups: dict[tuple[str, int], Ints] = {
            (self.zones[key // 7], key % 7): np.flatnonzero(group == key) for key in np.unique(group).tolist()
        }
        self.rare, self.rare_groups = arrays["rare"], group[arrays["rare"]]

    @classmethod
    def build(cls, listings: Sequence[Listing]) -> Openings:
        """One timetable for each listing; one in a zone that nobody knows is empty."""
        numbers: dict[tuple[str, tuple[Opening, ...], tuple[date, ...]], int] = {}
        number = [numbers.setdefault((one.timezone, one.openings, one.closed_on), len(numbers)) for one in listings]
        owners = dict(zip(number, (one.id for one in listings), strict=True))
        for (_, openings, _), at in numbers.items():
            check_openings(openings, owners[at])
        zones = sorted({zone for zone, openings, _ in numbers if openings and find_zone(zone)})
        known = [(at, zones.index(zone), o) for (zone, openings, _), at in numbers.items() if zone in zones for o in openings]
        calendars: dict[tuple[date, ...], int] = {}
        dated = {at: calendars.setdefault(closed, len(calendars)) for (_, _, closed), at in numbers.items() if closed}
        columns = {
            "timetable": [at for at, _, _ in known],
            "zone": [zone for _, zone, _ in known],
            "weekday": [o.weekday for _, _, o in known],
            "opens": [spans(o.opens, o.closes)[0] for _, _, o in known],
            "closes": [spans(o.opens, o.closes)[1] for _, _, o in known],
            "weeks": [week_bits(o) for _, _, o in known],
            "valid_from": [o.valid_from.toordinal() if o.valid_from else 0 for _, _, o in known],
            "valid_to": [o.valid_to.toordinal() if o.valid_to else NEVER_ENDS for _, _, o in known],
            "dated": list(dated),
            "calendar": list(dated.values()),
            "closed": [day.toordinal() for days in calendars for day in days],
            "closed_calendar": [at for days, at in calendars.items() for _ in days],
            **_rare([o for _, _, o in known]),
        }
        arrays = {name: np.array(values, np.int64) for name, values in columns.items()}
        return cls(np.array(number, np.int64), len(numbers), arrays, zones)

    def stated(self, at: datetime) -> Bools:
        """Timetables with an opening that is not over for good; one whose hours have all run out tells nothing of today."""
        days = tuple(at.astimezone(find_zone(zone)).date() for zone in self.zones)
        if self._stated is None or self._stated[0] != days:
            self._stated = days, self._find_stated(at)
        return self._stated[1]

    def _find_stated(self, at: datetime) -> Bools:
        found = np.zeros(self.timetables, np.bool_)
        for (zone, _), entries in self.groups.items():
            today = at.astimezone(find_zone(zone)).date().toordinal()
            found[self.timetable[entries[self.valid_to[entries] >= today]]] = True
        return found

    def hits(self, slots: Sequence[Slot], at: datetime) -> Ints:
        """For each timetable, how many of the slots' dates overlap one of its openings by 30 minutes or more, within 14 days of ``at``, in its zone."""
        count = np.zeros(self.timetables, np.int64)
        for zone in self.zones:
            now = at.astimezone(find_zone(zone))
            for slot in slots:
                for day, starts, ends in occurrences(slot, now):
                    met = np.zeros(self.timetables, np.bool_)
                    for near in (day - 1, day, day + 1):
                        self._mark(met, zone, now.date(), near, starts, ends)
                    count += met
        return count

    def _mark(self, met: Bools, zone: str, today: date, day: int, starts: int, ends: int) -> None:
        entries = self.happening(zone, today, day)
        overlap = np.minimum(self.closes[entries] + day * DAY, ends) - np.maximum(self.opens[entries] + day * DAY, starts)
        met[self.timetable[entries[overlap >= OVERLAP_MINUTES]]] = True

    def happening(self, zone: str, today: date, day: int) -> Ints:
        """The stretches that begin in a zone so many days after today."""
        on = today + timedelta(days=day)
        entries = self.groups.get((zone, on.weekday()))
        if entries is None:
            return NOTHING
        weeks = self.weeks[entries]
        happens = (weeks == 0) | (weeks & month_bits(on) != 0)
        for_rare = self.rare_groups == self.zones.index(zone) * 7 + on.weekday()
        if for_rare.any():
            happens[np.searchsorted(entries, self.rare[for_rare])] &= self._is_turn(for_rare, on)
        happens &= (self.valid_from[entries] <= on.toordinal()) & (on.toordinal() <= self.valid_to[entries])
        if (shut := self._shut_on(on.toordinal())) is not None:
            happens &= ~shut[self.timetable[entries]] | (self.valid_from[entries] == self.valid_to[entries])
        return np.asarray(entries[happens])

    def _is_turn(self, which: Bools, on: date) -> Bools:
        """For some of the rare stretches, whether a date is one of their turns (``matching.turns.is_turn`` of columns)."""
        every, month_days = self.arrays["every"][which], self.arrays["month_days"][which]
        number = np.where(self.arrays["monthly"][which] == 1, month_number(on), week_number(on))
        return np.asarray((number % every == self.arrays["phase"][which]) & ((month_days == 0) | (month_days & day_bits(on) != 0)))

    def _shut_on(self, day: int) -> Bools | None:
        """Timetables for which a day is a closed date; None where it is for none."""
        known = self._shut
        if day not in known:
            calendars = self.closed_calendar[self.closed == day]
            shut: Bools | None = None
            if len(calendars):
                shut = np.zeros(self.timetables, np.bool_)
                shut[self.dated[np.isin(self.calendar, calendars)]] = True
            if len(known) >= MOST_DAYS:
                known = self._shut = {}
            known[day] = shut
        return known[day]


def _rare(openings: Sequence[Opening]) -> dict[str, list[int]]:
    found = [(number, one) for number, one in enumerate(openings) if is_rare(one)]
    return {
        "rare": [number for number, _ in found],
        "every": [one.every for _, one in found],
        "phase": [phase(one) for _, one in found],
        "monthly": [int(is_monthly(one)) for _, one in found],
        "month_days": [month_day_bits(one) for _, one in found],
    }


def occurrences(slot: Slot, now: datetime) -> Iterator[tuple[int, int, int]]:
    """The slot's dates in the fourteen days after ``now``: days from today, and minutes from and to, counted from today's midnight."""
    since = now.hour * 60 + now.minute
    until = since + DAYS_AHEAD * DAY
    starts, ends = spans(slot.starts, slot.ends)
    for day in range(-1, DAYS_AHEAD + 1):
        if (now.date() + timedelta(days=day)).weekday() != slot.weekday:
            continue
        first, last = max(starts + day * DAY, since), min(ends + day * DAY, until)
        if last - first >= OVERLAP_MINUTES:
            yield day, first, last
