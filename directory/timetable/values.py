"""What a timetable is made of: plain, frozen, comparable. Days of the week count from Monday 0; times are minutes after midnight."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from directory.exchange import records

DAY_MINUTES = 1440
Span = tuple[int, int]
"""From and to, in minutes after midnight; the second is past 1440 when it runs over midnight, and never more than a day after the first."""
State = Literal["closed", "other", "usual"]
"""What holds on certain dates: closed, other hours in place of the usual ones, or the usual ones after all."""


class While(Struct, frozen=True, kw_only=True):
    """The dates within which a line holds, both included; None where it has no such end."""

    first: date | None = None
    last: date | None = None


class Yearly(Struct, frozen=True, kw_only=True):
    """A season that comes back every year, as (month, day), both included; it runs over New Year where the last comes before the first.

    29 February is the last day of February in a year that has no 29th.
    """

    first: tuple[int, int]
    last: tuple[int, int]


Season = While | Yearly


def only_day(season: Season | None) -> date | None:
    """The one date that a season is, if it is one."""
    return season.first if isinstance(season, While) and season.first == season.last else None


class Line(Struct, frozen=True, kw_only=True):
    """One stretch of hours that comes back: on days of the week, in certain weeks of the month (1 to 5, -1 the last) or in all, in a season or always.

    Two lines with the same days are hours with a gap between them. ``month_days`` are days of the month (1 to 31, -1 the last); where only they count,
    ``days`` are all seven. ``every`` takes each n-th week, or each n-th month where weeks or days of the month are named: ``since`` is then the first
    date of all, before which the line does not hold and from whose week or month the turns are counted. ``week_starts`` is the day on which those weeks
    begin.
    """

    days: tuple[int, ...]
    opens: int
    closes: int
    weeks: tuple[int, ...] = ()
    season: Season | None = None
    every: int = 1
    since: date | None = None
    month_days: tuple[int, ...] = ()
    week_starts: int = 0

    @property
    def is_rare(self) -> bool:
        """Whether it is of every second week, or of days of the month: more than the rows of a form for hours can hold."""
        return self.every > 1 or bool(self.month_days) or min(self.weeks, default=1) < -1


class SpecialDays(Struct, frozen=True, kw_only=True):
    """Dates on which the lines do not hold as usual, both included. Of two that hold on one date, the shorter says what is so."""

    first: date
    last: date
    state: State = "closed"
    spans: tuple[Span, ...] = ()
    reason: str = ""


class Holidays(Struct, frozen=True, kw_only=True):
    """What holds on the public holidays of a country (two letters), or of a region in it (as ISO 3166-2 has it after the dash).

    Special dates and lines for one single date come first.
    """

    state: State
    country: str = ""
    region: str = ""
    spans: tuple[Span, ...] = ()


class Timetable(Struct, frozen=True, kw_only=True):
    """Everything a listing says of its hours.

    ``note`` holds what fits nowhere else, a sentence a line. ``timezone`` is the IANA zone, None where the source of the listing names it. ``kept``
    are rows whose form says more than a timetable can hold (a day of the year, a link to book): they are left as they are, and still count.
    """

    lines: tuple[Line, ...] = ()
    specials: tuple[SpecialDays, ...] = ()
    holidays: Holidays | None = None
    note: str = ""
    timezone: str | None = None
    kept: tuple[records.Schedule, ...] = ()
