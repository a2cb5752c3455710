"""What is said of some days of a group and not of the others: written beside it, so that it is neither lost nor told of another day."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from directory.exchange.meetings.hours_of import NAMES
from directory.exchange.meetings.meeting import Meeting

BY_APPOINTMENT: Final = "By appointment"
BETWEEN: Final = ", "


def days_in_words(some: Collection[Meeting], all_: Collection[Meeting]) -> str:
    """The days of some meetings of a group: "Tuesdays, Saturdays at 12:00", the hour where others of that day are not among them. Empty where all are."""
    mine = {one.key for one in some}
    if mine >= {one.key for one in all_}:
        return ""
    whole = {one.weekday for one in some} - {one.weekday for one in all_ if one.key not in mine}
    ordered = sorted(some, key=lambda one: (7 if one.weekday is None else one.weekday, one.starts or 0))
    return BETWEEN.join(dict.fromkeys(_day(one.weekday, None if one.weekday in whole else one.starts) for one in ordered))


def is_said_of(days: str, weekday: int | None, starts: int | None) -> bool:
    """Whether what is said of these days holds for a meeting; of no days in particular it holds for all."""
    return not days or bool({_day(weekday, None), _day(weekday, starts)} & set(days.split(BETWEEN)))


def _day(weekday: int | None, starts: int | None) -> str:
    name = BY_APPOINTMENT if weekday is None else NAMES[weekday]
    return name if starts is None else f"{name} at {starts // 60:02}:{starts % 60:02}"
