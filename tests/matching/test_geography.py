"""Distances are true to the earth, minutes to the formula, and nothing is claimed more exactly than it is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.geography import distance_km, reduced, rurality, travel_minutes
from matching.nearness import Nearness, exactly, roughly
from matching.values import Place
from tests.matching.oracle import kilometres
from tests.matching.worlds import HERE

POINTS = st.builds(lambda latitude, longitude: Place(latitude=latitude, longitude=longitude), st.floats(-89, 89), st.floats(-179, 179))


def one_distance(a: Place, b: Place) -> float:
    return float(distance_km(a, reduced(np.array([b.latitude])), np.radians([b.longitude]))[0])


@settings(max_examples=300)
@given(POINTS, st.floats(-0.9, 0.9), st.floats(-0.9, 0.9))
def test_distance_is_within_a_few_metres_of_the_geodesic_where_people_travel(a: Place, north: float, east: float) -> None:
    b = Place(latitude=max(-90.0, min(90.0, a.latitude + north)), longitude=a.longitude + east)
    true_km = geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).km
    assert one_distance(a, b) == pytest.approx(true_km, abs=0.005)


@settings(max_examples=300)
@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways_and_equal_to_the_slow_one(a: Place, b: Place) -> None:
    assert one_distance(a, b) == pytest.approx(one_distance(b, a), abs=1e-5)
    assert one_distance(a, b) == pytest.approx(kilometres(a, b), rel=1e-9, abs=1e-9)


@settings(max_examples=200)
@given(POINTS, POINTS)
def test_distance_is_within_twenty_metres_far_away_too_but_for_the_far_side_of_the_earth(a: Place, b: Place) -> None:
    true_km = geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).km
    if true_km < 15_000:
        assert one_distance(a, b) == pytest.approx(true_km, abs=0.06)


def test_a_place_is_no_distance_from_itself_and_no_number_stays_none() -> None:
    assert one_distance(HERE, HERE) == 0
    assert math.isnan(float(distance_km(HERE, np.array([np.nan]), np.array([np.nan]))[0]))


def test_latitude_is_not_mistaken_for_longitude() -> None:
    north, east = Place(latitude=38.5, longitude=-122.3), Place(latitude=37.5, longitude=-121.3)
    assert one_distance(HERE, north) == pytest.approx(111.0, abs=0.1)
    assert one_distance(HERE, east) == pytest.approx(88.4, abs=0.1)


@pytest.mark.parametrize(("mode", "minutes"), [("walk", 17.33), ("wheel", 19.5), ("cycle", 5.57), ("bus", 12.88), ("car", 5.6)])
def test_minutes_hold_the_wait_and_the_way_by_road(mode: str, minutes: float) -> None:
    assert float(travel_minutes(np.array([1.0]), mode)[0]) == pytest.approx(minutes, abs=0.01)  # type: ignore[arg-type]


def test_things_lie_further_apart_in_the_country() -> None:
    def around(step: float, number: int) -> float:
        places = [Place(latitude=37.5 + step * n, longitude=-122.3) for n in range(1, number + 1)]
        return rurality(HERE, reduced(np.array([p.latitude for p in places])), np.radians([p.longitude for p in places]))

    assert around(0.0001, 40) == 1.0  # the tenth nearest is 110 m away
    assert around(0.005, 40) == pytest.approx(5.55 / 2, abs=0.01)  # the tenth nearest is 5.5 km away
    assert around(1.0, 40) == 4.0
    assert around(0.02, 3) == pytest.approx(4.44 / 2, abs=0.01)  # of three, the second
    assert rurality(HERE, np.array([]), np.array([])) == 1.0


@pytest.mark.parametrize(
    ("km", "words"),
    [(0.0, "under 100 m"), (0.12, "100 m"), (0.94, "900 m"), (0.96, "1.0 km"), (1.24, "1.2 km"), (9.94, "9.9 km"), (9.96, "10 km"), (33.4, "33 km")],
)
def test_an_exact_distance_in_words(km: float, words: str) -> None:
    assert exactly(km) == words


@settings(max_examples=200)
@given(st.floats(0, 500), st.sampled_from((3.0, 6.0, 9.0)))
def test_a_rough_distance_has_no_decimals_and_is_never_nearer_than_it_is_known(km: float, margin: float) -> None:
    near = roughly(km, margin)
    assert near.km is not None
    assert near.km >= margin
    assert near.km == int(near.km)
    assert "." not in near.band
    assert "about" in near.band
    assert near.minutes is None


def test_one_minute_is_not_minutes() -> None:
    assert Nearness("under 100 m", 0.1, 1, "walk").text == "1 minute on foot"
    assert Nearness("about 5 km", 5.0).text == "About 5 km away"
    assert Nearness("within about 3 km", 3.0).text == "Within about 3 km"
