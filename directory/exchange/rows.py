"""Nested records into rows of the tables: one row an id, whatever number of places of the record it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from directory.exchange.records import Attribute, TaxonomyTerm, made_id
from directory.exchange.shapes import shape_of

Row = dict[str, Any]
Rows = dict[str, dict[UUID, Row]]
"""Rows by table and id. A value that is None was not stated."""
FindTerm = Callable[[str, str], UUID | None]
"""The id of the term of ours with this taxonomy and code, or None."""


class Flat(NamedTuple):
    """A record as rows, the terms of ours that were not found, and values that one id carries twice in different ways."""

    rows: Rows
    unknown_terms: list[tuple[str, str]]
    conflicts: list[tuple[str, str]]


def flatten(record: Struct, find_term: FindTerm, own_terms: frozenset[UUID] = frozenset()) -> Flat:
    """The rows of a record and of all that is nested in it.

    Children carry ``<parent table>_id`` and their ``position``; single objects are named by a foreign key on the row. A row met again under another
    parent gains that parent's key; where the two tell different things the first stands and the second is named in ``conflicts``. ``own_terms`` are
    linked to and never written: an import does not edit our vocabularies.
    """
    flat = Flat({}, [], [])
    _add(flat, record, {}, find_term, own_terms)
    return flat


def merge(into: Row, new: Row) -> Iterator[str]:
    """Fill what ``into`` does not state from ``new``; give the names of the columns where they differ."""
    for column, value in new.items():
        if value is None or into.get(column) == value:
            continue
        if into.get(column) is None:
            into[column] = value
        elif column != "position":
            yield column


def _add(flat: Flat, record: Any, keys: Row, find_term: FindTerm, own_terms: frozenset[UUID]) -> None:
    kind: type[Struct] = type(record)
    shape = shape_of(kind)
    row: Row = {name: getattr(record, name) for name in shape.columns}
    row |= {name: value for name, value in keys.items() if name in shape.table.columns}   # services and organizations have no position
    for part in shape.singles:
        inner = getattr(record, part.field)
        if inner is not None:
            row[part.key] = inner.id
            if inner.id not in own_terms:
                _add(flat, inner, {}, find_term, own_terms)
    _put(flat, shape.table.name, row)
    for part in shape.lists:
        for position, inner in enumerate(getattr(record, part.field)):
            _add(flat, inner, {part.key: record.id, "position": position}, find_term, own_terms)
    for position, attribute in enumerate(getattr(record, "attributes", ())):
        link = {"link_entity": shape.table.name, "link_id": record.id, "position": position}
        _add_attribute(flat, attribute, link, find_term, own_terms)


def _add_attribute(flat: Flat, attribute: Attribute, link: Row, find_term: FindTerm, own_terms: frozenset[UUID]) -> None:
    term = attribute.taxonomy_term.id if attribute.taxonomy_term else find_term(attribute.taxonomy or "", attribute.code or "")
    if term is None:
        flat.unknown_terms.append((attribute.taxonomy or "", attribute.code or ""))
        return
    if isinstance(attribute.taxonomy_term, TaxonomyTerm) and term not in own_terms:
        _add(flat, attribute.taxonomy_term, {}, find_term, own_terms)
    said = {"link_type": attribute.link_type, "value": attribute.value, "label": attribute.label, "taxonomy_term_id": term}
    name = "/".join(str(part) for part in (link["link_entity"], link["link_id"], attribute.link_type, term, attribute.value))
    _put(flat, "attribute", {"id": attribute.id or made_id("homeground", "attribute", name), **said, **link})


def _put(flat: Flat, table: str, row: Row) -> None:
    there = flat.rows.setdefault(table, {}).setdefault(row["id"], row)
    if there is not row:
        flat.conflicts.extend((table, column) for column in merge(there, row))
