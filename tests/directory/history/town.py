"""A listing that can be edited at random, each edit written to the log as the house writes it; and the log replayed by hand, as an oracle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from hypothesis import strategies as st
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import change_row, record_changes
from directory.history.rows import row_of, text_of, value_of
from directory.models import Base, Change, Contact, Organization, Phone, Service
from tests.make import make_id

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SERVICE, OTHER = make_id("Walking group"), make_id("Sewing circle")
WATCHED = (Service, Contact, Phone)
Rows = dict[tuple[str, UUID], dict[str, Any]]


class Edit(Struct, frozen=True):
    """One change of one row, by the number of the row: numbers go round, so that every edit finds one."""

    verb: str
    number: int = 0
    value: str = ""


EDITS = st.one_of(
    st.builds(Edit, st.sampled_from(["rename", "describe", "renumber", "retitle"]), st.integers(0, 5), st.sampled_from("abc")),
    st.builds(Edit, st.sampled_from(["add contact", "remove contact", "remove phone", "move phone"]), st.integers(0, 5)),
    st.builds(Edit, st.sampled_from(["add phone", "add phone of contact"]), st.integers(0, 5), st.sampled_from("123")),
)
ACTS = st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=6)


def make_listings(session: Session) -> None:
    """Two services of one organization."""
    session.add(Organization(id=make_id("Hill club"), name="Hill club"))
    session.flush()
    session.add_all([Service(id=SERVICE, organization_id=make_id("Hill club"), name="Walking group"), Service(id=OTHER, name="Sewing circle")])
    session.flush()
    session.add(Phone(id=make_id("first phone"), service_id=SERVICE, number="1"))
    session.flush()


def apply(session: Session, edits: Sequence[Edit], *, step: int = 0) -> UUID | None:
    """Do the edits as one act; gives the act, None when nothing came of them."""
    act, at = uuid4(), AT + timedelta(minutes=step)
    lines = [line for edit in edits for line in _apply(session, edit, at)]
    record_changes(session, [{**line, "act": act} for line in lines])
    return act if lines else None


def rows(session: Session) -> Rows:
    """All that is watched, without what follows every edit."""
    session.expire_all()
    tables = [Base.metadata.tables[model.__tablename__] for model in WATCHED]
    found = {(table.name, row["id"]): dict(row) for table in tables for row in session.execute(select(table)).mappings()}
    return {key: {name: value for name, value in row.items() if name != "last_modified"} for key, row in found.items()}


class Stuck(Exception):
    """The log cannot be replayed like this."""


def replay(start: Rows, lines: Sequence[Change]) -> Rows:
    """The rows after these lines; ``Stuck`` when one finds no row, or leaves a row hanging on none."""
    now: Rows = {key: dict(row) for key, row in start.items()}
    for line in lines:
        table, key = Base.metadata.tables[line.entity], (line.entity, line.entity_id)
        if (key in now) == (line.action == "added"):
            raise Stuck
        if line.action == "changed" and line.field:
            now[key][line.field] = value_of(table.columns[line.field], line.after)
        elif line.action == "added":
            now[key] = row_of(table, line.after or "{}") or {}
        else:
            del now[key]
        _check(now)
    return now


def _check(now: Rows) -> None:
    for (entity, _), row in now.items():
        for column, parent in (("service_id", "service"), ("contact_id", "contact")):
            if entity != "service" and row.get(column) is not None and (parent, row[column]) not in now:
                raise Stuck


def _apply(session: Session, edit: Edit, at: datetime) -> list[dict[str, Any]]:
    by_verb = {
        "rename": lambda: _set(session, Service, edit, "name", edit.value, at), "describe": lambda: _set(session, Service, edit, "description", edit.value, at),
        "renumber": lambda: _set(session, Phone, edit, "number", edit.value, at), "retitle": lambda: _set(session, Contact, edit, "title", edit.value, at),
        "add contact": lambda: _add(session, Contact(id=_next_id(session), position=0, service_id=(SERVICE, OTHER)[edit.number % 2]), at),
        "add phone": lambda: _add(session, Phone(id=_next_id(session), position=0, number=edit.value, service_id=(SERVICE, OTHER)[edit.number % 2]), at),
        "add phone of contact": lambda: _phone_of_contact(session, edit, at), "remove contact": lambda: _remove_contact(session, edit, at),
        "remove phone": lambda: _remove(session, _pick(session, Phone, edit.number), at), "move phone": lambda: _move(session, edit, at),
    }  # fmt: skip
    return by_verb[edit.verb]()


def _next_id(session: Session) -> UUID:
    """Ids in the order of making, so that a number means the same row in every run of a story."""
    session.info["made"] = session.info.get("made", 0) + 1
    return UUID(int=(0xFF << 120) + session.info["made"])


def _pick(session: Session, model: Any, number: int) -> Any:
    found = session.scalars(select(model).order_by(model.id)).all()
    return found[number % len(found)] if found else None


def _set(session: Session, model: Any, edit: Edit, name: str, value: object, at: datetime) -> list[dict[str, Any]]:
    row = _pick(session, model, edit.number)
    if row is None or getattr(row, name) == value:
        return []
    before = getattr(row, name)
    setattr(row, name, value)
    session.flush()
    return [_line(row, "changed", at, field=name, before=before, after=value)]


def _add(session: Session, row: Any, at: datetime) -> list[dict[str, Any]]:
    session.add(row)
    session.flush()
    return [_line(row, "added", at, after=msgspec.json.decode(_json(row)))]


def _phone_of_contact(session: Session, edit: Edit, at: datetime) -> list[dict[str, Any]]:
    contact = _pick(session, Contact, edit.number)
    return _add(session, Phone(id=_next_id(session), position=0, number=edit.value, contact_id=contact.id), at) if contact else []


def _remove_contact(session: Session, edit: Edit, at: datetime) -> list[dict[str, Any]]:
    contact = _pick(session, Contact, edit.number)
    phones = session.scalars(select(Phone).where(Phone.contact_id == contact.id)).all() if contact else []
    return [line for row in (*phones, contact) for line in _remove(session, row, at)]


def _remove(session: Session, row: Any, at: datetime) -> list[dict[str, Any]]:
    if row is None:
        return []
    line = _line(row, "removed", at, before=msgspec.json.decode(_json(row)))
    session.delete(row)
    session.flush()
    return [line]


def _move(session: Session, edit: Edit, at: datetime) -> list[dict[str, Any]]:
    row = _pick(session, Phone, edit.number)
    if row is None or row.service_id is None:
        return []
    to = OTHER if row.service_id == SERVICE else SERVICE
    line = _line(row, "changed", at, field="service_id", before=row.service_id, after=to)
    row.service_id = to
    session.flush()
    return [line]


def _json(row: Any) -> str:
    return text_of({column.name: getattr(row, column.name) for column in row.__table__.columns})


def _line(row: Any, action: str, at: datetime, **said: Any) -> dict[str, Any]:
    return change_row(entity=row.__tablename__, entity_id=row.id, action=action, by="tests", at=at, **said)
