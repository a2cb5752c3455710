"""Schedule rows to openings, and openings to "open until 17:00": the same code for a clinic and for a group that meets on second Tuesdays.

Special dates, holidays and prose are in ``timetable/``; here is one row at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from directory.exchange import records
from directory.listings import OpenState
from directory.models import Schedule
from matching.turns import is_rare, is_turn
from matching.values import Opening

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_MINUTES = 1440
TWELVE_HOUR = frozenset({"US", "CA", "AU", "NZ", "PH", "IN", "PK", "BD"})
"""Countries whose people write times of day with am and pm (CLDR time data)."""
LOOK_AHEAD_DAYS = 35   # a monthly meeting is never further away
A_YEAR = 365
LOOKS = (2, 8, LOOK_AHEAD_DAYS)
"""So many days ahead are looked at in turn: most listings answer within one, and a page tells of ten."""


def openings_of(schedules: Iterable[Schedule | records.Schedule]) -> tuple[Opening, ...]:
    """The openings that the schedules state with certainty; what is only text gives none."""
    found: list[Opening] = []
    for schedule in schedules:
        found += _openings(schedule)
    return sorted_openings(found)


def sorted_openings(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """Openings in the one order that they are kept in."""
    return tuple(sorted(openings, key=_order))


def _order(one: Opening) -> tuple[object, ...]:
    return (
        one.weekday, one.opens, one.closes, one.weeks, one.valid_from or date.min, one.valid_to or date.max, one.every, one.since or date.min, one.month_days
    )  # fmt: skip


def is_always_open(openings: Sequence[Opening], closed_on: Collection[date] = ()) -> bool:
    """Open at every minute of every week, without an exception."""
    if closed_on:
        return False
    plain = (o for o in openings if not o.weeks and not is_rare(o) and o.valid_from is None and o.valid_to is None)
    whole = {o.weekday for o in plain if o.closes - o.opens >= DAY_MINUTES}
    return len(whole) == len(DAYS)


def open_state(
    openings: Sequence[Opening], *, closed_on: Collection[date] = (), always_open: bool, has_text: bool, timezone: str, at: datetime, country: str = ""
) -> OpenState:
    """Whether a listing is open at ``at`` (aware), in the listing's own zone, and until or from when, in times as the readers' country writes them.

    On the dates ``closed_on`` nothing opens but what is for that date alone; what began the evening before goes on to its end.
    """
    if always_open:
        return OpenState(state="always", text="Open day and night")
    if not openings and at.astimezone(ZoneInfo(timezone)).date() in closed_on:
        return OpenState(state="closed", text="Closed today")
    if not openings:
        words = "Hours are given in words: see the page" if has_text else "Hours not known: call first"
        return OpenState(state="text" if has_text else "unknown", text=words)
    now = at.astimezone(ZoneInfo(timezone))
    today, minute = now.date(), now.hour * 60 + now.minute
    for ahead in LOOKS:
        known_until = ahead * DAY_MINUTES if ahead < LOOK_AHEAD_DAYS else inf   # a stretch that goes on past it may go on further
        for starts, ends in _merged(_spells(openings, closed_on, today, ahead)):
            if starts <= minute and ends >= LOOK_AHEAD_DAYS * DAY_MINUTES:
                return OpenState(state="open", text="Open now, day and night")
            if starts <= minute < ends < known_until:
                return OpenState(state="open", text=f"Open now, until {_clock(today, ends, country)}")
            if minute < starts < known_until:
                return OpenState(state="closed", text=f"Closed now, next open {_clock(today, starts, country)}")
    far = _far_off(openings, closed_on, today)
    return OpenState(state="closed", text=f"Closed now, next open {_clock(today, far, country)}" if far else "Closed for the coming weeks")


def _far_off(openings: Sequence[Opening], closed_on: Collection[date], today: date) -> int | None:
    """When the first opening after the coming weeks starts, for what rests a while: a season, or a long closure. Nothing is said of more than a year."""
    yet = [one for one in openings if one.valid_to is None or one.valid_to >= today]
    for number in range(LOOK_AHEAD_DAYS, A_YEAR if yet else 0):
        day = today + timedelta(days=number)
        if starts := [one.opens for one in yet if is_on(one, day, closed_on)]:
            return number * DAY_MINUTES + min(starts)
    return None


def is_on(opening: Opening, day: date, closed_on: Collection[date] = ()) -> bool:
    """Whether an opening starts on a date: weekday, week of the month and validity, and no closed date in its way."""
    if opening.weekday != day.weekday() or (day in closed_on and not opening.valid_from == opening.valid_to == day):
        return False
    if (opening.valid_from and day < opening.valid_from) or (opening.valid_to and day > opening.valid_to):
        return False
    return is_turn(opening, day)


def _spells(openings: Sequence[Opening], closed_on: Collection[date], today: date, ahead: int) -> list[tuple[int, int]]:
    """Every stretch from yesterday (it may run over midnight) to so many days ahead, in order, in minutes of wall time after today's midnight.

    Wall time on a day: 25:30 is half past one of the next day, whatever the clocks do in between.
    """
    found: list[tuple[int, int]] = []
    for number in range(-1, ahead):
        weekday, midnight = (today.weekday() + number) % len(DAYS), number * DAY_MINUTES
        of_day = [one for one in openings if one.weekday == weekday]
        if of_day:
            day = today + timedelta(days=number)
            found += [(midnight + one.opens, midnight + one.closes) for one in of_day if is_on(one, day, closed_on)]
    return sorted(found)


def _merged(spells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch or overlap, joined: "until 17:00" must not stop at midnight of a day that goes on."""
    joined: list[tuple[int, int]] = []
    for starts, ends in spells:
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return joined


def clock_words(minutes: int, *, country: str) -> str:
    """Minutes after midnight as a time of day, the way a country writes it: 17:30, or 5:30 pm; noon and midnight are no riddle."""
    hour, minute = minutes % DAY_MINUTES // 60, minutes % 60
    if country not in TWELVE_HOUR:
        return "24:00" if minutes == DAY_MINUTES else f"{hour:02}:{minute:02}"
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    return f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"


def _clock(today: date, minute: int, country: str) -> str:
    """A moment in minutes after today's midnight, as people say it."""
    ahead, words = minute // DAY_MINUTES, clock_words(minute % DAY_MINUTES, country=country)
    if ahead == 0:
        return words
    if ahead == 1:
        return f"tomorrow {words}"
    day = today + timedelta(days=ahead)
    name = DAY_NAMES[day.weekday()]
    return f"{name} {words}" if ahead < 7 else f"{name} {day.day} {day:%B}, {words}"


def _openings(schedule: Schedule | records.Schedule) -> list[Opening]:
    opens, closes = minutes_of(schedule.opens_at), minutes_of(schedule.closes_at)
    if opens is None or closes is None or not schedule.byday or schedule.freq not in ("WEEKLY", "MONTHLY"):
        return []
    if (schedule.interval or 1) != 1 or schedule.byweekno or schedule.bymonthday or schedule.byyearday or schedule.count:
        return []   # rarer recurrences are shown as text: a wrong "open now" is worse than none
    if closes <= opens:
        closes += DAY_MINUTES
    days = [day_of(part) for part in schedule.byday.split(",")]
    if any(day is None for day in days):
        return []
    first, last = _date(schedule.valid_from or schedule.dtstart), _date(schedule.valid_to or schedule.until)
    found = (day for day in days if day is not None)
    return [Opening(weekday=day, weeks=weeks, opens=opens, closes=closes, valid_from=first, valid_to=last) for day, weeks in found]


def minutes_of(clock: str | None) -> int | None:
    """Minutes after midnight of ``HH:MM`` or ``HH:MM:SS``; 24:00 is allowed; anything else gives None."""
    parts = (clock or "").split(":")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        return None
    total = int(parts[0]) * 60 + int(parts[1])
    return total if total <= DAY_MINUTES and int(parts[1]) < 60 else None


def day_of(part: str) -> tuple[int, tuple[int, ...]] | None:
    """``TU`` is every Tuesday, ``2TU`` the second, ``-1SA`` the last Saturday of the month, ``-2SA`` the one before it."""
    part = part.strip().upper()
    name, ordinal = part[-2:], part[:-2]
    if name not in DAYS:
        return None
    if not ordinal:
        return DAYS.index(name), ()
    try:
        week = int(ordinal)
    except ValueError:
        return None
    return (DAYS.index(name), (week,)) if 1 <= abs(week) <= 5 else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
