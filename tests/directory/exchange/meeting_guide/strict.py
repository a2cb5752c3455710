"""A reader of Meeting Guide feeds that is as strict as any: it says of each record why somebody would drop it, or show it as not held.

Written from the format and from what its readers are known to do, and sharing no line with what writes our feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from msgspec import Struct

ZONES = available_timezones()
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d [0-2]\d:[0-5]\d:[0-5]\d")
MARKUP = re.compile(r"<[a-z/!]", re.IGNORECASE)
PHONE = re.compile(r"[\d+,*#]+")
NEVER = ("contact_", "venmo", "square", "paypal", "homegroup_online", "feedback", "edit_url")
TEXTS = ("name", "location", "location_notes", "notes", "group", "group_notes", "formatted_address", "entity", "conference_url_notes", "conference_phone_notes")
ONLY_IN_PERSON = {"X", "XB", "BA", "CF", "FF", "SM", "OUT", "BRK", "CAN", "AL", "AL-AN"}
PROVIDERS = """bluejeans.com discord.gg freeconference.com freeconferencecall.com goto.com gotomeet.me gotomeeting.com horizon.meta.com maps.secondlife.com
meet.google.com meet.jit.si meetings.dialpad.com signal.group skype.com slurl.com teams.live.com teams.microsoft.com vrchat.com webex.com zoho.com zoom.us"""


class Read(Struct):
    """What became of a feed: records that were taken, and for each slug that was not, or not as it is, every reason."""

    taken: int
    dropped: dict[str, list[str]]
    inactive: dict[str, str]


def read(records: Any) -> Read:
    """Read a whole feed."""
    if not isinstance(records, list) or not records:
        return Read(0, {"": ["data is not in the correct format"]}, {})
    seen: set[str] = set()
    dropped: dict[str, list[str]] = {}
    for number, record in enumerate(records):
        if wrong := list(faults(record, seen)):
            dropped[str(record.get("slug", number)) if isinstance(record, dict) else str(number)] = wrong
    inactive = {str(one["slug"]): why for one in records if (why := why_inactive(one))}
    return Read(len(records) - len(dropped), dropped, inactive)


def faults(record: Any, seen: set[str]) -> Iterator[str]:
    """Everything that a reader would trip over."""
    if not isinstance(record, dict):
        yield "no object"
        return
    slug = record.get("slug")
    if not isinstance(slug, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}", slug):
        yield "slug: none that fits into an address"
    elif slug in seen:
        yield "slug: seen before"
    seen.add(str(slug))
    name = record.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 255:
        yield "name"
    yield from _when(record)
    yield from _where(record)
    yield from _joining(record)
    yield from _texts(record)


def _when(record: dict[str, Any]) -> Iterator[str]:
    if record.get("timezone") not in ZONES:
        yield "timezone: no IANA zone"
    if "day" not in record:
        if "time" in record or "end_time" in record:
            yield "time without a day"
        return
    if type(record["day"]) is not int or not 0 <= record["day"] <= 6:
        yield "day: not one whole number from 0 to 6"
    for field in ("time", "end_time"):
        if not CLOCK.fullmatch(str(record.get(field))):
            yield f"{field}: not HH:MM"


def _where(record: dict[str, Any]) -> Iterator[str]:
    if record.get("approximate") not in ("yes", "no"):
        yield "approximate: neither yes nor no"
    address = record.get("formatted_address")
    if not isinstance(address, str) or not address.strip():
        yield "no address at all"
    elif record.get("approximate") == "no" and len(address.split(",")) < 4:
        yield "an exact address with fewer than four parts"
    points = [record.get(field) for field in ("latitude", "longitude")]
    if points != [None, None]:
        if not all(isinstance(point, float | int) and not isinstance(point, bool) and round(point, 5) == point for point in points):
            yield "a point that is no two numbers of five decimals"
        elif not (abs(points[0] or 0) <= 90 and abs(points[1] or 0) <= 180):
            yield "a point that is not on this earth"
    regions = record.get("regions", [])
    if not isinstance(regions, list) or not all(isinstance(one, str) and one.strip() for one in regions):
        yield "regions: no list of names"


def _joining(record: dict[str, Any]) -> Iterator[str]:
    url = record.get("conference_url")
    if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        yield "conference_url: no address"
    if url is not None and re.search(r"[?&](pwd|passcode|password|token)=|#", url):
        yield "conference_url: holds a password"
    phone = record.get("conference_phone")
    if phone is not None and not PHONE.fullmatch(phone):
        yield "conference_phone: not digits and + , * #"
    for field in ("url", "entity_url"):
        if field in record and urlsplit(record[field]).scheme not in ("http", "https"):
            yield f"{field}: no http address"
    if any(field.startswith("entity_") for field in record) and "entity" not in record:
        yield "entity: missing beside its other fields"


def _texts(record: dict[str, Any]) -> Iterator[str]:
    for field, value in record.items():
        if value in (None, "", [], {}):
            yield f"{field}: empty in place of absent"
        if field.startswith(NEVER):
            yield f"{field}: not to be published"
    for field in TEXTS:
        if field in record and (not isinstance(record[field], str) or MARKUP.search(record[field])):
            yield f"{field}: no plain text"
    types = record.get("types", [])
    if not isinstance(types, list) or not all(isinstance(code, str) and code.strip() for code in types) or len(set(types)) != len(types):
        yield "types: no list of codes, each once"
    if "updated" in record and not MOMENT.fullmatch(record["updated"]):
        yield "updated"


def why_inactive(record: dict[str, Any]) -> str:
    """Why a reader shows a record as not held; empty where it shows it as held."""
    url, phone = record.get("conference_url", ""), record.get("conference_phone", "")
    joins = bool(url and from_provider(url)) or sum(sign.isdigit() for sign in phone) >= 10
    visits = record.get("approximate") == "no" and "TC" not in record.get("types", [])
    if joins or visits:
        return ""
    return "no provider that is known" if url else "closed for now" if "TC" in record.get("types", []) else "neither a place nor a way to join"


def lost_types(record: dict[str, Any]) -> set[str]:
    """Types that a reader takes away, because nobody goes there."""
    visits = record.get("approximate") == "no" and "TC" not in record.get("types", [])
    return set() if visits else set(record.get("types", [])) & ONLY_IN_PERSON


def from_provider(url: str) -> bool:
    """Whether the host is one of the providers or below one, by whole labels."""
    host = f".{urlsplit(url).hostname or ''}"
    return any(host.endswith(f".{provider}") for provider in PROVIDERS.split())
