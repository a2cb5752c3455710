"""Records that their source says must not be shown any more: what came in by them goes at once, and comes in anew when it is shown there again.

A record that merely vanished stays, since feeds break; one that is withdrawn by name goes, rows and all, as a row that a source drops does. What somebody
here has changed, or hung something on, is only taken out of the listings: that is theirs to decide.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.changes import record_change, record_changes
from directory.exchange.intake.ledger import Ledger
from directory.exchange.intake.ours import Ours
from directory.exchange.intake.removals import what_stays
from directory.exchange.intake.upsert import Actor, Key, chunks, remove_rows
from directory.models import Provenance, Service

LISTED = ("active", "temporarily closed")
WHY = "its source does not publish it any more"


def withdraw(session: Session, keys: list[str], *, ledger: Ledger, ours: Ours, actor: Actor) -> set[Key]:
    """Remove what the records with these keys made and no other record makes or names; gives the rows that went or were taken out.

    The ledger forgets what they were, so that they are read anew when they are there again, and remembers their rows for undoing this import.
    """
    found = [row for chunk in chunks(keys) for row in session.scalars(_known(actor.source_id, chunk)) if row.rows]
    if not found:
        return set()
    going = {key for row in found for key in _made(row)}
    others = _of_others(session, {row.id for row in found})
    gone = going - others
    staying = what_stays(session, gone, others, ours)
    removed = remove_rows(session, gone - staying, ours=ours, actor=actor)
    record_changes(session, removed.changes)
    taken_out = {key for row in found if (key := _taken_out(session, row, actor)) is not None}
    for row in found:
        ledger.was[row.id] = row.rows
        row.hash, row.rows, row.leftover = "", sorted([table, key.hex] for table, key in _made(row) & staying), {}
    session.flush()
    return removed.touched | taken_out


def _known(source_id: UUID | None, keys: list[str]) -> Select[Provenance]:
    return select(Provenance).where(Provenance.source_id == source_id, Provenance.record_key.in_(keys)).order_by(Provenance.record_key)


def _made(row: Provenance) -> set[Key]:
    return {(table, UUID(key)) for table, key, *named in row.rows if not named}


def _of_others(session: Session, withdrawn: set[UUID]) -> set[Key]:
    """The rows that any other record makes or names."""
    found = session.execute(select(Provenance.id, Provenance.rows))
    return {(table, UUID(key)) for row_id, rows in found if row_id not in withdrawn for table, key, *_ in rows}


def _taken_out(session: Session, row: Provenance, actor: Actor) -> Key | None:
    """The service of a record, if it is still there and was listed."""
    service = session.get(Service, row.entity_id, populate_existing=True) if row.entity == "service" else None
    if service is None or service.status not in LISTED:
        return None
    before, service.status, service.last_modified = service.status, "inactive", actor.at
    record_change(
        session, entity="service", entity_id=service.id, action="changed", field="status", before=before, after="inactive",
        by=actor.by, at=actor.at, why=WHY, act=actor.act, source_id=actor.source_id,
    )
    return "service", service.id
