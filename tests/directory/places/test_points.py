"""Points: coarse for people, checked for records, and towns made of the right ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places import FAR_FROM_CODE_KM, check_point, snap
from directory.places.rows import Row
from directory.places.towns import make_towns, middle
from matching.values import Place
from tests.directory.places.worlds import gazetteer

WORLD = gazetteer()
PLACES = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@given(PLACES)
def test_snapping_moves_a_place_by_half_a_cell_at_most_and_once_only(place: Place) -> None:
    snapped = snap(place)
    assert abs(snapped.latitude - place.latitude) <= 0.0051
    assert abs(snapped.longitude - place.longitude) <= 0.0051
    assert snap(snapped) == snapped


def test_a_point_far_from_its_own_code_is_seen() -> None:
    near = check_point(WORLD, Place(latitude=37.49, longitude=-122.22), postal_code="94063-1234", country="US")
    far = check_point(WORLD, Place(latitude=41.88, longitude=-87.63), postal_code="94063", country="us")
    assert near is not None
    assert near < 2
    assert far is not None
    assert far > 2_000 > FAR_FROM_CODE_KM


@pytest.mark.parametrize(("code", "country"), [("99999", "us"), ("", "us"), ("NY", "us"), ("75011", "fr")])
def test_a_code_that_is_not_known_says_nothing_of_a_point(code: str, country: str) -> None:
    assert check_point(WORLD, Place(latitude=0, longitude=0), postal_code=code, country=country) is None


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=1, max_size=8))
def test_the_middle_lies_between_the_points(points: list[tuple[float, float]]) -> None:
    latitude, longitude = middle(points)
    assert min(one for one, _ in points) - 1e-9 <= latitude <= max(one for one, _ in points) + 1e-9
    assert -180 <= longitude <= 180


def test_the_middle_of_two_sides_of_the_180th_meridian_is_on_it() -> None:
    assert abs(middle([(0.0, 179.0), (0.0, -179.0)])[1]) == 180


def row(code: str, latitude: float, longitude: float, *, county: str = "Macon", name: str = "Elm Grove") -> Row:
    return Row("us", code, name, "Iowa", "IA", county, latitude, longitude)


@given(st.permutations([row("1", 41.0, -91.0), row("2", 41.2, -91.0), row("3", 41.4, -91.0), row("4", 43.0, -91.0, county="Polk")]))
def test_rows_in_a_chain_are_one_town_and_far_ones_another_in_any_order(rows: list[Row]) -> None:
    towns = sorted(make_towns(rows), key=lambda town: town.latitude)
    assert [town.codes for town in towns] == [("1", "2", "3"), ("4",)]
    assert [round(town.latitude, 6) for town in towns] == [41.2, 43.0]


def test_a_stray_code_of_a_large_town_moves_it_nowhere() -> None:
    rows = [row(str(i), 41.0, -91.0) for i in range(6)] + [row("9", 42.0, -91.0)]
    (town,) = make_towns(rows)
    assert (town.latitude, town.codes) == (41.0, ("0", "1", "2", "3", "4", "5", "9"))


def test_an_alias_moves_no_point() -> None:
    rows = [row("1", 41.0, -91.0), row("2", 41.1, -91.0)._replace(is_alias=True)]
    (town,) = make_towns(rows)
    assert (town.latitude, town.codes, town.is_alias) == (41.0, ("1", "2"), False)
