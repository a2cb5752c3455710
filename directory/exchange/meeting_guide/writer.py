"""Meetings as a Meeting Guide feed that a strict reader takes whole: one record a day, always a zone, always an address, always said whether it is exact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from directory.exchange.meetings.codes import Programme, language_codes
from directory.exchange.meetings.meeting import Joining, Keeper, Meeting, Spot
from directory.exchange.meetings.patterns import with_pattern
from directory.exchange.meetings.speaking import before, both_in_words, interpreted_in_words, signed_by_others, spoken_in_words

Json = dict[str, Any]
LONGEST_NAME: Final = 255
DIALLED: Final = re.compile(r"[^\d+,*#]")
"""What a number to dial in may not hold."""
CLOSED: Final = "TC"
ONLINE: Final = "ONL"
FEWEST_PARTS: Final = 4
"""Parts of an address between commas, below which readers take it for an area."""


def to_records(meetings: Iterable[Meeting], programme: Programme, *, country: str) -> list[Json]:
    """The records of a feed; the codes of the meetings are those of the programme. ``country`` is the address of what has none of its own."""
    return [to_record(meeting, programme, country=country) for meeting in meetings]


def to_record(meeting: Meeting, programme: Programme, *, country: str) -> Json:
    """One record. What is not known is left out, never null."""
    codes, spoken = language_codes(programme, meeting.languages)
    codes += language_codes(programme, signed_by_others(meeting))[0]
    keeper = meeting.keeper
    record: Json = {
        "slug": meeting.key,
        "name": meeting.name[:LONGEST_NAME],
        **_when(meeting),
        **_where(meeting.spot, country),
        **_joining(meeting.joining),
        "types": list(dict.fromkeys((*meeting.codes, *codes, *_of_life(meeting, programme)))),
        "notes": with_pattern(meeting.pattern, before(meeting.notes, (*spoken_in_words(spoken), *both_in_words(meeting), *interpreted_in_words(meeting)))),
        "group": meeting.name[:LONGEST_NAME] if meeting.group_key else "",
        "group_id": meeting.group_key,
        "group_notes": meeting.group_notes,
        "url": meeting.url,
        "email": meeting.email,
        "phone": meeting.phone,
        "attendance_option": attendance_option(meeting),
        "updated": _moment(meeting.updated),
        **_keeper(keeper),
    }
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def attendance_option(meeting: Meeting) -> str:
    """``in_person``, ``online`` or ``hybrid``; ``inactive`` while it does not meet."""
    if meeting.is_paused:
        return "inactive"
    return "hybrid" if len(meeting.attendance) > 1 else next(iter(meeting.attendance), "in_person")


def clock(minutes: int) -> str:
    """Minutes after midnight as ``HH:MM``; what runs over midnight ends at a time of the next day."""
    return f"{minutes % 1440 // 60:02}:{minutes % 60:02}"


def _when(meeting: Meeting) -> Json:
    said: Json = {"timezone": meeting.timezone}
    if meeting.weekday is None or meeting.starts is None:
        return said
    end = meeting.starts + 60 if meeting.ends is None else meeting.ends
    return {"day": (meeting.weekday + 1) % 7, "time": clock(meeting.starts), "end_time": clock(end), **said}


def _where(spot: Spot | None, country: str) -> Json:
    """An address, always: readers drop what has none, even online."""
    if spot is None:
        return {"formatted_address": country, "approximate": "yes"}
    address = spot.formatted or ", ".join(filter(None, (spot.street, spot.city, f"{spot.region} {spot.postal_code}".strip(), spot.country)))
    exact = not spot.is_approximate and address.count(",") >= FEWEST_PARTS - 1
    return {
        "location": spot.name,
        "formatted_address": address or country,
        "latitude": _degrees(spot.latitude),
        "longitude": _degrees(spot.longitude),
        "approximate": "no" if exact else "yes",
        "regions": list(spot.areas),
        "location_notes": spot.notes,
    }


def _degrees(number: float | None) -> float | None:
    """Five decimals, a metre, as the format has it."""
    return None if number is None else round(number, 5)


def _joining(joining: Joining | None) -> Json:
    if joining is None:
        return {}
    return {
        "conference_url": joining.url, "conference_url_notes": joining.url_notes,
        "conference_phone": DIALLED.sub("", joining.phone), "conference_phone_notes": joining.phone_notes,
    }


def _of_life(meeting: Meeting, programme: Programme) -> list[str]:
    """Types that say how it meets: online, or not for now. Only those that the programme knows."""
    said = [*([ONLINE] if "online" in meeting.attendance else []), *([CLOSED] if meeting.is_paused else [])]
    return [code for code in said if code in programme.types]


def _keeper(keeper: Keeper | None) -> Json:
    if keeper is None or not keeper.name:
        return {}
    return {"entity": keeper.name, "entity_url": keeper.url, "entity_phone": keeper.phone, "entity_email": keeper.email}


def _moment(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
