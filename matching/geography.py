"""Distance, travel minutes and how far apart things lie here: all that depends on where somebody stands."""

from __future__ import annotations

from math import cos, pi, radians, sin
from typing import TypeVar

import numpy as np

from matching.arrays import Floats
from matching.values import Mode, Place
from matching.weights import DETOUR, RURAL_KM, RURAL_MOST, RURAL_NEIGHBOURS, SPEED_KMH, WAIT_MINUTES

EQUATOR_KM = 6378.137  # WGS84
FLATTENING = 1 / 298.257223563  # WGS84
POLAR_KM = 6356.752  # WGS84
NEAR_POLE = 89.0
"""Degrees of latitude from which on degrees of longitude are too narrow to be reckoned with."""
SQUARE = 0.65
"""Half the side of a square whose corners lie within 1 of its middle, with some to spare for what degrees of longitude narrow in it."""


Some = TypeVar("Some", float, Floats)


def reduced(latitude_degrees: Some) -> Some:
    """The latitude on the sphere that touches the earth's ellipsoid, in radians."""
    return np.arctan((1 - FLATTENING) * np.tan(np.radians(latitude_degrees)))  # type: ignore[no-any-return]


def distance_km(place: Place, latitude: Floats, longitude: Floats) -> Floats:
    """How far points lie from ``place`` along the earth's surface, in km; ``latitude`` reduced, ``longitude`` plain, both in radians.

    Lambert's formula for long lines: the great circle between reduced latitudes, corrected for the flattening. With P and Q the middle and half the
    difference of two latitudes, sin P cos Q is half the sum of their sines and cos P sin Q half the difference. It stays within some ten metres of the
    true geodesic except near the far side of the earth. A point that is not a number stays so.
    """
    here = reduced(place.latitude)
    sine, here_sine = np.sin(latitude), sin(here)
    north, east = np.sin((latitude - here) / 2), np.sin((longitude - radians(place.longitude)) / 2)
    chord = np.minimum(north * north + np.cos(latitude) * cos(here) * (east * east), 1)  # the square of half of it, on a sphere of radius 1
    left, half = 1 - chord, np.sqrt(chord)
    angle, angle_sine = 2 * np.arcsin(half), 2 * half * np.sqrt(left)
    near = (angle - angle_sine) * (sine + here_sine) ** 2 / np.maximum(left, 1e-9)
    far = (angle + angle_sine) * (sine - here_sine) ** 2 / np.maximum(chord, 1e-30)
    return np.asarray(EQUATOR_KM * (angle - FLATTENING / 8 * (near + far)))


def travel_minutes(km: Some, mode: Mode) -> Some:
    """Minutes from door to door by ``mode``: the wait, and the way by road."""
    return WAIT_MINUTES[mode] + 60 * DETOUR * km / SPEED_KMH[mode]


def travel_km(minutes: float, mode: Mode) -> float:
    """How far ``mode`` takes one in so many minutes from door to door; below nought when the wait alone is longer."""
    return (minutes - WAIT_MINUTES[mode]) * SPEED_KMH[mode] / (60 * DETOUR)


def rurality(place: Place, latitude: Floats, longitude: Floats) -> float:
    """How much further apart things lie around ``place`` than in a town: 1 to 4, from the middle one of its 20 nearest known places.

    ``latitude`` (reduced) rises. The lower middle, so that it is always the distance of a real place and moving one place nearer never makes that
    place seem further. Only what is near enough to matter is looked at: first a town's width, then twice as far each time until it makes no more
    difference; and where that many lie in a square inside a town's width, nothing is measured at all.
    """
    wanted = (min(RURAL_NEIGHBOURS, len(latitude)) + 1) // 2
    if not wanted or is_town(place, latitude, longitude, wanted):
        return 1.0
    reach_km = RURAL_KM
    while reach_km <= RURAL_KM * RURAL_MOST:
        near = around(place, latitude, longitude, 1.02 * reach_km)
        if len(near[0]) >= wanted and (middle := float(np.partition(distance_km(place, *near), wanted - 1)[wanted - 1])) <= reach_km:
            return min(max(middle / RURAL_KM, 1.0), RURAL_MOST)
        reach_km *= 2
    return RURAL_MOST


def is_town(place: Place, latitude: Floats, longitude: Floats, wanted: int) -> bool:
    """Whether so many lie in a square whose corners are inside a town's width: then the middle one does. Near the poles nothing is told by squares."""
    return abs(place.latitude) < NEAR_POLE and len(around(place, latitude, longitude, SQUARE * RURAL_KM)[0]) >= wanted


def around(place: Place, latitude: Floats, longitude: Floats, reach_km: float) -> tuple[Floats, Floats]:
    """The points, given from south to north, of a square that reaches so far north, south, east and west of ``place``; of all longitudes near a pole."""
    here, there, angle = reduced(place.latitude), radians(place.longitude), reach_km / POLAR_KM
    band = slice(*latitude.searchsorted((here - angle, here + angle)).tolist())
    if abs(here) + angle >= radians(NEAR_POLE):
        return latitude[band], longitude[band]
    wide = angle / cos(abs(here) + angle)
    apart = np.abs(longitude[band] - there)
    inside = apart <= wide
    if abs(there) + wide > pi:
        inside |= apart >= 2 * pi - wide  # the short way round the earth
    places = np.flatnonzero(inside) + band.start
    return latitude[places], longitude[places]
