"""The part of the slow ranking that reads clocks and ways: when a listing is open, how far it is, and whether there is time to go and come back."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from matching import weights as w
from matching.values import Listing, Mode, Opening, Place, Travel
from tests.matching.wished import Wished

Stretch = tuple[datetime, datetime]


def kilometres(a: Place, b: Place) -> float:
    """Lambert's formula for long lines on WGS84."""
    flattening, equator = 1 / 298.257223563, 6378.137
    first, second = (math.atan((1 - flattening) * math.tan(math.radians(one.latitude))) for one in (a, b))
    turn = math.radians(b.longitude - a.longitude)
    chord = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    angle = 2 * math.asin(math.sqrt(min(1.0, chord)))
    middle, half = (first + second) / 2, (second - first) / 2
    x = (angle - math.sin(angle)) * (math.sin(middle) * math.cos(half)) ** 2 / max(math.cos(angle / 2) ** 2, 1e-9)
    y = (angle + math.sin(angle)) * (math.cos(middle) * math.sin(half)) ** 2 / max(math.sin(angle / 2) ** 2, 1e-30)
    return equator * (angle - flattening / 2 * (x + y))


class Timed(Wished):
    """Times and ways, one listing at a time."""

    at: datetime
    travel: Travel
    modes: tuple[Mode, ...]

    def public_place(self, one: Listing) -> Place | None:
        return None if one.confidential else one.place

    def is_remote(self, one: Listing) -> bool:
        wanted = set(self.must.formats) if self.must.formats else w.REMOTE_FORMATS
        here, there = self.inquiry.place, self.public_place(one)
        if here is not None and there is not None and not one.areas and not (self.must.formats and wanted <= w.REMOTE_FORMATS):
            margin = w.MARGIN_KM[here.precision] + w.MARGIN_KM[there.precision]
            if kilometres(here, there) - margin > w.REMOTE_KM:
                return False
        return bool(one.formats.yes & wanted & w.REMOTE_FORMATS)

    def minutes(self, km: float, mode: Mode) -> float:
        return w.WAIT_MINUTES[mode] + 60 * w.DETOUR * km / w.SPEED_KMH[mode]

    def hours_stated(self, one: Listing) -> bool:
        try:
            today = self.at.astimezone(ZoneInfo(one.timezone)).date()
        except (KeyError, ValueError):
            return one.always_open
        return one.always_open or any(o.valid_to is None or o.valid_to >= today for o in one.openings)

    def happens(self, one: Listing, opening: Opening, on: date) -> bool:
        is_shut = on in one.closed_on and not opening.valid_from == opening.valid_to == on
        length = monthrange(on.year, on.month)[1]
        alike = [day for day in range(1, length + 1) if on.replace(day=day).weekday() == on.weekday()]
        in_week = not opening.weeks or on.day in [alike[week - (week > 0)] for week in opening.weeks if abs(week) <= len(alike)]
        in_week &= not opening.month_days or bool({on.day, on.day - length - 1} & {*opening.month_days})
        in_week &= self.has_turn(opening, on)
        begun = opening.valid_from is None or opening.valid_from <= on
        return not is_shut and on.weekday() == opening.weekday and in_week and begun and (opening.valid_to is None or on <= opening.valid_to)

    def has_turn(self, opening: Opening, on: date) -> bool:
        since = opening.since
        if opening.every == 1 or since is None:
            return opening.every == 1
        if opening.weeks or opening.month_days:
            return ((on.year - since.year) * 12 + on.month - since.month) % opening.every == 0
        mondays = [day - timedelta(days=day.weekday()) for day in (on, since)]
        return (mondays[0] - mondays[1]).days // 7 % opening.every == 0

    def hits(self, one: Listing, way: float | None = None) -> int:
        """How many free slots meet an opening; ``way``: the minutes one way that have to fit as well."""
        try:
            now = self.at.astimezone(ZoneInfo(one.timezone)).replace(tzinfo=None, second=0, microsecond=0)
        except (KeyError, ValueError):
            return 0
        until = now + timedelta(days=w.DAYS_AHEAD)
        midnight = datetime.combine(now.date(), datetime.min.time())
        days = [midnight + timedelta(days=number) for number in range(-4, w.DAYS_AHEAD + 5)]
        spans = [self.span(day, slot.starts, slot.ends) for slot in set(self.profile.times) for day in days if day.weekday() == slot.weekday]
        free = [(max(starts, now), min(ends, until)) for starts, ends in spans]
        free = [stretch for stretch in free if stretch[1] - stretch[0] >= timedelta(minutes=w.OVERLAP_MINUTES)]
        meetings = [self.span(day, o.opens, o.closes) for o in one.openings for day in days if self.happens(one, o, day.date())]
        shared = [(slot, [held for held in meetings if self.minutes_shared(slot, held) >= w.OVERLAP_MINUTES]) for slot in free]
        return sum(any(self.has_time(one, slot, held, free, way) for held in some) for slot, some in shared)

    def has_time(self, one: Listing, slot: Stretch, held: Stretch, free: list[Stretch], way: float | None) -> bool:
        """Whether one can go there, be there and come back, all in free time; minute by minute through the stretch that the slot is part of."""
        if way is None:
            return True
        if way == math.inf:
            return False
        starts, ends = slot
        for _ in free:
            starts = min(a for a, b in free if a <= ends and b >= starts)
            ends = max(b for a, b in free if a <= ends and b >= starts)
        length = (held[1] - held[0]).total_seconds() / 60
        stay = length if one.kind in w.MEETING_KINDS and length <= w.MEETING_MOST else w.OVERLAP_MINUTES
        come = max(held[0], starts + timedelta(minutes=way))
        return come + timedelta(minutes=stay) <= held[1] + timedelta(microseconds=1) and come + timedelta(minutes=stay + way) <= ends

    def fits(self, one: Listing) -> tuple[int, int]:
        """Free slots that are met for certain, and those that may be."""
        here, there = self.inquiry.place, self.public_place(one)
        if not self.profile.there_and_back or here is None:
            return self.hits(one), self.hits(one)
        if self.is_remote(one):
            return self.hits(one, 0.0), self.hits(one, 0.0)
        if there is None:
            return 0, self.hits(one, 0.0)
        km, margin = kilometres(here, there), w.MARGIN_KM[here.precision] + w.MARGIN_KM[there.precision]
        sure, perhaps = (min(self.minutes(far, mode) for mode in self.modes) for far in (km, max(0.0, km - margin)))
        return self.hits(one, sure), self.hits(one, perhaps)

    def span(self, day: datetime, starts: int, ends: int) -> tuple[datetime, datetime]:
        return day + timedelta(minutes=starts), day + timedelta(minutes=ends + (1440 if ends < starts else 0))

    def minutes_shared(self, a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> float:
        return (min(a[1], b[1]) - max(a[0], b[0])).total_seconds() / 60
