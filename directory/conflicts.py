"""Where our value and a source's stand against each other: the list for a curator, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from directory.changes import as_text, change_row, hold_log, record_changes
from directory.errors import Invalid, Stale
from directory.exchange.intake.confidential import PLACE_FIELDS
from directory.exchange.intake.logged import row_of, row_text, value_of
from directory.exchange.intake.ours import WHOLE, service_of
from directory.exchange.intake.references import keys_of
from directory.exchange.intake.removals import hanging
from directory.exchange.intake.upsert import TABLES, Key, stored_rows
from directory.history.words import field_words, goes_by, table_words
from directory.models import Base, Conflict, Location, Organization, Redirect, Service, Source

Choice = Literal["ours", "theirs"]
PAGE: Final = 50
OPEN: Final = ("open", "kept")
NOT_PUBLIC: Final = "This place is not public any more: what tells where it is does not come back into the open."
GONE: Final = "This is not in the directory any more. Keep ours."
IN_USE: Final = "Accounts, claims, drafts or reports belong to it. Keep ours, and unpublish it if it should not be listed."
ORPHAN: Final = "What this belongs to is not in the directory any more. Keep ours."

OF_PEOPLE: Final = frozenset(table.name for table in TABLES if "account_id" in table.c or any(column.info for column in table.c))
"""Tables of what belongs to people: taking a row of the catalogue away never takes that along."""


class Side(Struct, frozen=True, kw_only=True):
    """A conflict as a curator reads it; values are texts, None where there is none. ``what`` is the field or the kind of row."""

    id: UUID
    state: str
    listing: str
    service_id: UUID | None
    source: str
    what: str
    is_row: bool
    is_merged: bool   # the source says it of a record that was made one with this one
    base: str | None
    ours: str | None
    theirs: str | None
    opened_at: datetime


def count_open(session: Session) -> int:
    """How many conflicts wait for a decision."""
    return session.scalar(select(func.count()).select_from(Conflict).where(Conflict.state == "open", _stands())) or 0


def list_conflicts(session: Session, state: str = "open", *, offset: int = 0) -> list[Side]:
    """Conflicts of a state, the oldest first, ``PAGE`` at most; ours is what stands now."""
    chosen = select(Conflict, Source.name).join(Source, Source.id == Conflict.source_id).where(Conflict.state == state, _stands())
    rows = session.execute(chosen.order_by(Conflict.opened_at, Conflict.id).offset(offset).limit(PAGE))
    return [_side(session, row, source) for row, source in rows]


def decide(session: Session, conflict: Conflict, choice: Choice, *, by: str, at: datetime) -> UUID | None:
    """Keep ours, or take theirs: then the act under which it stands in the change log is given.

    ``Stale`` when it was decided already; ``Invalid`` with words when theirs cannot be taken. The same value of the source opens it no more.
    """
    is_over = conflict.merged_from is not None and session.get(Redirect, conflict.merged_from) is None
    if is_over or conflict.state not in OPEN:
        raise Stale("This was decided meanwhile.")
    act = _take(session, conflict, by=by, at=at) if choice == "theirs" else None
    conflict.state, conflict.decided_at, conflict.decided_by = choice, at, by
    session.flush()
    return act


def _stands() -> ColumnElement[bool]:
    """Not what the source says of a record that was merged away once and stands by itself again."""
    return Conflict.merged_from.is_(None) | Conflict.merged_from.in_(select(Redirect.old_id))


def _side(session: Session, row: Conflict, source: str) -> Side:
    key = _stands_as(session, row)
    now = stored_rows(session, Base.metadata.tables[row.entity], [key]).get(key)
    ours = as_text(now[row.field]) if now and row.field else row_text(now) if now else None
    texts = (row.base, ours, row.theirs) if row.field else (None, _words(row.entity, ours), _words(row.entity, row.theirs))
    what = _what(row)
    return Side(
        id=row.id, state=row.state, listing=_listing(session, row, now), service_id=row.service_id, source=source, what=what, is_row=not row.field,
        is_merged=row.merged_from is not None, base=texts[0], ours=texts[1], theirs=texts[2], opened_at=row.opened_at,
    )


def _stands_as(session: Session, conflict: Conflict) -> UUID:
    """The row that a conflict is about: of a record that was merged away, the one that it is found under now."""
    key, seen = conflict.entity_id, set[UUID]()
    while key not in seen and (row := session.get(Redirect, key)) is not None and row.entity == conflict.entity:
        seen.add(key)
        key = row.new_id
    return key


def _listing(session: Session, row: Conflict, now: dict[str, Any] | None) -> str:
    service = session.get(Service, row.service_id) if row.service_id else None
    if service is None and now and now.get("organization_id"):
        return session.scalar(select(Organization.name).where(Organization.id == now["organization_id"])) or ""
    return service.name if service else str((now or {}).get("name") or "")


def _words(entity: str, text: str | None) -> str | None:
    """A row in one line: what people read of it."""
    if text is None:
        return None
    row = row_of(Base.metadata.tables[entity], text)
    return ", ".join(str(value) for name, value in row.items() if value is not None and not isinstance(value, UUID) and name != "position")


def _what(row: Conflict) -> str:
    """What a conflict is about, in the words of the history."""
    table, field = table_words(row.entity).capitalize(), field_words(row.entity, row.field)
    if not row.field or goes_by(row.entity, row.field):
        return table
    return field if row.entity == "service" else f"{table}, {field.lower()}"


def _take(session: Session, conflict: Conflict, *, by: str, at: datetime) -> UUID:
    hold_log(session)
    table, act, key = Base.metadata.tables[conflict.entity], uuid4(), _stands_as(session, conflict)
    now = stored_rows(session, table, [key]).get(key)
    said = {"by": by, "at": at, "act": act, "why": "what the source says was taken"}
    if conflict.field != WHOLE:
        lines = _take_field(session, table, conflict, now, said)
    elif conflict.theirs is None:
        lines = _remove(session, (table.name, conflict.entity_id), said)
    else:
        lines = _bring_back(session, table, conflict, now, said)
    record_changes(session, lines)
    service = conflict.service_id or (service_of(session, table.name, now) if now else None)
    if service:
        session.execute(update(Service).where(Service.id == service).values(last_modified=at))
    session.expire_all()
    return act


def _take_field(session: Session, table: Table, conflict: Conflict, now: dict[str, Any] | None, said: dict[str, Any]) -> list[dict[str, Any]]:
    if now is None:
        raise Invalid(choice=GONE)
    column = table.c[conflict.field]
    if table.name == "location" and now["visibility"] != "public" and column.name in PLACE_FIELDS:
        raise Invalid(choice=NOT_PUBLIC)
    _refuse_hidden(session, table, now)
    value = value_of(column, conflict.theirs)
    if value is None and not column.nullable:
        raise Invalid(choice="The source says nothing here, and this may not be empty. Keep ours.")
    session.execute(update(table).where(table.c.id == now["id"]).values({column.name: value}))
    return [change_row(
        entity=table.name, entity_id=now["id"], action="changed", field=column.name, before=now[column.name], after=value, **said,
    )]


def _bring_back(session: Session, table: Table, conflict: Conflict, now: dict[str, Any] | None, said: dict[str, Any]) -> list[dict[str, Any]]:
    if now is not None:
        raise Invalid(choice="It is in the directory again. Keep ours.")
    row = {**row_of(table, conflict.theirs or "{}"), "id": conflict.entity_id}
    _refuse_hidden(session, table, row)
    for name, target in keys_of(table.name):
        if row.get(name) is not None and not stored_rows(session, Base.metadata.tables[target], [row[name]]):
            raise Invalid(choice=ORPHAN)
    session.execute(insert(table), [row])
    return [change_row(entity=table.name, entity_id=conflict.entity_id, action="added", after=row_text(row), **said)]


def _remove(session: Session, key: Key, said: dict[str, Any]) -> list[dict[str, Any]]:
    """Take a row away with all that hangs on it, what hangs first."""
    tree, edge = {key}, {key}
    while edge:
        edge = {child for table in TABLES if (ids := [row for entity, row in edge if entity == table.name]) for child, _ in hanging(session, table, ids)} - tree
        tree |= edge
    if {entity for entity, _ in tree} & OF_PEOPLE:
        raise Invalid(choice=IN_USE)
    lines = []
    for table in reversed(TABLES):
        ids = [row for entity, row in tree if entity == table.name]
        if not ids:
            continue
        rows = stored_rows(session, table, ids).values()
        lines += [change_row(entity=table.name, entity_id=row["id"], action="removed", before=row_text(row), **said) for row in rows]
        session.execute(delete(table).where(table.c.id.in_(ids)))
    return lines


def _refuse_hidden(session: Session, table: Table, row: dict[str, Any]) -> None:
    place = session.get(Location, row["location_id"]) if table.name == "address" and row.get("location_id") else None
    if place is not None and place.visibility != "public":
        raise Invalid(choice=NOT_PUBLIC)


def waiting_of(session: Session, service_id: UUID) -> Sequence[Conflict]:
    """The open conflicts of one listing."""
    return session.scalars(select(Conflict).where(Conflict.service_id == service_id, Conflict.state == "open", _stands()).order_by(Conflict.opened_at)).all()
