"""The demonstration place as source records: its organizations, and every listing of `demo/listings/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from directory.exchange.records import SourceRecord
from seeds.offers import Anchor, service
from seeds.sheets import Sheet, by_key, sheets
from seeds.towns import Town, read_town

FOLDER = Path(__file__).parent / "demo"


def demonstration(*, on: date, folder: Path = FOLDER) -> list[SourceRecord]:
    """Every record, organizations first, the same for the same day ``on`` that "days ago" counts from.

    Raises ``UnreadableInput`` naming file, line, entry and field.
    """
    town = read_town(folder)
    entries = by_key([sheet for path in sorted((folder / "listings").glob("*.toml")) for sheet in sheets(path, "listing")])
    return _organizations(town) + [_listing(sheet, town, on) for sheet in entries.values()]


def _organizations(town: Town) -> list[SourceRecord]:
    return [
        SourceRecord(key=f"organization/{key}", file="organizations.toml", line=town.lines[key], content=organization)
        for key, organization in town.organizations.items()
    ]


def _listing(sheet: Sheet, town: Town, on: date) -> SourceRecord:
    content = service(sheet, town, Anchor(day=on))
    return SourceRecord(key=f"service/{sheet.entry}", file=sheet.file, line=sheet.line, content=content)
