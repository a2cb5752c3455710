"""The imports that changed something: a list, and taking a whole one back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, exists, false, func, select, update
from sqlalchemy.orm import Session

from directory import permissions
from directory.accounts.actors import Actor
from directory.changes import be_patient
from directory.errors import Stale
from directory.exchange.intake.upsert import chunks
from directory.history.undoing import Ready, ready_act, undo_act
from directory.models import Change, Conflict, ImportRun, Location, Provenance, Service, ServiceAtLocation, Source
from directory.permissions import Act
from directory.sealing import Sealer
from directory.storage import Storage

PAGE: Final = 50
LONGEST_WAIT_SECONDS: Final = 60
"""For another writer, an import perhaps."""
PAUSED: Final = "An import was undone, so it is not fetched by itself until somebody sets how often."


class Hidden(Struct, frozen=True, kw_only=True):
    """A place that an import hid, and a listing there, if there is one."""

    place: str
    service_id: UUID | None
    listing: str


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


def still_hidden(session: Session, acts: Iterable[UUID]) -> dict[UUID, list[Hidden]]:
    """The places that each import hid and that are still not public, with the listings there: undoing opens none, a curator may."""
    hid = select(Change.act, Location.name, Service.id, Service.name).join(Location, Location.id == Change.entity_id)
    hid = hid.outerjoin(ServiceAtLocation, ServiceAtLocation.location_id == Location.id).outerjoin(Service, Service.id == ServiceAtLocation.service_id)
    of_acts = Change.act.in_(list(acts)), Change.entity == "location", Change.field == "visibility", Location.visibility != "public"
    found: dict[UUID | None, list[Hidden]] = {}
    for act, place, service_id, listing in session.execute(hid.where(*of_acts).order_by(Service.name, Location.name, Location.id)):
        found.setdefault(act, []).append(Hidden(place=place or "", service_id=service_id, listing=listing or ""))
    return {act: places for act, places in found.items() if act is not None}


def take_back_import(storage: Storage, act: UUID, *, actor: Actor, at: datetime, why: str, sealer: Sealer) -> UUID | None:
    """Take a whole import back as somebody who may, and keep others from writing only while rows are written: what is to be written is worked out
    before. Gives and raises what ``undo_import`` does, ``NotFound`` and ``NotPermitted`` too."""
    with storage.reading() as session:
        run = permissions.get(session, ImportRun, act, actor, Act.CURATE, at=at)
        ready = ready_import(session, run, by=actor.by, at=at, why=why, sealer=sealer)
    with storage.writing(wait_seconds=LONGEST_WAIT_SECONDS) as session:
        run = permissions.get(session, ImportRun, act, actor, Act.CURATE, at=at)
        return undo_import(session, run, by=actor.by, at=at, why=why, sealer=sealer, ready=ready)


def ready_import(session: Session, run: ImportRun, *, by: str, at: datetime, why: str, sealer: Sealer) -> Ready | None:
    """What taking an import back will write, worked out without writing; None when there is nothing of it to take back. Errors as in ``undo_import``."""
    if run.undone_at is not None or not _has_lines(session, run):
        return None
    return ready_act(session, run.act, by=by, at=at, why=why, sealer=sealer)


def undo_import(
    session: Session, run: ImportRun, *, by: str, at: datetime, why: str, sealer: Sealer, ready: Ready | None = None,
) -> UUID | None:
    """Take a whole import back, as if it had not been: rows, the conflicts it opened, and what was known of its records; gives the act that does
    so, None for an import that changed no row.

    ``LaterChanges`` says what stands in the way, ``Stale`` that it was undone already; then nothing is changed. Records that it brought are unknown
    again, and those that it changed are looked at anew by the next import; so that this is not the next night's, the source's schedule is paused.
    """
    if run.undone_at is not None:
        raise Stale("This import was undone already.")
    be_patient(session)
    act = undo_act(session, run.act, by=by, at=at, why=why, sealer=sealer, ready=ready) if _has_lines(session, run) else None
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


def _has_lines(session: Session, run: ImportRun) -> bool:
    """Whether it changed more than who may see a place, which nothing takes back."""
    hides = (Change.entity == "location") & (Change.field == "visibility") | (Change.action == "changed") & Change.before.is_(None) & Change.after.is_(None)
    return bool(session.scalar(select(exists().where(Change.act == run.act, ~func.coalesce(hides, false())))))
