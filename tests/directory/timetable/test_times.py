"""Open or closed, until when and from when: at any minute what a clerk says who walks through the dates and looks each one up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays as known
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.records import Schedule
from directory.hours import LOOK_AHEAD_DAYS, clock_words, is_always_open, open_state, openings_of
from directory.listings import OpenState
from directory.timetable.holidays import countries, holidays_between, knows_region, regions_of
from directory.timetable.reading import timetable_of
from directory.timetable.times import times_of, times_of_timetable, without_past
from directory.timetable.values import Holidays, Line, SpecialDays, Timetable, While, Yearly
from directory.timetable.writing import schedules_of
from tests.directory.timetable.made import ON, make_id, timetables

ZONE = "America/Los_Angeles"
DAY = timedelta(days=1)


class Clerk:
    """The oracle: one date at a time, from the timetable alone, with nothing worked out beforehand."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self._begun: dict[date, list[tuple[int, int]]] = {}

    def is_open(self, wall: datetime) -> bool:
        """Whether the wall clock stands within a stretch that began today or the evening before."""
        return any(
            opens <= (wall - datetime.combine(day, datetime.min.time())) // timedelta(minutes=1) < closes
            for day in (wall.date(), wall.date() - DAY)
            for opens, closes in self.begun(day)
        )

    def begun(self, day: date) -> list[tuple[int, int]]:
        """The stretches that begin on a date."""
        if day not in self._begun:
            self._begun[day] = list(self._stretches(day))
        return self._begun[day]

    def _stretches(self, day: date) -> Iterator[tuple[int, int]]:
        ruling = [one for one in self.timetable.specials if one.first <= day <= one.last]
        shortest = min((one.last - one.first for one in ruling), default=None)
        rule = next((one for one in reversed(ruling) if one.last - one.first == shortest), None)
        held = self.timetable.holidays
        is_holiday = held is not None and held.state != "usual" and day in known.country_holidays(held.country, subdiv=held.region or None)
        if rule is not None and rule.state != "usual":
            yield from rule.spans
            return
        if held is not None and is_holiday and rule is None:
            yield from held.spans
        for line in self.timetable.lines:
            if self.holds(line, day) and (not is_holiday or rule is not None or line.season == While(first=day, last=day)):
                yield line.opens, line.closes

    def holds(self, line: Line, day: date) -> bool:
        return day.weekday() in line.days and self.in_week(line, day) and self.in_season(line, day) and self.in_turn(line, day)

    def in_turn(self, line: Line, day: date) -> bool:
        length = ((day.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY).day
        if line.month_days and not {day.day, day.day - length - 1} & {*line.month_days}:
            return False
        if line.since is None:
            return True
        months = (day.year - line.since.year) * 12 + day.month - line.since.month
        week = line.since - timedelta(days=(line.since.weekday() - line.week_starts) % 7)
        weeks = (day - week).days // 7
        return day >= line.since and (months if line.weeks or line.month_days else weeks) % line.every == 0

    def in_week(self, line: Line, day: date) -> bool:
        same = [day.replace(day=number) for number in range(1, 32) if self.exists(day, number) and day.replace(day=number).weekday() == day.weekday()]
        return not line.weeks or same.index(day) + 1 in line.weeks or (day == same[-1] and -1 in line.weeks)

    def exists(self, day: date, number: int) -> bool:
        return (day.replace(day=1) + timedelta(days=number - 1)).month == day.month

    def in_season(self, line: Line, day: date) -> bool:
        season = line.season
        if isinstance(season, Yearly):
            today = day.month, day.day
            first, last = (self.in_this_year(one, day) for one in (season.first, season.last))
            return first <= today <= last if season.first <= season.last else today >= first or today <= last
        return season is None or ((season.first is None or season.first <= day) and (season.last is None or day <= season.last))

    def in_this_year(self, month_day: tuple[int, int], day: date) -> tuple[int, int]:
        return (2, 28) if month_day == (2, 29) and day.year % 4 else month_day


def state_of(timetable: Timetable, at: datetime, zone: str = ZONE) -> OpenState:
    times = times_of_timetable(timetable, on=ON)
    always = is_always_open(times.openings, times.closed_on)
    return open_state(times.openings, closed_on=times.closed_on, always_open=always, has_text=False, timezone=zone, at=at)


@st.composite
def moments(draw: st.DrawFn, timetable: Timetable) -> datetime:
    """Any moment, and more often one about which the timetable says something of its own."""
    told = [day for one in timetable.specials for day in (one.first, one.last)]
    told += [day for one in timetable.lines if isinstance(one.season, While) for day in (one.season.first, one.season.last) if day]
    clocks_go_back = [date(2026, 10, 25), date(2026, 11, 1)]
    day = draw(st.one_of(st.dates(date(2026, 10, 20), date(2027, 2, 1)), st.sampled_from([*told, *told, *clocks_go_back, date(2026, 12, 25)])))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(-600, 2400)))


@settings(max_examples=300, deadline=None)
@given(timetables(elsewhere=False), st.data(), st.sampled_from(("America/Los_Angeles", "Europe/London", "Asia/Kolkata")))
def test_open_or_closed_is_what_the_dates_say(timetable: Timetable, data: st.DataObject, zone: str) -> None:
    at = data.draw(moments(timetable))
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert (state_of(timetable, at, zone).state in ("open", "always")) is Clerk(timetable).is_open(wall)


@settings(max_examples=60, deadline=None)
@given(timetables(elsewhere=False), st.data())
def test_until_and_next_are_the_first_minutes_at_which_it_changes(timetable: Timetable, data: st.DataObject) -> None:
    at = data.draw(moments(timetable))
    wall, clerk, state = at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, second=0, microsecond=0), Clerk(timetable), state_of(timetable, at)
    now = clerk.is_open(wall)
    end = datetime.combine(wall.date(), datetime.min.time()) + LOOK_AHEAD_DAYS * DAY
    change = wall
    while change < end and clerk.is_open(change) is now:
        change += timedelta(minutes=1)
    if state.state == "always" or not times_of_timetable(timetable, on=ON).openings:
        return
    if change == end and now:
        assert state.text == "Open now, day and night"
    elif change == end:
        far = next((day for number in range(LOOK_AHEAD_DAYS, 365) if clerk.begun(day := wall.date() + number * DAY)), None)
        first = min(opens for opens, _ in clerk.begun(far)) if far else 0
        words = f"Closed now, next open {far:%A} {far.day} {far:%B}, {clock_words(first, country='')}" if far else "Closed for the coming weeks"
        assert state.text == words
    else:
        assert state.text.startswith("Open now, until " if now else "Closed now, next open ")
        assert state.text.endswith(clock_words(change.hour * 60 + change.minute, country=""))
        days = (change.date() - wall.date()).days
        assert ("tomorrow" in state.text) is (days == 1)
        assert days < 2 or f"{change:%A}" in state.text


BUSY = Timetable(
    lines=(
        Line(days=(0, 1, 2, 3, 4), opens=9 * 60, closes=12 * 60),
        Line(days=(0, 1, 2, 3, 4), opens=13 * 60, closes=17 * 60),
        Line(days=(4, 5), opens=22 * 60, closes=26 * 60),
        Line(days=(6,), opens=60, closes=4 * 60),   # over the hour that the clocks leave out or have twice
        Line(days=(1,), opens=18 * 60, closes=20 * 60, weeks=(2, -1)),
        Line(days=(2,), opens=19 * 60, closes=21 * 60, season=Yearly(first=(10, 15), last=(3, 15))),
    ),
    specials=(
        SpecialDays(first=date(2026, 3, 17), last=date(2026, 3, 17)),
        SpecialDays(first=date(2026, 11, 10), last=date(2026, 11, 13), state="other", spans=((600, 720), (1380, 1500))),
        SpecialDays(first=date(2026, 11, 12), last=date(2026, 11, 12)),
        SpecialDays(first=date(2026, 11, 27), last=date(2026, 11, 27), state="usual"),
    ),
    holidays=Holidays(state="closed", country="US", region="CA"),
)


@pytest.mark.parametrize("month", [3, 11])
def test_every_minute_of_a_month_in_which_the_clocks_change(month: int) -> None:
    clerk, times = Clerk(BUSY), times_of_timetable(BUSY, on=ON)
    at, wrong = datetime(2026, month, 1, 8, tzinfo=UTC), []
    while at.month == month:
        state = open_state(times.openings, closed_on=times.closed_on, always_open=False, has_text=False, timezone=ZONE, at=at)
        if (state.state == "open") is not clerk.is_open(at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)):
            wrong.append(at)
        at += timedelta(minutes=1)
    assert wrong == []


FIELDS: dict[str, list[str | int | None]] = {
    "freq": ["WEEKLY", "MONTHLY", "WEEKLY", None], "byday": ["MO", "TU,WE", "2TU,-1SA", "MO,2TU", "XX", None], "interval": [None, 1, 2],
    "opens_at": ["09:00", "22:00:00", "24:00", "9 am", None], "closes_at": ["12:00", "02:00", "24:00", "09:00", None],
    "valid_from": [None, "2026-11-01", "2026-11-01T00:00:00", "soon"], "valid_to": [None, "2026-12-01"], "dtstart": [None, "2026-11-08"],
    "until": [None, "2027-01-01"], "count": [None, None, 3], "schedule_link": [None, "https://book.example/"], "notes": [None, "Ring twice"],
    "description": [None, "Drop in", "By appointment"],
}  # fmt: skip


@given(st.lists(st.fixed_dictionaries({name: st.sampled_from(held) for name, held in FIELDS.items()}), min_size=1, max_size=4))
def test_no_opening_is_lost_or_won_on_the_way_through_a_timetable(found: list[dict[str, Any]]) -> None:
    rows = [Schedule(id=make_id(str(number)), **said) for number, said in enumerate(found)]
    assert set(times_of_timetable(timetable_of(rows), on=ON).openings) == set(openings_of(rows))
    assert {one.id for one in timetable_of(rows).kept} <= {row.id for row in rows}


@given(timetables())
def test_rows_and_timetable_tell_the_same_times(timetable: Timetable) -> None:
    rows = schedules_of(timetable, make_id, on=ON)
    said, meant = times_of(rows, on=ON), times_of_timetable(timetable, on=ON)
    assert (set(said.openings), said.closed_on) == (set(meant.openings), meant.closed_on)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))


def test_a_closed_date_is_not_open_and_tells_the_next_day() -> None:
    assert state_of(BUSY, at(date(2026, 11, 26), 10)).text == "Closed now, next open tomorrow 09:00"   # Thanksgiving, and a day after it that is as usual
    assert state_of(BUSY, at(date(2026, 11, 12), 10)).text == "Closed now, next open tomorrow 10:00"


def test_what_began_the_evening_before_a_closed_date_goes_on_to_its_end() -> None:
    night = Timetable(lines=(Line(days=(4,), opens=22 * 60, closes=26 * 60),), specials=(SpecialDays(first=date(2026, 11, 28), last=date(2026, 11, 28)),))
    assert state_of(night, at(date(2026, 11, 28), 1)).text == "Open now, until 02:00"


def test_a_date_of_its_own_stands_on_a_holiday_and_not_against_a_special_date() -> None:
    christmas = date(2026, 12, 25)
    party = Line(days=(4,), opens=600, closes=900, season=While(first=christmas, last=christmas))
    rule = Holidays(state="closed", country="US")
    assert state_of(Timetable(lines=(party,), holidays=rule), at(christmas, 11)).state == "open"
    closed = SpecialDays(first=christmas, last=christmas)
    assert state_of(Timetable(lines=(party,), specials=(closed,)), at(christmas, 11)).state == "closed"


def test_day_and_night_but_for_a_date_is_never_said_to_be_always() -> None:
    every = Line(days=(0, 1, 2, 3, 4, 5, 6), opens=0, closes=1440)
    but = Timetable(lines=(every,), specials=(SpecialDays(first=date(2026, 12, 25), last=date(2026, 12, 25)),))
    assert state_of(Timetable(lines=(every,)), at(ON, 10)).state == "always"
    assert state_of(but, at(date(2026, 10, 1), 10)).text == "Open now, day and night"
    assert state_of(but, at(date(2026, 12, 24), 10)).text == "Open now, until tomorrow 00:00"
    assert state_of(but, at(date(2026, 12, 25), 10)).text == "Closed now, next open tomorrow 00:00"


def test_a_date_that_is_closed_is_closed_where_the_hours_are_not_known() -> None:
    only = Timetable(specials=(SpecialDays(first=ON, last=ON),))
    assert state_of(only, at(ON, 10)).text == "Closed today"
    assert state_of(only, at(ON + DAY, 10)).text == "Hours not known: call first"


def test_closed_with_hours_beside_it_is_no_opening() -> None:
    assert times_of([Schedule(id=make_id("row"), freq="WEEKLY", byday="SU", opens_at="00:00", closes_at="00:00", description="Closed")], on=ON) == ((), ())


def test_what_is_over_is_left_out_when_asked() -> None:
    over = While(last=ON - DAY)
    held = Timetable(
        lines=(Line(days=(0,), opens=0, closes=60, season=over), Line(days=(0,), opens=0, closes=60)),
        specials=(SpecialDays(first=ON - DAY, last=ON - DAY), SpecialDays(first=ON - DAY, last=ON)),
    )
    left = without_past(held, on=ON)
    assert (len(left.lines), len(left.specials)) == (1, 1)


def test_holidays_are_named_and_those_of_the_place_alone() -> None:
    november = date(2026, 11, 1), date(2026, 11, 30)
    assert (date(2026, 11, 26), "Thanksgiving Day") in holidays_between("US", "CA", *november)
    assert (date(2026, 11, 30), "Saint Andrew's Day") in holidays_between("GB", "SCT", *november)
    assert holidays_between("GB", "ENG", *november) == ()
    assert holidays_between("XX", "", *november) == holidays_between("US", "Atlantis", *november) == ()


def test_every_region_that_is_offered_has_a_name_and_holidays() -> None:
    assert {"US", "GB", "CA", "AU", "DE"} <= countries()
    for country in ("US", "GB", "CA", "AU", "DE"):
        for region in regions_of(country):
            assert region.name
            assert knows_region(country, region.code)
            assert holidays_between(country, region.code, date(2027, 1, 1), date(2027, 12, 31))
