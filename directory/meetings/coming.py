"""The next dates of a group, in order: as usual, added, moved to another hour, or cancelled with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from directory.timetable.dates import dates_of, moment
from directory.timetable.reading import Row, timetable_of
from directory.timetable.times import openings_of_kept, openings_of_line, rules_of
from directory.timetable.values import Span, SpecialDays, Timetable, only_day
from matching.values import Opening

HORIZON: Final = timedelta(days=366 * 10)
"""So far ahead dates are looked for; seasons that come back and holidays are known for the two years after."""
How = Literal["usual", "extra", "moved", "cancelled"]


class Meeting(Struct, frozen=True, kw_only=True):
    """One date of a group. ``day`` is that of its beginning; ``starts`` and ``ends`` are moments in the group's zone.

    ``how``: ``extra`` was added beside the rule, ``moved`` takes place at another hour than usual that day, ``cancelled`` does not take place.
    ``reason`` says why it is not as usual, where somebody said so.
    """

    starts: datetime
    ends: datetime
    day: date
    opens: int
    closes: int
    how: How = "usual"
    reason: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it takes place."""
        return self.how != "cancelled"


def next_dates(meets: Timetable | Iterable[Row], *, zone: str, after: datetime, count: int) -> tuple[Meeting, ...]:
    """The next dates that take place, at most ``count``, and not over at ``after`` (aware); one that is going on is the first of them.

    ``zone`` is the IANA zone whose clock the times are of. Hours are those of the wall: a meeting at 19:00 is at 19:00 in summer and in winter. What the
    clock skips in spring moves on with it (02:30 is 03:30 that day), and of an hour that comes twice in autumn the first counts (``dates.moment``).
    """
    return tuple(islice((one for one in coming(meets, zone=zone, after=after) if one.is_on), count))


def coming(meets: Timetable | Iterable[Row], *, zone: str, after: datetime) -> Iterator[Meeting]:
    """Every date from ``after`` on, cancelled ones too, in order of their beginning.

    1. The lines give the usual dates, and lines for one single date the extra ones.
    2. Where special dates or holidays are closed, a date is cancelled; an extra date stands on a holiday, but not against special dates.
    3. Other hours on a date take the place of the usual ones.
    """
    timetable = meets if isinstance(meets, Timetable) else timetable_of(meets)
    then, before = after.astimezone(UTC), None
    for one in merge(*_Dates(timetable, ZoneInfo(zone), after).all(), key=_order):
        if one.ends.astimezone(UTC) > then and _moments(one) != before:
            yield one
            before = _moments(one)


def _moments(one: Meeting) -> tuple[float, float]:
    return one.starts.timestamp(), one.ends.timestamp()   # two that are in one zone would be compared by the wall


def _order(one: Meeting) -> tuple[float, float, bool]:
    return *_moments(one), not one.is_on   # a date that was added on a holiday takes place


class _Dates:
    """The dates of one timetable, each sort in an order of its own."""

    def __init__(self, timetable: Timetable, zone: ZoneInfo, after: datetime) -> None:
        self.zone, today = zone, after.astimezone(zone).date()
        self.first, self.last = today - timedelta(days=2), today + min(HORIZON, date.max - today - timedelta(days=2))
        self.rules = rules_of(timetable, on=today)
        self.special = rules_of(Timetable(specials=timetable.specials), on=today)
        lines = [(only_day(line.season) is not None, one) for line in timetable.lines for one in openings_of_line(line, today)]
        self.usual = [one for is_single, one in lines if not is_single] + [*openings_of_kept(timetable)]
        self.single = [one for is_single, one in lines if is_single]
        self.others = {day: self._other(day, rule) for day, rule in self.rules.items() if rule.state == "other" and self.first <= day <= self.last}

    def all(self) -> list[Iterator[Meeting]]:
        """As usual or cancelled, added, and at other hours."""
        usual = [self._usual(one) for one in self.usual]
        return [*usual, *(self._extra(one) for one in self.single), iter(sorted((one for found in self.others.values() for one in found), key=_moments))]

    def _other(self, day: date, rule: SpecialDays) -> list[Meeting]:
        """The other hours of a date, without those that are the usual ones anyway."""
        usual = {(one.opens, one.closes) for one in self.usual if any(dates_of(one, day, day))}
        how: How = "moved" if usual else "extra"
        return [self._meeting(day, span, how, rule.reason) for span in rule.spans if span not in usual]

    def _usual(self, opening: Opening) -> Iterator[Meeting]:
        span = opening.opens, opening.closes
        for day in dates_of(opening, self.first, self.last):
            rule = self.rules.get(day)
            if rule is None or rule.state == "usual" or span in rule.spans:
                yield self._meeting(day, span, "usual")
            elif not self.others.get(day):
                yield self._meeting(day, span, "cancelled", rule.reason)

    def _extra(self, opening: Opening) -> Iterator[Meeting]:
        span = opening.opens, opening.closes
        for day in dates_of(opening, self.first, self.last):
            rule = self.special.get(day)
            if rule is None or rule.state == "usual":
                yield self._meeting(day, span, "extra")
            elif span not in rule.spans:
                yield self._meeting(day, span, "cancelled", rule.reason)

    def _meeting(self, day: date, span: Span, how: How, reason: str = "") -> Meeting:
        opens, closes = span
        starts, ends = moment(day, opens, self.zone), moment(day, closes, self.zone)
        return Meeting(starts=starts, ends=ends, day=day, opens=opens, closes=closes, how=how, reason=reason)
