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
NEAR_POLE = 80.0
"""Degrees of latitude from which on degrees of longitude are too narrow to be reckoned with."""

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
    place seem further. Only what is near enough to matter is looked at, and only what may be among the nearest is measured.
    """
    wanted = (min(RURAL_NEIGHBOURS, len(latitude)) + 1) // 2
    if not wanted:
        return 1.0
    near = around(place, latitude, longitude, RURAL_KM * RURAL_MOST)
    if len(near[0]) < wanted:
        return RURAL_MOST
    middle = float(np.partition(distance_km(place, *nearest(place, *near, wanted)), wanted - 1)[wanted - 1])
    return min(max(middle / RURAL_KM, 1.0), RURAL_MOST)


def nearest(place: Place, latitude: Floats, longitude: Floats, wanted: int) -> tuple[Floats, Floats]:
    """The points of a small surrounding that may be among the ``wanted`` nearest, as on a map of straight lines, which is less than 2 % out there."""
    if abs(place.latitude) >= NEAR_POLE:
        return latitude, longitude
    here = reduced(place.latitude)
    north, east = latitude - here, np.abs(longitude - radians(place.longitude))
    east = np.minimum(east, 2 * pi - east) * cos(here)
    squares = north * north + east * east
    likely = (squares <= 1.1 * np.partition(squares, wanted - 1)[wanted - 1]).nonzero()[0]
    return latitude[likely], longitude[likely]


def around(place: Place, latitude: Floats, longitude: Floats, reach_km: float) -> tuple[Floats, Floats]:
    """The points, given from south to north, that may lie within ``reach_km``: all that do, and some more."""
    here, there, angle = reduced(place.latitude), radians(place.longitude), 1.02 * reach_km / POLAR_KM
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
