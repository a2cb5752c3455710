"""Where it is: each place with its address, its point and who may see it; another place by address or postcode, or one that the organization has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from directory.editing.own_places import OwnPlace
from directory.editing.places import STEPS_M, doubts_of, looked_up, moved_point
from directory.editing.sheet import Sheet
from directory.exchange.records import Accessibility, Address, Location, ServiceAtLocation
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, new_id, prose, put_back, tidy_line, tidy_prose
from web.forms.listing.pin import PinMap, pin_map

LINES: Final = (
    ("address_1", "Street and number", 200), ("address_2", "House, floor, room", 200), ("city", "Town", 120), ("state_province", "State or region", 80),
    ("postal_code", "Postcode", 20), ("country", "Country code", 2),
)  # fmt: skip
VISIBILITIES: Final = (
    ("public", "Everybody sees the address"), ("area_only", "Only the area is shown"), ("on_contact", "People ask, and you tell them"),
    ("hidden", "Nothing of this place is shown"),
)  # fmt: skip
PICK: Final = "place-pick"
STEPS: Final = tuple((str(metres), f"{metres} m" if metres < 1000 else f"{metres // 1000} km") for metres in STEPS_M)
PRECISIONS: Final = {
    "code": "This is the middle of its postcode. Move the pin to the door.", "town": "This is the middle of the town. Move the pin to the door.",
}  # fmt: skip
UUID_TEXT: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"-?\d{1,3}([.,]\d+)?")


class Places(Struct, frozen=True, kw_only=True):
    """The places of a listing. Each is saved under its id; a new one under ``new``."""

    name: str = "places"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """Every place as it stands or was typed, and an empty one."""
        doubts = {doubt.place: doubt.words for doubt in doubts_of(sheet, around.find_here)}
        shown = [{**self._place(place, sheet, posted, around, number), "doubt": doubts.get(str(place.id), "")} for number, place in enumerate(sheet.places, 1)]
        new = self._fields("new", Location(id=UUID(int=0)), posted)
        picked = str(posted.get(PICK) or "") if posted is not None else ""
        is_new = posted is not None and (bool(picked) or any(posted.get(f"place-new-{name}") for name, *_ in LINES[:-1]))
        ours = around.ours()
        country, others = new["country"] or around.country, {str(key): names for key, names in around.others.items()}
        return {
            "kind": "places", "field": self, "places": shown, "new": {**new, "country": country}, "is_new": is_new or not shown, "lines": LINES,
            "held_ones": VISIBILITIES[:2], "others": others, "ours": ours, "picked": picked, "asks": around.asks, "steps": STEPS,
            "maps": {str(place.id): found for place in sheet.places if (found := self._map(place, sheet, ours, around)) is not None},
        }  # fmt: skip

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """Write each place that was sent, take away those that are ticked, add the new one."""
        errors: Errors = {}
        put_back(sheet.service.service_at_locations, around.base.service.service_at_locations if around.base else (), lambda at: _stays(at, posted))
        for at in list(sheet.service.service_at_locations):
            place = at.location
            if place is None:
                continue
            if posted.get(f"place-{place.id}-remove"):
                sheet.service.service_at_locations.remove(at)
            elif place.id not in {*sheet.closed, *around.taken}:
                errors |= self._write(place, str(place.id), posted, around, may_hide=_may_hide(place, sheet, around))
        return errors | self._picked(sheet, posted, around) | self._added(sheet, posted, around)

    def _picked(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """Another place of the organization, as it is; sent twice it is here once."""
        key = str(posted.get(PICK) or "")
        if not key or any(str(place.id) == key for place in sheet.places):
            return {}
        taken = around.take(UUID(key)) if UUID_TEXT.fullmatch(key) else None
        if taken is None:
            return {PICK: "One of our other places: choose one of the list."}
        sheet.service.service_at_locations.append(taken)
        return {}

    def _map(self, place: Location, sheet: Sheet, ours: Sequence[OwnPlace], around: Around) -> PinMap | None:
        """The drawing of its pin, for whoever may move it; a place that is not theirs to know has none."""
        if place.latitude is None or place.longitude is None or place.id in {*sheet.closed, *around.taken}:
            return None
        here = [one for one in sheet.places if one.visibility == "public" and one.id not in {place.id, *sheet.closed}]
        near = [OwnPlace(id=one.id, name=one.name or "", latitude=one.latitude, longitude=one.longitude) for one in here if one.name]
        return pin_map(place.latitude, place.longitude, around.landmarks(place.latitude, place.longitude), [*near, *ours])

    def _write(self, place: Location, key: str, posted: Posted, around: Around, *, may_hide: bool = True) -> Errors:
        before = [_plain(one) for one in place.addresses]
        errors = self._write_visibility(place, key, posted, around) if may_hide else {}
        errors |= self._write_lines(place, key, posted, around) | self._write_point(place, key, posted)
        for name, most in (("name", 160), ("area_name", 120), ("transportation", 400)):
            text = line(posted, f"place-{key}-{name}")
            if text is not None and len(text) > most:
                errors[f"place-{key}-{name}"] = f"There is room for {most} letters."
            elif text is not None and text != tidy_line(getattr(place, name) or ""):
                setattr(place, name, text or None)
        if not errors:
            errors = self._look_up(place, key, posted, around, is_moved=before != [_plain(one) for one in place.addresses])
        return errors | self._write_access(place, key, posted, around)

    def _look_up(self, place: Location, key: str, posted: Posted, around: Around, *, is_moved: bool) -> Errors:
        """A new address brings its point, unless somebody has set one. Where an address is not public, nobody outside is asked."""
        is_rough = place.latitude is None or place.point_precision != "given"
        is_wanted = posted.get("move") == f"{key}:address"
        if not (is_wanted or (is_moved and is_rough)):
            return {}
        is_public = place.visibility == "public"
        is_found = looked_up(place, around.find if is_public else around.find_here, around.exact if is_public else None)
        return {} if is_found or not is_wanted else {f"place-{key}-latitude": "We do not know this address. Write the two numbers, or a postcode we know."}

    def _write_lines(self, place: Location, key: str, posted: Posted, around: Around) -> Errors:
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

    def _write_point(self, place: Location, key: str, posted: Posted) -> Errors:
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

    def _write_visibility(self, place: Location, key: str, posted: Posted, around: Around) -> Errors:
        value = posted.get(f"place-{key}-visibility")
        if value is None or value == place.visibility:
            return {}
        if value not in dict(VISIBILITIES):
            return {f"place-{key}-visibility": "Choose one of the list."}
        if value == "public" and not around.is_curator and key != "new":
            return {f"place-{key}-visibility": "A curator opens this place again. Write why in the note when you hand it in."}
        place.visibility = value
        return {}

    def _write_access(self, place: Location, key: str, posted: Posted, around: Around) -> Errors:
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

    def _added(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        if not any(line(posted, f"place-new-{name}") for name in ("name", *(name for name, *_ in LINES if name != "country"))):
            return {}
        number = len(sheet.service.service_at_locations) + 1
        place = Location(id=new_id(around, "location", f"{number}|{line(posted, 'place-new-address_1')}|{line(posted, 'place-new-name')}"))
        errors = self._write(place, "new", posted, around)
        if not errors and sheet.place(place.id) is None:
            place.addresses = [Address(**{**_plain(one), "id": new_id(around, "address", f"{place.id}|{n}")}) for n, one in enumerate(place.addresses)]
            place.accessibility = [
                Accessibility(id=new_id(around, "accessibility", f"{place.id}|{n}"), description=one.description) for n, one in enumerate(place.accessibility)
            ]
            link = ServiceAtLocation(id=new_id(around, "service_at_location", str(place.id)), location=place, location_id=place.id, service_id=sheet.service.id)
            sheet.service.service_at_locations.append(link)
        return errors

    def _place(self, place: Location, sheet: Sheet, posted: Posted | None, around: Around, number: int) -> dict[str, Any]:
        offered = VISIBILITIES if place.visibility == "public" or around.is_curator else VISIBILITIES[1:]
        known = any(code == place.visibility for code, _ in offered)
        options = offered if known else ((place.visibility, "As it is: only staff who are known"), *offered)
        is_closed, may_hide = place.id in sheet.closed, _may_hide(place, sheet, around)
        return {
            "id": str(place.id), "number": number, "title": place.name or f"Place {number}" if is_closed else place_title(place, number),
            "is_closed": is_closed, "is_shared": place.id in sheet.shared, "is_asked": not may_hide, "is_taken": place.id in around.taken,
            "is_held": place.visibility != "public", "visibilities": options if may_hide else (), "precision": PRECISIONS.get(place.point_precision, ""),
            "is_going": posted is not None and bool(posted.get(f"place-{place.id}-remove")), **self._fields(str(place.id), place, posted),
        }  # fmt: skip

    def _fields(self, key: str, place: Location, posted: Posted | None) -> dict[str, Any]:
        address = place.addresses[0] if place.addresses else Address(id=UUID(int=0))
        said = {name: getattr(address, name) or "" for name, *_ in LINES}
        said |= {name: getattr(place, name) or "" for name in ("name", "area_name", "transportation")}
        said |= {name: _number(getattr(place, name)) for name in ("latitude", "longitude")}
        said |= {"visibility": place.visibility, "access": place.accessibility[0].description or "" if place.accessibility else ""}
        typed = {name: posted.get(f"place-{key}-{name}") for name in said} if posted is not None else {}
        return {name: value if typed.get(name) is None else typed[name] for name, value in said.items()}


def _may_hide(place: Location, sheet: Sheet, around: Around) -> bool:
    """Who sees the address of a place where other organizations are is for a curator to say."""
    return around.is_curator or place.id not in sheet.shared


def _stays(at: ServiceAtLocation, posted: Posted) -> bool:
    """Whether the page that was sent shows a place and leaves it here."""
    key = at.location.id if at.location else None
    return posted.get(f"place-{key}-name") is not None and not posted.get(f"place-{key}-remove")


def place_title(place: Location | None, number: int) -> str:
    """What a place is called on the form."""
    street = next((one.address_1 for one in place.addresses if one.address_1), "") if place else ""
    return (place.name if place else "") or street or f"Place {number}"


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    """Whether two numbers are a point on this earth, or none at all; 0 and 0 is a missing value."""
    if latitude is None or longitude is None:
        return latitude is longitude
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def _plain(address: Address) -> dict[str, Any]:
    return {name: getattr(address, name) for name in address.__struct_fields__ if name != "attributes"}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
