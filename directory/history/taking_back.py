"""Taking back what a page of a listing's history names: a line, an act, or a whole import with all that is known of its records."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from directory.errors import LaterChanges, NotFound
from directory.history.trail import trail_of
from directory.history.undoing import ALREADY, Ready, undo_act, undo_line
from directory.models import Change, ImportRun
from directory.runs import ready_import, undo_import
from directory.sealing import Sealer

IMPORT_AGAIN = "This took a whole import back. Import the file again instead: then it is known again where its records come from."


def ready_for_listing(session: Session, service_id: UUID, wanted: str, *, by: str, at: datetime, why: str, sealer: Sealer) -> Ready | None:
    """Work out beside the writers how a whole import is taken back that a page of the history names; None for everything smaller."""
    kind, _, value = wanted.partition(":")
    act = next((line.act for line in trail_of(session, service_id).lines if kind == "act" and line.act and str(line.act) == value), None)
    run = session.get(ImportRun, act) if act else None
    return ready_import(session, run, by=by, at=at, why=why, sealer=sealer) if run else None


def undo_for_listing(
    session: Session, service_id: UUID, wanted: str, *, by: str, at: datetime, why: str, sealer: Sealer, ready: Ready | None = None,
) -> UUID | None:
    """Take back what a page of the history names (``act:UUID`` or ``line:SEQ``); gives the new act. ``NotFound`` for what is no part of this listing's
    history, ``LaterChanges`` with what stands in the way.

    An act that is an import is taken back as one: if only its rows went, the same file would count as unchanged from then on. ``ready``: what
    ``ready_for_listing`` gave.
    """
    kind, _, value = wanted.partition(":")
    trail = trail_of(session, service_id)
    given = {"by": by, "at": at, "why": why, "sealer": sealer}
    if kind == "act" and (act := next((line.act for line in trail.lines if line.act and str(line.act) == value), None)):
        return _undo_whole(session, act, ready=ready, **given)   # type: ignore[arg-type]  # who, when and why, as they came
    if kind == "line" and (seq := next((line.seq for line in trail.lines if str(line.seq) == value), None)):
        return undo_line(session, seq, **given)   # type: ignore[arg-type]  # the same
    raise NotFound("There is no such change.")


def _undo_whole(session: Session, act: UUID, *, by: str, at: datetime, why: str, sealer: Sealer, ready: Ready | None) -> UUID | None:
    run = session.get(ImportRun, act)
    if run is None:
        if _undid_an_import(session, act):
            raise LaterChanges(IMPORT_AGAIN)
        return undo_act(session, act, by=by, at=at, why=why, sealer=sealer)
    if run.undone_at is not None:
        raise LaterChanges(ALREADY)
    return undo_import(session, run, by=by, at=at, why=why, sealer=sealer, ready=ready)


def _undid_an_import(session: Session, act: UUID) -> bool:
    """Whether an act is the one that took a whole import back, not a line of it."""
    line, its = aliased(Change), aliased(Change)
    joined = select(line.seq).join(its, its.seq == line.undoes).join(ImportRun, ImportRun.act == its.act)
    return session.scalar(joined.where(line.act == act, ImportRun.undone_at == line.at).limit(1)) is not None
