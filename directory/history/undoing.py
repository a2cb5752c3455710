"""Undoing: an act, or one line of it, is taken back by a new act, which can be undone in its turn.

1. Take the lines that still stand, and leave those that were taken back already.
2. What is left as it is: the date of a confirmation since, and of an import the places that it hid. Confirmations of a listing that goes, go too.
3. Look for what stands in the way: later lines about the same field or row, rows that hang on what would go, a place that is not public.
4. Walk the lines backwards over the rows as they are, which gives the rows as they were.
5. Write what differs, parents first, and a line of the log for each line taken back, which names it (``Change.undoes``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from directory.changes import be_patient, change_row, hold_log, latest_seq, record_changes
from directory.errors import LaterChanges, NotFound
from directory.history import standing
from directory.history.obstacles import hanging, look
from directory.history.plan import Plan, plan_of
from directory.history.rows import CONFIRMED, FOLLOWS, HIDING, ORDER, Key, Row, by_table, key_of, read_rows, table_of, text_of
from directory.history.standing import Line
from directory.models import Base, Change, Confirmation, ImportRun, LocationPrivate, ServiceAtLocation
from directory.sealing import Sealer
from directory.stretch import chunks

ALREADY = "This was taken back already."


class Ready(Struct, kw_only=True):
    """An undoing that was worked out beside the writers: what it will write, and the last line of the log that it knows of."""

    seq: int
    plan: Plan
    touched: set[UUID]
    lines: list[dict[str, Any]]


def ready_act(session: Session, act: UUID, *, by: str, at: datetime, why: str, sealer: Sealer) -> Ready:
    """Work out how a whole act is taken back, without writing. It takes nine tenths of the time that undoing does, and keeps nobody from writing.

    ``NotFound`` when the log knows no such act, ``LaterChanges`` with what stands in the way.
    """
    seq, lines = latest_seq(session), standing.lines_where(session, Change.act == act)
    if not lines:
        raise NotFound("There is no such change.")
    is_import = session.get(ImportRun, act) is not None
    return _ready(session, lines, standing.lines_beside(session, act), seq, by=by, at=at, why=why, sealer=sealer, is_import=is_import)


def undo_act(session: Session, act: UUID, *, by: str, at: datetime, why: str, sealer: Sealer, ready: Ready | None = None) -> UUID:
    """Take back a whole act, however many rows it changed; gives the new act that does so.

    Errors as in ``ready_act``: then nothing is changed. ``ready`` is used when nothing was written to the log since it was worked out, else it is done anew.
    """
    hold_log(session)
    be_patient(session)
    session.flush()
    if ready is None or ready.seq != latest_seq(session):
        return _do(session, ready_act(session, act, by=by, at=at, why=why, sealer=sealer), at)
    if reasons := list(hanging(session, ready.plan)):   # what people hang on a listing is not always a line of the log
        raise LaterChanges(*reasons)
    return _do(session, ready, at)


def undo_line(session: Session, seq: int, *, by: str, at: datetime, why: str, sealer: Sealer) -> UUID:
    """Take back one line of the log; gives the new act that does so. Errors as in ``undo_act``; other lines of its act count as any others."""
    hold_log(session)
    session.flush()
    own = standing.lines_where(session, Change.seq == seq)
    if not own:
        raise NotFound("There is no such change.")
    about = standing.lines_where(session, Change.entity == own[0].entity, Change.entity_id == own[0].entity_id, Change.seq != seq)
    return _do(session, _ready(session, own, about, 0, by=by, at=at, why=why, sealer=sealer), at)


def _ready(
    session: Session, lines: Sequence[Line], beside: Sequence[Line], seq: int, *, by: str, at: datetime, why: str, sealer: Sealer,
    is_import: bool = False,
) -> Ready:
    """``beside``: the other lines about the same rows."""
    all_lines = sorted([*lines, *beside, *_confirmations(session, lines)], key=lambda line: line.seq)
    alive = standing.standing(all_lines)
    own = {line.seq for line in lines}
    wanted = [line for line in all_lines if line.seq in alive and _is_wanted(line, own)]
    if not any(line.seq in own for line in wanted):
        raise LaterChanges(ALREADY)
    wanted = _without_confirmed(wanted, all_lines, alive)
    rows = read_rows(session, {(line.entity, line.entity_id) for line in wanted if table_of(line.entity) is not None})
    if is_import:
        wanted = [line for line in wanted if not _is_of_hidden(line, rows)] or wanted
    plan = plan_of(wanted, rows)
    reasons = list(look(session, plan, wanted, all_lines, alive, sealer=sealer)) or plan.reasons
    if reasons:
        raise LaterChanges(*dict.fromkeys(reasons))
    act, sealed = uuid4(), _sealed(session, plan)
    inverse = list(_inverse(plan, sealed, by=by, at=at, why=why, act=act))
    return Ready(seq=seq, plan=plan, touched=_services(session, plan.before), lines=inverse)


def _is_wanted(line: Line, own: Collection[int]) -> bool:
    """A line of the act, or one of a confirmation that goes with its listing."""
    return (line.seq in own and (line.entity, line.field) not in FOLLOWS) or (line.seq not in own and line.entity == "confirmation" and line.action == "added")


def _confirmations(session: Session, lines: Sequence[Line]) -> list[Line]:
    """The lines about confirmations of listings that would go. Somebody said that they are right, which is no reason to keep what was brought by mistake."""
    services = sorted({line.entity_id for line in lines if line.entity == "service" and line.action == "added"})
    found = [key for chunk in chunks(services) for key in session.scalars(select(Confirmation.id).where(Confirmation.service_id.in_(chunk)))]
    own = {line.seq for line in lines}
    about = [standing.lines_where(session, Change.entity == "confirmation", Change.entity_id.in_(chunk)) for chunk in chunks(found)]
    return [line for some in about for line in some if line.seq not in own]


def _without_confirmed(wanted: Sequence[Line], lines: Sequence[Line], alive: Collection[int]) -> list[Line]:
    """The lines without dates of confirmation that moved on since: somebody's later word stands. When nothing else is wanted, they are what is wanted."""
    last = {(line.entity_id, line.field): line.seq for line in lines if line.seq in alive and line.undoes is None and (line.entity, line.field) in CONFIRMED}
    rest = [line for line in wanted if line.action != "changed" or last.get((line.entity_id, line.field), line.seq) == line.seq]
    return rest or list(wanted)


def _is_of_hidden(line: Line, rows: Mapping[Key, Row]) -> bool:
    """Whether a line of an import is about a place that is not public: that it was hidden, what told where it is and is not kept, an address gone with it."""
    if line.action == "changed":
        return (line.entity, line.field) == HIDING or (line.before is None and line.after is None)
    return line.action == "added" and line.entity == "address" and (line.entity, line.entity_id) not in rows


def _do(session: Session, ready: Ready, at: datetime) -> UUID:
    _write(session, ready.plan)
    _unseal(session, ready.plan)
    _note_modified(session, ready.touched | _services(session, ready.plan.after), at)
    record_changes(session, ready.lines)
    session.expire_all()
    act: UUID = ready.lines[0]["act"]
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
        if line.action == "changed":
            action, before, after = "changed", line.after, line.before
        elif line.action == "added":
            seal = {"sealed": sealed[line.entity_id]} if line.entity == "location" and line.entity_id in sealed else {}
            action, before, after = "removed", text_of(step.row, **seal), None
        else:
            action, before, after = "added", None, text_of(step.row)
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


def _services(session: Session, side: Mapping[Key, Row | None]) -> set[UUID]:
    """The services whose listings the plan changes, as far as the rows of one side of it say."""
    rows = [(entity, row) for (entity, _), row in side.items() if row is not None]
    found = {row["id"] for entity, row in rows if entity == "service"} | {row["service_id"] for _, row in rows if row.get("service_id")}
    found |= {row["link_id"] for entity, row in rows if entity == "attribute" and row["link_entity"] == "service"}
    places = {row["location_id"] for _, row in rows if row.get("location_id")} | {row["id"] for entity, row in rows if entity == "location"}
    links = {row["service_at_location_id"] for _, row in rows if row.get("service_at_location_id")}
    for column, ids in ((ServiceAtLocation.location_id, places), (ServiceAtLocation.id, links)):
        for chunk in chunks(ids):
            found |= set(session.scalars(select(ServiceAtLocation.service_id).where(column.in_(chunk))))
    return found


def _note_modified(session: Session, services: set[UUID], at: datetime) -> None:
    table = Base.metadata.tables["service"]
    for chunk in chunks(services):
        session.execute(update(table).where(table.c.id.in_(chunk)).values(last_modified=at))
