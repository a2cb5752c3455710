"""Rows or a timetable to what "open now" and the ranking go by: openings, and the dates on which none begins."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from directory.hours import openings_of, sorted_openings
from directory.timetable.holidays import holidays_between
from directory.timetable.marks import read_special
from directory.timetable.reading import Row, timetable_of
from directory.timetable.turns import openings_between
from directory.timetable.values import Holidays, Line, SpecialDays, Timetable, While, Yearly
from matching.values import Opening

YEARS_BEFORE: Final = 1
YEARS_AHEAD: Final = 2
"""Holidays and seasons that come back are worked out from last year to the year after next; whatever reads them is made anew more often."""
LONGEST_DAYS: Final = 1100
"""Of special dates in a row: as far as anything is worked out."""


class Times(NamedTuple):
    """When a listing is open, in its own zone. ``closed_on``: dates on which nothing opens but what is for that one date only."""

    openings: tuple[Opening, ...]
    closed_on: tuple[date, ...] = ()


def times_of(rows: Iterable[Row], *, on: date) -> Times:
    """The times that rows state with certainty, as they are known around a day."""
    held = list(rows)
    if all(_is_plain(row) for row in held):   # hardly a directory has more than lines: no timetable need be made of those
        return Times(openings_of(held))
    return times_of_timetable(timetable_of(held), on=on)


def _is_plain(row: Row) -> bool:
    """Whether a row is one of hours of a week or of weeks of a month, and says nothing else."""
    return bool(row.byday) and not (row.description or row.notes or row.bymonthday or row.count) and row.interval in (None, 1)


def times_of_timetable(timetable: Timetable, *, on: date) -> Times:
    """The times of a timetable.

    1. Each special date has one rule: that of the shortest stretch of dates it lies in, the later one of two as long.
    2. A public holiday without such a rule has the rule of the holidays.
    3. A date that is closed or has other hours is closed to every line, and other hours are openings for that date alone.
    4. A line for one date alone stands on a holiday, but not against a special date.
    """
    special, rules = _rules(timetable.specials), rules_of(timetable, on=on)
    closed = {day for day, rule in rules.items() if rule.state != "usual"}
    lines = [one for line in timetable.lines for one in openings_of_line(line, on)]
    stands = [one for one in (*lines, *openings_of_kept(timetable)) if not (one.valid_from == one.valid_to and one.valid_from in special.keys() & closed)]
    other = [_on_date(day, opens, closes) for day, rule in rules.items() if rule.state == "other" for opens, closes in rule.spans]
    return Times(sorted_openings({*stands, *other}), tuple(sorted(closed)))


def rules_of(timetable: Timetable, *, on: date) -> dict[date, SpecialDays]:
    """What holds on each date that differs, around a day; that of a public holiday has its name as the reason."""
    return {**(_holiday_rules(timetable.holidays, on.year) if timetable.holidays else {}), **_rules(timetable.specials)}


def openings_of_kept(timetable: Timetable) -> tuple[Opening, ...]:
    """The openings that kept rows state with certainty; "Closed" with hours beside it states none."""
    return openings_of(row for row in timetable.kept if not read_special(row.description or ""))


def lines_of_kept(timetable: Timetable) -> tuple[Line, ...]:
    """The same as lines, to be worded like any others."""
    return tuple(
        Line(days=(one.weekday,), opens=one.opens, closes=one.closes, weeks=one.weeks, season=_while(one)) for one in openings_of_kept(timetable)
    )


def _while(opening: Opening) -> While | None:
    return While(first=opening.valid_from, last=opening.valid_to) if opening.valid_from or opening.valid_to else None


def _rules(specials: Iterable[SpecialDays]) -> dict[date, SpecialDays]:
    found: dict[date, SpecialDays] = {}
    for special in sorted(specials, key=lambda one: one.first - one.last):   # longest first, so that shorter ones write over them
        for step in range(min((special.last - special.first).days + 1, LONGEST_DAYS)):
            found[special.first + timedelta(days=step)] = special
    return found


@lru_cache(256)   # a directory has few different rules, and an index is made of all its listings at once
def _holiday_rules(holidays: Holidays, year: int) -> Mapping[date, SpecialDays]:
    if holidays.state == "usual":
        return {}
    found = holidays_between(holidays.country, holidays.region, date(year - YEARS_BEFORE, 1, 1), date(year + YEARS_AHEAD, 12, 31))
    return {day: SpecialDays(first=day, last=day, state=holidays.state, spans=holidays.spans, reason=name) for day, name in found}


def _on_date(day: date, opens: int, closes: int) -> Opening:
    return Opening(weekday=day.weekday(), opens=opens, closes=closes, valid_from=day, valid_to=day)


def openings_of_line(line: Line, on: date) -> Iterator[Opening]:
    """The openings of a line, one for each day and week of the month; those of a season that comes back for each of the years around a day."""
    for while_ in whiles_of(line, on):
        yield from openings_between(line, while_)


def whiles_of(line: Line, on: date) -> list[While]:
    """The seasons of a line: one, or for one that comes back every year those of the years around a day."""
    if not isinstance(line.season, Yearly):
        return [line.season or While()]
    return [_in_year(line.season, year) for year in range(on.year - YEARS_BEFORE - 1, on.year + YEARS_AHEAD + 1)]


def season_of(season: Yearly, on: date) -> While:
    """The season that a day lies in, or else the next one."""
    whiles = (_in_year(season, year) for year in range(max(on.year - 1, date.min.year), on.year + 2))
    return next(one for one in whiles if one.last is not None and one.last >= on)


def _in_year(season: Yearly, year: int) -> While:
    """The season that begins in a year."""
    first, last = _day(year, season.first), _day(year + (season.last < season.first), season.last)
    return While(first=first, last=last)


def _day(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def without_past(timetable: Timetable, *, on: date) -> Timetable:
    """The timetable without special dates and single dates that are over."""
    lines = tuple(line for line in timetable.lines if not (isinstance(line.season, While) and line.season.last and line.season.last < on))
    return msgspec.structs.replace(timetable, lines=lines, specials=tuple(one for one in timetable.specials if one.last >= on))
