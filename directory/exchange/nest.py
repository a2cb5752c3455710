"""Rows back into nested records: a fixed number of queries a kind of object, whatever the number of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.exchange.intake.upsert import chunks
from directory.exchange.records import Attribute, TaxonomyTerm
from directory.exchange.rows import Row
from directory.exchange.shapes import Part, shape_of

Kind = TypeVar("Kind", bound=Struct)


class Nested(Struct):
    """Every record that was built, by table and id; one row may stand in several places."""

    by_key: defaultdict[tuple[str, UUID], list[Any]]


def nested(
    session: Session, kind: type[Kind], ids: Iterable[UUID], *, full: bool = True, without: frozenset[type[Struct]] = frozenset()
) -> list[Kind]:
    """The records with these ids, in this order, missing ones passed over.

    With ``full`` everything below is nested, lists by position and id; an object is not nested inside its own kind, so that a service's organization
    does not carry its services again. Without, the record has its single objects (organization, program, location ...) and no lists.
    Kinds in ``without`` are not nested anywhere; their ids stand on the records that name them.
    """
    wanted = list(ids)
    built = Nested(defaultdict(list))
    rows = _rows(session, kind, "id", wanted)
    records = dict(zip((row["id"] for row in rows), _build(session, kind, rows, full, frozenset({kind}) | without, built), strict=True))
    if full:
        _hang_attributes(session, built)
    return [records[key] for key in wanted if key in records]


def _build(session: Session, kind: type[Kind], rows: list[Row], full: bool, above: frozenset[type], built: Nested) -> list[Kind]:
    shape = shape_of(kind)
    values: list[Row] = [{name: row[name] for name in shape.columns} for row in rows]
    for part in shape.singles:
        if part.kind not in above:
            inner = _singles(session, part, rows, full, above, built)
            for value, row in zip(values, rows, strict=True):
                value[part.field] = inner.get(row[part.key])
    for part in shape.lists if full else ():
        if part.kind not in above:
            children = _children(session, part, [row["id"] for row in rows], above, built)
            for value in values:
                value[part.field] = children.get(value["id"], [])
    records = [kind(**value) for value in values]
    for value, record in zip(values, records, strict=True):
        built.by_key[shape.table.name, value["id"]].append(record)
    return records


def _singles(
    session: Session, part: Part, rows: list[Row], full: bool, above: frozenset[type], built: Nested
) -> Mapping[UUID, Struct]:
    inner = _rows(session, part.kind, "id", {row[part.key] for row in rows if row[part.key] is not None})
    records = _build(session, part.kind, inner, full, above | {part.kind}, built)
    return {row["id"]: record for row, record in zip(inner, records, strict=True)}


def _children(session: Session, part: Part, parents: list[UUID], above: frozenset[type], built: Nested) -> Mapping[UUID, list[Struct]]:
    rows = _rows(session, part.kind, part.key, parents)
    children: dict[UUID, list[Struct]] = defaultdict(list)
    for row, record in zip(rows, _build(session, part.kind, rows, True, above | {part.kind}, built), strict=True):
        children[row[part.key]].append(record)
    return children


def _rows(session: Session, kind: type[Struct], column: str, ids: Iterable[UUID]) -> list[Row]:
    table = shape_of(kind).table
    order: list[ColumnElement[Any]] = [table.c.position] if "position" in table.c else []
    found: list[Row] = []
    for chunk in chunks(ids):
        query = select(table).where(table.c[column].in_(chunk)).order_by(*order, table.c.id)
        found += [dict(row) for row in session.execute(query).mappings()]
    return found


def _hang_attributes(session: Session, built: Nested) -> None:
    rows = _rows(session, Attribute, "link_id", {key[1] for key in built.by_key})
    terms = nested(session, TaxonomyTerm, {row["taxonomy_term_id"] for row in rows}, full=False)
    by_id = {term.id: term for term in terms}
    for row in rows:
        for record in built.by_key.get((row["link_entity"], row["link_id"]), ()):
            if hasattr(record, "attributes"):
                said = {name: row[name] for name in ("id", "link_type", "value", "label")}
                record.attributes.append(Attribute(**said, taxonomy_term=by_id.get(row["taxonomy_term_id"])))
