"""Where rows lie: in blocks by how they are reached, inside a block by map cell, so that a reach is a few runs of neighbouring rows."""

from __future__ import annotations

from math import cos, floor, radians
from typing import Final, NamedTuple

import numpy as np

from matching.arrays import Floats, Ints, Rows
from matching.geography import distance_km, reduced
from matching.values import Listing, Place
from matching.weights import REMOTE_FORMATS

CELL_DEGREES: Final = 0.1
TO_GO_TO, ALSO_REMOTE, ANYWHERE, NOWHERE = 0, 1, 2, 3
"""Blocks: what one has to go to; what has a place, can be had without going, and names no area; what names the areas it can be had in; what has no
public place."""
LATITUDES, LONGITUDES = 1_801, 3_601
SURE: Final = 0.9
"""What a cell's nearest point is counted as, for the point nearest by degrees is not quite the nearest by way."""
ANYWHERE_KM = 4_000.0
"""From here on a block is taken whole."""
NONE: Ints = np.zeros(0, np.int64)
KM_A_DEGREE = 110.5
"""Less than a degree of latitude or of longitude on the equator measures anywhere, so that a reach is never drawn too small."""


class Cell(NamedTuple):
    """Where a row is kept, south to north and west to east within a block."""

    block: int
    north: int
    east: int

    @property
    def key(self) -> int:
        """One number in the same order."""
        return (self.block * LATITUDES + self.north) * LONGITUDES + self.east


def cell(listing: Listing) -> Cell:
    """The cell of a listing; nothing of a confidential one's place is in it."""
    if listing.place is None or listing.confidential:
        return Cell(NOWHERE, 0, 0)
    remote = bool(listing.formats.yes & REMOTE_FORMATS)
    if remote and listing.areas:
        return Cell(ANYWHERE, 0, 0)
    return Cell(ALSO_REMOTE if remote else TO_GO_TO, step(listing.place.latitude + 90), step(listing.place.longitude + 180))


def step(degrees: float) -> int:
    """The number of the cell along one axis."""
    return floor(degrees / CELL_DEGREES)


class Cells:
    """The occupied cells in order with the first row of each; ``starts`` has one more, the number of rows."""

    def __init__(self, keys: Ints, starts: Ints) -> None:
        self.keys = keys
        self.starts = starts

    @classmethod
    def build(cls, keys: Ints) -> Cells:
        """From the key of each row, rising."""
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        return cls(keys[first], np.append(first, len(keys)))

    def of(self, rows: Rows) -> Ints:
        """The number of the cell of each row, among the occupied ones."""
        if isinstance(rows, slice):
            first, last = self.starts.searchsorted([rows.start, rows.stop - 1], "right") - 1
            edges = np.clip(self.starts[first : last + 2], rows.start, rows.stop)
            held = edges[1:] - edges[:-1]
            return np.repeat(np.arange(first, last + 1), held)
        return np.asarray(self.starts.searchsorted(rows, "right") - 1)

    def least_km(self, place: Place) -> Floats:
        """A distance that no row of a cell can be nearer than, for each occupied cell; 0 where rows of anywhere lie together."""
        north, east = self.keys // LONGITUDES % LATITUDES, self.keys % LONGITUDES
        south, west = north * CELL_DEGREES - 90, east * CELL_DEGREES - 180
        latitude = np.clip(place.latitude, south, np.minimum(90.0, south + CELL_DEGREES))
        west = place.longitude + (west - place.longitude + 180) % 360 - 180  # the short way round the earth
        longitude = np.clip(place.longitude, west, west + CELL_DEGREES)
        corner = distance_km(place, reduced(latitude), np.radians(longitude))
        here = self.keys // (LATITUDES * LONGITUDES) < ANYWHERE
        return np.where(here, np.maximum(0.0, SURE * corner - 1.0), 0.0)

    def runs(self, place: Place, reach_km: tuple[float, float], *, nowhere: bool) -> Ints:
        """Bounds of the runs of rows, [from, to, from, to ...] rising, that hold every row within reach, and some more.

        ``reach_km``: how far one goes, and how far away something may be that need not be gone to. What has no public place is in if ``nowhere``.
        """
        bands = [bands_within(place, block, km) for block, km in zip((TO_GO_TO, ALSO_REMOTE), reach_km, strict=True)]
        always = np.array([block_key(ANYWHERE), block_key(NOWHERE + nowhere)])
        found = self.starts[self.keys.searchsorted(np.concatenate((*bands, always)))].reshape(-1, 2)
        return np.asarray(found[found[:, 1] > found[:, 0]].reshape(-1), np.int64)


def block_key(block: int) -> int:
    """The key with which a block begins."""
    return block * LATITUDES * LONGITUDES


def bands_within(place: Place, block: int, km: float) -> Ints:
    """Keys [from, to, from, to ...] of the cells of a block within ``km``: one band for each tenth of a degree of latitude."""
    if km < 0:
        return NONE
    if km >= ANYWHERE_KM:
        return np.array([block_key(block), block_key(block + 1)])
    degrees = km / KM_A_DEGREE
    south, north = max(-90.0, place.latitude - degrees), min(90.0, place.latitude + degrees)
    furthest = max(abs(south), abs(north))
    wide = degrees / cos(radians(furthest)) if furthest < 89.9 else 360.0
    west, east = place.longitude - wide, place.longitude + wide
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    bands = block_key(block) + LONGITUDES * np.arange(step(south + 90), step(north + 90) + 1)
    return np.add.outer(bands, (step(west + 180), step(east + 180) + 1)).reshape(-1)
