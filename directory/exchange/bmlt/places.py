"""Where a BMLT meeting is, how it is joined from afar, and so whether one goes there, dials in, or either."""

from __future__ import annotations

from typing import Final

from directory.exchange.meetings.addresses import areas_of, checked, country_code
from directory.exchange.meetings.codes import Said
from directory.exchange.meetings.discretion import discreet, plain, without_people
from directory.exchange.meetings.meeting import Attendance, Joining, Spot
from directory.exchange.meetings.passwords import link_without_password, number_without_password
from directory.exchange.reading.parts import point, web_address
from directory.exchange.reading.row import Row

VENUES: Final[dict[str, frozenset[Attendance]]] = {"1": frozenset({"in_person"}), "2": frozenset({"online"}), "3": frozenset({"in_person", "online"})}
AREAS: Final = ("location_province", "location_sub_province", "location_municipality", "location_city_subsection", "location_neighborhood")
"""From the widest to the nearest."""


def spot_of(row: Row, people: tuple[str, ...], country: str) -> Spot | None:
    """The place of a record; None where it names none. Without a street there is no door, and so no point."""
    said = {field: without_people(row.raw(f"location_{field}"), people) for field in ("street", "text", "nation", "postal_code_1")}
    areas = {field: without_people(row.raw(field), people) for field in AREAS}
    where = _point(row)
    if not any((*said.values(), *areas.values(), where)):
        return None
    approximate = not said["street"]
    spot = Spot(
        name=said["text"],
        street=said["street"],
        city=areas["location_municipality"] or areas["location_city_subsection"],
        region=areas["location_province"],
        postal_code=said["postal_code_1"],
        country=country_code(said["nation"]) or country,
        latitude=where[0] if where and not approximate else None,
        longitude=where[1] if where and not approximate else None,
        is_approximate=approximate,
        areas=areas_of(areas.values()),
        notes=_notes(row, people),
    )
    return checked(row, spot, field="location_postal_code_1")


def _notes(row: Row, people: tuple[str, ...]) -> str:
    """How to find it and get there."""
    lines = [discreet(row.raw("location_info"), people)]
    for field, words in (("train_lines", "Trains"), ("bus_lines", "Buses")):
        if text := discreet(row.raw(field), people):
            lines.append(f"{words}: {text}")
    return "\n".join(filter(None, lines))


def _point(row: Row) -> tuple[float, float] | None:
    latitude, longitude = row.raw("latitude"), row.raw("longitude")
    if plain(latitude) in ("", "0") and plain(longitude) in ("", "0"):
        return None
    found = point(longitude, latitude)
    if found is None:
        row.repair("latitude", f"{latitude}, {longitude}", "no point on the earth; the meeting has none")
    return found


def joining_of(row: Row, people: tuple[str, ...]) -> Joining | None:
    """How to join from afar, without a password; None where there is no way."""
    written, number = plain(row.raw("virtual_meeting_link")), plain(row.raw("phone_meeting_number"))
    notes = discreet(row.raw("virtual_meeting_additional_info"), people)
    url, phone = link_without_password(web_address(written) or "") if written else "", number_without_password(number)
    if written and not url:
        row.repair("virtual_meeting_link", "", "no address of the web; left out")
    return Joining(url=url, url_notes=notes, phone=phone) if url or phone else None


def attendance_of(row: Row, said: Said, spot: Spot | None, joining: Joining | None) -> tuple[frozenset[Attendance], bool]:
    """How people take part, by the kind of venue, else by formats, else by what there is; and whether it is paused, its place being closed."""
    venue = plain(row.raw("venue_type"))
    is_closed = "place_closed" in said.does
    if venue in VENUES:
        found = VENUES[venue]
    elif "hybrid" in said.does:
        found = VENUES["3"]
    elif "online" in said.does:
        found = VENUES["2"]
    else:
        afar: frozenset[Attendance] = VENUES["2"] if joining else frozenset()
        found = afar | (VENUES["1"] if not joining or (spot and spot.street) else frozenset())
    if is_closed and "online" in found:
        return VENUES["2"], False
    return found, is_closed
