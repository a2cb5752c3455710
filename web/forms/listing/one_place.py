"""One place on the form: what its fields show, and what was typed written into it: its lines, its point, who may see it, how to get in."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from directory.editing.places import STEPS_M, looked_up, moved_point
from directory.exchange.records import Accessibility, Address, Location
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, new_id, prose, tidy_line, tidy_prose

LINES: Final = (
    ("address_1", "Street and number", 200), ("address_2", "House, floor, room", 200), ("city", "Town", 120), ("state_province", "State or region", 80),
    ("postal_code", "Postcode", 20), ("country", "Country code", 2),
)  # fmt: skip
VISIBILITIES: Final = (
    ("public", "Everybody sees the address"), ("area_only", "Only the area is shown"), ("on_contact", "People ask, and you tell them"),
    ("hidden", "Nothing of this place is shown"),
)  # fmt: skip
STEPS: Final = tuple((str(metres), f"{metres} m" if metres < 1000 else f"{metres // 1000} km") for metres in STEPS_M)
NUMBER = re.compile(r"-?\d{1,3}([.,]\d+)?")


def fields_of(key: str, place: Location, posted: Posted | None) -> dict[str, Any]:
    """What the fields of a place hold: what was typed, else what it says."""
    address = place.addresses[0] if place.addresses else Address(id=UUID(int=0))
    said = {name: getattr(address, name) or "" for name, *_ in LINES}
    said |= {name: getattr(place, name) or "" for name in ("name", "area_name", "transportation")}
    said |= {name: _number(getattr(place, name)) for name in ("latitude", "longitude")}
    said |= {"visibility": place.visibility, "access": place.accessibility[0].description or "" if place.accessibility else ""}
    typed = {name: posted.get(f"place-{key}-{name}") for name in said} if posted is not None else {}
    return {name: value if typed.get(name) is None else typed[name] for name, value in said.items()}


def write_place(place: Location, key: str, posted: Posted, around: Around, *, may_hide: bool = True) -> Errors:
    """Write what was typed into a place. A field that was not sent changes nothing."""
    before = [plain_of(one) for one in place.addresses]
    errors = _write_visibility(place, key, posted, around) if may_hide else {}
    errors |= _write_lines(place, key, posted, around) | _write_point(place, key, posted)
    for name, most in (("name", 160), ("area_name", 120), ("transportation", 400)):
        text = line(posted, f"place-{key}-{name}")
        if text is not None and len(text) > most:
            errors[f"place-{key}-{name}"] = f"There is room for {most} letters."
        elif text is not None and text != tidy_line(getattr(place, name) or ""):
            setattr(place, name, text or None)
    if not errors:
        errors = _look_up(place, key, posted, around, is_moved=before != [plain_of(one) for one in place.addresses])
    return errors | _write_access(place, key, posted, around)


def _write_visibility(place: Location, key: str, posted: Posted, around: Around) -> Errors:
    value = posted.get(f"place-{key}-visibility")
    if value is None or value == place.visibility:
        return {}
    if value not in dict(VISIBILITIES):
        return {f"place-{key}-visibility": "Choose one of the list."}
    if value == "public" and not around.is_curator and key != "new":
        return {f"place-{key}-visibility": "A curator opens this place again. Write why in the note when you hand it in."}
    place.visibility = value
    return {}


def _write_lines(place: Location, key: str, posted: Posted, around: Around) -> Errors:
    sent = {name: line(posted, f"place-{key}-{name}") for name, *_ in LINES}
    values = {name: value for name, value in sent.items() if value is not None}
    address = place.addresses[0] if place.addresses else None
    stated = {name: tidy_line(getattr(address, name) or "") if address else "" for name in values}
    if all(value == stated[name] for name, value in values.items() if name != "country" or address):
        return {}
    long = {f"place-{key}-{name}": f"{label}: there is room for {most} letters." for name, label, most in LINES if len(values.get(name, "")) > most}
    if not any(value for name, value in values.items() if name != "country"):
        place.addresses = place.addresses[1:]
        return {}
    if address is None:
        address = Address(id=new_id(around, "address", key))
        place.addresses = [address]
    for name, value in values.items():
        setattr(address, name, (value.upper() if name == "country" else value) or None)
    return long


def _write_point(place: Location, key: str, posted: Posted) -> Errors:
    texts = {name: line(posted, f"place-{key}-{name}") for name in ("latitude", "longitude")}
    shown = {name: _number(getattr(place, name)) for name in texts}
    moving = str(posted.get("move") or "")
    point = (place.latitude, place.longitude)
    if texts["latitude"] is not None and texts["longitude"] is not None and texts != shown:
        wrong = {f"place-{key}-{name}": "Write degrees, for example 44.2619." for name, text in texts.items() if text and not NUMBER.fullmatch(text)}
        if wrong:
            return wrong
        first, second = (float(text.replace(",", ".")) if text else None for text in texts.values() if text is not None)
        point = (first, second)
        if not _is_point(first, second):
            return {f"place-{key}-latitude": "The two numbers are no point on this earth. Write both, or neither."}
    if moving.startswith(f"{key}:") and point[0] is not None and point[1] is not None:
        step = str(posted.get(f"place-{key}-step") or "")
        point = moved_point(point[0], point[1], moving.partition(":")[2], int(step) if step in dict(STEPS) else 100)
    if point != (place.latitude, place.longitude):
        place.latitude, place.longitude = point
        place.point_precision = "given"
    return {}


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    """Whether two numbers are a point on this earth, or none at all; 0 and 0 is a missing value."""
    if latitude is None or longitude is None:
        return latitude is longitude
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def _look_up(place: Location, key: str, posted: Posted, around: Around, *, is_moved: bool) -> Errors:
    """A new address brings its point, unless somebody has set one. Where an address is not public, nobody outside is asked."""
    is_rough = place.latitude is None or place.point_precision != "given"
    is_wanted = posted.get("move") == f"{key}:address"
    if not (is_wanted or (is_moved and is_rough)):
        return {}
    is_public = place.visibility == "public"
    is_found = looked_up(place, around.find if is_public else around.find_here, around.exact if is_public else None)
    return {} if is_found or not is_wanted else {f"place-{key}-latitude": "We do not know this address. Write the two numbers, or a postcode we know."}


def _write_access(place: Location, key: str, posted: Posted, around: Around) -> Errors:
    text = prose(posted, f"place-{key}-access")
    there = place.accessibility[0] if place.accessibility else None
    if text is None or text == tidy_prose((there.description or "") if there else ""):
        return {}
    if len(text) > 1000:
        return {f"place-{key}-access": "There is room for 1000 letters."}
    if there is not None:
        there.description = text or None
    else:
        place.accessibility = [Accessibility(id=new_id(around, "accessibility", key), description=text)]
    return {}


def plain_of(address: Address) -> dict[str, Any]:
    """An address by its own columns."""
    return {name: getattr(address, name) for name in address.__struct_fields__ if name != "attributes"}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
