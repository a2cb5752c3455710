"""Towns out of postcode rows: rows of one name that lie near each other are one town, rows far apart are towns that share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from directory.places.regions import county_label, further_names, state_key
from directory.places.rows import Row
from directory.places.spelling import fold

ONE_TOWN_KM = 30.0
"""Rows of one name and state this near to each other are one town. England has a Newport in Shropshire and one on the Isle of Wight."""
STRAYS_ARE_FEWER = 5
"""Far rows are strays when the town has at least five times as many."""
KM_OF_A_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of 6,371 km."""
_SURELY_NEAR_DEGREES = 0.1


class Town(Struct, frozen=True, gc=False):
    """A town: its name as written, the key of its state, its counties (the one with most rows first), its centre in degrees, its codes."""

    name: str
    state: str
    counties: tuple[str, ...]
    latitude: float
    longitude: float
    codes: tuple[str, ...]
    is_alias: bool
    """True when no row bears the name itself: it can be found, and is not offered beside the town whose other name it is."""

    @property
    def county(self) -> str:
        """The county that most of its rows are in; empty when the source names none."""
        return self.counties[0] if self.counties else ""


def make_towns(rows: Iterable[Row]) -> list[Town]:
    """The towns of one country's rows, in the order they first come.

    1. Rows are gathered by state and folded name, further names of a county included. 2. Each gathering is split where rows are more than 30 km
    from every other, unless the far ones are a handful in the same county. 3. The centre is the mean of the rows (of the larger part); rows that
    are only an alias count where there are no others.
    """
    gathered: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        state = state_key(row.country, row.state, row.state_code)
        gathered.setdefault((state, fold(row.name)), []).append(row)
        for name in further_names(row.country, row.state_code, row.county, row.name):
            gathered.setdefault((state, fold(name)), []).append(row._replace(name=name, is_alias=row.country == "us"))
    return [town for (state, _), same_name in gathered.items()
            for town in _without_strays([_town(state, part) for part in _near_each_other(same_name)])]  # fmt: skip


def _near_each_other(rows: list[Row]) -> list[list[Row]]:
    if len(rows) == 1 or all(_extent(rows, side) < _SURELY_NEAR_DEGREES for side in ("latitude", "longitude")):
        return [rows]
    parts: list[list[Row]] = []
    for row in rows:
        touching = [part for part in parts if any(_km(row, other) <= ONE_TOWN_KM for other in part)]
        parts = [part for part in parts if part not in touching]
        parts.append([*(other for part in touching for other in part), row])
    return parts


def _without_strays(towns: list[Town]) -> list[Town]:
    """A handful of codes far off in the same county are a slip of the source or a hamlet that uses the town's post office: no second town."""
    kept: list[Town] = []
    for town in sorted(towns, key=lambda town: -len(town.codes)):
        home = next((i for i, big in enumerate(kept) if big.county == town.county and len(town.codes) * STRAYS_ARE_FEWER <= len(big.codes)), None)
        if home is None:
            kept.append(town)
        else:
            kept[home] = replace(kept[home], codes=tuple(sorted({*kept[home].codes, *town.codes})))
    return kept


def _extent(rows: list[Row], side: str) -> float:
    degrees = [getattr(row, side) for row in rows]
    return float(max(degrees) - min(degrees))


def _km(one: Row, other: Row) -> float:
    """The distance on a flat earth: off by a thousandth at 30 km, and twenty times as fast, over some 60,000 pairs."""
    east = (one.longitude - other.longitude + 180) % 360 - 180
    return hypot(one.latitude - other.latitude, east * cos(radians(one.latitude))) * KM_OF_A_DEGREE


def _town(state: str, rows: list[Row]) -> Town:
    own = [row for row in rows if not row.is_alias] or rows
    labels = Counter(county_label(row.country, row.state_code, row.county) for row in own)
    latitude, longitude = middle([(row.latitude, row.longitude) for row in own])
    return Town(
        max((row.name for row in own), key=len), state, tuple(label for label, _ in labels.most_common() if label),
        latitude, longitude, tuple(sorted({row.code for row in rows})), all(row.is_alias for row in rows),
    )


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points in degrees; points on both sides of the 180th meridian are taken round the back of the earth, not through Greenwich."""
    if len(points) == 1:   # most names and codes have one
        latitude, longitude = points[0]
        return float(latitude), float(longitude - 360 if longitude > 180 else longitude)
    longitudes = [longitude for _, longitude in points]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    east = fmean(longitudes)
    return fmean(latitude for latitude, _ in points), east - 360 if east > 180 else east
