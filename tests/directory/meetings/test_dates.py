"""The next dates of any timetable: what a clerk says who looks each date up, and what an independent library makes of our rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings

from directory.meetings.coming import Meeting, coming, next_dates
from directory.meetings.recurrences import Recurrence, recurrences_of, rule_of
from directory.meetings.rules import timetable_of_rules
from directory.timetable.dates import dates_of
from directory.timetable.times import times_of_timetable
from directory.timetable.values import Holidays, Line, SpecialDays, Timetable, While, Yearly
from matching.turns import is_turn
from tests.directory.timetable.made import ON, timetables
from tests.directory.timetable.test_times import Clerk

DAYS = [ON + timedelta(days=number) for number in range(120)]
LAST = datetime.combine(DAYS[-1] + timedelta(days=1), time(), UTC)
ZONE = "America/Chicago"
Wall = tuple[date, int, int]


def walls(timetable: Timetable) -> set[Wall]:
    """Every meeting of the window that takes place, as its day and its minutes."""
    after = datetime.combine(ON, time(), UTC) - timedelta(minutes=1)
    found = takewhile(lambda one: one.starts < LAST, coming(timetable, zone="UTC", after=after))
    return {(one.day, one.opens, one.closes) for one in found if one.is_on and one.day >= ON}


def clerks(timetable: Timetable) -> set[Wall]:
    clerk = Clerk(timetable)
    return {(day, opens, closes) for day in DAYS for opens, closes in clerk.begun(day)}


@settings(max_examples=120, deadline=None)
@given(timetables(elsewhere=False))
def test_the_dates_are_those_that_a_clerk_finds_who_looks_each_one_up(timetable: Timetable) -> None:
    assert walls(timetable) == clerks(timetable)


@settings(max_examples=60, deadline=None)
@given(timetables(elsewhere=False))
def test_stepping_from_date_to_date_finds_what_asking_each_date_finds(timetable: Timetable) -> None:
    for one in times_of_timetable(timetable, on=ON).openings:
        valid = [day for day in DAYS if (one.valid_from or day) <= day <= (one.valid_to or day)]
        assert [*dates_of(one, DAYS[0], DAYS[-1])] == [day for day in valid if day.weekday() == one.weekday and is_turn(one, day)]


def expanded(rules: tuple[Recurrence, ...]) -> set[Wall]:
    """The dates of rules in the window, as dateutil has them."""
    found: set[Wall] = set()
    for one in rules:
        every = rruleset()
        if one.rule:
            every.rrule(rrulestr(f"RRULE:{local(one.rule)}", dtstart=one.starts))
        else:
            every.rdate(one.starts)
        for day in one.rdates:
            every.rdate(day)
        for day in one.exdates:
            every.exdate(day)
        length = int((one.ends - one.starts).total_seconds()) // 60
        for starts in every.between(datetime.combine(ON, time()), LAST.replace(tzinfo=None), inc=True):
            minute = starts.hour * 60 + starts.minute
            found |= {(starts.date(), minute, minute + length)} if starts.date() <= DAYS[-1] else set()
    return found


def local(rule: str) -> str:
    return rule.removesuffix("Z") if "UNTIL=" in rule else rule


@settings(max_examples=120, deadline=None)
@given(timetables(elsewhere=False))
def test_our_rules_expand_to_our_dates_in_a_library_that_knows_nothing_of_us(timetable: Timetable) -> None:
    assert expanded(recurrences_of(timetable, zone="UTC", on=ON)) == walls(timetable)


@settings(max_examples=120, deadline=None)
@given(timetables(elsewhere=False))
def test_rules_read_back_are_the_same_dates(timetable: Timetable) -> None:
    back = timetable_of_rules(recurrences_of(timetable, zone="UTC", on=ON))
    assert back is not None
    assert walls(back) == walls(timetable)


TUESDAYS = Line(days=(1,), opens=1110, closes=1200, every=2, since=date(2026, 11, 10))
PORCH = Timetable(lines=(TUESDAYS,), timezone=ZONE)


def after(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def days(found: tuple[Meeting, ...]) -> list[date]:
    return [one.day for one in found]


def test_a_fortnight_goes_on_over_new_year_and_a_change_of_the_clock() -> None:
    found = next_dates(PORCH, zone=ZONE, after=after(20), count=9)
    assert [(day - date(2026, 11, 24)).days for day in days(found)] == [14 * number for number in range(9)]
    assert {one.starts.strftime("%H:%M") for one in found} == {"18:30"}
    assert {one.starts.utcoffset() for one in found} == {timedelta(hours=-6), timedelta(hours=-5)}


def test_one_that_is_going_on_is_the_next_one_until_it_is_over() -> None:
    going_on = datetime(2026, 11, 25, 1, 59, tzinfo=UTC)   # 19:59 there
    assert days(next_dates(PORCH, zone=ZONE, after=going_on, count=1)) == [date(2026, 11, 24)]
    assert days(next_dates(PORCH, zone=ZONE, after=going_on + timedelta(minutes=1), count=1)) == [date(2026, 12, 8)]


def test_dates_say_how_they_differ_and_why() -> None:
    weekly = Line(days=(1,), opens=1110, closes=1200)
    single = Line(days=(3,), opens=600, closes=660, season=While(first=date(2026, 11, 26), last=date(2026, 11, 26)))
    specials = (
        SpecialDays(first=date(2026, 11, 24), last=date(2026, 11, 24), reason="Hall closed"),
        SpecialDays(first=date(2026, 12, 1), last=date(2026, 12, 1), state="other", spans=((1140, 1230),), reason="Snow plan"),
    )
    held = Timetable(lines=(weekly, single), specials=specials, holidays=Holidays(state="closed", country="US"))
    found = takewhile(lambda one: one.day < date(2026, 12, 9), coming(held, zone=ZONE, after=after(20)))
    assert [(one.day.day, one.how, one.reason) for one in found] == [
        (24, "cancelled", "Hall closed"), (26, "extra", ""), (1, "moved", "Snow plan"), (8, "usual", ""),
    ]  # fmt: skip


def test_a_holiday_is_cancelled_under_its_name_and_an_added_date_stands_on_it() -> None:
    weekly = Line(days=(3,), opens=600, closes=660)
    held = Timetable(lines=(weekly,), holidays=Holidays(state="closed", country="US"))
    first = next(coming(held, zone=ZONE, after=after(20)))
    assert (first.day, first.how, first.reason) == (date(2026, 11, 26), "cancelled", "Thanksgiving Day")
    single = Line(days=(3,), opens=600, closes=660, season=While(first=first.day, last=first.day))
    assert next(coming(Timetable(lines=(weekly, single), holidays=held.holidays), zone=ZONE, after=after(20))).is_on


def test_what_the_clock_skips_is_an_hour_later_and_what_comes_twice_is_the_first() -> None:
    nights = Timetable(lines=(Line(days=(6,), opens=150, closes=210),))   # 02:30 to 03:30
    spring = next_dates(nights, zone=ZONE, after=datetime(2027, 3, 13, tzinfo=UTC), count=1)[0]
    assert (spring.starts.strftime("%H:%M %Z"), spring.opens) == ("03:30 CDT", 150)
    early = Timetable(lines=(Line(days=(6,), opens=90, closes=150),))   # 01:30 to 02:30
    autumn = next_dates(early, zone=ZONE, after=datetime(2027, 11, 6, tzinfo=UTC), count=1)[0]
    assert autumn.starts.strftime("%H:%M %Z") == "01:30 CDT"
    lasts = autumn.ends.astimezone(UTC) - autumn.starts.astimezone(UTC)
    assert lasts == timedelta(hours=2), "by the wall it ends at half past two, after an hour that came twice"


@pytest.mark.parametrize(("line", "words"), [
    (TUESDAYS, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    (Line(days=(1, 3), opens=0, closes=60), "FREQ=WEEKLY;BYDAY=TU,TH"),
    (Line(days=(4,), opens=0, closes=60, weeks=(2, -1)), "FREQ=MONTHLY;BYDAY=2FR,-1FR"),
    (Line(days=tuple(range(7)), opens=0, closes=60, month_days=(15, -1)), "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    (Line(days=(6, 0), opens=0, closes=60, every=2, since=date(2026, 11, 22), week_starts=6), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU"),
])  # fmt: skip
def test_a_line_is_written_as_a_calendar_reads_it(line: Line, words: str) -> None:
    assert rule_of(line, None, ZoneInfo(ZONE)) == words
    assert rule_of(line, date(2026, 12, 31), ZoneInfo(ZONE)) == f"{words};UNTIL=20270101T055959Z"


def test_a_rule_that_no_timetable_holds_is_refused_whole() -> None:
    starts = datetime.combine(date(2026, 11, 24), time(18, 30))
    for rule in (
        "FREQ=YEARLY;BYYEARDAY=200", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "BYDAY=TU", "FREQ=DAILY;COUNT=x",
    ):  # fmt: skip
        one = Recurrence(starts=starts, ends=starts + timedelta(hours=1), zone=ZONE, rule=rule)
        assert timetable_of_rules([one]) is None, rule


def test_months_in_a_row_are_a_season() -> None:
    starts = datetime.combine(date(2026, 11, 3), time(18, 30))
    one = Recurrence(starts=starts, ends=starts + timedelta(hours=1), zone=ZONE, rule="FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,11,12")
    found = timetable_of_rules([one])
    assert found is not None
    assert found.lines[0].season == Yearly(first=(11, 1), last=(2, 29))
