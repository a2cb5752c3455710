"""Where it is: each place with its address, its point and who may see it; another place by address or postcode, or one that the organization has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from directory.editing.own_places import OwnPlace
from directory.editing.places import doubts_of
from directory.editing.sheet import Sheet
from directory.exchange.records import Accessibility, Address, Location, ServiceAtLocation
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, new_id, put_back
from web.forms.listing.one_place import LINES, STEPS, VISIBILITIES, fields_of, plain_of, write_place
from web.forms.listing.pin import PinMap, pin_map

PICK: Final = "place-pick"
PRECISIONS: Final = {
    "code": "This is the middle of its postcode. Move the pin to the door.", "town": "This is the middle of the town. Move the pin to the door.",
}  # fmt: skip
UUID_TEXT: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Places(Struct, frozen=True, kw_only=True):
    """The places of a listing. Each is saved under its id; a new one under ``new``."""

    name: str = "places"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """Every place as it stands or was typed, and an empty one."""
        doubts = {doubt.place: doubt.words for doubt in doubts_of(sheet, around.find_here)}
        shown = [{**self._place(place, sheet, posted, around, number), "doubt": doubts.get(str(place.id), "")} for number, place in enumerate(sheet.places, 1)]
        new = fields_of("new", Location(id=UUID(int=0)), posted)
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
                errors |= write_place(place, str(place.id), posted, around, may_hide=_may_hide(place, sheet, around))
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

    def _added(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        if not any(line(posted, f"place-new-{name}") for name in ("name", *(name for name, *_ in LINES if name != "country"))):
            return {}
        number = len(sheet.service.service_at_locations) + 1
        place = Location(id=new_id(around, "location", f"{number}|{line(posted, 'place-new-address_1')}|{line(posted, 'place-new-name')}"))
        errors = write_place(place, "new", posted, around)
        if not errors and sheet.place(place.id) is None:
            place.addresses = [Address(**{**plain_of(one), "id": new_id(around, "address", f"{place.id}|{n}")}) for n, one in enumerate(place.addresses)]
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
            "is_going": posted is not None and bool(posted.get(f"place-{place.id}-remove")), **fields_of(str(place.id), place, posted),
        }  # fmt: skip


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
