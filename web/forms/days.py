"""Dates as people type them: 2026-12-25, 25 December 2026, Dec 25, Friday 25 December. What could be two dates is asked about, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from msgspec import Struct

from directory.hours import DAY_NAMES
from directory.timetable.marks import LEAP_YEAR, MONTHS

_WORD = r"(?P<{}>[a-z]{{3,9}})\.?"
_YEAR = r"(?:,?\s+(?P<{}>\d{{4}}))?"
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s+)?(?:the\s+)?"
TYPED: Final = re.compile(
    rf"(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})"
    rf"|{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_WORD.format('month')}{_YEAR.format('year')}"
    rf"|{_WORD.format('amonth')}\s+(?P<aday>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR.format('ayear')})"
    rf"|(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<nyear>\d{{4}})",
    re.I,
)
EXAMPLE: Final = "Write for example 25 December 2026."


class Day(Struct, frozen=True):
    """A day of the year that exists, and the year if one was typed."""

    month: int
    day: int
    year: int | None = None

    def on(self, today: date) -> date:
        """The date: in its year, or the next time that it comes. A 29 February without a year is in the next leap year."""
        years = [self.year] if self.year else range(today.year, today.year + 9)
        found = [date(year, self.month, self.day) for year in years if self.day <= monthrange(year, self.month)[1]]
        return next(day for day in found if self.year or day >= today)


def read_day(text: str) -> Day | str:
    """The day that was typed, or what is the matter with it in words."""
    typed = " ".join(text.split())
    found = TYPED.fullmatch(typed)
    if found is None:
        return f"“{typed}” is no date that we can read. {EXAMPLE}"
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return _checked(typed, day, month, year)
    if found["nyear"]:
        return _numbers(typed, int(found["one"]), int(found["two"]), int(found["nyear"]))
    typed_month = (found["month"] or found["amonth"]).casefold()
    number = next((at for at, name in enumerate(MONTHS, 1) if name.casefold().startswith(typed_month)), 0)
    year_text = found["year"] or found["ayear"]
    read = _checked(typed, int(found["day"] or found["aday"]), number, int(year_text) if year_text else None)
    return read if isinstance(read, str) else _on_weekday(read, found["weekday"])


def _numbers(typed: str, one: int, two: int, year: int) -> Day | str:
    """25/12/2026 is one date; 3/4/2026 may be in March or in April."""
    if one <= 12 and two <= 12 and one != two:
        return f"“{typed}” may be in {MONTHS[one - 1]} or in {MONTHS[two - 1]}. Write the month as a word. {EXAMPLE}"
    return _checked(typed, *((one, two) if two <= 12 else (two, one)), year)


def _checked(typed: str, day: int, month: int, year: int | None) -> Day | str:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year if year and 1900 <= year <= 2200 else LEAP_YEAR, month)[1]:
        return f"There is no such day as “{typed}”. {EXAMPLE}"
    if year is not None and not 1900 <= year <= 2200:
        return f"“{typed}” is too far away. {EXAMPLE}"
    return Day(month, day, year)


def _on_weekday(read: Day, name: str | None) -> Day | str:
    """A day of the week that was typed has to be the right one: else one of the two is a slip."""
    weekday = next((at for at, day_name in enumerate(DAY_NAMES) if name and day_name.casefold().startswith(name.casefold())), None)
    if name and weekday is None:
        return f"“{name}” is no day of the week that we know. {EXAMPLE}"
    if weekday is not None and read.year:
        right = date(read.year, read.month, read.day).weekday()
        if right != weekday:
            return f"{read.day} {MONTHS[read.month - 1]} {read.year} is a {DAY_NAMES[right]}, not a {DAY_NAMES[weekday]}. Which of the two is meant?"
    return read
