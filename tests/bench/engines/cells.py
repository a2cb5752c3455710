"""A grid over the country, for engines that have none of their own: which cells a radius touches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from math import floor

from matching.values import Place

KM_A_DEGREE = 110.5
"""The least that a degree of latitude is: a box made with it is never too small."""


def box(place: Place, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box, in degrees, that holds the whole circle."""
    up = radius_km / KM_A_DEGREE
    across = up / math.cos(math.radians(abs(place.latitude) + up))
    return place.latitude - up, place.latitude + up, place.longitude - across, place.longitude + across


def cell_of(place: Place, degrees: float) -> tuple[int, int]:
    """Row and column of the cell that a point lies in, counted from the equator and from Greenwich."""
    return floor(place.latitude / degrees), floor(place.longitude / degrees)


def cells_in(place: Place, radius_km: float, degrees: float) -> Iterator[tuple[int, int, int]]:
    """For each row of cells that the circle touches: its number, and the first and last column, narrowed to the circle."""
    south, north, _, _ = box(place, radius_km)
    for number in range(floor(south / degrees), floor(north / degrees) + 1):
        nearest = min(max(place.latitude, number * degrees), (number + 1) * degrees)
        high = abs(nearest - place.latitude) * KM_A_DEGREE
        half = math.sqrt(max(0.0, radius_km**2 - high**2)) / KM_A_DEGREE
        across = half / math.cos(math.radians(max(abs(number), abs(number + 1)) * degrees))
        yield number, floor((place.longitude - across) / degrees), floor((place.longitude + across) / degrees)
