"""On which dates an opening happens: weeks and days of the month as bits, and every n-th week or month, the same for one date and for columns."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from matching.values import Opening

FROM_END: Final = 5
"""Ordinals from the end of the month are the bits after those from its beginning: the last is 1 << 6, the one before it 1 << 7."""
MONTH: Final = 31
"""The same of days of the month: the last day is 1 << 32."""


def month_bits(day: date) -> int:
    """Which one of its weekday in the month a date is, as bits: counted from the beginning, and from the end."""
    to_come = monthrange(day.year, day.month)[1] - day.day
    return 1 << (day.day - 1) // 7 + 1 | 1 << FROM_END + to_come // 7 + 1


def week_bits(opening: Opening) -> int:
    """The weeks an opening is limited to, as bits; 0 for every week."""
    return sum({1 << week if week > 0 else 1 << FROM_END - week for week in opening.weeks if 1 <= abs(week) <= FROM_END})


def day_bits(day: date) -> int:
    """Which day of the month a date is, as bits: counted from the beginning, and from the end."""
    return 1 << day.day | 1 << MONTH + monthrange(day.year, day.month)[1] - day.day + 1


def month_day_bits(opening: Opening) -> int:
    """The days of the month an opening is limited to, as bits; 0 for every day."""
    return sum({1 << day if day > 0 else 1 << MONTH - day for day in opening.month_days if 1 <= abs(day) <= MONTH})


def is_monthly(opening: Opening) -> bool:
    """Whether its turns are months; else they are weeks."""
    return bool(opening.weeks or opening.month_days)


def week_number(day: date) -> int:
    """The week of a date, counted from the one that began on Monday 1 January of the year 1."""
    return (day.toordinal() - 1) // 7


def month_number(day: date) -> int:
    """The month of a date, counted from year 0."""
    return day.year * 12 + day.month - 1


def phase(opening: Opening) -> int:
    """Which of its weeks or months are its turn: the remainder of their number divided by ``every``."""
    if opening.since is None:
        return 0
    return (month_number(opening.since) if is_monthly(opening) else week_number(opening.since)) % opening.every


def is_rare(opening: Opening) -> bool:
    """Whether more decides on its dates than its weekday, its weeks of the month and its validity."""
    return opening.every != 1 or bool(opening.month_days)


def is_turn(opening: Opening, day: date) -> bool:
    """Whether a date of its weekday is one of its turns: week and day of the month, and each n-th week or month."""
    if opening.weeks and not week_bits(opening) & month_bits(day):
        return False
    if opening.month_days and not month_day_bits(opening) & day_bits(day):
        return False
    if opening.every == 1:
        return True
    return (month_number(day) if is_monthly(opening) else week_number(day)) % opening.every == phase(opening)
