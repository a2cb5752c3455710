"""Feeds of invented meetings, read from files as they would come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Refusal, SourceInfo

SOURCE = SourceInfo(code="meeting-guide-elm", name="Elm Row groups", kind="meeting-guide", timezone="America/New_York", country="US", programme="aa")
GUIDE: dict[str, Any] = {
    "slug": "lantern-circle", "name": "Lantern Circle", "day": 2, "time": "19:30", "end_time": "20:30", "types": ["O", "D"], "location": "Elm Row Hall",
    "formatted_address": "12 Elm Row, Brooklyn, NY 11201, USA", "latitude": 40.69, "longitude": -73.99, "approximate": "no", "timezone": "America/New_York",
}  # fmt: skip
BMLT: dict[str, Any] = {
    "id_bigint": "7", "meeting_name": "Lantern Circle", "weekday_tinyint": "3", "start_time": "19:30:00", "duration_time": "01:00:00", "formats": "O,D",
    "lang_enum": "en", "latitude": "40.69", "longitude": "-73.99", "published": "1", "location_text": "Elm Row Hall", "location_street": "12 Elm Row",
    "location_municipality": "Brooklyn", "location_province": "NY", "location_postal_code_1": "11201", "location_nation": "USA",
    "service_body_bigint": "5", "time_zone": "America/New_York",
}  # fmt: skip
FORMATS = [
    {"id": "1", "key_string": "O", "world_id": "OPEN", "lang": "en", "name_string": "Open"},
    {"id": "1", "key_string": "\u00d6", "world_id": "OPEN", "lang": "sv", "name_string": "\u00d6ppet"},
    {"id": "2", "key_string": "D", "world_id": "DISC", "lang": "en", "name_string": "Discussion"},
    {"id": "3", "key_string": "SL", "world_id": "", "lang": "en", "name_string": "ASL"},
    {"id": "4", "key_string": "ES", "world_id": "LANG", "lang": "en", "name_string": "Espa\u00f1ol"},
    {"id": "5", "key_string": "BL", "lang": "en", "name_string": "Bi-Lingual"},
    {"id": "6", "key_string": "CH", "lang": "en", "name_string": "Closed Holidays"},
    {"id": "7", "key_string": "VM", "world_id": "VM", "lang": "en", "name_string": "Virtual Meeting"},
    {"id": "8", "key_string": "HY", "worldid_mixed": "HYBR", "lang": "en", "name_string": "Hybrid Meeting"},
    {"id": "9", "key_string": "TC", "world_id": "TC", "lang": "en", "name_string": "Temporarily Closed Facility"},
    {"id": "10", "key_string": "QA", "world_id": "QA", "lang": "en", "name_string": "Question and Answer"},
    {"id": "11", "key_string": "QA", "lang": "en", "name_string": "Quiet Anyway"},
    {"id": "12", "key_string": "B", "lang": "en", "name_string": "By the River"},
    {"id": "13", "key_string": "L/R", "world_id": "LANG", "lang": "en", "name_string": "Lithuanian/Russian"},
    {"id": "14", "key_string": "W", "world_id": "W", "lang": "en", "name_string": "Women"},
]


def guide(**said: Any) -> dict[str, Any]:
    """A record of a Meeting Guide feed with some fields changed; one that is None is absent."""
    return {name: value for name, value in {**GUIDE, **said}.items() if value is not None}


def bmlt(**said: Any) -> dict[str, Any]:
    """A record of a BMLT feed with some fields changed; one that is None is absent."""
    return {name: value for name, value in {**BMLT, **said}.items() if value is not None}


def feed_of(programme: str, *, timezone: str = "", country: str = "US") -> Feed:
    """A feed of a programme."""
    return Feed(programme=load_programme(programme), timezone=timezone, country=country, tally=Tally())


def read_guide(path: Path, content: Any, *, programme: str = "aa", timezone: str = "") -> list[Heard | Refusal]:
    """What a Meeting Guide file with this content gives; a text stands in the file as it is."""
    file = path / "feed.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return list(read_meeting_guide(file, SOURCE, feed_of(programme, timezone=timezone)))


def read_bmlt_answer(path: Path, *records: Any, formats: Any = None, timezone: str = "") -> list[Heard | Refusal]:
    """What a BMLT answer with these records gives."""
    file = path / "answer.json"
    file.write_text(json.dumps({"meetings": list(records), "formats": FORMATS if formats is None else formats}), "utf-8")
    return list(read_bmlt(file, SOURCE, feed_of("bmlt", timezone=timezone)))


def only(found: list[Heard | Refusal]) -> Meeting:
    """The one meeting that was read."""
    assert len(found) == 1, found
    assert isinstance(found[0], Heard), found
    return found[0].meeting


def refused(found: list[Heard | Refusal]) -> Refusal:
    """The one refusal."""
    assert len(found) == 1, found
    assert isinstance(found[0], Refusal), found
    return found[0]


def repairs(found: list[Heard | Refusal]) -> list[str]:
    """The fields that something was noted of."""
    return [repair.field for one in found if isinstance(one, Heard) for repair in one.row.repairs]
