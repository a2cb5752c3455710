"""Our dates beside those of python-dateutil, which knows nothing of us: `python -m tests.directory.meetings.compared [RULES]` does all of it.

Rules are invented from a seed. Three things dateutil gets wrong, and they are not asked of it: a day with an ordinal beside one without ("MO,2TU"), which it
takes for days that have to be both; the clock after 2037; and zones whose winter is their summer time, or that left out a day (``THEIR_OWN``): there it
gets the zone of the standard library, and still makes the dates and mends the gaps by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from dateutil.tz import gettz, resolve_imaginary

from directory.meetings.coming import next_dates
from directory.meetings.recurrences import Recurrence
from directory.meetings.rules import lines_of_rule
from directory.timetable.values import Timetable

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = (
    "America/Chicago", "America/St_Johns", "America/Sao_Paulo", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Africa/Casablanca", "Asia/Gaza",
    "Australia/Lord_Howe", "Pacific/Apia",
)  # fmt: skip
"""Half hours, midnights, a Ramadan in winter time, a day that never was: each is odd in its own way."""
YEARS = range(2010, 2030)
LENGTH = timedelta(minutes=90)
COUNT = 30
AHEAD = timedelta(days=2500)
THEIR_OWN = ("Europe/Dublin", "Africa/Casablanca", "Pacific/Apia")


def zone_of(name: str) -> tzinfo:
    """A zone for dateutil: its own, where that is right."""
    found = ZoneInfo(name) if name in THEIR_OWN else gettz(name)
    assert found is not None, name
    return found


def invented(dice: Random) -> Recurrence:
    """Any rule that a group might have, and many that hardly one has."""
    starts = datetime.combine(date(2004, 1, 1), time()) + timedelta(days=dice.randrange(6500), minutes=dice.choice((0, 90, 150, 600, 1110, 1425)))
    freq = dice.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"))
    interval = dice.choice((1, 1, 2, 3, 4) if freq == "YEARLY" else (1, 1, 2, 2, 3, 4, 5, 6, 8, 13))
    parts = [f"FREQ={freq}", *([f"INTERVAL={interval}"] if interval > 1 else []), *_by(freq, dice), *_end(starts, dice)]
    return Recurrence(starts=starts, ends=starts + LENGTH, zone=dice.choice(ZONES), rule=";".join(parts))


def _by(freq: str, dice: Random) -> Iterator[str]:
    if freq == "WEEKLY":
        yield from [f"BYDAY={','.join(dice.sample(DAYS, dice.randint(1, 3)))}"] if dice.random() < 0.8 else []
        yield from [f"WKST={dice.choice(DAYS)}"] if dice.random() < 0.3 else []
    if freq == "MONTHLY":
        days = [f"{dice.choice((1, 2, 3, 4, 5, -1, -2, -3))}{day}" for day in dice.sample(DAYS, dice.randint(1, 2))]
        month_days = {str(dice.choice((1, 5, 15, 28, 29, 30, 31, -1, -2, -31))) for _ in range(dice.randint(1, 2))}
        yield dice.choice((
            f"BYDAY={','.join(days)}", f"BYDAY={','.join(days)}", f"BYDAY={dice.choice(DAYS)}", f"BYMONTHDAY={','.join(month_days)}", "BYDAY=FR;BYMONTHDAY=13",
            f"BYDAY={dice.choice(DAYS)};BYSETPOS={dice.choice((1, 2, 3, -1))}",
        ))  # fmt: skip
    if freq == "YEARLY" and dice.random() < 0.7:
        yield f"BYMONTH={','.join(map(str, sorted(dice.sample(range(1, 13), dice.randint(1, 2)))))}"
        yield from [f"BYDAY={dice.choice((1, 2, -1))}{dice.choice(DAYS)}"] if dice.random() < 0.5 else []


def _end(starts: datetime, dice: Random) -> list[str]:
    until = starts + timedelta(days=dice.randrange(2500))
    return dice.choice(([], [], [], [f"COUNT={dice.randint(1, 25)}"], [f"UNTIL={until:%Y%m%dT%H%M%S}"], [f"UNTIL={until:%Y%m%d}T235959Z"]))


def theirs(one: Recurrence, after: datetime) -> list[datetime]:
    """The beginnings after a wall time, as dateutil has them, in UTC."""
    zone, until = zone_of(one.zone), after + AHEAD
    rule = rrulestr(f"RRULE:{_local(one)}", dtstart=one.starts)
    found = ((resolve_imaginary(wall.replace(tzinfo=zone)), resolve_imaginary((wall + LENGTH).replace(tzinfo=zone))) for wall in _between(rule, after, until))
    then = after.replace(tzinfo=UTC)
    moments = (starts.astimezone(UTC) for starts, ends in found if ends.astimezone(UTC) > then)
    return [*dict.fromkeys(moments)][:COUNT]   # a day that never was falls together with the next


def _between(rule: object, after: datetime, until: datetime) -> Iterator[datetime]:
    for wall in rule.xafter(after - timedelta(days=3)):   # type: ignore[attr-defined]
        if wall > until:
            return
        yield wall


def _local(one: Recurrence) -> str:
    """The rule with its end by the wall: dateutil takes no end in UTC for a beginning without a zone."""
    name, _, text = one.rule.partition("UNTIL=")
    if not text.endswith("Z"):
        return one.rule
    end = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone_of(one.zone))
    return f"{name}UNTIL={end:%Y%m%dT%H%M%S}"


def ours(one: Recurrence, after: datetime) -> list[datetime] | None:
    """The same as we have them; None where no timetable holds the rule."""
    lines = lines_of_rule(one)
    if lines is None:
        return None
    found = next_dates(Timetable(lines=lines), zone=one.zone, after=after.replace(tzinfo=UTC), count=COUNT)
    last = (after + AHEAD).replace(tzinfo=ZoneInfo(one.zone))
    moments = (meeting.starts.astimezone(UTC) for meeting in found if meeting.starts.replace(tzinfo=None) <= last.replace(tzinfo=None))
    return [*dict.fromkeys(moments)]


def differing(count: int, seed: int = 7) -> tuple[list[str], int]:
    """What differs, in words, among so many rules; and how many of them no timetable holds."""
    dice, wrong, not_held = Random(seed), [], 0
    for _ in range(count):
        one = invented(dice)
        after = one.starts + timedelta(days=dice.choice((-30, 0, 400, 3000)))
        mine = ours(one, after)
        if mine is None:
            not_held += 1
        elif mine != (found := theirs(one, after)):
            wrong.append(f"{one.rule} from {one.starts} in {one.zone}, after {after}: {mine[:3]} and not {found[:3]}")
    return wrong, not_held


def changes(zone: str) -> list[date]:
    """The dates on which the clock of a zone changes, of twenty years, as dateutil's own tables have them."""
    there = zone_of(zone)
    days = (date(YEARS[0], 1, 1) + timedelta(days=number) for number in range(366 * len(YEARS)))
    noon = {day: datetime(day.year, day.month, day.day, 12, tzinfo=there).utcoffset() for day in islice(days, 365 * len(YEARS) + 5)}
    return [day for day in noon if noon.get(day - timedelta(days=1), noon[day]) != noon[day]]


def differing_at_changes(zone: str, minutes: range) -> tuple[list[str], int]:
    """What differs for groups that meet every day around a change of the clock, at each of some times; and how many were compared."""
    wrong, compared = [], 0
    for day in changes(zone):
        for minute in minutes:
            starts = datetime.combine(day, time()) - timedelta(days=2) + timedelta(minutes=minute)
            one = Recurrence(starts=starts, ends=starts + LENGTH, zone=zone, rule="FREQ=DAILY;COUNT=5")
            compared += 1
            if (mine := ours(one, starts - timedelta(days=2))) != (found := theirs(one, starts - timedelta(days=2))):
                wrong.append(f"{zone} {starts}: {mine} and not {found}")
    return wrong, compared


def main() -> int:
    """Compare everything and say what came of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    wrong, not_held = differing(count)
    print(f"{count} rules: {len(wrong)} differ, {not_held} that no timetable holds")
    for zone in ZONES:
        found, compared = differing_at_changes(zone, range(0, 24 * 60, 30))
        wrong += found
        print(f"{zone}: {len(changes(zone))} changes of the clock, {compared} rules around them, {len(found)} differ")
    print(*wrong[:10], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
