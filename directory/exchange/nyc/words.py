"""The words of New York's funded services that no rule file reads: areas, agencies, yes-or-no columns and the program's web site."""

from __future__ import annotations

import re

from directory.exchange.nyc.tables import listed
from directory.exchange.reading.parts import is_unknown, web_address
from directory.exchange.reading.row import Row
from directory.exchange.reading.shipped import shipped
from directory.exchange.reading.wordrules import Term

ZONE = re.compile(r"(?P<borough>[a-z]{2})0*(?P<number>\d{1,2})")


def yes_no_terms(row: Row) -> list[Term]:
    """What the yes-or-no columns say. Their "false" stands in nearly every row, so it is read as not stated."""
    found = []
    if row.text("accepts_dropins") == "true":
        found.append(Term("entry", "drop_in", "entry"))
    if row.text("serves_food") == "true":
        found.append(Term("group_facts", "refreshments", "group_facts", "Food is served here"))
    return found


def areas_of(row: Row) -> list[str]:
    """The areas that a row serves, in words a person knows; a description with no area in it stays with the source record."""
    kind, zones, text = row.text("catchment_type"), listed(row, "catchment_zone"), row.text("catchment_description")
    if kind in ("entire city", "citywide"):
        return ["New York City"]
    names = [name for zone in zones if (name := _zone(zone))]
    for zone in zones:
        if _zone(zone) is None:
            row.repair("catchment_zone", zone, "not a borough or district known here; kept with the source record")
            row.keep("catchment_zone", zones)
    if not names and text and kind == "other":
        return [text]
    if text:
        row.keep("catchment_description", text)
    return names


def _zone(zone: str) -> str | None:
    """``mn03`` as Manhattan Community District 3, ``bronx`` as Bronx."""
    boroughs = shipped("nyc")["boroughs"]
    found = ZONE.fullmatch(zone)
    if found and found["borough"] in boroughs:
        return f"{boroughs[found['borough']]} Community District {found['number']}"
    if zone == "all boroughs":
        return "New York City"
    return zone.title() if zone.title() in boroughs.values() else None


def agency_name(code: str | None) -> str | None:
    """The full name of a city agency; a code that is not known here stays as it is."""
    agencies: dict[str, str] = shipped("nyc")["agencies"]
    return agencies.get(code or "", code)


def known(text: str | None) -> str | None:
    """A text, unless it stands for a missing value."""
    return None if text is None or is_unknown(text) else text


def program_url(row: Row) -> str | None:
    """The web site of a program row."""
    text = known(row.text("program_website"))
    address = web_address(text) if text else None
    if text and address is None:
        row.repair("program_website", text, "not a web address; left out")
    return address
