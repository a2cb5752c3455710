"""Places that are not public, while a listing is edited: what goes under the seal, and a curator's opening of one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.editing.rows import Moved, SheetRows
from directory.exchange.intake.confidential import PLACE_FIELDS, Secret
from directory.exchange.intake.upsert import Key
from directory.exchange.rows import Row
from directory.models import LocationPrivate
from directory.placing import known_of, seal_place
from directory.sealing import Sealer


def secret_of(place: UUID, rows: SheetRows) -> Secret:
    """What tells where a place is, out of the rows of a sheet: the fields of ``PLACE_FIELDS``, None where nothing is stated, and the addresses."""
    row = rows.get(("location", place), {})
    addresses = [address for (table, _), address in rows.items() if table == "address" and address.get("location_id") == place]
    said = [{name: value for name, value in msgspec.to_builtins(one).items() if value is not None and name != "location_id"} for one in addresses]
    return {**{name: row.get(name) for name in PLACE_FIELDS}, "addresses": said}


def seal_now(session: Session, place: UUID, secret: Mapping[str, object], *, sealer: Sealer) -> bool:
    """Seal what tells where a place is; True when that differs from what was sealed. What is empty and was never told is left out."""
    known = known_of(session, place, sealer=sealer)
    told = {name: value for name, value in secret.items() if value not in (None, []) or name in known}
    return seal_place(session, place, told, sealer=sealer) if told else False


def open_to_all(session: Session, place: UUID) -> None:
    """Break the seal of a place that a curator makes public: its address and point are written openly in the same act."""
    session.execute(delete(LocationPrivate).where(LocationPrivate.location_id == place))


def is_secret(key: Key, row: Row, hidden: set[UUID]) -> bool:
    """Whether a row goes under a seal whole."""
    return key[0] == "address" and row.get("location_id") in hidden


def is_secret_field(key: Key, name: str, rows: SheetRows, hidden: set[UUID]) -> bool:
    """Whether a field goes under a seal."""
    if key[0] == "location":
        return key[1] in hidden and name in PLACE_FIELDS
    return key[0] == "address" and rows.get(key, {}).get("location_id") in hidden


def shown(key: Key, row: Row, hidden: set[UUID]) -> Row:
    """A new row as it is written: of a place that is not public, without what tells where it is."""
    if key[0] == "location" and key[1] in hidden:
        return {**row, **dict.fromkeys(PLACE_FIELDS), "point_precision": "given"}
    return row


def touches(place: UUID, left: Moved, rows: SheetRows) -> bool:
    """Whether an edit says something of a place."""
    keys = {*left.added, *left.removed, *(key for key, _ in left.changed)}
    return any(key == ("location", place) or (key[0] == "address" and {**rows, **left.removed}[key].get("location_id") == place) for key in keys)
