"""Where a meeting of a Meeting Guide feed is, how it is joined from afar, and so whether one goes there, dials in, or either."""

from __future__ import annotations

import re
from typing import Any, Final

from directory.exchange.meetings.addresses import WHOLE, areas_of, checked, parts_of
from directory.exchange.meetings.addresses import country_code as code_of
from directory.exchange.meetings.codes import Said
from directory.exchange.meetings.discretion import discreet, plain, without_people
from directory.exchange.meetings.meeting import Attendance, Joining, Spot
from directory.exchange.meetings.passwords import link_without_password, number_without_password
from directory.exchange.reading.parts import point, web_address
from directory.exchange.reading.row import Row

DIGITS: Final = 10
"""Of a number to dial in: readers of the format pass over shorter ones."""
STATED: Final[dict[str, frozenset[Attendance]]] = {
    "in_person": frozenset({"in_person"}),
    "online": frozenset({"online"}),
    "hybrid": frozenset({"in_person", "online"}),
}
YES: Final = frozenset(("yes", "true", "1", "y"))
NO: Final = frozenset(("no", "false", "0", "n"))


def spot_of(row: Row, people: tuple[str, ...], country: str) -> Spot | None:
    """The place of a record; None where it names none. A point that is approximate is no point."""
    said = {field: without_people(row.raw(field), people) for field in ("formatted_address", "address", "city", "state", "postal_code", "country", "location")}
    formatted = said["formatted_address"]
    parts = parts_of(formatted) if formatted else {}
    street = said["address"] or parts.get("street", "") or ("" if parts else formatted)
    where, is_box = _point(row)
    approximate = _approximate(row, formatted, bool(said["address"]), is_box) or not street
    areas = _areas(row)
    if not any((formatted, *said.values(), where, areas)):
        return None
    spot = Spot(
        name=said["location"],
        street="" if approximate else street,
        city=said["city"] or parts.get("city", ""),
        region=said["state"] or parts.get("region", ""),
        postal_code=said["postal_code"] or parts.get("postal_code", ""),
        country=code_of(said["country"]) or parts.get("country", "") or country,
        formatted=formatted,
        latitude=where[0] if where and not approximate else None,
        longitude=where[1] if where and not approximate else None,
        is_approximate=approximate,
        areas=areas,
        notes=discreet(row.raw("location_notes"), people),
    )
    return checked(row, spot, field="postal_code" if said["postal_code"] else "formatted_address")


def _approximate(row: Row, formatted: str, has_street: bool, is_box: bool) -> bool:
    """Whether the place is an area: it says so, or its address has too few parts to lead to a door."""
    value = row.raw("approximate")
    said = str(value).strip().casefold() if value is not None else ""
    if said in YES | NO:
        return said in YES or is_box
    if said:
        row.repair("approximate", value, "neither yes nor no; taken as approximate")
        return True
    return is_box or (not has_street and len([part for part in formatted.split(",") if part.strip()]) < WHOLE)


def _point(row: Row) -> tuple[tuple[float, float] | None, bool]:
    """The point of a record, and whether it is the box of an area."""
    latitude, longitude, both = (row.raw(field) for field in ("latitude", "longitude", "coordinates"))
    if latitude in (None, "") and longitude in (None, "") and both:
        numbers = re.findall(r"-?\d+(?:\.\d+)?", str(both))
        if len(numbers) == 4:
            return None, True
        latitude, longitude = numbers if len(numbers) == 2 else ("?", "?")
    if latitude in (None, "") and longitude in (None, ""):
        return None, False
    found = point(longitude, latitude)
    if found is None:
        row.repair("latitude", f"{latitude}, {longitude}", "no point on the earth; the meeting has none")
    return found, False


def _areas(row: Row) -> tuple[str, ...]:
    listed = row.raw("regions")
    if isinstance(listed, str):
        listed = [listed]
    named: list[Any] = [*(listed if isinstance(listed, list) else []), *(row.raw(field) for field in ("region", "sub_region", "sub_sub_region"))]
    return areas_of(piece for value in named for piece in plain(value).split(">"))


def joining_of(row: Row, people: tuple[str, ...]) -> Joining | None:
    """How to join from afar, without a password; None where there is no way."""
    written, number = plain(row.raw("conference_url")), plain(row.raw("conference_phone"))
    notes = {field: discreet(row.raw(field), people) for field in ("conference_url_notes", "conference_phone_notes")}
    url = link_without_password(web_address(written) or "") if written else ""
    if written and not url:
        row.repair("conference_url", "", "no address of the web; left out")
    phone = number_without_password(number)
    if phone and sum(letter.isdigit() for letter in phone) < DIGITS:
        row.repair("conference_phone", "", f"fewer than {DIGITS} digits, so nobody can dial it; left out")
        phone = ""
    if not (url or phone):
        return None
    return Joining(url=url, url_notes=notes["conference_url_notes"], phone=phone, phone_notes=notes["conference_phone_notes"])


def attendance_of(row: Row, said: Said, spot: Spot | None, joining: Joining | None) -> tuple[frozenset[Attendance], bool]:
    """How people take part, and whether the meeting is paused: its place is closed, or it says so, and there is no other way in."""
    stated = plain(row.raw("attendance_option")).casefold()
    afar: frozenset[Attendance] = STATED["online"] if joining or "online" in said.does or "hybrid" in said.does else frozenset()
    there: frozenset[Attendance] = frozenset() if "place_closed" in said.does or spot is None or spot.is_approximate else STATED["in_person"]
    if stated == "inactive":
        return (afar or STATED["in_person"]), True
    if stated in STATED:
        return STATED[stated], False
    if stated:
        row.repair("attendance_option", stated, "not one of in_person, online, hybrid, inactive; taken from the rest of the record")
    return (afar | there) or STATED["in_person"], not (afar | there) and "place_closed" in said.does
