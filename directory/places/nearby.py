"""What is known around a point: middles of postcodes and centres of towns, nearest first, to show where something is when there is no map."""

from __future__ import annotations

import numpy as np
from geopy.distance import great_circle

from directory.places.gazetteer import Gazetteer
from directory.places.towns import KM_OF_A_DEGREE
from matching.values import Value

SAME_KM = 0.25
"""A town whose centre lies this near to the middle of a code is one point with both names."""


class Landmark(Value, frozen=True, kw_only=True):
    """A point with a name that people know: a town, a postcode, or both."""

    name: str
    latitude: float
    longitude: float


def landmarks_near(gazetteer: Gazetteer, latitude: float, longitude: float, *, within_km: float = 40.0, most: int = 8) -> list[Landmark]:
    """At most ``most`` towns and as many postcodes around a point, nearest first; none farther than ``within_km``."""
    found: list[tuple[float, Landmark]] = []
    for atlas in gazetteer.atlases.values():
        middles, towns = np.column_stack([atlas.latitudes, atlas.longitudes]), atlas.town_points
        named = [(atlas.code_at(number), km, middles[number]) for km, number in _nearest(middles, latitude, longitude, within_km, most)]
        named += [(atlas.towns[number].name, km, towns[number]) for km, number in _nearest(towns, latitude, longitude, within_km, most)]
        found += [(km, Landmark(name=name, latitude=float(point[0]), longitude=float(point[1]))) for name, km, point in named]
    return _together(sorted(found, key=lambda one: (one[0], one[1].name)))


def _nearest(points: np.ndarray, latitude: float, longitude: float, within_km: float, most: int) -> list[tuple[float, int]]:
    """Distances in km and numbers of the nearest points; a flat earth is good enough within some tens of km."""
    east = (points[:, 1] - longitude + 180) % 360 - 180
    flat_km = np.hypot(points[:, 0] - latitude, east * np.cos(np.radians(latitude))) * KM_OF_A_DEGREE
    return [(float(flat_km[number]), int(number)) for number in np.argsort(flat_km, kind="stable")[:most] if flat_km[number] <= within_km]


def _together(found: list[tuple[float, Landmark]]) -> list[Landmark]:
    kept: list[Landmark] = []
    for _, one in found:
        here = next((at for at, other in enumerate(kept) if _km(one, other) <= SAME_KM), None)
        if here is None:
            kept.append(one)
        elif one.name not in kept[here].name:
            names = sorted((one.name, kept[here].name), key=lambda name: (any(letter.isdigit() for letter in name), name))
            kept[here] = Landmark(name=" ".join(names), latitude=kept[here].latitude, longitude=kept[here].longitude)
    return kept


def _km(one: Landmark, other: Landmark) -> float:
    return float(great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km)
