"""Rows and lines of every second week, of days of the month, or of so many times: to and from the fields that HSDS takes from RRULE (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import groupby, islice, product
from typing import Final

import msgspec

from directory.hours import DAYS, day_of
from directory.timetable.dates import dates_of
from directory.timetable.values import Line, While
from matching.values import Opening

EVERY_DAY: Final = tuple(range(len(DAYS)))
ALL_WEEKS: Final = (1, 2, 3, 4, 5)
MONTHS: Final = 12
LONGEST_EVERY: Final = 99
LONGEST_YEARS: Final = 10
MOST_TIMES: Final = 1_000
LOOK_DAYS: Final = 366 * 9
"""The eighth year after a 29 February has one again, even across 2100: what never happens in so long never happens."""


def days_said(byday: str | None) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Days of the week and weeks of the month of ``BYDAY``, if all its days are of the same weeks; none for none."""
    if not byday:
        return (), ()
    found = [day_of(part) for part in byday.split(",")]
    days = [day for day in found if day is not None]
    weeks = {day: tuple(sorted({week for other, of in days if other == day for week in of}, key=_week)) for day, _ in days}
    is_plain = len(days) == len(found) and len(set(weeks.values())) == 1 and len({bool(of) for _, of in days}) == 1
    return (tuple(sorted(weeks)), weeks[days[0][0]]) if is_plain else None


def month_days_said(text: str | None) -> tuple[int, ...] | None:
    """Days of the month of ``BYMONTHDAY``; None for what is not a list of such."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    if not all(part.removeprefix("-").removeprefix("+").isdigit() for part in parts):
        return None
    found = {int(part) for part in parts}
    return tuple(sorted(found, key=_day)) if all(1 <= abs(one) <= 31 for one in found) else None


def line_of_rule(
    freq: str | None, *, interval: int, byday: str | None, bymonthday: str | None, start: date | None, wkst: str | None, span: tuple[int, int]
) -> Line | None:
    """The line of a rule that begins on a date: without its end, and without its first date where it is of every week or month.

    None for a rule that no line holds, and for one whose turns nobody can tell, since it does not say from when they are counted.
    """
    said, month_days = days_said(byday), month_days_said(bymonthday)
    if freq not in ("WEEKLY", "MONTHLY", "YEARLY") or said is None or month_days is None or not 1 <= interval <= LONGEST_EVERY:
        return None
    days, weeks = said
    if (freq == "WEEKLY" and (weeks or month_days)) or (freq == "YEARLY" and (days or month_days or interval > LONGEST_YEARS)):
        return None
    if not days and not month_days:
        if start is None:
            return None
        days, month_days = ((start.weekday(),), ()) if freq == "WEEKLY" else ((), (start.day,))
    every = interval * MONTHS if freq == "YEARLY" else interval
    if freq == "MONTHLY" and days and not weeks and not month_days and every > 1:
        weeks = ALL_WEEKS
    line = Line(days=days or EVERY_DAY, opens=span[0], closes=span[1], weeks=weeks, every=every, since=start, month_days=month_days)
    return counted(msgspec.structs.replace(line, week_starts=_first_day(wkst)))


def counted(line: Line) -> Line | None:
    """The same line in the one way that it is written: counted from the first date on which it happens."""
    if line.every == 1:
        return msgspec.structs.replace(line, since=None, week_starts=0)
    first = next(dates_of_line(line, line.since, line.since + timedelta(days=LOOK_DAYS * line.every // 2)), None) if line.since else None
    if first is None:
        return None
    is_monthly = bool(line.weeks or line.month_days)
    return msgspec.structs.replace(line, since=first, week_starts=0 if is_monthly or len(line.days) == 1 else line.week_starts)


def openings_between(line: Line, while_: While) -> Iterator[Opening]:
    """The openings of a line in one season, one for each day and week of the month; each with turns is counted from a date of its own."""
    first = max(filter(None, (while_.first, line.since)), default=None)
    if first is not None and first == while_.last != while_.first:   # what is valid on one date alone is more: it stands on a holiday
        first -= timedelta(days=1)
    for day, week in product(line.days, line.weeks or (None,)):
        weeks = () if week is None else (week,)
        yield Opening(
            weekday=day, opens=line.opens, closes=line.closes, weeks=weeks, valid_from=first, valid_to=while_.last, every=line.every,
            since=_since(line, day), month_days=line.month_days,
        )  # fmt: skip


def _since(line: Line, day: int) -> date | None:
    """A date from which the turns of one day of the week are counted: for weeks that begin on another day than Monday, that day of its own first week."""
    if line.since is None or line.every == 1 or line.weeks or line.month_days:
        return line.since if line.every > 1 else None
    begins = line.since - timedelta(days=(line.since.weekday() - line.week_starts) % len(DAYS))
    return begins + timedelta(days=(day - line.week_starts) % len(DAYS))


def dates_of_line(line: Line, first: date, last: date) -> Iterator[date]:
    """Every date of a line from ``first`` to ``last`` in order, whatever its season is."""
    openings = openings_between(line, While())
    yield from (day for day, _ in groupby(merge(*(dates_of(one, first, last) for one in openings))))


def last_of(lines: Iterable[Line], start: date, times: int) -> date | None:
    """The date on which something that begins on a date has happened so many times; None where that is too far away to be told."""
    held = list(lines)
    if not held or not 1 <= times <= MOST_TIMES:
        return None
    farthest = min(start.toordinal() + LOOK_DAYS * 12, date.max.toordinal() - LOOK_DAYS)
    found = {day for line in held for day in islice(dates_of_line(line, start, date.fromordinal(farthest)), times)}
    return sorted(found)[times - 1] if len(found) >= times else None


def _first_day(wkst: str | None) -> int:
    return DAYS.index(wkst.upper()) if wkst and wkst.upper() in DAYS else 0


def _week(number: int) -> int:
    return number if number > 0 else 11 + number


def _day(number: int) -> int:
    return number if number > 0 else 63 + number
