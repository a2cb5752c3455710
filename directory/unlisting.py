"""Taking a listing out of the directory's results, remembering that it is not to be listed, and listing it again."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import Invalid
from directory.exchange.intake.logged import row_text
from directory.models import Change, DoNotList, Service

UNLISTED: Final = "inactive"
MOST_WHY: Final = 1_000


def unpublish(session: Session, service: Service, why: str, *, by: str, at: datetime, remember: bool = True) -> UUID:
    """Take a listing out of searches and its page out of public; gives the act.

    ``remember``: no import brings it back or lists it again until ``relist``. ``Invalid`` without a reason, which whoever looks later needs.
    """
    why = " ".join(why.split())[:MOST_WHY]
    if not why:
        raise Invalid(why="Say in a few words why it is not to be listed.")
    act = uuid4()
    if service.status != UNLISTED:
        _set_status(session, service, UNLISTED, why, by=by, at=at, act=act)
    if remember and do_not_list_of(session, service.id) is None:
        row = DoNotList(id=uuid4(), entity="service", entity_id=service.id, name=service.name, why=why, at=at, by=by)
        session.add(row)
        record_change(session, entity="do_not_list", entity_id=row.id, action="added", by=by, at=at, why=why, act=act)
    session.flush()
    return act


def relist(session: Session, service: Service, *, by: str, at: datetime, why: str = "") -> UUID:
    """List it again, with the status that it had before; gives the act. What an import left out meanwhile comes in with the next one."""
    act = uuid4()
    if (row := do_not_list_of(session, service.id)) is not None:
        said = {name: getattr(row, name) for name in (column.name for column in DoNotList.__table__.columns)}
        record_change(session, entity="do_not_list", entity_id=row.id, action="removed", by=by, at=at, before=row_text(said), why=why or None, act=act)
        session.delete(row)
    if service.status == UNLISTED:
        _set_status(session, service, _status_before(session, service.id), why or "listed again", by=by, at=at, act=act)
    session.flush()
    return act


def do_not_list_of(session: Session, entity_id: UUID) -> DoNotList | None:
    """The decision that something is not to be listed, if there is one."""
    return session.scalars(select(DoNotList).where(DoNotList.entity_id == entity_id)).one_or_none()


def _set_status(session: Session, service: Service, status: str, why: str, *, by: str, at: datetime, act: UUID) -> None:
    before, service.status, service.last_modified = service.status, status, at
    record_change(
        session, entity="service", entity_id=service.id, action="changed", field="status", before=before, after=status, by=by, at=at, why=why, act=act,
    )


def _status_before(session: Session, service_id: UUID) -> str:
    about = (Change.entity == "service", Change.entity_id == service_id, Change.field == "status", Change.after == UNLISTED)
    return session.scalar(select(Change.before).where(*about).order_by(Change.seq.desc()).limit(1)) or "active"
