"""Where groups meet, for maps: GeoJSON (RFC 7946) and KML of exact public places, a feature for each group at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from directory.exchange.meeting_guide.writer import attendance_option, clock
from directory.exchange.meetings.meeting import Meeting
from directory.hours import DAY_NAMES

Json = dict[str, Any]


def to_geojson(meetings: Iterable[Meeting]) -> Json:
    """A collection of points. What is approximate, held from afar or has no point is not on a map, so not in it."""
    return {"type": "FeatureCollection", "features": [_feature(days) for days in _by_place(meetings)]}


def to_kml(meetings: Iterable[Meeting], *, name: str) -> str:
    """The same as KML 2.2."""
    marks = "".join(_mark(days) for days in _by_place(meetings))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return f"{head}<name>{_xml(name)}</name>{marks}</Document></kml>\n"


def times_in_words(days: Iterable[Meeting]) -> list[str]:
    """When a group meets, a line a meeting: ``Tuesday 19:00-20:30, 2nd and 4th Tuesday``."""
    return [line for one in days if (line := _time(one))]


def _by_place(meetings: Iterable[Meeting]) -> Iterator[list[Meeting]]:
    """The meetings that have a point, those of one group at one place together, in the order of their keys."""
    found: dict[str, list[Meeting]] = {}
    for one in meetings:
        spot = one.spot
        if spot and not spot.is_approximate and spot.latitude is not None and spot.longitude is not None and "in_person" in one.attendance:
            found.setdefault(one.url or one.key, []).append(one)
    return iter(found.values())


def _feature(days: list[Meeting]) -> Json:
    one, spot = days[0], days[0].spot
    assert spot is not None   # noqa: S101  (`_by_place` gives no other)
    said = {
        "name": one.name,
        "times": times_in_words(days),
        "timezone": one.timezone,
        "how": attendance_option(one),
        "place": spot.name,
        "address": spot.formatted,
        "languages": list(one.languages),
        "interpreted": list(one.interpreted),
        "kept_by": one.keeper.name if one.keeper else "",
        "url": one.url,
    }
    properties = {name: value for name, value in said.items() if value}
    return {"type": "Feature", "id": _id(one), "geometry": {"type": "Point", "coordinates": [spot.longitude, spot.latitude]}, "properties": properties}


def _id(one: Meeting) -> str:
    return one.url.rpartition("/")[2] or one.key


def _mark(days: list[Meeting]) -> str:
    feature = _feature(days)
    said, (longitude, latitude) = feature["properties"], feature["geometry"]["coordinates"]
    words = "\n".join(filter(None, ("\n".join(said.get("times", ())), said.get("address", ""), said.get("url", ""))))
    point = f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"
    return f'<Placemark id="g{_xml(feature["id"])}"><name>{_xml(said["name"])}</name><description>{_xml(words)}</description>{point}</Placemark>'


def _xml(text: str) -> str:
    """Text in XML 1.0, without the signs that it cannot hold."""
    return escape("".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")), {'"': "&quot;"})


def _time(one: Meeting) -> str:
    if one.weekday is None or one.starts is None:
        return one.pattern
    hours = f"{DAY_NAMES[one.weekday]} {clock(one.starts)}" + (f"-{clock(one.ends)}" if one.ends is not None else "")
    return f"{hours}, {one.pattern}" if one.pattern else hours
