"""The imports that changed something: a list, and taking a whole one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from directory.changes import be_patient
from directory.errors import Stale
from directory.exchange.intake.upsert import chunks
from directory.history.undoing import undo_act
from directory.models import Change, Conflict, ImportRun, Provenance, Source
from directory.sealing import Sealer

PAGE: Final = 50
PAUSED: Final = "An import was undone, so it is not fetched by itself until somebody sets how often."


class Run(Struct, frozen=True, kw_only=True):
    """One import: what it was of, when, by whom, its counts, and whether it was undone."""

    act: UUID
    source: str
    at: datetime
    by: str
    report: dict[str, Any]
    undone_at: datetime | None


def list_runs(session: Session, *, offset: int = 0) -> list[Run]:
    """The imports that changed something, the newest first, ``PAGE`` at most."""
    chosen = select(ImportRun, Source.name).join(Source, Source.id == ImportRun.source_id)
    rows = session.execute(chosen.order_by(ImportRun.at.desc(), ImportRun.act).offset(offset).limit(PAGE))
    return [Run(act=run.act, source=name, at=run.at, by=run.by, report=run.report, undone_at=run.undone_at) for run, name in rows]


def undo_import(session: Session, run: ImportRun, *, by: str, at: datetime, why: str, sealer: Sealer) -> UUID | None:
    """Take a whole import back, as if it had not been: rows, the conflicts it opened, and what was known of its records; gives the act that does
    so, None for an import that changed no row.

    ``LaterChanges`` says what stands in the way, ``Stale`` that it was undone already; then nothing is changed. Records that it brought are unknown
    again, and those that it changed are looked at anew by the next import; so that this is not the next night's, the source's schedule is paused.
    """
    if run.undone_at is not None:
        raise Stale("This import was undone already.")
    be_patient(session)
    has_lines = session.scalar(select(exists().where(Change.act == run.act)))
    act = undo_act(session, run.act, by=by, at=at, why=why, sealer=sealer) if has_lines else None
    of_source = Provenance.source_id == run.source_id
    session.execute(delete(Provenance).where(of_source, Provenance.first_seen == run.at))
    for some in chunks(run.was.items()):
        for row_id, rows in some:
            session.execute(update(Provenance).where(Provenance.id == UUID(row_id)).values(rows=rows, hash=""))
    session.execute(update(Provenance).where(of_source, Provenance.vanished_at == run.at).values(vanished_at=None))
    session.execute(delete(Conflict).where(Conflict.source_id == run.source_id, Conflict.opened_at == run.at))
    source = session.get_one(Source, run.source_id)
    if source.fetch_every_hours:
        source.fetch_every_hours, source.fetch_result = None, PAUSED
    run.undone_at, run.undone_by = at, by
    session.flush()
    return act
