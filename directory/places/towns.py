"""Towns out of postcode rows: rows of one name that lie near each other are one town, rows far apart are towns that share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from geopy.distance import great_circle
from msgspec import Struct

from directory.places.regions import county_label, further_names, state_key
from directory.places.rows import Row
from directory.places.spelling import fold

ONE_TOWN_KM = 30.0
"""Rows of one name and state this near to each other are one town. England has a Newport in Shropshire and one on the Isle of Wight."""
_SURELY_NEAR_DEGREES = 0.1


class Town(Struct, frozen=True, gc=False):
    """A town: its name as written, the key of its state, its counties (the one with most rows first), its centre in degrees, its codes."""

    name: str
    state: str
    counties: tuple[str, ...]
    latitude: float
    longitude: float
    codes: tuple[str, ...]

    @property
    def county(self) -> str:
        """The county that most of its rows are in; empty when the source names none."""
        return self.counties[0] if self.counties else ""


def make_towns(rows: Iterable[Row]) -> list[Town]:
    """The towns of one country's rows, in the order they first come.

    1. Rows are gathered by state and folded name, further names of a county included. 2. Each gathering is split where rows are more than 30 km
    from every other. 3. The centre is the mean of the rows; rows that are only an alias count where there are no others.
    """
    gathered: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        gathered.setdefault((state_key(row.country, row.state, row.state_code), fold(row.name)), []).append(row)
        for name in further_names(row.country, row.state_code, row.county):
            if fold(name) != fold(row.name):
                alias = row._replace(name=name, is_alias=True)
                gathered.setdefault((state_key(row.country, row.state, row.state_code), fold(name)), []).append(alias)
    return [_town(state, part) for (state, _), same_name in gathered.items() for part in _near_each_other(same_name)]


def _near_each_other(rows: list[Row]) -> list[list[Row]]:
    if len(rows) == 1 or all(_extent(rows, side) < _SURELY_NEAR_DEGREES for side in ("latitude", "longitude")):
        return [rows]
    parts: list[list[Row]] = []
    for row in rows:
        touching = [part for part in parts if any(_km(row, other) <= ONE_TOWN_KM for other in part)]
        parts = [part for part in parts if part not in touching]
        parts.append([*(other for part in touching for other in part), row])
    return parts


def _extent(rows: list[Row], side: str) -> float:
    degrees = [getattr(row, side) for row in rows]
    return float(max(degrees) - min(degrees))


def _km(one: Row, other: Row) -> float:
    if abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude) < _SURELY_NEAR_DEGREES:
        return 0.0
    return float(great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km)


def _town(state: str, rows: list[Row]) -> Town:
    own = [row for row in rows if not row.is_alias] or rows
    labels = Counter(county_label(row.country, row.state_code, row.county) for row in own)
    latitude, longitude = middle([(row.latitude, row.longitude) for row in own])
    return Town(
        max((row.name for row in own), key=len), state, tuple(label for label, _ in labels.most_common() if label),
        latitude, longitude, tuple(sorted({row.code for row in rows})),
    )


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points in degrees; points on both sides of the 180th meridian are taken round the back of the earth, not through Greenwich."""
    longitudes = [longitude for _, longitude in points]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    east = fmean(longitudes)
    return fmean(latitude for latitude, _ in points), east - 360 if east > 180 else east
