"""The way back: the rule of a calendar (RFC 5545) to a timetable, or the plain answer that no timetable holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from math import gcd
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from directory.hours import DAYS
from directory.meetings.recurrences import Recurrence
from directory.timetable.dates import dates_of
from directory.timetable.reading import date_of
from directory.timetable.times import whiles_of
from directory.timetable.turns import last_of, line_of_rule, openings_between
from directory.timetable.values import DAY_MINUTES, Line, Season, Span, SpecialDays, Timetable, While, Yearly

KNOWN: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "UNTIL", "COUNT"})
MONTH_ENDS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEK: Final = len(DAYS)


def timetable_of_rules(rules: Iterable[Recurrence]) -> Timetable | None:
    """The timetable that rules of one zone are; None as soon as one of them is more than a timetable holds (a time in seconds, the 200th day of a year).

    What is left out becomes a closed date, and what is added a date by itself.
    """
    held: list[tuple[Recurrence, tuple[Line, ...]]] = []
    for one in rules:
        found = lines_of_rule(one)
        if found is None or (held and held[0][0].zone != one.zone):
            return None
        held.append((one, (*found, *(_single(day.date(), span_of(one)) for day in one.rdates))))
    days = sorted({moment.date() for one, _ in held for moment in one.exdates})
    lines = tuple(dict.fromkeys(line for _, found in held for line in found))
    return Timetable(lines=lines, specials=tuple(_special(day, held) for day in days), timezone=held[0][0].zone if held else None)


def _special(day: date, held: list[tuple[Recurrence, tuple[Line, ...]]]) -> SpecialDays:
    """What holds on a date that a rule leaves out: the meetings of the others that day, or none."""
    spans = {span_of(one) for one, lines in held if not _is_off(one, day) and any(_meets(line, day) for line in lines)}
    reason = next((words for one, _ in held for at, words in one.reasons if at == day), "")
    return SpecialDays(first=day, last=day, state="other" if spans else "closed", spans=tuple(sorted(spans)), reason=reason)


def _is_off(one: Recurrence, day: date) -> bool:
    return any(moment.date() == day for moment in one.exdates)


def _meets(line: Line, day: date) -> bool:
    return any(any(dates_of(one, day, day)) for while_ in whiles_of(line, day) for one in openings_between(line, while_))


def lines_of_rule(one: Recurrence) -> tuple[Line, ...] | None:
    """The lines of a rule without its left-out and added dates; None where no line holds it."""
    span, start = span_of(one), one.starts.date()
    if not one.rule:
        return (_single(start, span),)
    parts = parts_of(one.rule)
    if parts is None or not 0 < span[1] - span[0] <= DAY_MINUTES or one.starts.second:
        return None
    lines = [*_lines(parts, start, span)]
    last = _last(parts, [line for line in lines if line], one)
    if not lines or None in lines or last is None:
        return None
    return tuple(_ended(line, start, last[0]) for line in lines if line)


def parts_of(rule: str) -> dict[str, str] | None:
    """The parts of a rule by name; None for one that says something no timetable holds."""
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").strip(";").split(";") if "=" in part)
    numbers = all(re.fullmatch(r"\d{1,4}", parts.get(name, "1")) for name in ("INTERVAL", "COUNT"))
    return parts if parts.keys() <= KNOWN and "FREQ" in parts and numbers and int(parts.get("INTERVAL", "1")) else None


def _lines(parts: dict[str, str], start: date, span: Span) -> Iterator[Line | None]:
    """The lines of the parts: days that are counted differently each for themselves, every n-th day as weeks of each day."""
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    months = _months(parts)
    if months is None:
        yield None
    elif freq == "DAILY":
        yield from _daily(parts, start, span)
    elif freq == "YEARLY" and months:
        yield from _in_months(parts, start, span, months)
    else:
        for byday in _bydays(parts):
            line = line_of_rule(
                freq, interval=interval, byday=byday, bymonthday=parts.get("BYMONTHDAY"), start=start, wkst=parts.get("WKST"), span=span
            )  # fmt: skip
            yield _in_season(line, months) if months else line


def _bydays(parts: dict[str, str]) -> list[str | None]:
    """``BYDAY`` in lists of which each has one ordinal; ``BYSETPOS`` of one day is its ordinal."""
    days, at = parts.get("BYDAY", ""), parts.get("BYSETPOS")
    if at is not None:
        is_plain = parts["FREQ"] == "MONTHLY" and days in DAYS and "BYMONTHDAY" not in parts
        return [",".join(f"{one}{days}" for one in at.split(","))] if is_plain else ["?"]
    if not days:
        return [None]
    named = sorted({one.strip() for one in days.split(",")}, key=lambda one: (one[:-2], one))
    by_weeks: dict[str, list[str]] = {}
    for day, of in groupby(sorted(named, key=lambda one: one[-2:]), key=lambda one: one[-2:]):
        ordinals = [one[:-2] for one in of]
        by_weeks.setdefault("" if "" in ordinals else ",".join(sorted(ordinals)), []).append(day)
    return [",".join(f"{week}{day}" for day in found for week in weeks.split(",")) for weeks, found in sorted(by_weeks.items())]


def _daily(parts: dict[str, str], start: date, span: Span) -> Iterator[Line | None]:
    """Every n-th day is, for each day of the week that it meets, every so many weeks."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts.keys() & {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}:
        yield None
        return
    weeks = interval // gcd(interval, _WEEK)
    firsts = [start + timedelta(days=interval * step) for step in range(_WEEK // gcd(interval, _WEEK))]
    if weeks == 1:
        yield line_of_rule("WEEKLY", interval=1, byday=",".join(DAYS[day.weekday()] for day in firsts), bymonthday=None, start=start, wkst=None, span=span)
        return
    for first in firsts:
        yield line_of_rule("WEEKLY", interval=weeks, byday=DAYS[first.weekday()], bymonthday=None, start=first, wkst=None, span=span)


def _in_months(parts: dict[str, str], start: date, span: Span, months: tuple[int, ...]) -> Iterator[Line | None]:
    """Named months of the year: each is every twelfth month from its first one on."""
    years = int(parts.get("INTERVAL", "1"))
    if years > 8 or "BYSETPOS" in parts:
        yield None
        return
    for month, byday in ((month, byday) for month in months for byday in _bydays(parts)):
        day = "BYMONTHDAY" in parts or byday
        if not day and start.day > MONTH_ENDS[month - 1]:   # the 30th of February never comes
            continue
        begins = start if month == start.month else date(start.year + (years if month < start.month else 0), month, 1)
        yield line_of_rule(
            "MONTHLY", interval=12 * years, byday=byday, bymonthday=parts.get("BYMONTHDAY") if day else str(start.day), start=begins, wkst=None, span=span
        )  # fmt: skip


def _months(parts: dict[str, str]) -> tuple[int, ...] | None:
    """The months that a rule names, in order; none for every month, None for what are no months."""
    said = parts.get("BYMONTH", "")
    if not all(one.isdigit() and 1 <= int(one) <= len(MONTH_ENDS) for one in said.split(",") if said):
        return None
    return tuple(sorted({int(one) for one in said.split(",")})) if said else ()


def _in_season(line: Line | None, months: tuple[int, ...]) -> Line | None:
    """A line of months in a row, over New Year too, is one of a season; other months no line holds."""
    first = next((month for month in months if (month - 2) % 12 + 1 not in months), None)
    in_a_row = [((first or 1) - 1 + step) % 12 + 1 for step in range(len(months))]
    if line is None or sorted(in_a_row) != list(months) or first is None:
        return None
    last = in_a_row[-1]
    return msgspec.structs.replace(line, season=Yearly(first=(first, 1), last=(last, MONTH_ENDS[last - 1])))


def _last(parts: dict[str, str], lines: list[Line], one: Recurrence) -> tuple[date | None] | None:
    """The last date of a rule, in a tuple; None where it cannot be told."""
    until, count = parts.get("UNTIL"), parts.get("COUNT")
    if count and (until or any(line.season for line in lines)):
        return None
    if count:
        last = last_of(lines, one.starts.date(), int(count))
        return (last,) if last else None
    return _until(until, one) if until else (None,)


def _until(text: str, one: Recurrence) -> tuple[date | None] | None:
    """``UNTIL`` is a date, a wall time, or a moment in UTC; on its last day the rule holds if it begins by then."""
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", text)
    day = date_of("-".join(found.groups()[:3])) if found else None
    if found is None or day is None:
        return None
    if not found[4]:
        return (day,)
    end = datetime.combine(day, time()) + timedelta(hours=int(found[4]), minutes=int(found[5]), seconds=int(found[6]))
    if found[7]:
        end = end.replace(tzinfo=UTC).astimezone(ZoneInfo(one.zone)).replace(tzinfo=None)
    return (end.date() if end.time() >= one.starts.time() else end.date() - timedelta(days=1),)


def _ended(line: Line, start: date, last: date | None) -> Line:
    """A line with its dates: it begins with its rule."""
    if isinstance(line.season, Yearly):
        return line
    season: Season | None = While(first=None if line.every > 1 else start, last=last)
    return msgspec.structs.replace(line, season=None if season == While() else season)


def span_of(one: Recurrence) -> Span:
    """Begin and end of a rule in minutes after the midnight of its day."""
    midnight = one.starts.replace(hour=0, minute=0, second=0, microsecond=0)
    return int((one.starts - midnight).total_seconds()) // 60, int((one.ends - midnight).total_seconds()) // 60


def _single(day: date, span: Span) -> Line:
    return Line(days=(day.weekday(),), opens=span[0], closes=span[1], season=While(first=day, last=day))


