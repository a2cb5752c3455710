"""A grid over the country, for engines that have none of their own: which cells a radius touches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from math import floor

from matching.values import Place

KM_A_DEGREE = 110.5
"""The least that a degree of latitude is: a box made with it is never too small."""
MOST_KM_A_DEGREE = 111.8


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


def cover(place: Place, radius_km: float, sizes: tuple[float, ...]) -> Iterator[tuple[int, int, int]]:
    """Cells that together hold the whole circle, as (level, row, column): large ones inside it, smaller ones along its rim.

    ``sizes`` are degrees by level, each a whole number of times the next.
    """
    for number, west, east in cells_in(place, radius_km, sizes[0]):
        for column in range(west, east + 1):
            yield from _parts(place, radius_km, sizes, 0, number, column)


def _parts(place: Place, radius_km: float, sizes: tuple[float, ...], level: int, number: int, column: int) -> Iterator[tuple[int, int, int]]:
    nearest, furthest = _reach(place, sizes[level], number, column)
    if nearest > radius_km:
        return
    if furthest <= radius_km or level == len(sizes) - 1:
        yield level, number, column
        return
    times = round(sizes[level] / sizes[level + 1])
    for row in range(number * times, (number + 1) * times):
        for one in range(column * times, (column + 1) * times):
            yield from _parts(place, radius_km, sizes, level + 1, row, one)


def _reach(place: Place, degrees: float, number: int, column: int) -> tuple[float, float]:
    """At least how near and at most how far, in km, a cell's points are: a little wider than is so, since the map is taken for flat."""
    south, west = number * degrees, column * degrees
    narrow, wide = sorted(math.cos(math.radians(edge)) for edge in (south - degrees, south + 2 * degrees))
    up = [abs(place.latitude - edge) for edge in (south, south + degrees)]
    across = [abs(place.longitude - edge) for edge in (west, west + degrees)]
    near_up = 0.0 if south <= place.latitude <= south + degrees else min(up)
    near_across = 0.0 if west <= place.longitude <= west + degrees else min(across)
    nearest = math.hypot(near_up * KM_A_DEGREE, near_across * KM_A_DEGREE * narrow)
    return nearest, math.hypot(max(up) * MOST_KM_A_DEGREE, max(across) * MOST_KM_A_DEGREE * wide)
