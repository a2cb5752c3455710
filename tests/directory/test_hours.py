"""Hours: what a schedule states becomes openings, and "open until" is right at every minute, over midnight and when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import hours
from directory.hours import clock_words, is_always_open, is_on, minutes_of, open_state, openings_of
from directory.models import Schedule
from directory.timetable.reading import text_of
from matching.values import Opening

ZONE = "America/Los_Angeles"
openings = st.builds(
    lambda weekday, opens, length, weeks: Opening(weekday=weekday, opens=opens, closes=opens + length, weeks=weeks),
    st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440), st.sampled_from([(), (), (), (1,), (2, 4), (5,), (-1,)]),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))   # noqa: DTZ001  (hypothesis adds the zone)


def weekly(days: str, opens: str, closes: str, **more: object) -> Schedule:
    return Schedule(freq="WEEKLY", byday=days, opens_at=opens, closes_at=closes, **more)


def open_by_looking(found: list[Opening], at: datetime) -> bool:
    """The oracle: is the wall clock inside an opening that started today or yesterday?"""
    wall = at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    for back in (0, 1):
        day = wall.date() - timedelta(days=back)
        minute = (wall - datetime(day.year, day.month, day.day)).total_seconds() / 60   # noqa: DTZ001  (a wall clock)
        if any(is_on(one, day) and one.opens <= minute < one.closes for one in found):
            return True
    return False


@given(st.lists(openings, min_size=1, max_size=4), moments)
def test_open_or_closed_is_what_the_wall_clock_says(found: list[Opening], at: datetime) -> None:
    local = at.astimezone(ZoneInfo(ZONE))
    if local.date().month in (3, 11) and local.weekday() in (5, 6, 0):
        return   # the days on which clocks change have tests of their own
    state = open_state(found, always_open=False, has_text=False, timezone=ZONE, at=at)
    assert (state.state == "open") == open_by_looking(found, at)


@given(st.lists(openings, min_size=1, max_size=6), moments)
def test_looking_a_few_days_ahead_first_says_what_looking_far_says(found: list[Opening], at: datetime) -> None:
    asked = {"always_open": False, "has_text": False, "timezone": ZONE, "at": at}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hours, "LOOKS", (hours.LOOK_AHEAD_DAYS,))
        far = open_state(found, **asked)
    assert open_state(found, **asked) == far


def test_a_lunch_gap_is_closed_and_says_when_it_opens() -> None:
    found = openings_of([weekly("MO", "09:00", "12:00"), weekly("MO", "13:00", "17:00")])
    at = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo(ZONE))
    assert open_state(found, always_open=False, has_text=False, timezone=ZONE, at=at).text == "Closed now, next open 13:00"


def test_an_overnight_service_is_open_after_midnight() -> None:
    found = openings_of([weekly("FR", "20:00", "06:00")])
    at = datetime(2026, 11, 28, 2, 0, tzinfo=ZoneInfo(ZONE))   # a Saturday
    assert open_state(found, always_open=False, has_text=False, timezone=ZONE, at=at).text == "Open now, until 06:00"


def test_hours_that_touch_are_one_stretch() -> None:
    found = openings_of([weekly("MO,TU", "00:00", "24:00")])
    at = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo(ZONE))
    assert open_state(found, always_open=False, has_text=False, timezone=ZONE, at=at).text == "Open now, until Wednesday 00:00"


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_opening_times_are_wall_times_when_the_clocks_change(day: date) -> None:
    found = openings_of([weekly("SU", "09:00", "17:00")])
    for hour, state in ((8, "closed"), (9, "open"), (16, "open"), (17, "closed")):
        at = datetime(day.year, day.month, day.day, hour, 0, tzinfo=ZoneInfo(ZONE))
        assert open_state(found, always_open=False, has_text=False, timezone=ZONE, at=at.astimezone(UTC)).state == state


def test_every_hour_of_every_week_is_always_open() -> None:
    assert is_always_open(openings_of([weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")]))
    assert not is_always_open(openings_of([weekly("MO,TU,WE,TH,FR,SA", "00:00", "24:00")]))


@pytest.mark.parametrize(("day", "fits"), [(3, False), (10, True), (17, False), (24, True), (11, False)])
def test_second_and_fourth_tuesday_are_those_and_no_other(day: int, fits: bool) -> None:
    [second, fourth] = openings_of([Schedule(freq="MONTHLY", byday="2TU,4TU", opens_at="18:00", closes_at="19:30")])
    assert (is_on(second, date(2026, 11, day)) or is_on(fourth, date(2026, 11, day))) is fits


def test_the_last_saturday_may_be_the_fourth_or_the_fifth() -> None:
    last = Opening(weekday=5, opens=600, closes=700, weeks=(-1,))
    assert [day for day in range(1, 32) if is_on(last, date(2026, 10, day))] == [31]
    assert [day for day in range(1, 31) if is_on(last, date(2026, 11, day))] == [28]


def test_a_season_starts_and_ends() -> None:
    [summer] = openings_of([weekly("MO", "10:00", "12:00", valid_from="2026-06-01", valid_to="2026-08-31")])
    assert is_on(summer, date(2026, 7, 6))
    assert not is_on(summer, date(2026, 9, 7))


UNCERTAIN = [
    Schedule(description="By appointment"),
    weekly("XX", "09:00", "12:00"),
    weekly("MO", "9 am", "12:00"),
    weekly("MO", "09:00", "12:00", interval=2),
    weekly("MO", "09:00", "12:00", byweekno="41,42"),
    Schedule(freq="YEARLY", byday="MO", opens_at="09:00", closes_at="12:00"),
]


@pytest.mark.parametrize("schedule", UNCERTAIN)
def test_what_is_not_certain_gives_no_opening(schedule: Schedule) -> None:
    assert openings_of([schedule]) == ()


def test_unknown_hours_are_said_and_prose_is_pointed_to() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert open_state((), always_open=False, has_text=False, timezone=ZONE, at=at).text == "Hours not known: call first"
    assert open_state((), always_open=False, has_text=True, timezone=ZONE, at=at).state == "text"
    assert text_of([Schedule(description=" Varies "), Schedule(description="Varies"), Schedule()]) == ("Varies",)


CLOCKS = [("00:00", 0), ("24:00", 1440), ("09:30:00", 570), ("9:05", 545), ("25:00", None), ("noon", None), (None, None)]


@pytest.mark.parametrize(("clock", "minutes"), CLOCKS)
def test_clocks_are_read_strictly(clock: str | None, minutes: int | None) -> None:
    assert minutes_of(clock) == minutes


TIMES = [
    (0, "00:00", "midnight"), (1440, "24:00", "midnight"), (720, "12:00", "noon"), (540, "09:00", "9:00 am"), (1050, "17:30", "5:30 pm"),
    (1530, "01:30", "1:30 am"),
]


@pytest.mark.parametrize(("minutes", "with_24", "with_12"), TIMES)
def test_times_are_written_as_the_readers_country_writes_them(minutes: int, with_24: str, with_12: str) -> None:
    assert clock_words(minutes, country="GB") == with_24
    assert clock_words(minutes, country="US") == with_12


@given(st.integers(0, 1439))
def test_no_two_times_of_a_day_are_written_alike(minutes: int) -> None:
    other = (minutes + 720) % 1440
    assert clock_words(minutes, country="US") != clock_words(other, country="US")
