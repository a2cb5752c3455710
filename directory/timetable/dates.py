"""The dates of one opening, by stepping from one to the next: no calendar is walked day by day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from matching.turns import is_turn, month_number, phase, week_number
from matching.values import Opening

DAYS_OF_WEEK: Final = 7
MONTHS: Final = 12


def dates_of(opening: Opening, first: date, last: date) -> Iterator[date]:
    """The dates on which an opening begins, from ``first`` to ``last``, in order; closed dates are not its business."""
    first, last = max(first, opening.valid_from or first), min(last, opening.valid_to or last)
    if opening.weeks or opening.month_days:
        yield from _by_month(opening, first, last)
        return
    day = first.toordinal() + (opening.weekday - first.weekday()) % DAYS_OF_WEEK
    if opening.every > 1:
        day += (phase(opening) - week_number(date.fromordinal(day))) % opening.every * DAYS_OF_WEEK
    for ordinal in range(day, last.toordinal() + 1, DAYS_OF_WEEK * opening.every):
        yield date.fromordinal(ordinal)


def _by_month(opening: Opening, first: date, last: date) -> Iterator[date]:
    number = month_number(first)
    number += (phase(opening) - number) % opening.every
    for month in range(number, month_number(last) + 1, opening.every):
        begins = date(month // MONTHS, month % MONTHS + 1, 1)
        day = 1 + (opening.weekday - begins.weekday()) % DAYS_OF_WEEK
        for number_in_month in range(day, monthrange(begins.year, begins.month)[1] + 1, DAYS_OF_WEEK):
            found = begins.replace(day=number_in_month)
            if first <= found <= last and is_turn(opening, found):
                yield found


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment at which a clock in a zone shows so many minutes after a date's midnight; past 1440 it is the next day.

    What the clock skips in spring is as far after the jump as the clock was to be after it (02:30 becomes 03:30), and of an hour that comes twice in
    autumn the first is meant: both as RFC 5545 says, so that calendars everywhere show the same.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
