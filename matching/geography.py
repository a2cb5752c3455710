"""Distance, travel minutes and how far apart things lie here: all that depends on where somebody stands."""

from __future__ import annotations

from math import cos, pi, radians
from typing import TypeVar

import numpy as np

from matching.arrays import Floats
from matching.values import Mode, Place
from matching.weights import DETOUR, RURAL_KM, RURAL_MOST, RURAL_NEIGHBOURS, SPEED_KMH, WAIT_MINUTES

EQUATOR_KM = 6378.137  # WGS84
FLATTENING = 1 / 298.257223563  # WGS84
POLAR_KM = 6356.752  # WGS84


def reduced(latitude_degrees: Floats) -> Floats:
    """The latitude on the sphere that touches the earth's ellipsoid, in radians."""
    return np.arctan((1 - FLATTENING) * np.tan(np.radians(latitude_degrees)))


def distance_km(place: Place, latitude: Floats, longitude: Floats) -> Floats:
    """How far points lie from ``place`` along the earth's surface, in km; ``latitude`` reduced, ``longitude`` plain, both in radians.

    Lambert's formula for long lines: the great circle between reduced latitudes, corrected for the flattening. It stays within some ten metres
    of the true geodesic except near the far side of the earth. A point that is not a number stays so.
    """
    here = float(reduced(np.array([place.latitude]))[0])
    half_chord = np.sin((latitude - here) / 2) ** 2 + np.cos(latitude) * np.cos(here) * np.sin((longitude - radians(place.longitude)) / 2) ** 2
    angle = 2 * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1)))
    middle, half = (latitude + here) / 2, (latitude - here) / 2
    near = (angle - np.sin(angle)) * (np.sin(middle) * np.cos(half)) ** 2 / np.maximum(np.cos(angle / 2) ** 2, 1e-9)
    far = (angle + np.sin(angle)) * (np.cos(middle) * np.sin(half)) ** 2 / np.maximum(np.sin(angle / 2) ** 2, 1e-30)
    return np.asarray(EQUATOR_KM * (angle - FLATTENING / 2 * (near + far)))


Km = TypeVar("Km", float, Floats)


def travel_minutes(km: Km, mode: Mode) -> Km:
    """Minutes from door to door by ``mode``: the wait, and the way by road."""
    return WAIT_MINUTES[mode] + 60 * DETOUR * km / SPEED_KMH[mode]


def travel_km(minutes: float, mode: Mode) -> float:
    """How far ``mode`` takes one in so many minutes from door to door; below nought when the wait alone is longer."""
    return (minutes - WAIT_MINUTES[mode]) * SPEED_KMH[mode] / (60 * DETOUR)


def rurality(place: Place, latitude: Floats, longitude: Floats) -> float:
    """How much further apart things lie around ``place`` than in a town: 1 to 4, from the middle one of its 20 nearest known places.

    ``latitude`` (reduced) rises. The lower middle, so that it is always the distance of a real place and moving one place nearer never makes that
    place seem further. Only what is near enough to matter is looked at: first a town's width, then as far as makes no more difference.
    """
    near = min(RURAL_NEIGHBOURS, len(latitude))
    if near == 0:
        return 1.0
    for reach_km in (RURAL_KM, RURAL_KM * RURAL_MOST):
        nearest = np.sort(distance_km(place, *around(place, latitude, longitude, reach_km)))[(near - 1) // 2 :]
        if len(nearest) and nearest[0] <= reach_km:
            return float(np.clip(nearest[0] / RURAL_KM, 1.0, RURAL_MOST))
    return RURAL_MOST


def around(place: Place, latitude: Floats, longitude: Floats, reach_km: float) -> tuple[Floats, Floats]:
    """The points, given from south to north, that may lie within ``reach_km``: all that do, and some more."""
    here, angle = float(reduced(np.array([place.latitude]))[0]), 1.02 * reach_km / POLAR_KM
    band = slice(*np.searchsorted(latitude, [here - angle, here + angle]).tolist())
    narrow = cos(min(radians(89), abs(here) + angle))
    apart = np.abs(longitude[band] - radians(place.longitude))
    inside = np.minimum(apart, 2 * pi - apart) <= angle / narrow if abs(here) + angle < radians(89) else np.ones(len(apart), np.bool_)
    return latitude[band][inside], longitude[band][inside]
