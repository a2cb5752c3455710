"""The place of a San Mateo record: address, point and access. What must not be public is taken out later, for every source alike."""

from __future__ import annotations

import re

from directory.exchange.reading.parts import point, postal_code
from directory.exchange.reading.row import Row
from directory.exchange.reading.wordrules import PLACE_TAXONOMIES, Term, load_rules
from directory.exchange.records import Accessibility, Address, Location

POST_BOX = re.compile(r"\bp\.?\s?o\.?\s?box\b", re.I)
STATE = re.compile(r"[A-Z]{2}")
REFUGE = "a refuge by its keywords: only its town is public until a person has looked"


def location(row: Row, name: str, terms: list[Term]) -> Location | None:
    """The place of a record, or None where it has none.

    ``terms`` are those of the record; where there is no place to carry what is said of access, they gain it.
    """
    access, words = _access(row)
    address = _address(row)
    where = _point(row)
    if address is None and where is None:
        terms += access
        if words:
            row.keep("accessibility_options", words)
        return None
    place = Location(
        id=row.id("location"),
        name=name,
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        addresses=[address] if address else [],
        transportation=_transportation(row),
        accessibility=[Accessibility(id=row.id("accessibility"), description="; ".join(words))] if words else [],
        area_name=address.city if address else None,
        attributes=[term.attribute() for term in dict.fromkeys([*terms, *access]) if term.taxonomy in PLACE_TAXONOMIES],
    )
    _keep_post_boxes_off_the_map(row, place)
    _hold_refuges(row, place, terms)
    return place


def _address(row: Row) -> Address | None:
    street, city, state, code = (row.text(field) for field in ("street_address", "city", "state", "zipcode"))
    if not (street or city or code):
        return None
    if state and not STATE.fullmatch(state):
        row.repair("state", state, "not a state's two letters; left out of the address")
        state = None
    postcode = postal_code(code, row.source.country) if code else None
    if code and postcode is None:
        row.repair("zipcode", code, "not a postcode; left out of the address")
    return Address(id=row.id("address"), address_1=street, city=city, state_province=state, postal_code=postcode, country=row.source.country)


def _point(row: Row) -> tuple[float, float] | None:
    """Latitude and longitude. This source has the longitude first."""
    value = row.raw("coordinates")
    if not value:
        return None
    found = point(value[0], value[1]) if isinstance(value, list) and len(value) == 2 else None
    if found is None:
        row.repair("coordinates", value, "not a longitude and a latitude in degrees; the record has no point")
    return found


def _access(row: Row) -> tuple[list[Term], list[str]]:
    """What is certain as terms, and every word as written: what varies is for asking."""
    rules = load_rules("ohana")
    words = row.texts("accessibility_options")
    terms: list[Term] = []
    for word in words:
        found = rules["access"].terms(word)
        if found is None:
            row.repair("accessibility_options", word, "kept as words: no access feature of ours is certain in it")
        terms += found or ()
    terms += rules["transport"].terms(row.text("transportation_availability") or "") or ()
    return terms, words


def _transportation(row: Row) -> str | None:
    text = row.text("transportation_availability")
    if text and text.lower().startswith("not necessary"):
        row.keep("transportation_availability", text)
        return None
    return text


def _keep_post_boxes_off_the_map(row: Row, place: Location) -> None:
    street = place.addresses[0].address_1 if place.addresses else None
    if not (street and POST_BOX.search(street)):
        return
    place.location_type = place.addresses[0].address_type = "postal"
    if place.latitude is not None:
        row.repair("coordinates", row.values.get("coordinates"), "the address is a post box, so its point is not where the service is; not used")
        place.latitude = place.longitude = None


def _hold_refuges(row: Row, place: Location, terms: list[Term]) -> None:
    """Hold the place of a record whose keywords say refuge; its sentences are read for that by ``intake/confidential.py``, which never sees keywords."""
    if any(term.code == "refuge" for term in terms):
        place.visibility = "area_only"
        row.repair("keywords", "", REFUGE)
