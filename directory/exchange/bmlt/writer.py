"""Meetings as BMLT records, with the formats and service bodies that they name. Every value is a string, and what is not known is empty."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from msgspec import Struct

from directory.exchange.bmlt.formats import Format, formats_of
from directory.exchange.meetings.codes import Programme
from directory.exchange.meetings.meeting import Keeper, Meeting, Spot
from directory.exchange.meetings.patterns import with_pattern
from directory.exchange.meetings.speaking import before, interpreted_in_words

Record = dict[str, str]
MEETING_KEYS: Final = (
    "id_bigint", "worldid_mixed", "shared_group_id_bigint", "service_body_bigint", "service_body_name", "weekday_tinyint", "venue_type", "start_time",
    "duration_time", "time_zone", "formats", "lang_enum", "longitude", "latitude", "distance_in_km", "distance_in_miles", "email_contact", "published",
    "root_server_uri", "format_shared_id_list", "meeting_name", "location_text", "location_info", "location_street", "location_city_subsection",
    "location_neighborhood", "location_municipality", "location_sub_province", "location_province", "location_postal_code_1", "location_nation",
    "comments", "train_lines", "bus_lines", "phone_meeting_number", "virtual_meeting_link", "virtual_meeting_additional_info",
)
"""Every key of a record, in the order of the feed."""
ASK: Final = "How to join: "
"""Before the address of its page, where a group gives the way in to those who ask."""
IN_PERSON: Final = "1"
VIRTUAL: Final = "2"
HYBRID: Final = "3"
TOP: Final = "1"
"""The id of the service body that is the whole directory: above all others, and of meetings without one."""


class Feed(Struct, frozen=True, kw_only=True):
    """All that the interface answers from. ``spots`` are the points that a distance may be measured to, by id: exact public places where people meet."""

    meetings: tuple[Record, ...]
    formats: dict[str, Format]
    bodies: tuple[Record, ...]
    spots: dict[str, tuple[float, float]]


def to_feed(meetings: Iterable[Meeting], programme: Programme, *, root: str, name: str, language: str = "en") -> Feed:
    """The feed of meetings whose codes are those of the programme. ``root`` is the address of the interface, ``name`` that of the whole directory.

    A meeting by appointment has no weekday, which this format cannot say: it is left out.
    """
    told = sorted((one for one in meetings if one.weekday is not None and one.starts is not None), key=lambda one: one.key)
    ids = ids_of(one.key for one in told)
    keepers = {one.keeper.key: one.keeper for one in told if one.keeper}
    bodies, groups = ids_of(keepers), ids_of(one.group_key for one in told if one.group_key)
    formats: dict[str, Format] = {}
    records, spots = [], dict[str, tuple[float, float]]()
    for one in told:
        its = formats_of(one, programme)
        formats |= {found.id: found for found in its}
        body = bodies[one.keeper.key] if one.keeper else TOP
        record = to_record(one, ids[one.key], its, body=body, root=root, language=language) | {"shared_group_id_bigint": groups.get(one.group_key, "")}
        records.append(record)
        if (point := point_of(one)) is not None:
            spots[record["id_bigint"]] = point
    listed = [_body(keeper, bodies, root) for _, keeper in sorted(keepers.items())]
    top = _body(Keeper(key="", name=name), {"": TOP}, root)
    return Feed(meetings=tuple(records), formats=formats, bodies=(top, *listed), spots=spots)


def ids_of(keys: Iterable[str]) -> dict[str, str]:
    """A number for each key, which stays the same while the key does: its digest, and the next free number where two are alike.

    Six bytes: a program in a browser counts whole numbers to 2**53.
    """
    found, taken = dict[str, str](), set[int]()
    for key in sorted(set(keys)):
        number = int.from_bytes(sha256(key.encode()).digest()[:6], "big") | 2   # never that of the top
        while number in taken:
            number += 1
        taken.add(number)
        found[key] = str(number)
    return found


def point_of(meeting: Meeting) -> tuple[float, float] | None:
    """Where somebody may measure a distance to: the exact public point of a meeting that people go to."""
    spot = meeting.spot
    if spot is None or spot.is_approximate or spot.latitude is None or spot.longitude is None or "in_person" not in meeting.attendance:
        return None
    return spot.latitude, spot.longitude


def to_record(meeting: Meeting, number: str, formats: Iterable[Format], *, body: str, root: str, language: str) -> Record:
    """One meeting of one weekday."""
    its = list(formats)
    said = {
        "id_bigint": number,
        "service_body_bigint": body,
        "service_body_name": meeting.keeper.name if meeting.keeper else "",
        "weekday_tinyint": str(((meeting.weekday or 0) + 1) % 7 + 1),
        "venue_type": venue_type(meeting),
        "start_time": clock(meeting.starts or 0),
        "duration_time": clock(_minutes(meeting)),
        "time_zone": meeting.timezone,
        "formats": ",".join(one.key for one in its),
        "lang_enum": language,
        "published": "1",
        "root_server_uri": root,
        "format_shared_id_list": ",".join(one.id for one in its),
        "meeting_name": meeting.name,
        "comments": with_pattern(meeting.pattern, before(meeting.notes, interpreted_in_words(meeting))),
        **_where(meeting.spot),
        **_joining(meeting),
    }
    return {key: said.get(key, "") for key in MEETING_KEYS}


def venue_type(meeting: Meeting) -> str:
    """``1`` in person, ``2`` from afar, ``3`` both."""
    return HYBRID if len(meeting.attendance) > 1 else VIRTUAL if "online" in meeting.attendance else IN_PERSON


def clock(minutes: int) -> str:
    """Minutes as ``HH:MM:SS``."""
    return f"{minutes // 60:02}:{minutes % 60:02}:00"


def _minutes(meeting: Meeting) -> int:
    starts = meeting.starts or 0
    return min((meeting.ends if meeting.ends is not None else starts + 60) - starts, 24 * 60 - 1)


def _where(spot: Spot | None) -> Record:
    if spot is None:
        return {}
    point = (f"{round(spot.latitude, 5):.5f}", f"{round(spot.longitude, 5):.5f}") if spot.latitude is not None and spot.longitude is not None else ("", "")
    return {
        "latitude": point[0], "longitude": point[1], "location_text": spot.name, "location_info": spot.notes, "location_street": spot.street,
        "location_municipality": spot.city or ("" if spot.street else spot.areas[-1] if spot.areas else spot.formatted), "location_province": spot.region,
        "location_postal_code_1": spot.postal_code, "location_nation": spot.country,
    }


def _joining(meeting: Meeting) -> Record:
    joining = meeting.joining
    if joining is None:
        return {"virtual_meeting_additional_info": f"{ASK}{meeting.url}"} if "online" in meeting.attendance and meeting.url else {}
    more = " ".join(filter(None, (joining.url_notes, joining.phone_notes)))
    return {"virtual_meeting_link": joining.url, "phone_meeting_number": joining.phone, "virtual_meeting_additional_info": more}


def _body(keeper: Keeper, ids: dict[str, str], root: str) -> Record:
    return {
        "id": ids[keeper.key], "parent_id": ids.get(keeper.parent_key, TOP) if keeper.key else "0", "name": keeper.name, "description": keeper.words,
        "type": "AS" if keeper.key else "RS", "url": keeper.url, "helpline": keeper.phone, "world_id": "", "contact_email": "", "root_server_uri": root,
    }
