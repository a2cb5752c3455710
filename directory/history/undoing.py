"""Undoing: an act, or one line of it, is taken back by a new act, which can be undone in its turn.

1. Take the lines that still stand, and leave those that were taken back already.
2. Look for what stands in the way: later lines about the same field or row, rows that hang on what would go, a place that is not public.
3. Walk the lines backwards over the rows as they are, which gives the rows as they were.
4. Write what differs, parents first, and a line of the log for each line taken back, which names it (``Change.undoes``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from directory.changes import be_patient, change_row, hold_log, record_changes
from directory.errors import LaterChanges, NotFound
from directory.history import standing
from directory.history.obstacles import look
from directory.history.plan import Plan, plan_of
from directory.history.rows import FOLLOWS, ORDER, by_table, chunks, key_of, read_rows, table_of, text_of
from directory.models import Base, Change, LocationPrivate, ServiceAtLocation
from directory.sealing import Sealer

ALREADY = "This was taken back already."


def undo_act(session: Session, act: UUID, *, by: str, at: datetime, why: str, sealer: Sealer) -> UUID:
    """Take back a whole act, however many rows it changed; gives the new act that does so.

    ``NotFound`` when the log knows no such act, ``LaterChanges`` with what stands in the way: then nothing is changed.
    """
    hold_log(session)
    be_patient(session)
    lines = session.scalars(select(Change).where(Change.act == act).order_by(Change.seq)).all()
    if not lines:
        raise NotFound("There is no such change.")
    return _undo(session, lines, by=by, at=at, why=why, sealer=sealer)


def undo_line(session: Session, seq: int, *, by: str, at: datetime, why: str, sealer: Sealer) -> UUID:
    """Take back one line of the log; gives the new act that does so. Errors as in ``undo_act``; other lines of its act count as any others."""
    hold_log(session)
    line = session.get(Change, seq)
    if line is None:
        raise NotFound("There is no such change.")
    return _undo(session, [line], by=by, at=at, why=why, sealer=sealer)


def _undo(session: Session, lines: Sequence[Change], *, by: str, at: datetime, why: str, sealer: Sealer) -> UUID:
    session.flush()
    matters = [line for line in lines if (line.entity, line.field) not in FOLLOWS]
    all_lines = standing.lines_about(session, {(line.entity, line.entity_id) for line in matters})
    alive = standing.standing(all_lines)
    wanted = [line for line in matters if line.seq in alive]
    if not wanted:
        raise LaterChanges(ALREADY)
    plan = plan_of(wanted, read_rows(session, {key for line in wanted if table_of(line.entity) is not None for key in [(line.entity, line.entity_id)]}))
    reasons = list(look(session, plan, wanted, all_lines, alive, sealer=sealer)) or plan.reasons
    if reasons:
        raise LaterChanges(*dict.fromkeys(reasons))
    act = uuid4()
    touched = _services(session, plan)
    sealed = _sealed(session, plan)
    _write(session, plan)
    _unseal(session, plan)
    _note_modified(session, touched | _services(session, plan), at)
    record_changes(session, _inverse(plan, sealed, by=by, at=at, why=why, act=act))
    session.expire_all()
    return act


def _write(session: Session, plan: Plan) -> None:
    """New rows and changes parents first, then what goes, children first: whatever moves away has moved by then."""
    added, changed = defaultdict(list), defaultdict(list)
    for (entity, _), row in plan.come():
        added[entity].append(row)
    for (entity, key), values in plan.changed():
        changed[entity].append((key, values))
    for table in ORDER:
        if table.name in added:
            session.execute(insert(table), added[table.name])
        for key, values in changed[table.name]:
            session.execute(update(table).where(key_of(table) == key).values(values))
    for table, ids in reversed(list(by_table(plan.gone()))):
        for chunk in chunks(ids):
            session.execute(delete(table).where(key_of(table).in_(chunk)))


def _inverse(plan: Plan, sealed: Mapping[UUID, str], *, by: str, at: datetime, why: str, act: UUID) -> Iterable[dict[str, Any]]:
    for step in plan.steps:
        line = step.line
        seal = {"sealed": sealed[line.entity_id]} if line.entity == "location" and line.entity_id in sealed else {}
        action, before, after = {
            "changed": ("changed", line.after, line.before), "added": ("removed", text_of(step.row, **seal), None),
            "removed": ("added", None, text_of(step.row)),
        }[line.action]  # fmt: skip
        row = change_row(
            entity=line.entity, entity_id=line.entity_id, action=action, field=line.field, before=before, after=after, by=by, at=at, why=why, act=act,
        )
        yield {**row, "undoes": line.seq}


def _sealed(session: Session, plan: Plan) -> dict[UUID, str]:
    """The seals of places that go: each stays bound to its row, and comes back with it or not at all."""
    ids = [key for entity, key in plan.gone() if entity == "location"]
    found = [row for chunk in chunks(ids) for row in session.scalars(select(LocationPrivate).where(LocationPrivate.location_id.in_(chunk)))]
    return {row.location_id: row.sealed for row in found}


def _unseal(session: Session, plan: Plan) -> None:
    """Places that come back get their seals back."""
    rows = [{"location_id": step.line.entity_id, "sealed": step.seal} for step in plan.steps if step.seal and plan.after[step.line.entity, step.line.entity_id]]
    if rows:
        session.execute(insert(LocationPrivate), rows)


def _services(session: Session, plan: Plan) -> set[UUID]:
    """The services whose listings the plan changes, as far as the rows themselves say."""
    rows = [(entity, row) for side in (plan.before, plan.after) for (entity, _), row in side.items() if row is not None]
    found = {row["id"] for entity, row in rows if entity == "service"} | {row["service_id"] for _, row in rows if row.get("service_id")}
    found |= {row["link_id"] for entity, row in rows if entity == "attribute" and row["link_entity"] == "service"}
    places = {row["location_id"] for _, row in rows if row.get("location_id")} | {row["id"] for entity, row in rows if entity == "location"}
    links = {row["service_at_location_id"] for _, row in rows if row.get("service_at_location_id")}
    for column, ids in ((ServiceAtLocation.location_id, places), (ServiceAtLocation.id, links)):
        for chunk in chunks(sorted(ids)):
            found |= set(session.scalars(select(ServiceAtLocation.service_id).where(column.in_(chunk))))
    return found


def _note_modified(session: Session, services: set[UUID], at: datetime) -> None:
    table = Base.metadata.tables["service"]
    for chunk in chunks(sorted(services)):
        session.execute(update(table).where(table.c.id.in_(chunk)).values(last_modified=at))
