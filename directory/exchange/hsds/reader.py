"""Reads HSDS 3 JSON: single objects, lists, pages of an API and an object a line, each object recognised by its shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from directory.exchange.hsds.decode import Decoding, Unfit, decode
from directory.exchange.hsds.document import read_objects
from directory.exchange.records import (
    Location,
    Organization,
    Program,
    Refusal,
    Service,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    Taxonomy,
    TaxonomyTerm,
)
from directory.exchange.shapes import shape_of

KIND = "hsds"
"""The kind of a source whose leftovers may be handed on as they came: it is public HSDS already."""
SOURCE = SourceInfo(code="hsds", name="An HSDS feed", kind=KIND)
KINDS: tuple[type[Struct], ...] = (Organization, Service, ServiceAtLocation, Program, Taxonomy, TaxonomyTerm, Location)
"""Kinds of objects, the likelier first: an object with no more than id, name and description is an organization, for which the schema asks these."""
REQUIRED: dict[type[Struct], set[str]] = {
    Organization: {"name", "description"}, Service: {"name", "status"}, Program: {"name", "description"}, Taxonomy: {"name", "description"},
    TaxonomyTerm: {"name", "description"}, Location: {"location_type"},
}
"""What the schemas ask of each kind, beside its id."""


def read_hsds(path: Path, source: SourceInfo = SOURCE, *, kind: type[Struct] | None = None) -> Iterator[SourceRecord | Refusal]:
    """The records of a file, or a refusal for an object that is none. ``kind`` when the caller knows it; else the shape tells, then the file's name.

    What our fields do not take is kept by ``<table>/<id>`` in ``leftover``. UnreadableInput when the file is not whole UTF-8 JSON.
    """
    for line, said in read_objects(path):
        yield read_object(said, source=source, file=path.name, line=line, kind=kind)


def read_object(said: Any, *, source: SourceInfo, file: str, line: int, kind: type[Struct] | None = None) -> SourceRecord | Refusal:
    """One object as a record, or the reason why it is none."""
    kind = kind or kind_of(said, file)
    if kind is None:
        return Refusal(file=file, line=line, field="", value=str(said)[:200], reason="this is no object of HSDS: it has none of its fields")
    to = Decoding(source=source, file=file, line=line)
    try:
        content = decode(kind, said, "", to)
    except Unfit as unfit:
        return Refusal(file=file, line=line, field=unfit.path, value=unfit.value, reason=f"{unfit.reason} (read as {shape_of(kind).table.name})")
    key = f"{shape_of(kind).table.name}/{content.id}"
    return SourceRecord(key=key, file=file, line=line, content=content, leftover=to.leftover, repairs=to.repairs)


def kind_of(said: Any, file: str = "") -> type[Struct] | None:
    """What an object is: the kind that knows most of its properties; among equals the one that misses least of what it needs, then the one
    that the file is named after, then the likelier."""
    if not isinstance(said, dict):
        return None
    scores = {kind: _score(kind, said) for kind in KINDS}
    best = max(scores.values())
    if best == 0:
        return None
    likeliest = [kind for kind in KINDS if scores[kind] == best]
    fewest = min(_missing(kind, said) for kind in likeliest)
    equals = [kind for kind in likeliest if _missing(kind, said) == fewest]
    named = [kind for kind in equals if file.removesuffix(".json").removesuffix("_list").removesuffix("_full") == shape_of(kind).table.name]
    return (named or equals)[0]


def _missing(kind: type[Struct], said: dict[str, Any]) -> int:
    return len(REQUIRED.get(kind, set()) - set(said))


def _score(kind: type[Struct], said: dict[str, Any]) -> int:
    shape = shape_of(kind)
    known = (set(shape.types) | {part.key for part in shape.singles}) - {"id", "attributes"}
    return len(known & set(said))
