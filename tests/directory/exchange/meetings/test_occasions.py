"""Timetables in weeks, with words for what is not every week."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.meetings.occasions import Occasion, dates_in_words, occasions_of
from directory.exchange.meetings.patterns import with_pattern
from directory.exchange.records import Schedule
from directory.timetable.reading import timetable_of
from directory.timetable.values import Line, Season, SpecialDays, Timetable, While, Yearly
from tests.make import make_id

DAY = date(2026, 11, 23)


def found(*lines: Line) -> list[Occasion]:
    return occasions_of(Timetable(lines=lines), on=DAY)


def line(*days: int, weeks: tuple[int, ...] = (), season: Season | None = None) -> Line:
    return Line(days=days, opens=1140, closes=1230, weeks=weeks, season=season)


DAYS = st.lists(st.integers(0, 6), min_size=1, unique=True).map(tuple)


@given(st.lists(st.builds(Line, days=DAYS, opens=st.integers(0, 1439), closes=st.just(1440)), max_size=5))
def test_plain_weeks_are_told_day_by_day_without_words(lines: list[Line]) -> None:
    told = found(*lines)
    assert {(one.weekday, one.starts) for one in told} == {(day, one.opens) for one in lines for day in one.days}
    assert len(told) == len({(one.weekday, one.starts, one.ends) for one in told})
    assert told == sorted(told)
    assert all(one.pattern == "" for one in told)


@pytest.mark.parametrize(("lines", "words"), [
    ([line(1, weeks=(2, 4))], "2nd and 4th Tuesday"),
    ([line(1, weeks=(2,)), line(1, weeks=(4,))], "2nd and 4th Tuesday"),
    ([line(1, weeks=(-1,)), line(1, weeks=(1,))], "1st and last Tuesday"),
    ([line(1, weeks=(2,)), line(1)], ""),
    ([line(1, season=Yearly(first=(6, 1), last=(8, 31)))], "every year from 1 June to 31 August"),
    ([line(1, weeks=(3,), season=While(first=date(2027, 1, 5)))], "3rd Tuesday, from 5 January 2027"),
    ([line(1, season=While(first=date(2026, 1, 5), last=date(2027, 3, 1)))], "until 1 March 2027"),
    ([line(1, season=While(first=date(2026, 1, 5)))], ""),
    ([line(1, season=While(first=date(2026, 12, 1), last=date(2026, 12, 1)))], "on 1 December 2026"),
    ([line(1, season=While(last=date(2026, 12, 1))), line(1, weeks=(1,), season=While(first=date(2026, 12, 2)))],
     "until 1 December 2026; 1st Tuesday, from 2 December 2026"),
])  # fmt: skip
def test_what_is_not_every_week_is_told_in_words(lines: list[Line], words: str) -> None:
    assert found(*lines) == [Occasion(1, 1140, 1230, words)]


def test_what_is_over_is_not_told() -> None:
    assert found(line(1, season=While(last=date(2026, 11, 22)))) == []
    assert found(line(1, season=While(last=DAY))) == [Occasion(1, 1140, 1230, "until 23 November 2026")]


def test_a_fortnight_is_never_taken_for_a_week() -> None:
    rows = [Schedule(id=make_id("row"), freq="WEEKLY", interval=2, byday="TU", dtstart="2026-11-24", opens_at="19:00", closes_at="20:30")]
    (one,) = occasions_of(timetable_of(rows), on=DAY)
    assert one == Occasion(1, 1140, 1230, "every other week")


def test_turns_of_months_are_told_with_their_weeks() -> None:
    assert found(Line(days=(1,), opens=1140, closes=1230, weeks=(2,), every=3, since=DAY))[0].pattern == "2nd Tuesday, every 3 months"


@pytest.mark.parametrize(("month_days", "words"), [("15", "on day 15 of the month at 19:00"), ("1,-1", "on day 1 and the last day of the month at 19:00")])
def test_days_of_the_month_are_no_days_of_the_week(month_days: str, words: str) -> None:
    rows = [Schedule(id=make_id("row"), freq="MONTHLY", bymonthday=month_days, dtstart="2026-01-01", opens_at="19:00", closes_at="20:30")]
    assert occasions_of(timetable_of(rows), on=DAY) == []
    assert dates_in_words(timetable_of(rows), on=DAY) == words


def test_special_days_change_no_week() -> None:
    plain = Timetable(lines=(line(1),), specials=(SpecialDays(first=DAY, last=DAY),))
    assert occasions_of(plain, on=DAY) == found(line(1))


@pytest.mark.parametrize(("pattern", "notes", "said"), [
    ("", "Tea.", "Tea."), ("", "", ""), ("last Friday", "", "Last Friday only."), ("2nd Tuesday", "Tea.", "2nd Tuesday only. Tea."),
])  # fmt: skip
def test_the_pattern_stands_first_in_the_notes(pattern: str, notes: str, said: str) -> None:
    assert with_pattern(pattern, notes) == said
