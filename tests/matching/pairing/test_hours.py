"""Half an hour in common, in two zones, whichever way the clocks stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing import vetoes
from matching.pairing.asking import asks
from matching.pairing.hours import common_starts
from matching.pairing.values import Peer
from matching.values import Slot
from tests.matching.pairing import oracle
from tests.matching.pairing.crowd import ON
from tests.matching.pairing.people import peers


def person(zone: str, *times: tuple[int, int, int]) -> Peer:
    """Somebody in a zone with times of (weekday, from, to) in minutes."""
    return Peer(id=zone, side="seeker", timezone=zone, slots=tuple(Slot(weekday=day, starts=starts, ends=ends) for day, starts, ends in times))


def meet(one: Peer, other: Peer, on: date = ON) -> bool:
    """Whether two have half an hour in common."""
    return "hours" not in vetoes(one, replace(other, side="supporter"), on=on)


@settings(deadline=None)
@given(peers("seeker", "a"), st.sampled_from((ON, date(2026, 7, 1))))
def test_starts_are_those_of_the_slow_week(one: Peer, on: date) -> None:
    [row] = common_starts([one], on=on)
    free = oracle.free_quarters(one, on)
    assert set(row.nonzero()[0].tolist()) == {quarter for quarter in free if (quarter + 1) % 672 in free}


@pytest.mark.parametrize(("on", "they_meet"), [(date(2026, 1, 15), False), (date(2026, 3, 15), True), (date(2026, 7, 15), False)])
def test_clocks_that_change_on_other_days_make_a_common_hour_come_and_go(on: date, they_meet: bool) -> None:
    """Noon in New York is 17:00 in London, but 16:00 in the weeks in March between the two changes."""
    assert meet(person("America/New_York", (0, 720, 780)), person("Europe/London", (0, 960, 1020)), on) is they_meet


def test_a_week_has_no_end() -> None:
    """Sunday night in New York is Monday morning in Kolkata, and a slot over midnight reaches into Monday."""
    assert meet(person("America/New_York", (6, 1260, 1320)), person("Asia/Kolkata", (0, 450, 510)))
    assert meet(person("UTC", (6, 1380, 1500)), person("UTC", (0, 0, 60)))
    assert not meet(person("UTC", (6, 1380, 1440)), person("UTC", (0, 0, 60)))


def test_half_an_hour_is_enough_and_twenty_minutes_are_not() -> None:
    assert meet(person("UTC", (2, 600, 660)), person("UTC", (2, 630, 700)))
    assert not meet(person("UTC", (2, 600, 650)), person("UTC", (2, 630, 700)))


def test_times_that_touch_are_one() -> None:
    assert meet(person("UTC", (2, 600, 615), (2, 615, 630)), person("UTC", (2, 600, 630)))


def test_whoever_said_no_times_is_asked_and_not_ruled_out() -> None:
    assert meet(person("UTC"), person("UTC", (2, 600, 660)))


def test_times_in_a_zone_that_nobody_knows_are_not_said() -> None:
    """One wrong zone stops no round: the coordinator asks."""
    lost = person("Nowhere/At_All", (2, 600, 660))
    assert meet(lost, person("UTC", (4, 600, 660)))
    assert any(ask.about == "hours" for ask in asks(lost, replace(person("UTC", (4, 600, 660)), side="supporter")))
