"""Hours in sentences become rows where they are certain; the sentence stays wherever they are not."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.reading.hours import Span, read_hours, schedules
from directory.exchange.records import NAMESPACE
from directory.hours import DAYS, is_always_open, open_state, openings_of

WEEK = ("MO", "TU", "WE", "TH", "FR")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def make_id(part: str) -> UUID:
    return uuid5(NAMESPACE, part)


def spans(sentence: str) -> list[tuple[str, str, str]]:
    return [(",".join(span.days), span.opens, span.closes) for span in read_hours(sentence).spans]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Monday-Friday, 8-5", [("MO,TU,WE,TH,FR", "08:00", "17:00")]),
    ("Monday - Friday 9am - 5pm", [("MO,TU,WE,TH,FR", "09:00", "17:00")]),
    ("Mon.-Fri., 9 a.m. to 1 p.m.", [("MO,TU,WE,TH,FR", "09:00", "13:00")]),
    ("Tuesdays and Thursdays, 10-3", [("TU,TH", "10:00", "15:00")]),
    ("Friday-Monday, 10-4", [("MO,FR,SA,SU", "10:00", "16:00")]),
    ("Daily, 9-5", [(",".join(DAYS), "09:00", "17:00")]),
    ("Weekdays: 9-5", [("MO,TU,WE,TH,FR", "09:00", "17:00")]),
    ("24 hours daily", [(",".join(DAYS), "00:00", "00:00")]),
    ("Monday-Thursday, 10-8; Friday, 10-5; Sunday, 1-5", [("MO,TU,WE,TH", "10:00", "20:00"), ("FR", "10:00", "17:00"), ("SU", "13:00", "17:00")]),
    ("Tuesday-Thursday, 1-6, Saturday, 10-3", [("TU,WE,TH", "13:00", "18:00"), ("SA", "10:00", "15:00")]),
    ("Monday, Thursday, 9-12, 1-5", [("MO,TH", "09:00", "12:00"), ("MO,TH", "13:00", "17:00")]),
    ("Monday-Friday, 6 am-8 am and 5 pm-8 pm", [("MO,TU,WE,TH,FR", "06:00", "08:00"), ("MO,TU,WE,TH,FR", "17:00", "20:00")]),
    ("Monday, Friday, 8-5; Wednesday, 11-5; closed 12-1", [
        ("MO,FR", "08:00", "12:00"), ("MO,WE,FR", "13:00", "17:00"), ("WE", "11:00", "12:00"),
    ]),
    ("Monday-Friday, 9-5, closed for lunch 1 pm - 2 pm", [("MO,TU,WE,TH,FR", "09:00", "13:00"), ("MO,TU,WE,TH,FR", "14:00", "17:00")]),
    ("2nd and 4th Tuesday, 7-9 pm", [("2TU,4TU", "19:00", "21:00")]),
    ("First Monday of the month, 1:30-4", [("1MO", "13:30", "16:00")]),
    ("last Saturday of each month, 10-noon", [("-1SA", "10:00", "12:00")]),
    ("Tuesday, 12-3; first Saturday of the month, 12-3", [("TU", "12:00", "15:00"), ("1SA", "12:00", "15:00")]),
    ("January - December Saturday 9:00 AM to 1:00 PM", [("SA", "09:00", "13:00")]),
])
def test_clear_sentences_are_read_whole(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(spans(sentence)) == sorted(expected)
    assert read_hours(sentence).whole


@pytest.mark.parametrize("sentence", [
    "Monday-Friday, 8-5, and by appointment", "Monday-Friday, 8-5; some evenings and weekends", "Monday-Friday, 8-5. 24-hour helpline",
    "Monday-Friday, 8-5 (closed federal holidays)", "Monday-Friday, 8-5; Saturday by appointment", "Monday-Friday, 8-5; voicemail-24 hours daily",
])
def test_what_only_adds_leaves_the_rows_and_keeps_the_sentence(sentence: str) -> None:
    assert spans(sentence) == [("MO,TU,WE,TH,FR", "08:00", "17:00")]
    assert not read_hours(sentence).whole
    assert [row.description for row in schedules(read_hours(sentence), make_id, timezone="America/Los_Angeles") if not row.opens_at] == [sentence]


@pytest.mark.parametrize("sentence", [
    "Vary", "By appointment", "Opens 8 am; closing time posted and varies by season", "May - October Wednesday 9:00 AM to 12:30 PM",
    "Office: Monday-Friday, 8-5; Hotline: 24 hours daily", "Monday-Friday, 9-5; no food on Tuesday", "Monday-Friday, 8-5. Closed alternate Fridays",
    "Monday-Friday, 9-5 (Eastern Time)", "Monday-Friday, 8-5; Summer: 9-3", "Monday-Friday", "9-5", "Monday-Friday, 6-8", "Monday-Firday, 9-5",
    "Monday-Friday, 2-7; Wednesday, 1-7", "Monday, Monday, 9-5", "first Thursday of the month at 7 pm", "Monday-Friday, 9-45", "24-hour facility",
    "Monday-Friday, 8-5, except holidays", "Third Saturday of March, 10-1", "", "8-5 Monday", "Daily, dawn to dusk",
])
def test_what_is_not_certain_stays_words(sentence: str) -> None:
    assert read_hours(sentence).spans == ()
    [row] = schedules(read_hours(sentence), make_id, timezone=None)
    assert (row.description, row.opens_at, row.byday) == (sentence, None, None)


def test_weekly_and_monthly_rows_say_so_and_carry_the_zone() -> None:
    rows = schedules(read_hours("Tuesday, 12-3; 1st Saturday, 10-2"), make_id, timezone="America/New_York")
    assert [(row.freq, row.byday, row.timezone_name) for row in rows] == [("WEEKLY", "TU", "America/New_York"), ("MONTHLY", "1SA", "America/New_York")]


@given(st.text(max_size=60))
def test_any_text_at_all_is_kept_or_read(text: str) -> None:
    hours = read_hours(text)
    assert hours.sentence == text
    assert hours.whole is False or hours.spans


@given(st.lists(st.sampled_from(range(7)), min_size=1, max_size=7, unique=True), st.integers(6, 11), st.integers(1, 5))
def test_days_listed_or_in_a_range_mean_the_same(days: list[int], opens: int, closes: int) -> None:
    first, last = min(days), max(days)
    in_range = f"{NAMES[first]}-{NAMES[last]}, {opens}-{closes}" if first != last else f"{NAMES[first]}, {opens}-{closes}"
    listed = f"{', '.join(NAMES[first : last + 1])}, {opens}-{closes}"
    assert read_hours(in_range).spans == read_hours(listed).spans != ()


@given(st.permutations(range(7)), st.integers(6, 11), st.integers(1, 5))
def test_the_order_of_days_changes_nothing(order: list[int], opens: int, closes: int) -> None:
    sentence = "; ".join(f"{NAMES[day]}, {opens}-{closes}" for day in order)
    assert read_hours(sentence).spans == (Span(DAYS, f"{opens:02d}:00", f"{closes + 12}:00"),)


def test_rows_for_day_and_night_mean_always_open_to_those_who_read_them() -> None:
    from directory.models import Schedule as Stored

    rows = [Stored(freq=row.freq, byday=row.byday, opens_at=row.opens_at, closes_at=row.closes_at)
            for row in schedules(read_hours("24 hours a day, 7 days a week"), make_id, timezone=None)]
    assert is_always_open(openings_of(rows))


def test_an_evening_that_ends_at_midnight_is_open_until_then() -> None:
    from directory.models import Schedule as Stored

    [row] = schedules(read_hours("Daily, 7:30 am-midnight"), make_id, timezone=None)
    openings = openings_of([Stored(freq=row.freq, byday=row.byday, opens_at=row.opens_at, closes_at=row.closes_at)])
    for hour, state in ((23, "open"), (3, "closed")):
        found = open_state(openings, always_open=False, has_text=False, timezone="UTC", at=datetime(2026, 3, 4, hour, 30, tzinfo=UTC))
        assert found.state == state
