"""Free time and opening hours: overnight, in certain weeks, in their season, and in the listing's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.openings import Openings, month_bits, occurrences
from matching.values import Listing, Opening, Slot
from tests.matching.oracle import slots

SUNDAY_MORNING = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def hits(slot: Slot, opening: Opening, at: datetime = SUNDAY_MORNING, timezone: str = "UTC") -> int:
    one = Listing(id="a", service_id="a", organization_id="a", name="a", openings=(opening,), timezone=timezone)
    return int(Openings.build([one]).hits((slot,), at)[0])


def weekly(weekday: int, opens: int, closes: int, **fields: Any) -> Opening:
    return Opening(weekday=weekday, opens=opens, closes=closes, **fields)


EVENING = slots((1, 18 * 60, 21 * 60))[0]


def test_a_weekly_meeting_is_met_twice_in_fourteen_days() -> None:
    assert hits(EVENING, weekly(1, 19 * 60, 20 * 60)) == 2


@pytest.mark.parametrize(("closes", "expected"), [(18 * 60 + 29, 0), (18 * 60 + 30, 2)])
def test_half_an_hour_is_the_least_that_counts(closes: int, expected: int) -> None:
    assert hits(EVENING, weekly(1, 17 * 60, closes)) == expected


def test_half_hours_need_not_begin_on_the_half_hour() -> None:
    assert hits(slots((1, 615, 645))[0], weekly(1, 610, 650)) == 2


@pytest.mark.parametrize("closes", [26 * 60, 2 * 60])
def test_an_opening_over_midnight_is_met_early_the_next_day_however_it_is_written(closes: int) -> None:
    night = weekly(1, 22 * 60, closes)
    assert hits(slots((2, 30, 90))[0], night) == 2
    assert hits(slots((2, 3 * 60, 5 * 60))[0], night) == 0


def test_a_free_night_meets_an_early_opening_of_the_next_day() -> None:
    assert hits(slots((1, 23 * 60, 25 * 60))[0], weekly(2, 0, 60)) == 2


def test_only_the_named_weeks_of_the_month_count() -> None:
    """The fourteen days from Sunday 22 November 2026 hold Tuesday the 24th, its fourth and last, and 1 December, its first."""
    expected = {(): 2, (1,): 1, (2,): 0, (3,): 0, (4,): 1, (5,): 0, (-1,): 1, (1, 4): 2}
    assert {weeks: hits(EVENING, weekly(1, 19 * 60, 20 * 60, weeks=weeks)) for weeks in expected} == expected


@settings(max_examples=200)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_last_of_the_month_is_the_one_after_which_another_month_begins(day: date) -> None:
    ordinals = [number for number in range(1, 6) if month_bits(day) & 1 << number]
    assert ordinals == [sum(date(day.year, day.month, other).weekday() == day.weekday() for other in range(1, day.day + 1))]
    assert bool(month_bits(day) & 1 << 6) == (date.fromordinal(day.toordinal() + 7).month != day.month)


def test_a_season_begins_and_ends_on_its_days() -> None:
    assert hits(EVENING, weekly(1, 19 * 60, 20 * 60, valid_from=date(2026, 11, 25))) == 1
    assert hits(EVENING, weekly(1, 19 * 60, 20 * 60, valid_to=date(2026, 11, 24))) == 1
    assert hits(EVENING, weekly(1, 19 * 60, 20 * 60, valid_to=date(2026, 11, 23))) == 0


def test_hours_are_those_of_the_listings_own_zone() -> None:
    """Sunday 04:00 in UTC is still Saturday, eight in the evening, in Los Angeles, where half of tonight's meeting is yet to come."""
    at = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
    saturday = slots((5, 19 * 60, 21 * 60))[0]
    meeting = weekly(5, 19 * 60, 21 * 60)
    assert hits(saturday, meeting, at, "America/Los_Angeles") == 3  # the rest of tonight, next week, and the week after up to eight
    assert hits(saturday, meeting, at, "UTC") == 2


def test_what_is_over_already_does_not_count() -> None:
    at = datetime(2026, 11, 24, 20, 45, tzinfo=UTC)
    assert hits(EVENING, weekly(1, 18 * 60, 21 * 60), at) == 2  # next week's, and the one after up to 20:45
    assert hits(EVENING, weekly(1, 20 * 60 + 30, 21 * 60), at) == 1


def test_hours_that_have_all_run_out_tell_nothing() -> None:
    def stated(*openings: Opening, timezone: str = "UTC") -> bool:
        one = Listing(id="a", service_id="a", organization_id="a", name="a", openings=openings, timezone=timezone)
        return bool(Openings.build([one]).stated(SUNDAY_MORNING)[0])

    over, current = weekly(1, 0, 60, valid_to=date(2026, 11, 21)), weekly(1, 0, 60, valid_to=date(2026, 11, 22))
    assert (stated(), stated(over), stated(current), stated(over, current)) == (False, False, True, True)
    assert not stated(current, timezone="Nowhere/At_All")


CLOSED = date(2026, 11, 24)   # a Tuesday, two days on


def closed_hits(*openings: Opening, closed_on: tuple[date, ...] = (CLOSED,), slot: Slot = EVENING) -> int:
    one = Listing(id="a", service_id="a", organization_id="a", name="a", openings=openings, closed_on=closed_on)
    other = Listing(id="b", service_id="b", organization_id="b", name="b", openings=openings)
    found = Openings.build([other, one]).hits((slot,), SUNDAY_MORNING)
    assert found[0] == hits(slot, openings[0]) or len(openings) > 1   # the closed dates of one listing are not those of another
    return int(found[1])


def test_nothing_is_met_on_a_closed_date() -> None:
    assert closed_hits(weekly(1, 19 * 60, 20 * 60)) == 1
    assert closed_hits(weekly(1, 19 * 60, 20 * 60), closed_on=(CLOSED, date(2026, 12, 1))) == 0
    assert closed_hits(weekly(1, 19 * 60, 20 * 60), closed_on=(date(2026, 11, 25),)) == 2


def test_what_is_for_that_date_alone_is_met_on_a_closed_date() -> None:
    assert closed_hits(weekly(1, 19 * 60, 20 * 60, valid_from=CLOSED, valid_to=CLOSED)) == 1
    assert closed_hits(weekly(1, 19 * 60, 20 * 60, valid_from=CLOSED, valid_to=date(2026, 11, 30))) == 0
    assert closed_hits(weekly(1, 17 * 60, 18 * 60), weekly(1, 19 * 60, 20 * 60, valid_from=CLOSED, valid_to=CLOSED)) == 1


def test_a_night_that_began_before_a_closed_date_is_met_in_it() -> None:
    early = slots((1, 0, 120))[0]
    assert closed_hits(weekly(0, 22 * 60, 26 * 60), slot=early) == 2
    assert closed_hits(weekly(1, 0, 120), slot=early) == 1


def test_a_date_that_several_calendars_close_is_closed_to_all_of_them() -> None:
    openings = (weekly(1, 19 * 60, 20 * 60),)
    calendars = ((CLOSED,), (CLOSED, date(2026, 12, 25)), (date(2026, 12, 25),), (), (date(2026, 11, 1), CLOSED))
    held = [Listing(id=str(at), service_id="a", organization_id="a", name="a", openings=openings, closed_on=days) for at, days in enumerate(calendars)]
    found = Openings.build(held)
    assert found.hits((EVENING,), SUNDAY_MORNING)[found.number].tolist() == [1, 1, 2, 2, 1]


def test_calendars_are_kept_once_and_only_for_who_has_one() -> None:
    openings = (weekly(1, 0, 60),)
    held = [
        Listing(id=str(number), service_id="a", organization_id="a", name="a", openings=openings, timezone=zone, closed_on=closed)
        for number, (zone, closed) in enumerate([("UTC", ()), ("UTC", (CLOSED,)), ("Europe/London", (CLOSED,)), ("UTC", (CLOSED,)), ("UTC", ())])
    ]
    arrays = Openings.build(held).arrays
    assert (len(arrays["dated"]), arrays["calendar"].tolist(), arrays["closed"].tolist()) == (2, [0, 0], [CLOSED.toordinal()])


@settings(max_examples=200)
@given(st.integers(0, 6), st.integers(0, 1439), st.integers(30, 1440), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001 - wall-clock times
def test_every_slot_comes_up_two_or_three_times_in_fourteen_days(weekday: int, starts: int, length: int, now: datetime) -> None:
    found = list(occurrences(Slot(weekday=weekday, starts=starts, ends=min(2880, starts + length)), now))
    assert 1 <= len(found) <= 3
    assert all(ends - begins >= 30 for _, begins, ends in found)
