"""Warns whoever edits where a text gives away a place that is not public, or where a place that is public looks as if it should not be."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.editing.sheet import Sheet
from directory.exchange.intake.confidential import PLACE_FIELDS, Secret, flagged_entities, held_places, telling_pattern
from directory.exchange.records import Address
from directory.exchange.shapes import table_of, walk
from directory.placing import known_of, sealed_of
from directory.sealing import Sealer

PARTS: Final = {"service": "offer", "location": "where", "phone": "contact", "contact": "contact", "schedule": "when", "cost_option": "cost"}


class Care(Struct, frozen=True, kw_only=True):
    """Something to look at before it is public; ``part`` is the section of the form."""

    part: str
    words: str


def warnings_of(session: Session, sheet: Sheet, *, sealer: Sealer) -> list[Care]:
    """What a sheet may give away. What is sealed is compared and never shown."""
    found: list[Care] = []
    held = [place for place in sheet.places if place.visibility != "public"]
    secrets: list[Secret] = [known_of(session, place.id, sealer=sealer) for place in held]
    secrets += [{**{name: getattr(place, name) for name in PLACE_FIELDS}, "addresses": [_said(one) for one in place.addresses]} for place in held]
    if sheet.service.organization_id:
        secrets += sealed_of(session, [sheet.service.organization_id], sealer=sealer).get(sheet.service.organization_id, [])
    telling = telling_pattern(secrets)
    if telling:
        secret_places = {place.id for place in held}
        for item in walk(sheet.service):
            is_place = table_of(item) in ("location", "address") and (table_of(item) == "address" or getattr(item, "id", None) in secret_places)
            values = [] if is_place else [value for name in item.__struct_fields__ if isinstance(value := getattr(item, name), str)]
            values += [value for one in getattr(item, "attributes", ()) if not is_place and (value := one.value)]
            if any(telling.search(value) for value in values):
                words = "This text gives away where a place is that is not public. Take the street, number or postcode out."
                found.append(Care(part=PARTS.get(table_of(item), "offer"), words=words))
    open_places = {place.id for place in sheet.places if place.visibility == "public"}
    if open_places & held_places(sheet.service, flagged_entities(sheet.service)):
        words = "This reads like a place where people may be in hiding, and its address is public. If that could put somebody in danger, show only the area."
        found.append(Care(part="where", words=words))
    return list(dict.fromkeys(found))


def _said(address: Address) -> dict[str, str]:
    return {name: value for name in ("address_1", "address_2", "postal_code") if (value := getattr(address, name))}
