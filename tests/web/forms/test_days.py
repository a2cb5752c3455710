"""Dates as people type them: one date is taken, two are asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.timetable.marks import MONTHS
from web.forms.days import Day, read_day
from web.hours_wording import day_words

TODAY = date(2026, 11, 22)
CHRISTMAS = Day(12, 25, 2026)
WRITTEN = [
    "2026-12-25", "25 December 2026", "25 Dec 2026", "25th December, 2026", "25th of December 2026", "December 25, 2026", "Dec. 25th 2026", "25/12/2026",
    "12/25/2026", "25.12.2026", "friday 25 december 2026", "Fri, 25 Dec 2026", "  25   DECEMBER 2026 ",
]  # fmt: skip
REFUSED = [
    ("3/4/2026", "may be in March or in April"), ("31 June 2026", "no such day"), ("29 February 2027", "no such day"), ("2026-13-01", "no such day"),
    ("25 Decembre 2026", "no such day"), ("soon", "no date"), ("Thursday 25 December 2026", "is a Friday, not a Thursday"), ("25 December 20266", "no date"),
    ("0 May", "no such day"), ("25 December 9999", "too far away"), ("Foo 25 December 2026", "no day of the week"),
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_one_date_is_read_in_all_its_spellings(text: str) -> None:
    assert read_day(text) == CHRISTMAS


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_is_no_date_or_two_is_told_why(text: str, words: str) -> None:
    found = read_day(text)
    assert isinstance(found, str)
    assert words in found


def test_a_date_without_a_year_is_the_next_one() -> None:
    found = {text: read_day(text) for text in ("25 December", "22 November", "21 Nov", "29 February")}
    dates = {text: day.on(TODAY) for text, day in found.items() if isinstance(day, Day)}
    assert dates == {"25 December": date(2026, 12, 25), "22 November": TODAY, "21 Nov": date(2027, 11, 21), "29 February": date(2028, 2, 29)}


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_what_the_page_writes_is_read_back_as_it_was(day: date) -> None:
    for text in (day_words(day), f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat()):
        assert read_day(text) == Day(day.month, day.day, day.year)


@given(st.dates(TODAY, TODAY + timedelta(days=365)))
def test_a_day_of_the_coming_year_needs_no_year(day: date) -> None:
    found = read_day(f"{day.day} {MONTHS[day.month - 1]}")
    assert isinstance(found, Day)
    assert found.on(TODAY) in (day, date(2026, 11, 22))


@given(st.text(max_size=40))
def test_anything_typed_gives_a_day_or_words(text: str) -> None:
    found = read_day(text)
    assert isinstance(found, str) or found.on(TODAY)
