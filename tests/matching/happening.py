"""Whether an opening happens on a date, looked up in the month and by the week: the oracle of turns."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from matching.values import Opening


def happens(opening: Opening, on: date, closed_on: Collection[date] = ()) -> bool:
    """Its weekday, its weeks and days of the month, its turn and its validity; a closed date only where it is for that date alone."""
    is_shut = on in closed_on and not opening.valid_from == opening.valid_to == on
    length = monthrange(on.year, on.month)[1]
    alike = [day for day in range(1, length + 1) if on.replace(day=day).weekday() == on.weekday()]
    in_week = not opening.weeks or on.day in [alike[week - (week > 0)] for week in opening.weeks if abs(week) <= len(alike)]
    in_month = not opening.month_days or bool({on.day, on.day - length - 1} & {*opening.month_days})
    is_valid = (opening.valid_from or on) <= on <= (opening.valid_to or on)
    return not is_shut and on.weekday() == opening.weekday and in_week and in_month and is_valid and _has_turn(opening, on)


def _has_turn(opening: Opening, on: date) -> bool:
    since = opening.since
    if opening.every == 1 or since is None:
        return opening.every == 1
    if opening.weeks or opening.month_days:
        return ((on.year - since.year) * 12 + on.month - since.month) % opening.every == 0
    mondays = [day - timedelta(days=day.weekday()) for day in (on, since)]
    return (mondays[0] - mondays[1]).days // 7 % opening.every == 0
