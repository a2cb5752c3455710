"""Hours in sentences: whole, exact, every line named, in the clock of the country."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.hours import DAY_NAMES, clock_words
from directory.timetable.marks import MONTHS
from directory.timetable.values import Holidays, Line, Season, SpecialDays, Timetable, While, Yearly
from tests.directory.timetable.made import timetables
from web.hours_wording import EACH_WEEK, ORDINALS, day_words, timetable_sentences, zone_words

WEEK = (0, 1, 2, 3, 4)
CHRISTMAS = date(2026, 12, 25)


def said(*lines: Line, country: str = "GB", **more: object) -> list[str]:
    return timetable_sentences(Timetable(lines=lines, **more), country=country)   # type: ignore[arg-type]


def line(days: tuple[int, ...], opens: float, closes: float, **more: object) -> Line:
    return Line(days=days, opens=round(opens * 60), closes=round(closes * 60), **more)   # type: ignore[arg-type]


SENTENCES: list[tuple[list[Line], list[str]]] = [
    ([line(WEEK, 9, 12.5), line(WEEK, 13.5, 17)], ["Monday to Friday 09:00 to 12:30 and 13:30 to 17:00"]),
    ([line((4,), 22, 26)], ["Friday 22:00 to 02:00 of the next day"]),
    ([line((1,), 18.5, 20, weeks=(2,))], ["Second Tuesday of the month 18:30 to 20:00"]),
    ([line((1, 3), 18.5, 20, weeks=(2, -1))], ["Second and last Tuesday and Thursday of the month 18:30 to 20:00"]),
    ([line((0, 1, 2, 3, 4, 5, 6), 0, 24)], ["Every day all day"]),
    ([line((0, 1, 2, 4), 9, 10), line((6,), 9, 10)], ["Monday to Wednesday, Friday and Sunday 09:00 to 10:00"]),
    ([line((0,), 9, 24)], ["Monday 09:00 to 24:00"]),
    (
        [line((0,), 9, 10), line((5,), 10, 12, season=While(first=date(2027, 6, 1), last=date(2027, 8, 31)))],
        ["Monday 09:00 to 10:00", "From 1 June 2027 to 31 August 2027 also Saturday 10:00 to 12:00"],
    ),
    ([line((0, 1, 2, 3, 4, 5, 6), 10, 12, season=Yearly(first=(6, 1), last=(8, 31)))], ["Every year from 1 June to 31 August every day 10:00 to 12:00"]),
    ([line((0,), 10, 12, season=While(first=CHRISTMAS))], ["From 25 December 2026 on Monday 10:00 to 12:00"]),
    ([line((0,), 10, 12, season=While(last=CHRISTMAS))], ["Until 25 December 2026 Monday 10:00 to 12:00"]),
    ([line((4,), 10, 12, season=While(first=CHRISTMAS, last=CHRISTMAS))], ["On Friday 25 December 2026 10:00 to 12:00"]),
]


@pytest.mark.parametrize(("lines", "expected"), SENTENCES)
def test_lines_are_said_as_people_say_them(lines: list[Line], expected: list[str]) -> None:
    assert said(*lines) == expected


def test_times_are_those_of_the_country() -> None:
    assert said(line((4,), 22, 26), line((4,), 9, 12), country="US") == ["Friday 9:00 am to noon and 10:00 pm to 2:00 am of the next day"]


SPECIAL = [
    (SpecialDays(first=CHRISTMAS, last=CHRISTMAS), "Closed on Friday 25 December 2026"),
    (SpecialDays(first=CHRISTMAS, last=CHRISTMAS, reason="Christmas Day"), "Closed on Friday 25 December 2026 (Christmas Day)"),
    (SpecialDays(first=CHRISTMAS, last=date(2027, 1, 1)), "Closed from Friday 25 December 2026 to Friday 1 January 2027"),
    (SpecialDays(first=CHRISTMAS, last=CHRISTMAS, state="other", spans=((540, 720),)), "On Friday 25 December 2026 only 09:00 to 12:00"),
    (SpecialDays(first=CHRISTMAS, last=CHRISTMAS, state="usual"), "Open as usual on Friday 25 December 2026"),
]


@pytest.mark.parametrize(("special", "expected"), SPECIAL)
def test_dates_that_differ_are_said_with_their_day_of_the_week(special: SpecialDays, expected: str) -> None:
    assert said(specials=(special,)) == [expected]


def test_holidays_are_said_with_whose_they_are() -> None:
    assert said(holidays=Holidays(state="closed", country="US", region="CA")) == ["Closed on public holidays (California, United States)"]
    assert said(holidays=Holidays(state="usual")) == ["Open as usual on public holidays"]
    assert said(holidays=Holidays(state="other", country="GB", spans=((600, 720),))) == ["On public holidays (United Kingdom) only 10:00 to 12:00"]


def test_times_say_whose_clock_they_are_of() -> None:
    assert [zone_words(zone) for zone in ("America/Argentina/Buenos_Aires", "UTC", None)] == ["Times are those of Buenos Aires.", "Times are those of UTC.", ""]


@settings(deadline=None)
@given(timetables(elsewhere=False), st.sampled_from(["US", "GB"]))
def test_every_line_and_date_is_in_a_sentence(timetable: Timetable, country: str) -> None:
    sentences = timetable_sentences(timetable, country=country)
    for one in timetable.lines:
        ends = clock_words(one.closes if one.closes <= 1440 else one.closes - 1440, country=country)
        times = "all day" if (one.opens, one.closes) == (0, 1440) else f"{clock_words(one.opens, country=country)} to {ends}"
        timed = [words for words in sentences if times in words and in_season(one.season, words)]
        named = [words for words in timed if names_weeks(words, one) and all(re.search(nth(day), words) for day in one.month_days)]
        assert named, (one, sentences)
        for day in one.days if one.weeks or not one.month_days or len(one.days) < len(DAY_NAMES) else ():   # the first of a month is some day of the week
            assert any(names_day(words, day) for words in named), (one, sentences)
    for special in timetable.specials:
        assert any(day_words(special.first) in words and day_words(special.last) in words and special.reason in words for words in sentences)


def names_weeks(words: str, one: Line) -> bool:
    """Whether a sentence names the weeks of the month, or says that it is every one."""
    return all(ORDINALS[week] in words.casefold() for week in one.weeks) or (one.weeks == EACH_WEEK and "every" in words)


def nth(day: int) -> str:
    """How a day of the month is written, as a pattern."""
    return rf"\b{day}(st|nd|rd|th)\b" if day > 0 else "last day" if day == -1 else rf"\b{-day - 1}(st|nd|rd|th) day before the last"


def names_day(words: str, day: int) -> bool:
    """Whether a sentence names a day of the week, by itself or in a row of days."""
    if DAY_NAMES[day] in words or "very day" in words:
        return True
    rows = [(first, last) for first in range(7) for last in range(first, 7) if f"{DAY_NAMES[first]} to {DAY_NAMES[last]}" in words]
    return any(first <= day <= last for first, last in rows)


def in_season(season: Season | None, words: str) -> bool:
    if season is None:
        return not words.startswith(("From", "Until", "On ", "Every year"))
    if isinstance(season, Yearly):
        return f"Every year from {season.first[1]} {MONTHS[season.first[0] - 1]} to {season.last[1]} {MONTHS[season.last[0] - 1]}" in words
    return all(f"{day.day} {MONTHS[day.month - 1]} {day.year}" in words for day in (season.first, season.last) if day)
