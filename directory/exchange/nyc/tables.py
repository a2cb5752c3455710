"""The four tables of New York's funded services: read whole, with the line of each row, and the keys between them checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct, field

from directory.errors import UnreadableInput
from directory.exchange.reading.files import read_header, read_rows
from directory.exchange.reading.row import Row
from directory.exchange.records import Refusal, SourceInfo

TABLES = ("providers", "programs", "contracts", "sites")
"""The files, each after those it points at."""
KEYS = {"providers": "provider_id", "programs": "program_id", "contracts": "contract_id", "sites": "site_id"}
COLUMNS = {
    "providers": ("provider_id", "provider_name"),
    "programs": ("program_id", "program_name", "agency_name"),
    "contracts": ("contract_id", "provider_id", "program_id", "purpose"),
    "sites": (
        "site_id", "provider_id", "program_id", "contract_id", "latitude", "longitude", "fixed_address", "address_1", "city", "state", "postcode",
        "site_name", "notes", "accepts_dropins", "language_taxonomy", "service_taxonomy", "population_taxonomy", "service_setting_taxonomy",
        "catchment_type", "catchment_zone",
    ),
}  # fmt: skip
"""The columns without which a table is not of this format; every other column is used where it is there."""


class Tables(Struct):
    """Rows by their key, in the order of the files, and the rows that were refused."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    refused: dict[str, list[Refusal]] = field(default_factory=dict)

    def row(self, table: str, key: str | None) -> Row | None:
        """The row of a table with this key."""
        return self.rows[table].get(key) if key else None


def read_tables(path: Path, source: SourceInfo) -> Tables:
    """The tables of a folder, or of the folder that ``sites.csv`` lies in. UnreadableInput names a file or column that is missing."""
    folder = path if path.is_dir() else path.parent
    tables = Tables()
    for name in TABLES:
        tables.rows[name], tables.refused[name] = {}, []
        for found in _rows(folder / f"{name}.csv", name, source):
            _take(tables, name, found)
    return tables


def _rows(path: Path, name: str, source: SourceInfo) -> Iterator[Row | Refusal]:
    if not path.is_file():
        raise UnreadableInput(f"this format is four files in one folder, and {path.name} is not among them.", file=path.name)
    header = read_header(path)
    missing = [column for column in COLUMNS[name] if column not in header]
    if missing:
        raise UnreadableInput(f"the column {', '.join(missing)} is missing. The columns found are: {', '.join(header)}.", file=path.name, line=1)
    if len(set(header)) < len(header):
        raise UnreadableInput("two columns have the same name, so their values cannot be told apart.", file=path.name, line=1)
    for line, cells in read_rows(path):
        if len(cells) != len(header):
            reason = f"the row has {len(cells)} cells and the header {len(header)}"
            yield Refusal(file=path.name, line=line, field="", value=",".join(cells)[:200], reason=reason)
        else:
            row = Row(dict(zip(header, cells, strict=True)), source=source, file=path.name, line=line)
            yield row.too_long() or row


def _take(tables: Tables, name: str, found: Row | Refusal) -> None:
    """Keep a row under its key, or refuse it: for a key that is missing or taken, or one that names a row that is not there."""
    if isinstance(found, Refusal):
        tables.refused[name].append(found)
        return
    key = found.text(KEYS[name])
    refusal = _key_refusal(tables, name, key, found) or _link_refusal(tables, name, found)
    if refusal or key is None:
        tables.refused[name].append(refusal or found.refusal(KEYS[name], "", "the row has no key"))
        return
    found.key = f"{name.removesuffix('s')}/{key}"
    tables.rows[name][key] = found


def _key_refusal(tables: Tables, name: str, key: str | None, row: Row) -> Refusal | None:
    there = tables.row(name, key)
    if key is None:
        return row.refusal(KEYS[name], "", "the row has no key, so it could not be known again")
    return row.refusal(KEYS[name], key, f"line {there.line} has this key already") if there else None


def _link_refusal(tables: Tables, name: str, row: Row) -> Refusal | None:
    for table in ("providers", "programs") if name in ("contracts", "sites") else ():
        key = row.text(KEYS[table])
        if tables.row(table, key) is None:
            return row.refusal(KEYS[table], key, f"{table}.csv has no row with this key, or that row was refused")
    return None


def listed(row: Row, name: str) -> list[str]:
    """A cell that holds a list: JSON inside the cell, or one plain word. A list that is cut off is kept with the source record and reported."""
    text = row.text(name)
    if text is None or not text.startswith("["):
        return [text] if text else []
    try:
        return [part for part in msgspec.json.decode(text, type=list[str]) if part.strip()]
    except msgspec.DecodeError:
        row.repair(name, text, "not a whole list; kept with the source record")
        row.keep(name, text)
        return []
