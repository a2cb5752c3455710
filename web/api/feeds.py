"""The open feeds of groups: what finders of meetings, calendars, maps and spreadsheets elsewhere read. Everybody gets the same bytes."""

from __future__ import annotations

import hashlib

from litestar import Response, Router, get
from litestar.di import NamedDependency

from web.api.operations import Operation, Parameter
from web.house import House

JSON = "application/json"
GEOJSON, KML, CSV, CALENDAR = "application/geo+json", "application/vnd.google-earth.kml+xml", "text/csv", "text/calendar"
CHECK_AGAIN = {"Cache-Control": "public, no-cache"}   # may be kept, but is asked for again each time; the answer is then mostly 304


@get("/meeting-guide.json", name="feeds.meeting_guide", sync_to_thread=True)
def meeting_guide(house: NamedDependency[House]) -> Response[bytes]:
    """The groups as Meeting Guide JSON."""
    return tagged(house.feeds.on(house.today()).meeting_guide, JSON)


@get("/places.geojson", name="feeds.geojson", sync_to_thread=True)
def geojson(house: NamedDependency[House]) -> Response[bytes]:
    """Where groups meet, for maps."""
    return tagged(house.feeds.on(house.today()).geojson, GEOJSON)


@get("/places.kml", name="feeds.kml", sync_to_thread=True)
def kml(house: NamedDependency[House]) -> Response[bytes]:
    """The same as KML."""
    return tagged(house.feeds.on(house.today()).kml, KML, name="places.kml")


@get("/groups.csv", name="feeds.csv", sync_to_thread=True)
def table(house: NamedDependency[House]) -> Response[bytes]:
    """The groups as a table."""
    return tagged(house.feeds.on(house.today()).table, CSV, name="groups.csv")


def tagged(content: bytes, media_type: str, *, name: str = "") -> Response[bytes]:
    """Bytes with a tag, so that who has them already is told so; with a ``name`` browsers keep them as a file."""
    headers = CHECK_AGAIN | {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, media_type=media_type, headers=headers)


OPERATIONS = (
    Operation(
        method="get", path="/feeds/meeting-guide.json", name="meeting_guide", tag="feeds", summary="Groups as Meeting Guide JSON, a record a weekday",
        answer={"type": "array", "items": {"type": "object", "required": ["name", "slug", "formatted_address", "approximate", "timezone"]}},
    ),
    Operation(
        method="get", path="/feeds/places.geojson", name="places_geojson", tag="feeds", summary="Where groups meet, as GeoJSON",
        answer={"type": "object", "title": "FeatureCollection"}, media_type=GEOJSON,
    ),
    Operation(
        method="get", path="/feeds/places.kml", name="places_kml", tag="feeds", summary="Where groups meet, as KML",
        answer={"type": "string"}, media_type=KML,
    ),
    Operation(
        method="get", path="/feeds/groups.csv", name="groups_csv", tag="feeds", summary="Groups as a table, a row a meeting",
        answer={"type": "string"}, media_type=CSV,
    ),
    Operation(
        method="get", path="/feeds/groups.ics", name="groups_ics", tag="feeds", summary="Every group as a calendar to subscribe to",
        answer={"type": "string"}, media_type=CALENDAR,
    ),
    Operation(
        method="get", path="/feeds/groups/{name}", name="group_ics", tag="feeds", summary="One listing as a calendar to subscribe to",
        parameters=(
            Parameter(name="name", where="path", meaning="The id of the listing, with .ics after it.", schema={"type": "string"}),
            Parameter(name="names", where="query", meaning="full: names as they are. Else one that tells is a plain word.", schema={"enum": ["full"]}),
        ),
        answer={"type": "string"}, media_type=CALENDAR, problems=(404,),
    ),
)

router = Router("/feeds", route_handlers=[meeting_guide, geojson, kml, table])
