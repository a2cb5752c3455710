"""The coming week of some groups: every date and no other, on the reader's clock, with what is cancelled and what is in their free time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.listings import Card, Fact, ListingPage, OpenState, Where
from directory.meetings.week import DAYS, Entry, Week, clock_of, ways_of, week_of
from directory.timetable.values import Line, SpecialDays, Timetable
from matching.values import Inquiry, MustHaves, Place, Profile, Slot, Travel

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)   # a Tuesday, noon in Chicago
TUESDAY = date(2026, 11, 24)
EVENING = Line(days=(1,), opens=18 * 60, closes=19 * 60 + 30)


def page(
    key: str, timetable: Timetable, *, kind: str = "peer_group", status: str = "active", zone: str = "America/Chicago", formats: tuple[str, ...] = (),
    place: Place | None = None,
) -> ListingPage:  # fmt: skip
    card = Card(
        id=key, service_id=key, name=key, organization_name="", summary="", kind=kind, kind_label="", cost="", languages=(), phones=(), status=status,
        opening=OpenState(state="unknown", text=""), where=Where(listing_id=key, place=place, confidential=place is None),
    )  # fmt: skip
    facts = tuple(Fact(taxonomy="formats", code=code, label=code) for code in formats)
    return ListingPage(card=card, description="", facts=facts, places=(), timetable=timetable, hours_text=(), timezone=zone)


def week(*pages: ListingPage, free: tuple[Slot, ...] = (), ways: dict[str, float | None] | None = None, at: datetime = NOON) -> Week:
    return week_of({one.card.id: one for one in pages}, at=at, zone=CHICAGO, free=free, ways=ways)


def shown(found: Week) -> list[tuple[int, str, int, str, str]]:
    """(days from today, listing, when, how, fits) of every entry."""
    first = found.days[0][0]
    return [((day - first).days, one.listing, one.opens, one.meeting.how, one.fits) for day, entries in found.days for one in entries]


def test_seven_days_with_every_date_in_order() -> None:
    daily = page("daily", Timetable(lines=(Line(days=(1, 2), opens=600, closes=660),)))
    found = week(page("circle", Timetable(lines=(EVENING,))), daily)
    assert [day for day, _ in found.days] == [TUESDAY + timedelta(days=number) for number in range(DAYS)]
    assert shown(found) == [(0, "circle", 1080, "usual", "yes"), (1, "daily", 600, "usual", "yes")]   # ten o'clock of today is over


def test_what_is_cancelled_moved_or_added_is_said() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    specials = (
        SpecialDays(first=TUESDAY, last=TUESDAY, reason="Nadia is away"),
        SpecialDays(first=wednesday, last=wednesday, state="other", spans=((900, 960),), reason="instead"),
    )
    found = week(page("circle", Timetable(lines=(EVENING,), specials=specials)))
    assert shown(found) == [(0, "circle", 1080, "cancelled", "yes"), (1, "circle", 900, "extra", "yes")]
    assert [one.meeting.reason for _, entries in found.days for one in entries] == ["Nadia is away", "instead"]


def test_who_is_not_there_this_week_and_of_whom_nothing_is_known_are_told_apart() -> None:
    resting = Timetable(lines=(EVENING,), specials=(SpecialDays(first=TUESDAY, last=TUESDAY + timedelta(days=2)),))
    monthly = Timetable(lines=(replace(EVENING, weeks=(1,)),))
    closed = page("closed", resting, status="temporarily closed")
    found = week(page("first", monthly), page("prose", Timetable(note="Most evenings")), page("resting", resting), closed)
    assert (found.later, found.silent) == (("first", "closed"), ("prose",))
    assert [(one[1], one[3]) for one in shown(found)] == [("resting", "cancelled")]


def test_a_group_elsewhere_stands_on_the_readers_clock_and_under_the_readers_day() -> None:
    late = page("sydney", Timetable(lines=(Line(days=(2,), opens=600, closes=660),)), zone="Australia/Sydney")   # 17:00 of Tuesday in Chicago
    assert shown(week(late)) == [(0, "sydney", 17 * 60, "usual", "yes")]


def test_what_is_going_on_stands_under_today() -> None:
    night = page("night", Timetable(lines=(Line(days=(0,), opens=22 * 60, closes=22 * 60 + 16 * 60),)))
    assert shown(week(night))[0] == (0, "night", -120, "usual", "yes")


@pytest.mark.parametrize(("free", "ways", "fits"), [
    ((1080, 1170), None, "yes"), ((1140, 1300), None, "yes"), ((1150, 1300), None, "no"), ((600, 700), None, "no"),
    ((1060, 1190), {"circle": 20.0}, "yes"), ((1060, 1190), {"circle": 21.0}, "no"), ((1060, 1190), {"circle": None}, "perhaps"),
    ((600, 700), {"circle": None}, "no"),
])  # fmt: skip
def test_a_meeting_is_in_free_time_or_not_or_nobody_knows(free: tuple[int, int], ways: dict[str, float | None] | None, fits: str) -> None:
    slot = Slot(weekday=1, starts=free[0], ends=free[1])
    assert shown(week(page("circle", Timetable(lines=(EVENING,))), free=(slot,), ways=ways)) == [(0, "circle", 1080, "usual", fits)]


def test_ways_are_counted_only_for_who_asks_and_never_to_a_place_that_is_not_public() -> None:
    here, there = Place(latitude=44.26, longitude=-88.41), Place(latitude=44.27, longitude=-88.41)
    pages = {"near": page("near", Timetable(), place=there), "hidden": page("hidden", Timetable()), "online": page("online", Timetable(), formats=("online",))}
    asked = Inquiry(place=here, travel=Travel(modes=("walk",)), profile=Profile(there_and_back=True))
    found = ways_of(asked, pages)
    assert found is not None
    assert (found["hidden"], found["online"]) == (None, 0.0)
    assert found["near"] is not None
    assert 15 < found["near"] < 25
    assert ways_of(replace(asked, profile=Profile()), pages) is ways_of(replace(asked, place=None), pages) is None
    in_person = ways_of(replace(asked, must=MustHaves(formats=("in_person",))), pages)
    assert in_person is not None
    assert in_person["online"] is None


def test_the_clock_is_that_of_the_house_where_any_goes_by_it_else_of_most() -> None:
    zones = [page(str(number), Timetable(), zone=zone) for number, zone in enumerate(("Europe/Paris", "America/Chicago", "America/Chicago"))]
    assert clock_of(zones, house="Europe/Paris") == "Europe/Paris"
    assert clock_of(zones, house="UTC") == "America/Chicago"
    assert clock_of([], house="UTC") == "UTC"


LINES = st.builds(
    Line, days=st.sets(st.integers(0, 6), min_size=1, max_size=3).map(lambda one: tuple(sorted(one))), opens=st.integers(0, 1380),
    closes=st.just(1410), weeks=st.sampled_from(((), (1, 3), (-1,), (4,))),
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=3), st.integers(0, 400), st.integers(0, 1439))
def test_the_week_holds_what_walking_day_by_day_finds(lines: list[Line], day: int, minute: int) -> None:
    """Against a plain walk over seven days, in one zone and without special dates."""
    start = datetime(2026, 1, 1, tzinfo=CHICAGO) + timedelta(days=day)
    at = start.replace(hour=minute // 60, minute=minute % 60)
    expected = set()
    for number in range(DAYS):
        on = at.date() + timedelta(days=number)
        nth, is_last = (on.day - 1) // 7 + 1, (on + timedelta(days=7)).month != on.month
        for line in lines:
            in_week = not line.weeks or nth in line.weeks or (is_last and -1 in line.weeks)
            if on.weekday() in line.days and in_week and not (number == 0 and line.closes <= minute):
                expected.add((number, line.opens))
    found = week(page("circle", Timetable(lines=tuple(lines))), at=at)
    assert {(number, opens) for number, _, opens, _, _ in shown(found)} == expected
    assert all(isinstance(one, Entry) and one.closes == 1410 for _, entries in found.days for one in entries)
