"""Short-hand hours: what they stand for, and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import is_always_open, openings_of
from directory.models import Schedule
from matching.values import Opening
from seeds.hours import DAYS, WEEKS, spans_of

SUNDAY = date(2026, 11, 22)
names = st.sampled_from(sorted(DAYS))
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda pair: f"{pair[0]:02d}:{pair[1]:02d}")
spans = st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1])


def openings(line: str) -> tuple[Opening, ...]:
    """What the directory reads out of a line."""
    found = spans_of(line, first_day=SUNDAY)
    return openings_of([
        Schedule(
            freq=span.freq, byday=span.byday, opens_at=span.opens_at, closes_at=span.closes_at,
            valid_from=span.on.isoformat() if span.on else None, valid_to=span.on.isoformat() if span.on else None,
        )
        for span in found
    ])  # fmt: skip


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


@given(st.lists(names, min_size=1, unique=True), spans)
def test_every_named_day_is_open_at_the_written_time(days: list[str], span: tuple[str, str]) -> None:
    found = openings(f"{' '.join(days)} {span[0]}-{span[1]}")
    assert {opening.weekday for opening in found} == {list(DAYS).index(day) for day in days}
    lengths = {(opening.closes - opening.opens) for opening in found}
    assert lengths == {(minutes(span[1]) - minutes(span[0])) % 1440}
    assert {opening.opens for opening in found} == {minutes(span[0])}


@given(st.lists(st.sampled_from(sorted(WEEKS)), min_size=1, unique=True), names)
def test_weeks_of_the_month_are_kept(weeks: list[str], day: str) -> None:
    found = openings(f"{' '.join(weeks)} {day} 10:00-12:00")
    assert {week for opening in found for week in opening.weeks} == {int(WEEKS[week]) for week in weeks}


@given(names, names, spans)
def test_a_range_of_days_holds_all_between(first: str, last: str, span: tuple[str, str]) -> None:
    order = list(DAYS)
    line = f"{first}-{last} {span[0]}-{span[1]}"
    if order.index(last) < order.index(first):
        with pytest.raises(ValueError, match="backwards"):
            spans_of(line, first_day=SUNDAY)
    else:
        assert len(openings(line)) == order.index(last) - order.index(first) + 1


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), names, st.integers(1, 12))
def test_an_event_is_on_its_weekday_in_the_week_it_says(first_day: date, day: str, weeks: int) -> None:
    (span,) = spans_of(f"{day} in {weeks} weeks 10:00-14:00", first_day=first_day)
    assert span.on is not None
    assert span.on.weekday() == list(DAYS).index(day)
    assert timedelta(0) <= span.on - first_day - timedelta(weeks=weeks) < timedelta(days=7)


def test_a_lunch_gap_is_two_openings_a_day() -> None:
    assert [(opening.opens, opening.closes) for opening in openings("Mon 09:00-12:00, 13:00-17:00")] == [(540, 720), (780, 1020)]


def test_a_night_runs_into_the_next_day() -> None:
    assert all((opening.opens, opening.closes) == (1260, 1860) for opening in openings("daily 21:00-07:00"))


def test_day_and_night_is_always_open_and_nothing_else_is() -> None:
    assert is_always_open(openings("24 hours"))
    assert not is_always_open(openings("daily 00:00-23:59"))


@pytest.mark.parametrize("line", [
    "", "Tue", "18:30-20:00", "Tuesday 18:30-20:00", "Tue 18.30-20.00", "Tue 18:30", "Tue 18:30 - 20:00", "2nd 10:00-12:00",
    "Tue 25:00-26:00", "Tue 10:61-12:00", "Tue 10:00-24:30", "Tue 10:00-10:00", "6th Tue 10:00-12:00", "Tue in some weeks 10:00-12:00",
    "evenings", "daily-Fri 10:00-12:00", "Tue 10:00-12:00,13:00-14:00",
])  # fmt: skip
def test_what_is_not_certain_is_refused_with_a_sentence(line: str) -> None:
    with pytest.raises(ValueError, match=r"'.*' (is|names|begins|runs)"):
        spans_of(line, first_day=SUNDAY)


def test_every_second_week_begins_with_the_first_such_day_and_keeps_to_it() -> None:
    first, second = spans_of("every 2nd Fri 10:00-11:30, 17:00-18:00", first_day=SUNDAY)
    assert (first.freq, first.byday, first.opens_at, first.closes_at, first.on) == ("WEEKLY", "FR", "10:00", "11:30", None)
    assert first.from_day == second.from_day == SUNDAY + timedelta(days=5)
    with pytest.raises(ValueError, match="is not a day of the week"):
        spans_of("every 2nd Day 10:00-11:30", first_day=SUNDAY)
