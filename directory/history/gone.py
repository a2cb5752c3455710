"""Listings whose rows are gone, as the log remembers them: which there are, and the history of one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import NotFound
from directory.models import Change, Redirect, Service
from directory.models.change import PARTED
from directory.permissions import Act, get, may, require

MOST: Final = 100


class Named(Struct, frozen=True, kw_only=True):
    """A listing by its name; ``organization_id`` is None for one that is gone."""

    id: UUID
    name: str
    is_gone: bool
    organization_id: UUID | None = None


class Removed(Struct, frozen=True, kw_only=True):
    """A listing that is gone: when, by whom (as the log writes it) and why."""

    service_id: UUID
    name: str
    at: datetime
    by: str
    why: str


def named(session: Session, service_id: UUID, actor: Actor, act: Act, *, at: datetime) -> Named:
    """A listing for somebody who may do the act with it. One that is gone belongs to nobody: curators alone find it, ``NotFound`` for all others."""
    if session.get(Service, service_id) is not None:
        service = get(session, Service, service_id, actor, act, at=at)
        return Named(id=service.id, name=service.name, is_gone=False, organization_id=service.organization_id)
    line = _last(session, service_id) if may(actor, Act.CURATE) else None
    if line is None:
        raise NotFound("There is no such page here.")
    require(actor, Act.CURATE, at=at)
    return Named(id=service_id, name=_name(line), is_gone=True)


def removed(session: Session) -> list[Removed]:
    """Listings that are gone, the newest first, ``MOST`` at most; not those that were made one with another, which are found in its history."""
    is_gone = Change.entity_id.not_in(select(Service.id)) & Change.entity_id.not_in(select(Redirect.old_id))
    lines = session.scalars(_going().where(is_gone).order_by(Change.seq.desc()).limit(2 * MOST))
    last: dict[UUID, Change] = {}
    for line in lines:
        last.setdefault(line.entity_id, line)
    found = [Removed(service_id=key, name=_name(line), at=line.at, by=line.by, why=line.why or "") for key, line in last.items()]
    return found[:MOST]


def _going() -> Select[Change]:
    """Lines of services that go; by PARTED the few of this kind are found without the rest of the log."""
    return select(Change).where(text(f"({PARTED})"), Change.entity == "service", Change.action == "removed")


def _last(session: Session, service_id: UUID) -> Change | None:
    line: Change | None = session.scalars(_going().where(Change.entity_id == service_id).order_by(Change.seq.desc()).limit(1)).one_or_none()
    return line


def _name(line: Change) -> str:
    said = msgspec.json.decode(line.before) if line.before else {}
    return str(said.get("name") or "A listing without a name")
