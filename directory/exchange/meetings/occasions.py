"""When a group meets, as feeds that know only weeks can say it: a weekday with its times, and in words what is not every week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from directory.exchange import records
from directory.hours import DAY_MINUTES, DAY_NAMES, clock_words, day_of, minutes_of
from directory.timetable.marks import MONTHS
from directory.timetable.values import Line, Season, Timetable, While, Yearly

ORDINALS: Final = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th", -1: "last", -2: "2nd last", -3: "3rd last", -4: "4th last", -5: "5th last"}


class Occasion(Struct, frozen=True, order=True):
    """One meeting of a week: minutes after midnight, ``ends`` past 1440 over midnight. ``pattern`` is empty where it is every week."""

    weekday: int
    starts: int
    ends: int
    pattern: str = ""


def occasions_of(timetable: Timetable, *, on: date) -> list[Occasion]:
    """The meetings of a week as they hold on a day and after it, in order; what is over by then is left out."""
    found: dict[tuple[int, int, int], list[str]] = {}
    for line in _joined(timetable.lines):
        if not (_is_over(line.season, on) or line.month_days):
            for day in line.days:
                found.setdefault((day, line.opens, line.closes), []).append(pattern_of(line, day, on))
    for row in timetable.kept:
        for day, starts, ends, words in _kept(row):
            found.setdefault((day, starts, ends), []).append(words)
    return sorted(Occasion(*when, _together(patterns)) for when, patterns in found.items())


def dates_in_words(timetable: Timetable, *, on: date) -> str:
    """The meetings that fall on days of the month, whatever weekday those are: feeds of weeks can say them in words only."""
    lines = [line for line in timetable.lines if line.month_days and not _is_over(line.season, on)]
    return "; ".join(f"{_of_month(line)} at {clock_words(line.opens, country='')}" for line in lines)


def pattern_of(line: Line, day: int, on: date) -> str:
    """What is not every week about a line on one of its days: "2nd and 4th Tuesday", "every year from 1 June to 31 August"; else nothing."""
    weeks = " and ".join(ORDINALS[week] for week in line.weeks)
    return ", ".join(filter(None, (f"{weeks} {DAY_NAMES[day]}" if weeks else "", _turns(line), _season(line.season, on))))


def _turns(line: Line) -> str:
    """Every so many weeks, or months where weeks of the month are named."""
    unit = "month" if line.weeks or line.month_days else "week"
    return "" if line.every == 1 else f"every other {unit}" if line.every == 2 else f"every {line.every} {unit}s"


def _of_month(line: Line) -> str:
    days = " and ".join("the last day" if day == -1 else f"day {day}" for day in line.month_days)
    return ", ".join(filter(None, (f"on {days} of the month", _turns(line))))


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Lines of single days, those that differ only in their weeks as one: second Tuesdays and fourth Tuesdays."""
    found: dict[Line, list[tuple[int, ...]]] = {}
    for line in lines:
        for day in line.days:
            found.setdefault(replace(line, days=(day,), weeks=()), []).append(line.weeks)
    return [replace(line, weeks=() if () in weeks else _in_order(weeks)) for line, weeks in found.items()]


def _in_order(weeks: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({week for some in weeks for week in some}, key=list(ORDINALS).index))


def _is_over(season: Season | None, on: date) -> bool:
    return isinstance(season, While) and season.last is not None and season.last < on


def _season(season: Season | None, on: date) -> str:
    if isinstance(season, Yearly):
        return f"every year from {_day(*season.first)} to {_day(*season.last)}"
    if season is None:
        return ""
    if season.first == season.last and season.first:
        return f"on {_date(season.first)}"
    begins = f"from {_date(season.first)}" if season.first and season.first > on else ""
    return " ".join(filter(None, (begins, f"until {_date(season.last)}" if season.last else "")))


def _together(patterns: Iterable[str]) -> str:
    """Every week wins; two patterns of one weekday and time both hold."""
    told = tuple(dict.fromkeys(patterns))
    return "" if "" in told else "; ".join(told)


def _kept(row: records.Schedule) -> list[tuple[int, int, int, str]]:
    """A recurrence that no timetable holds; how often it is, its page says."""
    starts, ends = minutes_of(row.opens_at), minutes_of(row.closes_at)
    if starts is None or row.freq not in ("WEEKLY", "MONTHLY") or not row.byday:
        return []
    ends = starts + 60 if ends is None else ends + DAY_MINUTES if ends <= starts else ends
    words = f"every {row.interval} weeks" if row.freq == "WEEKLY" and (row.interval or 1) > 1 else "not every week"
    return [(day[0], starts, ends, words) for part in row.byday.split(",") if (day := day_of(part))]


def _date(day: date) -> str:
    return f"{_day(day.month, day.day)} {day.year}"


def _day(month: int, day: int) -> str:
    return f"{day} {MONTHS[month - 1]}"
