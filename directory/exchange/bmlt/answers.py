"""The answers of the BMLT interface, one function a switcher; what cannot be answered is an empty list, as its servers have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from directory.exchange.bmlt.asking import KM_IN_A_MILE, Asked, circle
from directory.exchange.bmlt.finding import bodies_above, bodies_below, find_meetings, only_fields
from directory.exchange.bmlt.formats import Format, all_formats, to_records
from directory.exchange.bmlt.writer import MEETING_KEYS, Feed, Record
from directory.exchange.meetings.codes import Programme

Json = Any
FindPoint = Callable[[str], tuple[float, float] | None]
"""A text to the point that it names, or None."""
VERSION: Final = "3.1.0"
"""The version of the interface whose parameters and fields these answers have; clients look whether it is new enough for them."""
SWITCHERS: Final = ("GetSearchResults", "GetFormats", "GetServiceBodies", "GetServerInfo", "GetFieldKeys", "GetFieldValues", "GetCoverageArea")
"""What may be asked for."""
MEANINGS: Final = {
    "id_bigint": "Meeting ID", "service_body_bigint": "Service Body ID", "weekday_tinyint": "Weekday", "venue_type": "Venue Type",
    "start_time": "Start Time", "duration_time": "Duration", "time_zone": "Time Zone", "formats": "Formats", "lang_enum": "Language of the Record",
    "longitude": "Longitude", "latitude": "Latitude", "meeting_name": "Meeting Name", "location_text": "Location Name",
    "location_info": "Additional Location Information", "location_street": "Street Address", "location_municipality": "Town",
    "location_province": "State", "location_postal_code_1": "Zip Code", "location_nation": "Nation", "comments": "Comments",
    "phone_meeting_number": "Phone Meeting Dial-in Number", "virtual_meeting_link": "Virtual Meeting Link",
    "virtual_meeting_additional_info": "Virtual Meeting Additional Info",
}


class Interface:
    """Answers questions about one feed. ``find_point`` knows places by name, offline."""

    def __init__(self, feed: Feed, programme: Programme, *, root: str, find_point: FindPoint) -> None:
        self._feed, self._programme, self._root, self._find_point = feed, programme, root, find_point

    def answer(self, asked: Asked) -> Json:
        """The answer to a question; an empty list to one that nobody here understands."""
        ways = (self._meetings, self._formats, self._bodies, self._server, self._keys, self._values, self._area)
        way = dict(zip(SWITCHERS, ways, strict=True)).get(asked.switcher)
        return way(asked) if way else []

    def _meetings(self, asked: Asked) -> Json:
        found = self._find(asked)
        if not (asked.used_formats or asked.formats_only):
            return only_fields(found, asked.data_fields)
        used = {number for record in found for number in record["format_shared_id_list"].split(",") if number}
        formats = to_records((self._feed.formats[number] for number in used), root=self._root)
        return {"formats": formats} if asked.formats_only else {"meetings": only_fields(found, asked.data_fields), "formats": formats}

    def _find(self, asked: Asked) -> list[Record]:
        if not (asked.text and asked.text_is_place):
            return find_meetings(self._feed, asked)
        point, width = self._find_point(asked.text), asked.text_width
        if point is None:
            return []
        return find_meetings(self._feed, replace(asked, near=circle(*point, width * KM_IN_A_MILE if width > 0 else width)))

    def _formats(self, asked: Asked) -> Json:
        known = {one.id: one for one in all_formats(self._programme)} | self._feed.formats if asked.show_all else self._feed.formats
        return to_records((one for one in known.values() if _is_wanted(one, asked)), root=self._root)

    def _bodies(self, asked: Asked) -> Json:
        taken, left = asked.services.taken, asked.services.left
        if asked.recursive:
            taken, left = bodies_below(self._feed, taken), bodies_below(self._feed, left)
        if asked.parents:
            taken = bodies_above(self._feed, taken)
        return [body for body in self._feed.bodies if (not taken or body["id"] in taken) and body["id"] not in left]

    def _server(self, asked: Asked) -> Json:
        spots = list(self._feed.spots.values())
        latitude, longitude = (sum(point[axis] for point in spots) / len(spots) if spots else 0.0 for axis in (0, 1))
        major, minor, patch = map(int, VERSION.split("."))
        return [{
            "version": VERSION, "versionInt": str(major * 1_000_000 + minor * 1_000 + patch), "langs": "en", "nativeLang": "en",
            "centerLongitude": f"{longitude:.5f}", "centerLatitude": f"{latitude:.5f}", "centerZoom": "8", "defaultDuration": "01:00:00",
            "regionBias": "", "charSet": "UTF-8", "distanceUnits": "mi", "semanticAdmin": "0", "emailEnabled": "0", "emailIncludesServiceBodies": "0",
            "changesPerMeeting": "0", "meeting_states_and_provinces": "", "meeting_counties_and_sub_provinces": "",
            "available_keys": ",".join(MEETING_KEYS), "google_api_key": "", "dbVersion": "0", "dbPrefix": "", "meeting_time_zones_enabled": "1",
            "phpVersion": "", "auto_geocoding_enabled": "0", "commit": "", "default_closed_status": "0", "aggregator_mode_enabled": "0",
        }]

    def _keys(self, asked: Asked) -> Json:
        return [{"key": key, "description": words} for key, words in MEANINGS.items()]

    def _values(self, asked: Asked) -> Json:
        if asked.meeting_key not in MEETING_KEYS:
            return []
        found: dict[str, list[str]] = {}
        for record in self._feed.meetings:
            found.setdefault(record[asked.meeting_key], []).append(record["id_bigint"])
        return [{asked.meeting_key: value, "ids": ",".join(ids)} for value, ids in sorted(found.items())]

    def _area(self, asked: Asked) -> Json:
        spots = list(self._feed.spots.values())
        if not spots:
            return []
        latitudes, longitudes = ([point[axis] for point in spots] for axis in (0, 1))
        return [{
            "nw_corner_longitude": f"{min(longitudes):.5f}", "nw_corner_latitude": f"{max(latitudes):.5f}",
            "se_corner_longitude": f"{max(longitudes):.5f}", "se_corner_latitude": f"{min(latitudes):.5f}",
        }]


def _is_wanted(one: Format, asked: Asked) -> bool:
    return asked.key_strings.fits(one.key) and asked.format_ids.fits(one.id)
