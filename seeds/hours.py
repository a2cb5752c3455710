"""Short-hand hours of the hand-written files: "Mon-Fri 09:00-12:00, 13:00-17:00", "2nd 4th Tue 10:00-12:00", "every 2nd Fri", "24 hours"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

DAYS = {"Mon": "MO", "Tue": "TU", "Wed": "WE", "Thu": "TH", "Fri": "FR", "Sat": "SA", "Sun": "SU"}
WEEKS = {"1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5", "last": "-1"}

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_LINE = re.compile(r"(?P<days>.+?)\s+(?P<spans>\d\d:\d\d-\d\d:\d\d(?:, \d\d:\d\d-\d\d:\d\d)*)")
_SECOND = re.compile(r"every 2nd (?P<day>[A-Z][a-z]{2})")
_ONCE = re.compile(r"(?P<day>[A-Z][a-z]{2}) in (?P<weeks>\d{1,2}) weeks?")


class Span(Struct, frozen=True, kw_only=True):
    """One HSDS recurrence: ``byday`` in RRULE words, times as ``HH:MM``; a ``closes_at`` up to ``opens_at`` is on the next day."""

    freq: str
    byday: str
    opens_at: str
    closes_at: str
    on: date | None = None
    """The one day it is on; None when it recurs."""
    from_day: date | None = None
    """The first day of something that is every second week; None else."""


def spans_of(line: str, *, first_day: date) -> tuple[Span, ...]:
    """The recurrences that a line of short-hand stands for.

    "Sat in 3 weeks 10:00-16:00" happens once: on the first Saturday at least 3 weeks after ``first_day``. Raises ``ValueError`` with a
    sentence for people. "every 2nd Sat 10:00-12:00" is every second week, from the first Saturday after ``first_day`` on.
    """
    if line == "24 hours":
        return (Span(freq="WEEKLY", byday=",".join(DAYS.values()), opens_at="00:00", closes_at="24:00"),)
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"'{line}' is not understood. Write for instance: Tue 18:30-20:00, or: 2nd Tue 10:00-12:00")
    second = _SECOND.fullmatch(match["days"])
    if second:
        return tuple(_every_second(_day(second["day"]), first_day, *_span(text)) for text in match["spans"].split(", "))
    freq, byday, on = _days(match["days"], first_day)
    return tuple(Span(freq=freq, byday=byday, opens_at=opens, closes_at=closes, on=on) for opens, closes in map(_span, match["spans"].split(", ")))


def _every_second(day: str, first_day: date, opens: str, closes: str) -> Span:
    return Span(freq="WEEKLY", byday=day, opens_at=opens, closes_at=closes, from_day=_next(first_day, day))


def _span(text: str) -> tuple[str, str]:
    match = _SPAN.fullmatch(text)
    if match is None or (match[3] == "24" and match[4] != "00"):
        raise ValueError(f"'{text}' is not a time of day. Write for instance: 09:00-17:00")
    opens, closes = text.split("-")
    if opens == closes:
        raise ValueError(f"'{text}' begins and ends at once. Write 24 hours for a place that never closes.")
    return opens, closes


def _days(text: str, first_day: date) -> tuple[str, str, date | None]:
    once = _ONCE.fullmatch(text)
    if once:
        on = _next(first_day + timedelta(weeks=int(once["weeks"])), _day(once["day"]))
        return "WEEKLY", _day(once["day"]), on
    words = text.split()
    weeks = [WEEKS[word] for word in words if word in WEEKS]
    days = [day for word in words if word not in WEEKS for day in _range(word)]
    if not days:
        raise ValueError(f"'{text}' names no day of the week.")
    if weeks:
        return "MONTHLY", ",".join(week + day for day in days for week in weeks), None
    return "WEEKLY", ",".join(days), None


def _range(word: str) -> list[str]:
    """``Mon-Fri`` is five days, ``daily`` seven."""
    if word == "daily":
        return list(DAYS.values())
    first, _, last = word.partition("-")
    codes = list(DAYS.values())
    start, end = codes.index(_day(first)), codes.index(_day(last or first))
    if end < start:
        raise ValueError(f"'{word}' runs backwards. Name the days one by one.")
    return codes[start : end + 1]


def _day(word: str) -> str:
    if word not in DAYS:
        raise ValueError(f"'{word}' is not a day of the week. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.")
    return DAYS[word]


def _next(day: date, code: str) -> date:
    """The first such weekday on or after a day."""
    return day + timedelta(days=(list(DAYS.values()).index(code) - day.weekday()) % 7)
