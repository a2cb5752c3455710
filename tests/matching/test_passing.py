"""What comes through the limits one after the other is what comes through all of them, and how far apart things lie is
told by the nearest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.geography import distance_km, reduced, rurality
from matching.limits import judge
from matching.passing import passing
from matching.question import Question
from matching.values import Place
from matching.weights import RURAL_KM, RURAL_MOST, RURAL_NEIGHBOURS
from tests.matching.worlds import AT, World, index_of, worlds

PLACES = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@settings(max_examples=200, deadline=None)
@given(worlds(least=1, most=30), st.booleans())
def test_what_passes_is_what_fails_nothing(world: World, as_a_run: bool) -> None:
    q = Question(world.inquiry, index_of(world.directory).parts[0], AT)
    verdicts, all_of_them = judge(q), np.arange(len(world.directory))
    passed = passing(q, slice(0, len(world.directory)) if as_a_run else all_of_them)
    assert passed.numbers.tolist() == np.flatnonzero(verdicts.fail == 0).tolist()
    assert passed.asks.tolist() == verdicts.ask[passed.numbers].tolist()
    assert all_of_them[passed.places].tolist() == passed.numbers.tolist()


@given(worlds(least=1, most=30))
def test_what_was_worked_out_for_more_rows_is_right_for_those_that_pass(world: World) -> None:
    inquiry = replace(world.inquiry, place=Place(latitude=37.5, longitude=-122.3))
    part = index_of(world.directory).parts[0]
    q = Question(inquiry, part, AT)
    rows = passing(q, np.arange(len(world.directory))).rows
    np.testing.assert_array_equal(q.km(rows), Question(inquiry, part, AT).km(rows))
    assert q.is_remote(rows).tolist() == Question(inquiry, part, AT).is_remote(rows).tolist()


@settings(max_examples=300)
@given(PLACES, st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), max_size=60), st.sampled_from((0.001, 0.02, 0.1, 1.0)))
def test_how_far_apart_things_lie_is_told_by_the_middle_one_of_the_nearest(place: Place, around: list[tuple[float, float]], spread: float) -> None:
    points = sorted((min(90.0, max(-90.0, place.latitude + spread * north)), (place.longitude + spread * east + 180) % 360 - 180) for north, east in around)
    latitude, longitude = (np.array([point[axis] for point in points], np.float64) for axis in (0, 1))
    latitude, longitude = reduced(latitude), np.radians(longitude)
    nearest = np.sort(distance_km(place, latitude, longitude))[:RURAL_NEIGHBOURS]
    middle = float(nearest[(len(nearest) - 1) // 2]) if len(nearest) else 0.0
    assert rurality(place, latitude, longitude) == pytest.approx(min(max(middle / RURAL_KM, 1.0), RURAL_MOST))
