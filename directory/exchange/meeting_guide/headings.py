"""The headings of spreadsheets and CSV tables of meetings, by the field of Meeting Guide JSON that each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.exchange.reading.row import fold

FIELDS: Final = {
    "id": "slug", "slug": "slug", "name": "name", "meeting": "name", "meeting name": "name", "day": "day", "time": "time", "start time": "time",
    "end time": "end_time", "timezone": "timezone", "time zone": "timezone", "full address": "formatted_address", "formatted address": "formatted_address",
    "address": "address", "street": "address", "city": "city", "state": "state", "postal code": "postal_code", "zip": "postal_code", "country": "country",
    "location": "location", "location notes": "location_notes", "notes": "notes", "region": "region", "sub region": "sub_region",
    "sub-region": "sub_region", "regions": "regions", "types": "types", "type": "types", "group": "group", "group notes": "group_notes",
    "district": "district", "sub district": "sub_district", "conference url": "conference_url", "conference url notes": "conference_url_notes",
    "conference phone": "conference_phone", "conference phone notes": "conference_phone_notes", "url": "url", "website": "website", "email": "email",
    "phone": "phone", "latitude": "latitude", "longitude": "longitude", "coordinates": "coordinates", "approximate": "approximate", "updated": "updated",
    "last updated": "updated", "entity": "entity", "entity email": "entity_email", "entity phone": "entity_phone", "entity location": "entity_location",
    "entity url": "entity_url", "entity website": "entity_url", "attendance option": "attendance_option",
}  # fmt: skip


def with_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row under the names of fields: a heading that is known becomes its field, any other stands as a field would be written."""
    found: dict[str, Any] = {}
    for heading, value in sorted(values.items(), key=lambda pair: fold(pair[0]) == "id"):   # a slug beside it is the better key
        words = fold(heading).replace("_", " ")
        name = FIELDS.get(words) or words.replace(" ", "_")
        if found.get(name) in (None, ""):
            found[name] = value
    return found
