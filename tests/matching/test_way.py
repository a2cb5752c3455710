"""The way there and back within free time: worked examples, and against stepping through the minutes one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching.openings import occurrences
from matching.values import Inquiry, Listing, MustHaves, Opening, Place, Profile, Stated, Travel
from matching.way import is_met, minutes_between, room, stretch_around
from matching.weights import MEETING_MOST, OVERLAP_MINUTES
from tests.matching.oracle import slots
from tests.matching.test_limits import listing, verdict
from tests.matching.worlds import AT, HERE, World, index_of, worlds

EVENING = slots((1, 18 * 60, 21 * 60))
NEAR = Place(latitude=37.51, longitude=-122.3)   # 1.1 km: nearly twenty minutes on foot


def asked(minutes_free: tuple[int, int] = (18 * 60, 21 * 60), place: Place | None = HERE) -> Inquiry:
    free = slots((1, *minutes_free))
    return Inquiry(
        place=place, travel=Travel(modes=("walk",)), profile=Profile(times=free, there_and_back=True), must=MustHaves(in_my_times=True)
    )


def group(opens: int, closes: int, **fields: object) -> Listing:
    return listing(**{"kind": "peer_group", "place": NEAR, "openings": (Opening(weekday=1, opens=opens, closes=closes),), **fields})


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (group(18 * 60 + 30, 20 * 60 + 30), "pass"),
        (group(18 * 60, 20 * 60), "fail"),   # nobody is there when it begins
        (group(19 * 60, 21 * 60), "fail"),   # nor home again in time
        (group(18 * 60, 20 * 60, kind="service"), "pass"),   # half an hour of what is open is enough
        (group(20 * 60 + 20, 22 * 60, kind="service"), "fail"),
        (group(9 * 60, 22 * 60), "pass"),   # longer than any meeting: it is open
        (group(18 * 60, 20 * 60, formats=Stated(yes=frozenset({"online"}))), "pass"),
        (group(18 * 60, 20 * 60, place=None), "ask"),
        (group(18 * 60, 20 * 60, confidential=True), "ask"),
        (group(10 * 60, 11 * 60, place=None), "fail"),   # not even without the way
        (group(18 * 60, 20 * 60, openings=()), "ask"),
        (group(18 * 60 + 10, 20 * 60, place=replace(NEAR, precision="code")), "ask"),
    ],
)
def test_the_limit_of_times_with_the_way(one: Listing, expected: str) -> None:
    assert verdict("times", asked(), one) == expected


def test_free_times_that_touch_are_one() -> None:
    one = group(16 * 60 + 30, 18 * 60 + 30)
    apart = asked((12 * 60, 17 * 60))
    whole = replace(apart, profile=replace(apart.profile, times=slots((1, 12 * 60, 17 * 60), (1, 17 * 60, 22 * 60))))
    assert (verdict("times", apart, one), verdict("times", whole, one)) == ("fail", "pass")


def test_without_a_place_of_ones_own_the_way_plays_no_part() -> None:
    assert verdict("times", asked(place=None), group(18 * 60, 20 * 60)) == "pass"


def test_one_is_told_that_the_way_is_in_it_and_what_it_costs() -> None:
    fits, misses = group(18 * 60 + 30, 20 * 60 + 30), group(18 * 60, 20 * 60, id="two", service_id="two")
    answer = rank(asked(), index_of([fits, misses]), at=AT)
    assert [match.id for match in answer.matches] == ["one"]
    assert "Fits 2 of your times in the next two weeks, with the way there and back" in [reason.text for reason in answer.matches[0].reasons]
    offers = [offer for offer in answer.would_match if offer.limit == "times"]
    assert [offer.text for offer in offers] == ["1 more if only the time there had to fit, without the way"]
    assert {match.id for match in rank(offers[0].inquiry, index_of([fits, misses]), at=AT).matches} == {"one", "two"}


def test_minutes_between_two_points_are_those_of_the_quickest_way() -> None:
    on_foot, by_car = (minutes_between(HERE, NEAR, modes) for modes in (("walk",), ("walk", "car")))
    assert 18 < on_foot < 21
    assert by_car < on_foot


MINUTES = st.integers(0, 600)


@given(opens=MINUTES, length=st.integers(OVERLAP_MINUTES, 400), starts=MINUTES, free=st.integers(30, 600), way=st.integers(0, 200), meets=st.booleans())
def test_room_is_what_stepping_through_the_minutes_finds(opens: int, length: int, starts: int, free: int, way: int, meets: bool) -> None:
    closes, ends = opens + length, starts + free
    stay = length if meets and length <= MEETING_MOST else OVERLAP_MINUTES
    by_steps = any(starts + way <= come and come + stay <= closes and come + stay + way <= ends for come in range(opens, closes))
    assert (room(np.array([opens]), np.array([closes]), starts, ends, meets=meets)[0] >= way) == by_steps


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(30, 120)), min_size=1, max_size=8), st.integers(0, 7))
def test_a_stretch_is_all_the_minutes_that_hang_together(free: list[tuple[int, int]], pick: int) -> None:
    dates = [(0, first, first + length) for first, length in free]
    _, first, last = dates[pick % len(dates)]
    held = {minute for _, a, b in dates for minute in range(a, b)}
    begins, ends = first, last
    while begins - 1 in held:
        begins -= 1
    while ends in held:
        ends += 1
    assert stretch_around(first, last, dates) == (begins, ends)


def test_one_opening_against_the_dates_of_a_slot() -> None:
    dates = [date for slot in EVENING for date in occurrences(slot, AT)]
    day = dates[0][0]
    assert is_met(day * 1440 + 18 * 60 + 20, day * 1440 + 20 * 60 + 40, dates, 20, meets=True)
    assert not is_met(day * 1440 + 18 * 60 + 20, day * 1440 + 20 * 60 + 40, dates, 21, meets=True)
    assert not is_met(day * 1440 + 9 * 60, day * 1440 + 10 * 60, dates, 0, meets=True)



@settings(max_examples=150, deadline=None)
@given(worlds(least=1, most=12))
def test_the_way_only_ever_narrows(world: World) -> None:
    must = replace(world.inquiry.must, in_my_times=True, confirmed=frozenset())
    with_way, without = (replace(world.inquiry, must=must, profile=replace(world.inquiry.profile, there_and_back=said)) for said in (True, False))
    index = index_of(world.directory)
    assert {one.service_id for one in rank(with_way, index, at=AT).matches} <= {one.service_id for one in rank(without, index, at=AT).matches}
