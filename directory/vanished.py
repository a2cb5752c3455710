"""Listings whose source no longer has them: what a curator may do about each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from directory.freshness.confirming import LISTED
from directory.models import Call, Organization, Provenance, Service, Source
from directory.unlisting import do_not_list_of, unpublish

PAGE: Final = 50
WHY: Final = "Its source no longer has it."


class Vanished(Struct, frozen=True, kw_only=True):
    """A listing that its source no longer has. ``is_asked``: it is on the list of calls."""

    id: UUID
    service_id: UUID
    name: str
    organization: str
    source: str
    vanished_at: datetime
    last_seen: datetime
    is_asked: bool


def count_vanished(session: Session) -> int:
    """How many listings wait for a decision."""
    return session.scalar(select(func.count()).select_from(_waiting().subquery())) or 0


def list_vanished(session: Session, *, offset: int = 0) -> list[Vanished]:
    """Those that wait for a decision, the oldest first, ``PAGE`` at most."""
    rows = session.execute(_waiting().order_by(Provenance.vanished_at, Provenance.id).offset(offset).limit(PAGE))
    return [Vanished(**row._mapping) for row in rows]


def keep(session: Session, record: Provenance, *, at: datetime) -> None:
    """Keep it listed; it is not flagged again unless the source has it in between."""
    record.kept_at = at
    session.flush()


def ask(session: Session, record: Provenance, *, at: datetime) -> None:
    """Put it on the list of calls, once."""
    if not session.scalar(select(exists().where(Call.service_id == record.entity_id, Call.closed_at.is_(None)))):
        session.add(Call(id=uuid4(), service_id=record.entity_id, opened_at=at, why=WHY, next_at=at))
        session.flush()


def take_out(session: Session, record: Provenance, *, by: str, at: datetime, remember: bool = False) -> UUID | None:
    """Take it out of the directory's results; gives the act, None when it is out already. ``remember`` as in ``unlisting``."""
    service = session.get(Service, record.entity_id)
    record.kept_at = at
    if service is None or (service.status not in LISTED and not (remember and do_not_list_of(session, service.id) is None)):
        return None
    return unpublish(session, service, why=WHY, by=by, at=at, remember=remember)


def _waiting() -> Select[*tuple[Any, ...]]:
    is_asked = exists().where(Call.service_id == Service.id, Call.closed_at.is_(None))
    columns = (
        Provenance.id.label("id"), Service.id.label("service_id"), Service.name.label("name"), func.coalesce(Organization.name, "").label("organization"),
        Source.name.label("source"), Provenance.vanished_at.label("vanished_at"), Provenance.last_seen.label("last_seen"), is_asked.label("is_asked"),
    )
    joined = select(*columns).join(Service, Service.id == Provenance.entity_id).join(Source, Source.id == Provenance.source_id)
    joined = joined.outerjoin(Organization, Organization.id == Service.organization_id)
    waits = (Provenance.entity == "service", Provenance.vanished_at.is_not(None), Provenance.kept_at.is_(None))
    return joined.where(*waits, Service.status.in_(("active", "temporarily closed")))
