"""What is known around a point is the nearest there is, each once, and nothing far away."""

from __future__ import annotations

import pytest
from geopy.distance import great_circle

from directory.places import Gazetteer, landmarks_near, open_gazetteer
from directory.storage import Storage

APPLETON = (44.2619, -88.4154)
AT_SEA = (20.0, -40.0)


@pytest.fixture
def gazetteer(storage: Storage) -> Gazetteer:
    with storage.reading() as session:
        return open_gazetteer(session)


def test_the_nearest_known_points_come_first_each_once(gazetteer: Gazetteer) -> None:
    found = landmarks_near(gazetteer, *APPLETON, most=5)
    away = [great_circle(APPLETON, (one.latitude, one.longitude)).km for one in found]
    assert away == pytest.approx(sorted(away), rel=0.02, abs=0.3)
    assert max(away) <= 40
    assert 5 <= len(found) <= 10
    assert len({(one.latitude, one.longitude) for one in found}) == len(found)
    assert any(one.name.startswith("Appleton") for one in found)
    assert any("5491" in one.name for one in found)


def test_the_nearest_code_is_the_one_that_all_codes_say(gazetteer: Gazetteer) -> None:
    atlas = gazetteer.atlases["us"]
    around = [number for number in range(len(atlas.codes)) if abs(atlas.latitudes[number] - APPLETON[0]) < 1]
    nearest = min(around, key=lambda number: great_circle(APPLETON, atlas.code_point(number)).km)
    assert any(atlas.code_at(nearest) in one.name for one in landmarks_near(gazetteer, *APPLETON, most=1))


def test_far_from_everything_nothing_is_said(gazetteer: Gazetteer) -> None:
    assert landmarks_near(gazetteer, *AT_SEA) == []
