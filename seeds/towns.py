"""The organizations and the places of the demonstration: who runs things, and where."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from directory.exchange import records
from directory.exchange.records import made_id
from directory.facts import NO
from seeds.attributes import attributes
from seeds.sheets import Sheet, by_key, sheets
from seeds.words import codes_of

SOURCE = "demo"
STATE, COUNTRY, TIMEZONE = "WI", "US", "America/Chicago"
VISIBILITIES = ("public", "area_only")


class Town(Struct, frozen=True, kw_only=True):
    """What the listings of the demonstration stand on, by key."""

    organizations: dict[str, records.Organization]
    venues: dict[str, records.Location]
    lines: dict[str, int]
    """Of each organization, where its entry starts."""


def read_town(folder: Path) -> Town:
    """Read ``organizations.toml`` and ``venues.toml``; raises ``UnreadableInput`` naming file, line, entry and field."""
    organizations = by_key(sheets(folder / "organizations.toml", "organization"))
    venues = by_key(sheets(folder / "venues.toml", "venue"))
    return Town(
        organizations={key: _organization(sheet) for key, sheet in organizations.items()},
        venues={key: _venue(sheet) for key, sheet in venues.items()},
        lines={key: sheet.line for key, sheet in organizations.items()},
    )


def phone(sheet: Sheet, field: str, *, kind: str, owner: str) -> list[records.Phone]:
    """The number in a field, if any: "(920) 555-0142" or "(920) 555-0142 ext 3"."""
    written = sheet.maybe_text(field)
    if written is None:
        return []
    number, _, extension = written.partition(" ext ")
    return [records.Phone(id=made_id(SOURCE, "phone", f"{owner}|{kind}"), number=number, extension=extension or None, type=kind)]


def _organization(sheet: Sheet) -> records.Organization:
    key = sheet.entry
    made = records.Organization(
        id=made_id(SOURCE, "organization", key),
        name=sheet.text("name"),
        alternate_name=sheet.maybe_text("alternate_name"),
        description=sheet.text("text"),
        email=sheet.maybe_text("email"),
        website=sheet.maybe_text("web"),
        phones=phone(sheet, "phone", kind="voice", owner=f"organization {key}"),
    )
    sheet.done()
    return made


def _venue(sheet: Sheet) -> records.Location:
    key = sheet.entry
    visibility = sheet.choice("visibility", VISIBILITIES) or "public"
    owner = f"location {key}"
    yes, no = (sheet.codes(field, codes_of("access")) for field in ("access", "no_access"))
    both = set(yes) & set(no)
    if both:
        raise sheet.wrong("no_access", f"{', '.join(sorted(both))} is stated to be so and not to be so.")
    made = records.Location(
        id=made_id(SOURCE, "location", key),
        name=sheet.text("name"),
        description=sheet.maybe_text("text"),
        transportation=sheet.maybe_text("transport"),
        latitude=sheet.number("latitude"),
        longitude=sheet.number("longitude"),
        addresses=[_address(sheet, key)],
        accessibility=_access_text(sheet, key),
        attributes=[
            *attributes(SOURCE, owner, "settings", sheet.codes("settings", codes_of("settings"))),
            *attributes(SOURCE, owner, "access", yes),
            *attributes(SOURCE, owner, "access", no, value=NO),
        ],
        visibility=visibility,
        area_name=sheet.maybe_text("area"),
    )
    if visibility != "public" and made.area_name is None:
        raise sheet.wrong("area", "a place that is not public needs an area chosen by hand.")
    sheet.done()
    return made


def _address(sheet: Sheet, key: str) -> records.Address:
    return records.Address(
        id=made_id(SOURCE, "address", key),
        address_1=sheet.text("street"),
        city=sheet.text("town"),
        state_province=STATE,
        postal_code=sheet.text("postcode"),
        country=COUNTRY,
    )


def _access_text(sheet: Sheet, key: str) -> list[records.Accessibility]:
    words = sheet.maybe_text("access_text")
    return [records.Accessibility(id=made_id(SOURCE, "accessibility", key), description=words)] if words else []
