"""Points: coarse for people, checked for records, and towns made of the right ones."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.places import FAR_FROM_CODE_KM, check_point, snap
from directory.places.atlas import KM_OF_A_DEGREE, Atlas
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


MIDDLES = st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180)), max_size=12)


@given(MIDDLES, st.tuples(st.floats(-80, 80), st.floats(-180, 180)), st.floats(0, 3_000), st.floats(0, 500))
@example([(50.0, 179.9), (50.0, -179.9)], (50.0, -179.95), 20.0, 30.0)
def test_the_codes_around_a_point_are_those_that_a_look_at_all_of_them_finds(
    middles: list[tuple[float, float]], here: tuple[float, float], within_km: float, slack_km: float
) -> None:
    atlas = Atlas("us", [row(f"{number:05}", *middle, county="") for number, middle in enumerate(middles)])
    kms = [hypot(north - here[0], ((east - here[1] + 180) % 360 - 180) * cos(radians(here[0]))) * KM_OF_A_DEGREE
           for north, east in zip(atlas.latitudes.tolist(), atlas.longitudes.tolist(), strict=True)]  # fmt: skip
    nearest = min(kms, default=float("inf"))
    expected = sorted((km, number) for number, km in enumerate(kms) if nearest <= within_km and km <= nearest + slack_km)
    found = atlas.codes_near(*here, within_km=within_km, slack_km=slack_km)
    assert [number for _, number in found] == [number for _, number in expected]
    assert [km for km, _ in found] == pytest.approx([km for km, _ in expected])


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
