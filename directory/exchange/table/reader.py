"""Reads any CSV table through a mapping (``mapping.py``): a row becomes one service with its organization and, where it has one, its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from directory.errors import UnreadableInput
from directory.exchange.reading.files import read_header, read_rows
from directory.exchange.reading.row import Row, fold
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Organization, Refusal, Repair, Service, SourceInfo, SourceRecord, made_id
from directory.exchange.table.mapping import Mapping, load_mapping
from directory.exchange.table.record import Fields, organization_of, service_of

MOST_COLUMNS = 1_000
UNMAPPED = "the mapping does not name this column: nothing of it was taken in, and it stands only with the source record"
MADE_UP = "no organization is named, so one was made that is called after the service"


def read_table(
    path: Path, mapping: Mapping | Path | str, source: SourceInfo | None = None, *, tally: Tally | None = None
) -> Iterator[SourceRecord | Refusal]:
    """One record or refusal for each row of a CSV file. ``mapping`` is one that was loaded, a file, or the name of one that is shipped.

    UnreadableInput names a column that is missing or stands twice. The file is read twice, so that every record of one organization carries the same.
    """
    rules = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    if source is not None:
        rules = msgspec.structs.replace(rules, source=source)
    header = _header(path, rules)
    organizations, unmapped = _organizations(path, header, rules)
    seen: dict[str, int] = {}
    made: set[str] = set()
    for row in _rows(path, header, rules):
        record = row if isinstance(row, Refusal) else _record(row, rules, organizations, seen, tally)
        if isinstance(record, SourceRecord) and isinstance(row, Row):
            record.repairs += [*unmapped, *_made_up(row, rules, made)]
            unmapped = []   # told once, with the first record
        yield record


def _header(path: Path, mapping: Mapping) -> list[str]:
    """The names of the columns, with those that the mapping gives by position."""
    header = read_header(path)
    if len(header) > MOST_COLUMNS:
        raise UnreadableInput(f"the table has {len(header):,} columns, and no directory has more than {MOST_COLUMNS:,}.", file=path.name, line=1)
    for position, name in mapping.header.items():
        if not 1 <= position <= len(header):
            raise UnreadableInput(f"the mapping names column {position}, and the table has {len(header)} columns.", file=path.name, line=1)
        header[position - 1] = name
    named = [name for name in header if name]
    if twice := sorted({name for name, count in Counter(named).items() if count > 1}):
        places = ", ".join(f"{name} (columns {', '.join(str(place + 1) for place, other in enumerate(header) if other == name)})" for name in twice)
        raise UnreadableInput(
            f"two columns have the same name, so one of them would be lost: {places}. Name them by position in the mapping, under [header].",
            file=path.name,
            line=1,
        )
    if missing := [name for name in mapping.needed() if name not in header]:
        raise UnreadableInput(f"the column {', '.join(missing)} is missing. The columns found are: {', '.join(named)}.", file=path.name, line=1)
    return [name or f"column {place}" for place, name in enumerate(header, 1)]


def _rows(path: Path, header: list[str], mapping: Mapping) -> Iterator[Row | Refusal]:
    for line, cells in read_rows(path):
        if len(cells) == len(header):
            row = Row(dict(zip(header, cells, strict=True)), source=mapping.source, file=path.name, line=line)
            yield row.too_long() or row
        else:
            reason = f"the row has {len(cells)} cells and the header {len(header)}, so it cannot be told which cell is which"
            yield Refusal(file=path.name, line=line, field="", value=",".join(cells)[:200], reason=reason)


def _organizations(path: Path, header: list[str], mapping: Mapping) -> tuple[dict[str, Organization], list[Repair]]:
    """Organizations by folded name, each as the first row that names it says; and what is to be told of columns that hold something nobody asked for."""
    found: dict[str, Organization] = {}
    unasked, filled = [name for name in header if name not in mapping.needed()], set[str]()
    for row in _rows(path, header, mapping):
        if not isinstance(row, Row):
            continue
        filled |= {name for name in unasked if name not in filled and str(row.values.get(name) or "").strip()}
        if name := _organization_name(row, mapping):
            found.setdefault(fold(name), organization_of(Fields(row, mapping), name, made_id(mapping.source.code, "organization", fold(name))))
    return found, [Repair(file=path.name, line=1, field=name, value="", reason=UNMAPPED) for name in unasked if name in filled]


def _made_up(row: Row, mapping: Mapping, made: set[str]) -> list[Repair]:
    """That an organization had to be made for this row, told of each once; ``made`` are those told already."""
    name = Fields(row, mapping).text("service.name") or ""
    if Fields(row, mapping).text("organization.name") or fold(name) in made:
        return []
    made.add(fold(name))
    return [Repair(file=row.file, line=row.line, field=mapping.columns.get("organization.name", "organization"), value=name[:200], reason=MADE_UP)]


def _organization_name(row: Row, mapping: Mapping) -> str | None:
    fields = Fields(row, mapping)
    return fields.text("organization.name") or fields.text("service.name")


def _record(row: Row, mapping: Mapping, organizations: dict[str, Organization], seen: dict[str, int], tally: Tally | None) -> SourceRecord | Refusal:
    name = _organization_name(row, mapping)
    if name is None or not Fields(row, mapping).text("service.name"):
        return row.refusal(mapping.columns["service.name"], "", "a record needs a name, and this row has none")
    row.key = _key(row, mapping, seen)
    organization_of(Fields(row, mapping), name, organizations[fold(name)].id)  # for its repairs: the first row of the name has told the rest
    content: Service = service_of(Fields(row, mapping), organizations[fold(name)], tally)
    return SourceRecord(key=row.key, file=row.file, line=row.line, content=content, leftover=row.leftover(), repairs=row.repairs)


def _key(row: Row, mapping: Mapping, seen: dict[str, int]) -> str:
    key = "|".join(fold(row.text(column) or "") for column in mapping.key)
    seen[key] = seen.get(key, 0) + 1
    if seen[key] == 1:
        return key
    row.repair(" + ".join(mapping.key), key, f"the key stands {seen[key]} times so far; told apart by the order in the file")
    return f"{key}#{seen[key]}"
