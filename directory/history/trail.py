"""Which rows are part of a listing, those that are gone among them, and the lines of the log about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from directory.history.rows import ORDER, Key, key_of, parents, row_of, table_of
from directory.history.standing import lines_about
from directory.models import Base, Change, Redirect, ServiceAtLocation
from directory.models.change import PARTED
from directory.stretch import chunks

OF_LISTING: Final = frozenset({
    "service", "cost_option", "required_document", "service_area", "service_capacity", "schedule", "phone", "contact", "language", "url", "funding",
    "service_at_location", "location", "address", "accessibility", "attribute",
})  # fmt: skip
"""Tables whose rows may be part of a listing."""
ROUNDS: Final = 8
"""Deeper than anything hangs: a language of a phone of a contact of a place of a listing."""


class Trail(Struct, frozen=True, kw_only=True):
    """The rows of a listing, now or once, and the lines about them in the order of the log."""

    keys: frozenset[Key]
    lines: Sequence[Change]


def trail_of(session: Session, service_id: UUID) -> Trail:
    """The trail of the listing of a service, with what was made one with it. Other services at the same place are no part of it."""
    known: set[Key] = set()
    found: set[Key] = {("service", service_id)}
    for _ in range(ROUNDS):
        fresh = found - known
        if not fresh:
            break
        known |= fresh
        found |= set(_hanging(session, fresh)) | set(_gone(session, fresh)) | set(_places(session, fresh))
    known |= set(_made_one(session, service_id))
    return Trail(keys=frozenset(known), lines=lines_about(session, known))


def _made_one(session: Session, service_id: UUID) -> Iterator[Key]:
    """What leads from other listings to this one, now or once: a merge may change nothing else here, and is taken back from here all the same."""
    yield from (("redirect", key) for key in session.scalars(select(Redirect.old_id).where(Redirect.new_id == service_id)))
    told = Change.before.contains(str(service_id), autoescape=True)
    gone = select(Change).where(text(f"({PARTED})"), Change.entity == "redirect", told)
    yield from (("redirect", line.entity_id) for line in session.scalars(gone))


def _hanging(session: Session, keys: Collection[Key]) -> Iterator[Key]:
    """The rows that hang on some rows now."""
    for child in ORDER:
        if child.name in OF_LISTING:
            for column in child.columns:
                for key in column.foreign_keys:
                    parent = key.column.table.name
                    # Who else is at a place is another listing.
                    if parent in OF_LISTING and (child.name, parent) != ("service_at_location", "location"):
                        for chunk in chunks(_ids(keys, parent)):
                            yield from ((child.name, row_id) for row_id in session.scalars(select(key_of(child)).where(column.in_(chunk))))
    attribute = Base.metadata.tables["attribute"]
    for entity in {entity for entity, _ in keys}:
        for chunk in chunks(_ids(keys, entity)):
            linked = select(attribute.c.id).where(attribute.c.link_entity == entity, attribute.c.link_id.in_(chunk))
            yield from (("attribute", row_id) for row_id in session.scalars(linked))


def _gone(session: Session, keys: Collection[Key]) -> Iterator[Key]:
    """The rows that hung on some rows once, as the lines of their going or moving say."""
    ids = sorted(key for entity, key in keys if entity in ("service", "service_at_location", "location", "contact", "phone"))
    for start in range(0, len(ids), 50):   # each is one comparison with the text of the line
        told = or_(*(Change.before.contains(str(key), autoescape=True) for key in ids[start : start + 50]))
        for line in session.scalars(select(Change).where(text(f"({PARTED})"), Change.entity.in_(OF_LISTING), told)):
            if _hung_on(line, keys):
                yield line.entity, line.entity_id


def _hung_on(line: Change, keys: Collection[Key]) -> bool:
    table = table_of(line.entity)
    if table is None or line.before is None:
        return False
    if line.action == "removed":
        row = row_of(table, line.before)
        hung = [parent for _, parent in parents(table, row)] if row else []
        return any(parent in keys for parent in hung if (line.entity, parent[0]) != ("service_at_location", "location"))
    return any(str(key) == line.before for _, key in keys) and (line.entity, line.field) != ("service_at_location", "location_id")


def _places(session: Session, keys: Collection[Key]) -> Iterator[Key]:
    """The places of a listing, and those it had."""
    links = _ids(keys, "service_at_location")
    for chunk in chunks(links):
        yield from (("location", key) for key in session.scalars(select(ServiceAtLocation.location_id).where(ServiceAtLocation.id.in_(chunk))))
    for line in lines_about(session, (("service_at_location", key) for key in links)):
        if line.action == "removed" and line.before and (row := row_of(Base.metadata.tables["service_at_location"], line.before)):
            yield "location", row["location_id"]
        elif line.field == "location_id" and line.before:
            yield "location", UUID(line.before)


def _ids(keys: Iterable[Key], entity: str) -> list[UUID]:
    return [key for name, key in keys if name == entity]
