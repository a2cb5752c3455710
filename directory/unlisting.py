"""Taking a listing out of the directory, remembering that it is not to be listed whatever a source brings, and listing it again.

It stays in the tables and in the log, so that it can be put back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import Invalid, NotFound
from directory.exchange.intake.logged import row_text
from directory.freshness.confirming import LISTED
from directory.models import Call, Change, DoNotList, Service

Unlisted = Literal["inactive", "defunct"]
"""``inactive`` when it could not be confirmed or is not to be shown, ``defunct`` when it is known to have closed for good."""
MOST_WHY: Final = 500
MOST_SHOWN: Final = 200


class NotListed(Struct, frozen=True, kw_only=True):
    """Something that somebody took out: ``is_kept_out`` when no source may bring it back; ``is_there`` while there are rows to list again."""

    service_id: UUID
    name: str
    why: str
    at: datetime
    by: str
    is_kept_out: bool
    is_there: bool


def unpublish(
    session: Session, service: Service, *, why: str, by: str, at: datetime, remember: bool = False, status: Unlisted = "inactive"
) -> UUID:
    """Take a listing out of searches and its page out of public; gives the act. A call that waits for it is done.

    ``remember``: no import brings it back or lists it again until ``relist``. ``Invalid`` without a reason, which whoever looks later needs, and when
    it is out already and there is nothing to remember.
    """
    tidy = _reason(why)
    is_listed, is_new = service.status in LISTED, remember and do_not_list_of(session, service.id) is None
    if not is_listed and not is_new:
        raise Invalid(why="It is not in the directory any more.")
    act = uuid4()
    if is_listed:
        _set_status(session, service, status, tidy, by=by, at=at, act=act)
        session.execute(update(Call).where(Call.service_id == service.id, Call.closed_at.is_(None)).values(closed_at=at))
    if is_new:
        row = DoNotList(id=uuid4(), entity="service", entity_id=service.id, name=service.name, why=tidy, at=at, by=by)
        session.add(row)
        record_change(session, entity="do_not_list", entity_id=row.id, action="added", by=by, at=at, why=tidy, act=act)
    session.flush()
    return act


def relist(session: Session, service_id: UUID, *, by: str, at: datetime, why: str = "") -> UUID:
    """List it again, with the status that it had before; gives the act. What an import left out meanwhile comes in with the next one.

    Of a listing whose rows are gone it is forgotten that no source may bring it; ``NotFound`` when nothing is known of it at all.
    """
    act, service, row = uuid4(), session.get(Service, service_id), do_not_list_of(session, service_id)
    if service is None and row is None:
        raise NotFound("There is no such listing.")
    if row is not None:
        said = {name: getattr(row, name) for name in (column.name for column in DoNotList.__table__.columns)}
        record_change(session, entity="do_not_list", entity_id=row.id, action="removed", by=by, at=at, before=row_text(said), why=why or None, act=act)
        session.delete(row)
    if service is not None and service.status not in LISTED:
        _set_status(session, service, _status_before(session, service.id), why or "listed again", by=by, at=at, act=act)
    session.flush()
    return act


def do_not_list_of(session: Session, entity_id: UUID) -> DoNotList | None:
    """The decision that something is not to be listed, if there is one."""
    return session.scalars(select(DoNotList).where(DoNotList.entity_id == entity_id)).one_or_none()


def not_listed(session: Session) -> list[NotListed]:
    """What people took out, the newest first, ``MOST_SHOWN`` at most: first of all what no source may bring back."""
    rows = session.scalars(select(DoNotList).order_by(DoNotList.at.desc(), DoNotList.id).limit(MOST_SHOWN)).all()
    there = {*session.scalars(select(Service.id).where(Service.id.in_([row.entity_id for row in rows])))}
    kept = [
        NotListed(service_id=row.entity_id, name=row.name, why=row.why, at=row.at, by=row.by, is_kept_out=True, is_there=row.entity_id in there)
        for row in rows
    ]  # fmt: skip
    return [*kept, *_taken_out(session, most=MOST_SHOWN - len(kept))]


def _taken_out(session: Session, *, most: int) -> list[NotListed]:
    """Listings whose last change of status was made by somebody with an account, and took them out; a source may bring those back."""
    last = select(func.max(Change.seq)).where(Change.entity == "service", Change.field == "status").group_by(Change.entity_id)
    query = select(Change, Service.name).join(Service, Service.id == Change.entity_id).where(Change.seq.in_(last), Change.by.startswith("account:"))
    query = query.where(Service.status.not_in(LISTED), Service.id.not_in(select(DoNotList.entity_id)))
    found = session.execute(query.order_by(Change.seq.desc()).limit(most))
    return [
        NotListed(service_id=line.entity_id, name=name, why=line.why or "", at=line.at, by=line.by, is_kept_out=False, is_there=True)
        for line, name in found
    ]  # fmt: skip


def _reason(why: str) -> str:
    tidy = " ".join(why.split())
    if not tidy or len(tidy) > MOST_WHY or "\x00" in tidy:
        raise Invalid(why=f"Write the reason, in up to {MOST_WHY} characters: it stays with the listing.")
    return tidy


def _set_status(session: Session, service: Service, status: str, why: str, *, by: str, at: datetime, act: UUID) -> None:
    before, service.status, service.last_modified = service.status, status, at
    record_change(
        session, entity="service", entity_id=service.id, action="changed", field="status", before=before, after=status, by=by, at=at, why=why, act=act,
    )


def _status_before(session: Session, service_id: UUID) -> str:
    about = (Change.entity == "service", Change.entity_id == service_id, Change.field == "status", Change.before.in_(LISTED))
    return session.scalar(select(Change.before).where(*about).order_by(Change.seq.desc()).limit(1)) or "active"
