"""Cancel, bring back, add, pause and go on: each changes the dates that it names and no others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Invalid
from directory.meetings import changing
from directory.meetings.changing import on_day, pause_of
from directory.timetable.values import Holidays, Line, Span, SpecialDays, Timetable
from tests.directory.meetings.test_dates import Wall, walls
from tests.directory.timetable.made import ON, timetables

EVENING: Span = (1110, 1200)
MORNING: Span = (540, 600)
TUESDAY = date(2026, 11, 24)
TWICE = Timetable(lines=(Line(days=(1,), opens=1110, closes=1200), Line(days=(1,), opens=540, closes=600)))


def some_meeting(timetable: Timetable, data: st.DataObject) -> Wall | None:
    there = sorted(walls(timetable))
    return data.draw(st.sampled_from(there[:20])) if there else None


@settings(max_examples=60, deadline=None)
@given(timetables(elsewhere=False), st.data())
def test_a_cancelled_date_is_gone_and_nothing_else_and_comes_back_whole(timetable: Timetable, data: st.DataObject) -> None:
    meeting = some_meeting(timetable, data)
    if meeting is None:
        return
    day, *span = meeting
    off = changing.cancelled(timetable, day, (span[0], span[1]), reason="Hall closed")
    assert walls(off) == walls(timetable) - {meeting}
    back = changing.restored(off, day, (span[0], span[1])) if any(not one.is_on for one in on_day(off, day)) else None
    assert back is None or walls(back) == walls(timetable)


@settings(max_examples=60, deadline=None)
@given(timetables(elsewhere=False), st.integers(0, 100), st.integers(0, 1300))
def test_an_added_date_is_there_and_goes_without_a_trace(timetable: Timetable, ahead: int, opens: int) -> None:
    day, span = ON + timedelta(days=ahead), (opens, opens + 60)
    if (day, *span) in walls(timetable):
        with pytest.raises(Invalid):
            changing.added(timetable, day, span, today=ON)
        return
    more = changing.added(timetable, day, span, today=ON)
    assert walls(more) == walls(timetable) | {(day, *span)}
    assert walls(changing.taken_away(more, day, span)) == walls(timetable)


def test_one_of_two_meetings_of_a_day_is_cancelled() -> None:
    off = changing.cancelled(TWICE, TUESDAY, EVENING, reason="  Band\npractice. ")
    assert [(one.opens, one.is_on, one.reason) for one in on_day(off, TUESDAY)] == [(540, True, ""), (1110, False, "Band practice")]
    none = changing.cancelled(off, TUESDAY, MORNING)
    assert [one.is_on for one in on_day(none, TUESDAY)] == [False, False]
    assert [one.is_on for one in on_day(changing.restored(none, TUESDAY, MORNING), TUESDAY)] == [True, False]


def test_a_reason_is_said_later_and_cancelling_what_is_not_there_is_refused() -> None:
    off = changing.cancelled(TWICE, TUESDAY, EVENING)
    assert on_day(changing.reasoned(off, TUESDAY, "Hall closed"), TUESDAY)[-1].reason == "Hall closed"
    for wrong in (
        lambda: changing.cancelled(TWICE, TUESDAY, (1, 2)), lambda: changing.restored(TWICE, TUESDAY, EVENING),
        lambda: changing.reasoned(TWICE, TUESDAY, "x"), lambda: changing.cancelled(TWICE, TUESDAY, EVENING, reason="x" * 81),
        lambda: changing.added(TWICE, ON - timedelta(days=1), EVENING, today=ON), lambda: changing.added(TWICE, TUESDAY, EVENING, today=ON),
        lambda: changing.added(TWICE, ON + timedelta(days=900), EVENING, today=ON),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            wrong()


def test_a_date_on_a_holiday_can_be_brought_back() -> None:
    thursday = Timetable(lines=(Line(days=(3,), opens=1110, closes=1200),), holidays=Holidays(state="closed", country="US"))
    thanksgiving = date(2026, 11, 26)
    back = changing.restored(thursday, thanksgiving, EVENING)
    assert [one.is_on for one in on_day(back, thanksgiving)] == [True]
    assert back.specials == (SpecialDays(first=thanksgiving, last=thanksgiving, state="usual"),)


def test_a_pause_holds_between_its_days_and_ends_when_somebody_says_so() -> None:
    first, last = TUESDAY, TUESDAY + timedelta(days=30)
    rest = changing.paused(TWICE, first, last, today=ON, reason="Ray has a baby")
    assert walls(rest) == {one for one in walls(TWICE) if not first <= one[0] <= last}
    assert pause_of(rest, on=ON) == SpecialDays(first=first, last=last, reason="Ray has a baby")
    early = changing.resumed(rest, today=first + timedelta(days=7))
    assert walls(early) == {one for one in walls(TWICE) if not first <= one[0] < first + timedelta(days=7)}
    assert walls(changing.resumed(rest, today=first)) == walls(TWICE)
    assert changing.resumed(TWICE, today=ON) == TWICE


def test_a_pause_that_cannot_be_is_refused() -> None:
    for first, last in ((TUESDAY, TUESDAY), (TUESDAY, ON), (ON - timedelta(days=9), ON - timedelta(days=2)), (TUESDAY, TUESDAY + timedelta(days=500))):
        with pytest.raises(Invalid):
            changing.paused(TWICE, first, last, today=ON)


def test_what_lies_in_a_pause_may_meet_after_all() -> None:
    rest = changing.paused(TWICE, TUESDAY, TUESDAY + timedelta(days=30), today=ON)
    once = changing.restored(rest, TUESDAY + timedelta(days=7), EVENING)
    assert walls(once) - walls(rest) == {(TUESDAY + timedelta(days=7), *EVENING)}
