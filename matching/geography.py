"""Distance, travel minutes and how far apart things lie here: all that depends on where somebody stands."""

from __future__ import annotations

from math import radians

import numpy as np

from matching.arrays import Floats
from matching.values import Mode, Place
from matching.weights import DETOUR, RURAL_KM, RURAL_MOST, RURAL_NEIGHBOURS, SPEED_KMH, WAIT_MINUTES

EQUATOR_KM = 6378.137  # WGS84
FLATTENING = 1 / 298.257223563  # WGS84


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


def travel_minutes(km: Floats, mode: Mode) -> Floats:
    """Minutes from door to door by ``mode``: the wait, and the way by road."""
    return WAIT_MINUTES[mode] + 60 * DETOUR * km / SPEED_KMH[mode]


def rurality(place: Place, latitude: Floats, longitude: Floats) -> float:
    """How much further apart things lie around ``place`` than in a town: 1 to 4, from the middle one of its 20 nearest known places.

    The lower middle, so that it is always the distance of a real place and moving one place nearer never makes that place seem further.
    """
    near = min(RURAL_NEIGHBOURS, len(latitude))
    if near == 0:
        return 1.0
    middle = (near - 1) // 2
    nearest = np.partition(distance_km(place, latitude, longitude), middle)[middle]
    return float(np.clip(nearest / RURAL_KM, 1.0, RURAL_MOST))
