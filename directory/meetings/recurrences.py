"""A timetable as rules of calendars (RFC 5545): a first date, a rule, the dates that are left out and those that are added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from directory.hours import DAYS
from directory.meetings.coming import HORIZON
from directory.timetable.dates import dates_of
from directory.timetable.times import lines_of_kept, rules_of, whiles_of
from directory.timetable.turns import EVERY_DAY, openings_between
from directory.timetable.values import Line, Span, SpecialDays, Timetable, While, only_day
from matching.values import Opening

ANCHOR: Final = date(2024, 1, 1)
"""Where a line that always held begins in a calendar: any fixed date does, and this one lets people see what was."""


class Recurrence(Struct, frozen=True, kw_only=True):
    """One rule. ``starts`` and ``ends`` are wall times of its first date in ``zone`` (IANA), ``ends`` a day later where it goes on past midnight.

    ``rule`` is an RRULE without its name, empty for a single date. ``exdates`` and ``rdates`` are beginnings, wall times too. ``reasons`` says of left-out
    dates why, as far as somebody did.
    """

    starts: datetime
    ends: datetime
    zone: str
    rule: str = ""
    exdates: tuple[datetime, ...] = ()
    rdates: tuple[datetime, ...] = ()
    reasons: tuple[tuple[date, str], ...] = ()


def recurrences_of(timetable: Timetable, *, zone: str, on: date) -> tuple[Recurrence, ...]:
    """The rules of a timetable as it is known around a day: one for each line, one a year for a line of a season, and one for each date by itself.

    Expanded, they are the dates of ``next_dates``; those of seasons that come back and of holidays as far ahead as these are known.
    """
    return tuple(_Rules(timetable, zone, on).all())


class _Rules:
    def __init__(self, timetable: Timetable, zone: str, on: date) -> None:
        self.zone, self.on = zone, on
        self.rules = rules_of(timetable, on=on)
        self.special = rules_of(Timetable(specials=timetable.specials), on=on)
        lines = [*timetable.lines, *lines_of_kept(timetable)]
        self.usual = [line for line in lines if only_day(line.season) is None]
        self.single = [line for line in lines if only_day(line.season) is not None]

    def all(self) -> Iterator[Recurrence]:
        """Every rule; an added date of the same hours is one of the dates of the first rule that has them."""
        held = [one for line in self.usual for while_ in whiles_of(line, self.on) if (one := self._of_line(line, while_))]
        for day, span in sorted(set(self._added())):
            at = next((number for number, one in enumerate(held) if one.rule and _span(one) == span), None)
            if at is None:
                held.append(self._made(day, span, ""))
            elif _moment(day, span[0]) not in self._all_dates(day, span):
                held[at] = _with(held[at], _moment(day, span[0]))
        yield from held

    def _all_dates(self, day: date, span: Span) -> set[datetime]:
        """What the usual lines have on a date that no rule changes."""
        rule = self.rules.get(day)
        is_off = rule is not None and rule.state != "usual" and span not in rule.spans
        lines = [] if is_off else [line for line in self.usual if (line.opens, line.closes) == span]
        openings = (one for line in lines for while_ in whiles_of(line, self.on) for one in openings_between(line, while_))
        return {_moment(found, span[0]) for one in openings for found in dates_of(one, day, day)}

    def _of_line(self, line: Line, while_: While) -> Recurrence | None:
        span, openings = (line.opens, line.closes), [*openings_between(line, while_)]
        begins = max(filter(None, (while_.first, line.since)), default=ANCHOR)
        first = min((day for one in openings if (day := next(dates_of(one, begins, begins + HORIZON), None))), default=None)
        if first is None:
            return None
        off = sorted(self._off(openings, first, span))
        made = self._made(first, span, rule_of(line, while_.last, ZoneInfo(self.zone)))
        reasons = tuple((day, rule.reason) for day, rule in off)
        return msgspec.structs.replace(made, exdates=tuple(_moment(day, span[0]) for day, _ in off), reasons=reasons)

    def _off(self, openings: list[Opening], first: date, span: Span) -> list[tuple[date, SpecialDays]]:
        """The dates of a rule on which something else holds."""
        different = ((day, rule) for day, rule in self.rules.items() if day >= first and rule.state != "usual" and span not in rule.spans)
        return [(day, rule) for day, rule in different if any(next(dates_of(one, day, day), None) for one in openings)]

    def _added(self) -> Iterator[tuple[date, Span]]:
        """Dates beside the rules: single ones, and other hours."""
        for line in self.single:
            day, span = only_day(line.season), (line.opens, line.closes)
            rule = self.special.get(day) if day else None
            is_on = rule is None or rule.state == "usual" or span in rule.spans
            if day and is_on and any(next(dates_of(one, day, day), None) for one in openings_between(line, While(first=day, last=day))):
                yield day, span
        for day, rule in self.rules.items():
            yield from ((day, span) for span in rule.spans if rule.state == "other")

    def _made(self, day: date, span: Span, rule: str) -> Recurrence:
        return Recurrence(starts=_moment(day, span[0]), ends=_moment(day, span[1]), zone=self.zone, rule=rule)


def rule_of(line: Line, last: date | None, zone: ZoneInfo) -> str:
    """The RRULE of a line that holds until a date, without its name. The end is the end of that day on the clock of the zone."""
    is_monthly = bool(line.weeks or line.month_days)
    days = [f"{week}{DAYS[day]}" for day in line.days for week in line.weeks] if line.weeks else [DAYS[day] for day in line.days]
    until = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC) if last else None
    parts = {
        "FREQ": "MONTHLY" if is_monthly else "WEEKLY",
        "INTERVAL": str(line.every) if line.every > 1 else "",
        "BYDAY": "" if line.month_days and line.days == EVERY_DAY and not line.weeks else ",".join(days),
        "BYMONTHDAY": ",".join(map(str, line.month_days)),
        "WKST": DAYS[line.week_starts] if line.week_starts else "",
        "UNTIL": f"{until:%Y%m%dT%H%M%SZ}" if until else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _with(one: Recurrence, added: datetime) -> Recurrence:
    """A rule with one more date; one that was left out is not any more, since calendars leave out what is named twice."""
    if added in one.exdates:
        return msgspec.structs.replace(one, exdates=tuple(day for day in one.exdates if day != added))
    return msgspec.structs.replace(one, rdates=(*one.rdates, added))


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _span(one: Recurrence) -> Span:
    midnight = datetime.combine(one.starts.date(), time())
    return int((one.starts - midnight).total_seconds()) // 60, int((one.ends - midnight).total_seconds()) // 60
