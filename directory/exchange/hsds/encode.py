"""Our records as HSDS 3 JSON: valid with format checks, absent values left out, and nothing of a place that is not public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from directory.exchange.hsds.decode import OURS
from directory.exchange.hsds.values import as_json, keeps_format, means_the_same
from directory.exchange.hsds.words import EXTRA, EXTRAS, ROLES, UNDESCRIBED, role_mark, visibility_mark
from directory.exchange.records import Address, Language, Location, Phone, Url
from directory.exchange.shapes import shape_of

Leftovers = Mapping[tuple[str, str], Mapping[str, Any]]
"""What the source of a record said beyond our fields, by table and id."""
Json = dict[str, Any]

DESCRIBED = frozenset({"organization", "program", "taxonomy", "taxonomy_term"})
"""Tables whose objects must have a description in HSDS."""
TABLE_ONLY = frozenset({"organization_id", "program_id", "service_id", "location_id"})
"""Links that the JSON shows by nesting and only the tables name."""
ADDRESS_REQUIRED = ("address_1", "city", "state_province", "postal_code", "country", "address_type")
METADATA_REQUIRED = ("last_action_date", "last_action_type", "field_name", "previous_value", "replacement_value", "updated_by")
MARKS = {table_name: name for (_, name), table_name in EXTRAS.items()}


def encode(record: Struct, leftovers: Leftovers) -> Json:
    """One record as an object; a value whose format HSDS refuses goes into an extra of the same name with ``x_`` before it."""
    shape = shape_of(type(record))
    table = shape.table.name
    out: Json = {}
    for name in shape.types:
        value = getattr(record, name)
        if value is None or value == [] or name in OURS | TABLE_ONLY or (table == "attribute" and name in ("taxonomy", "code")):
            continue
        if isinstance(value, list):
            _put(out, name, [encode(item, leftovers) for item in value if is_whole(item)])
            if name == "addresses" and not all(map(is_whole, value)):   # a town without a street, say: all of them beside what the standard takes
                _put(out, EXTRA + name, [encode(item, leftovers) for item in value if _says_where(item)])
        elif isinstance(value, Struct):
            out[name] = encode(value, leftovers)
        else:
            written = as_json(value)
            out[name if keeps_format(table, name, written) else EXTRA + name] = written
    _finish(record, table, out, leftovers)
    return out


def is_whole(item: Struct) -> bool:
    """Whether an object has what HSDS requires of it; one that lacks it is left out of the standard's own field, never filled up."""
    if isinstance(item, Address):
        return all(getattr(item, name) for name in ADDRESS_REQUIRED) and keeps_format("address", "address_type", item.address_type)
    return keeps_format("url", "url", item.url) if isinstance(item, Url) else True


def _says_where(address: Address) -> bool:
    return any((address.address_1, address.city, address.postal_code))


def _finish(record: Struct, table: str, out: Json, leftovers: Leftovers) -> None:
    if table in DESCRIBED and not out.get("description"):
        out["description"] = UNDESCRIBED
    for field, extra in MARKS.items():
        if getattr(record, field, None) not in (None, "given"):   # a point given with the record is what everybody expects
            out[extra] = getattr(record, field)
    if isinstance(record, Phone):
        _extension(out)
    if isinstance(record, Language) and record.role in ROLES:
        out.setdefault("attributes", []).append(encode(role_mark(record.id, record.role), leftovers))
    said = leftovers.get((table, out.get("id", "")), {})
    if isinstance(record, Location) and record.visibility != "public":
        _hide(record, out, leftovers)
    else:
        _hand_on(table, out, said)
    if isinstance(out.get("attributes"), list):
        for attribute in out["attributes"]:
            attribute.setdefault("link_entity", str(table))   # a table's name is a text of a kind that JSON writers refuse


def _put(out: Json, name: str, items: list[Json]) -> None:
    if items:
        out[name] = items


def _extension(out: Json) -> None:
    """HSDS has a number: "7" is 7, while "07" and "ext. 7" stay as they are in an extra."""
    text = out.pop("extension", None)
    if text is not None:
        is_number = text.isascii() and text.isdigit() and len(text) < 16
        if is_number:
            out["extension"] = int(text)
        if not is_number or str(int(text)) != text:
            out[EXTRA + "extension"] = text


def _hide(place: Location, out: Json, leftovers: Leftovers) -> None:
    for name in ("name", "latitude", "longitude", "addresses", EXTRA + "addresses"):   # the name of a hall is as good as its address
        out.pop(name, None)
    out.setdefault("attributes", []).append(encode(visibility_mark(place.id, place.visibility), leftovers))


def _hand_on(table: str, out: Json, said: Mapping[str, Any]) -> None:
    """What the source said that is still true of what we hold: its spelling of a moment, its change history, a point we could not use."""
    for name, value in said.items():
        if (
            (name in out and means_the_same(value, out[name]))
            or (name == "metadata" and _is_metadata(value))
            or (name == "link_entity" and table == "attribute" and isinstance(value, str))
            or (name in ("latitude", "longitude") and name not in out and _is_number(value))
        ):
            out[name] = value


def _is_metadata(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and all(isinstance(item.get(name), str) for name in METADATA_REQUIRED) and _is_uuid(item.get("id")) for item in value
    )


def _is_uuid(value: Any) -> bool:
    try:
        return str(UUID(value)) == str(value).lower()
    except (TypeError, ValueError, AttributeError):
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
