"""What a client of the BMLT interface asks for, read out of an address as such clients write it; what cannot be read asks for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Final

from msgspec import Struct

KM_IN_A_MILE: Final = 1.609344
MOST_ON_A_PAGE: Final = 10_000
FARTHEST_KM: Final = 20_100.0   # half way round
NEAREST_BY_DEFAULT: Final = -10.0
Pairs = Iterable[tuple[str, str]]


class Wanted(Struct, frozen=True):
    """Values that are wanted, and values (with a minus before them in the address) that are not."""

    taken: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    def fits(self, value: str) -> bool:
        """Whether a single value passes."""
        return (not self.taken or value in self.taken) and value not in self.left


class Near(Struct, frozen=True, kw_only=True):
    """Around a point: within ``km``, or the ``nearest`` so many."""

    latitude: float
    longitude: float
    km: float | None = None
    nearest: int | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """One question. Times are minutes after midnight, lengths minutes; ``text_is_place`` asks for what is near the place that ``text`` names."""

    switcher: str = ""
    meeting_ids: Wanted = Wanted()
    weekdays: Wanted = Wanted()
    venue_types: Wanted = Wanted()
    services: Wanted = Wanted()
    recursive: bool = False
    parents: bool = False
    formats: Wanted = Wanted()
    any_format: bool = False
    key_strings: Wanted = Wanted()
    format_ids: Wanted = Wanted()
    show_all: bool = False
    text: str = ""
    text_is_place: bool = False
    text_width: float = NEAREST_BY_DEFAULT
    starts_after: int | None = None
    starts_before: int | None = None
    ends_before: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    near: Near | None = None
    by_distance: bool = False
    sort_keys: tuple[str, ...] = ()
    meeting_key: str = ""
    meeting_value: str = ""
    value_contains: bool = False
    value_case: bool = False
    data_fields: tuple[str, ...] = ()
    page_size: int | None = None
    page: int = 1
    used_formats: bool = False
    formats_only: bool = False
    published: bool = True
    languages: Wanted = Wanted()


SORTS: Final = {
    "weekday": ("weekday_tinyint", "location_municipality", "start_time"),
    "time": ("weekday_tinyint", "start_time"),
    "town": ("location_municipality", "weekday_tinyint", "start_time"),
    "state": ("location_province", "location_municipality", "weekday_tinyint", "start_time"),
    "weekday_state": ("weekday_tinyint", "location_province", "location_municipality", "start_time"),
}
"""The named orders of ``sort_key``."""


def read_asked(pairs: Pairs) -> Asked:
    """The question that the parameters of an address are. Names count in any case of letters, ``x[]=1&x[]=2`` and ``x=1,2`` are lists."""
    said = _Said(pairs)
    return Asked(
        switcher=said.one("switcher"),
        meeting_ids=said.wanted("meeting_ids"),
        weekdays=said.wanted("weekdays"),
        venue_types=said.wanted("venue_types"),
        services=said.wanted("services"),
        recursive=said.flag("recursive"),
        parents=said.flag("parents"),
        formats=said.wanted("formats"),
        any_format=said.one("formats_comparison_operator").upper() == "OR",
        key_strings=said.wanted("key_strings"),
        format_ids=said.wanted("format_ids"),
        show_all=said.flag("show_all"),
        text=said.one("searchstring").strip(),
        text_is_place=said.flag("stringsearchisanaddress"),
        text_width=said.number("searchstringradius") or NEAREST_BY_DEFAULT,
        starts_after=said.time("startsafter"),
        starts_before=said.time("startsbefore"),
        ends_before=said.time("endsbefore"),
        at_least=said.time("minduration"),
        at_most=said.time("maxduration"),
        near=_near(said),
        by_distance=said.flag("sort_results_by_distance"),
        sort_keys=SORTS.get(said.one("sort_key"), ()) or tuple(said.listed("sort_keys")),
        meeting_key=said.one("meeting_key"),
        meeting_value=said.one("meeting_key_value"),
        value_contains=said.flag("meeting_key_contains"),
        value_case=said.flag("meeting_key_match_case"),
        data_fields=tuple(said.listed("data_field_key")),
        page_size=said.whole("page_size"),
        page=said.whole("page_num") or 1,
        used_formats=said.flag("get_used_formats"),
        formats_only=said.flag("get_formats_only"),
        published=said.one("advanced_published") != "-1",
        languages=said.wanted("lang_enum"),
    )


def circle(latitude: float, longitude: float, width_km: float) -> Near:
    """Around a point: a width below nought is a number of meetings."""
    if width_km < 0:
        return Near(latitude=latitude, longitude=longitude, nearest=min(int(-width_km) or 1, MOST_ON_A_PAGE))
    return Near(latitude=latitude, longitude=longitude, km=min(width_km, FARTHEST_KM))


def _near(said: _Said) -> Near | None:
    latitude, longitude = said.number("lat_val"), said.number("long_val")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    miles, km = said.number("geo_width"), said.number("geo_width_km")
    width = km if km else miles * (KM_IN_A_MILE if miles > 0 else 1) if miles else NEAREST_BY_DEFAULT
    return circle(latitude, longitude, width)


class _Said:
    """The parameters of an address by name, without brackets and in small letters."""

    def __init__(self, pairs: Pairs) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.partition("[")[0].strip().casefold(), []).append(value.replace("\0", ""))

    def one(self, name: str) -> str:
        """The last value given, or nothing."""
        return self._values.get(name, [""])[-1]

    def listed(self, name: str) -> Iterator[str]:
        """Every value, also those of comma lists."""
        for value in self._values.get(name, []):
            yield from (part.strip() for part in value.split(",") if part.strip())

    def wanted(self, name: str) -> Wanted:
        """The values wanted and not wanted."""
        said = list(self.listed(name))
        return Wanted(frozenset(one for one in said if one[0] != "-"), frozenset(one[1:] for one in said if one[0] == "-"))

    def flag(self, name: str) -> bool:
        """Whether a switch is on; real clients also send its bare name."""
        return name in self._values and self.one(name).casefold() not in ("0", "false", "no")

    def number(self, name: str) -> float | None:
        """A finite number, or None."""
        try:
            value = float(self.one(name))
        except ValueError:
            return None
        return value if isfinite(value) else None

    def whole(self, name: str) -> int | None:
        """A whole number from 1 to the longest page, or None."""
        value = self.number(name)
        return min(int(value), MOST_ON_A_PAGE) if value is not None and value >= 1 else None

    def time(self, name: str) -> int | None:
        """Hours and minutes, of which one may be missing."""
        hours, minutes = self.number(f"{name}h"), self.number(f"{name}m")
        if hours is None and minutes is None:
            return None
        return int(min(max((hours or 0) * 60 + (minutes or 0), 0), 100 * 60))
