"""Referrals as lines: one's own, those of a caseworker's clients, those that came to an organization. Never a name, never a word of what was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients import caseloads
from directory.clients.working import scribed
from directory.models import Caseload, Client, Organization, Referral, Service
from directory.referrals.reaching import agreed_select, ids_of
from directory.referrals.states import OPEN, WAITS
from directory.sealing import Sealer

MOST: Final = 300


class Line(Struct, frozen=True, kw_only=True):
    """A referral as one line. ``reference`` is the mark of the client in a caseload; ``is_due``: somebody has to look at it today."""

    referral_id: UUID
    service_id: UUID
    listing: str
    organization: str
    state: str
    reference: str
    days_old: int
    answer_by: date | None
    is_due: bool
    is_prepared: bool


class Still(Struct, frozen=True, kw_only=True):
    """A referral that is with an organization now; ``organization`` is empty for whoever did not write it themselves."""

    referral_id: UUID
    organization: str
    sent_on: date


def own_lines(session: Session, actor: Actor, *, at: datetime) -> list[Line]:
    """One's own, what needs a look first, then the newest."""
    mine = select(Client.id).where(Client.account_id == actor.account_id, Client.account_id.is_not(None))
    return _lines(session, _found().where(Referral.client_id.in_(mine)), at)


def agency_lines(session: Session, agency_id: UUID, actor: Actor, *, at: datetime) -> list[Line]:
    """Those of the people whom a caseworker works with, or covers for, at an agency: what is due first."""
    if agency_id not in actor.casework:
        return []
    covers = (Caseload.cover_id == actor.account_id) & (Caseload.cover_until > at)
    own = (Caseload.client_id == Referral.client_id) & (Caseload.organization_id == agency_id) & Caseload.until.is_(None)
    found = _found(Caseload.reference).join(Caseload, own).where(Referral.agency_id == agency_id, or_(Caseload.account_id == actor.account_id, covers))
    return _lines(session, found.where(Referral.client_id.in_(agreed_select(agency_id, at=at))), at)


def still_with(session: Session, client_id: UUID, agency_id: UUID, actor: Actor, *, at: datetime) -> list[Still]:
    """What was sent for somebody without an account and goes on, so that it can be taken back on their word when nothing else is open any more.

    A colleague who works with them since then reads that there is something, and not where: that was never agreed to be told to them.
    """
    client = scribed(session, client_id, actor, agency_id, at=at)
    found = select(Referral, Organization.name).outerjoin(Organization, Organization.id == Referral.organization_id)
    out = Referral.client_id == client.id, Referral.agency_id == agency_id, Referral.state.in_(OPEN)
    rows = session.execute(found.where(*out).order_by(Referral.sent_at, Referral.id)).all()
    return [
        Still(referral_id=row.id, organization=(name or "") if row.made_by == actor.by else "", sent_on=(row.sent_at or row.made_at).date())
        for row, name in rows
    ]  # fmt: skip


def people_of(session: Session, agency_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> list[caseloads.Line]:
    """The people whom a caseworker works with, or covers for, at an agency, and who agreed: as their caseload lists them, which writes that into the log."""
    if agency_id not in actor.casework:
        return []
    agreed = set(session.scalars(agreed_select(agency_id, at=at)))
    return [line for line in caseloads.list_mine(session, actor, agency_id, at=at, sealer=sealer) if line.client_id in agreed]


def received_lines(session: Session, organization_id: UUID, *, at: datetime) -> list[Line]:
    """Those that came to an organization and wait for its answer, the oldest first, then those that go on."""
    found = _found().where(Referral.organization_id.in_(ids_of(session, organization_id)), Referral.sent_at.is_not(None), Referral.state.in_(OPEN))
    lines = _lines(session, found, at)
    return sorted(lines, key=lambda line: (line.state not in WAITS, -line.days_old, line.referral_id))


def listings_of(session: Session, organization_id: UUID) -> list[tuple[UUID, str]]:
    """The listings of an organization, by name."""
    found = select(Service.id, Service.name).where(Service.organization_id == organization_id).order_by(Service.name, Service.id)
    return [(row.id, row.name) for row in session.execute(found)]


def count_due(session: Session, agency_id: UUID, *, at: datetime) -> dict[UUID, int]:
    """How many referrals are due, by caseworker: for the lead of a team, who sees numbers and nothing else."""
    own = (Caseload.client_id == Referral.client_id) & (Caseload.organization_id == agency_id) & Caseload.until.is_(None)
    found = select(Caseload.account_id, func.count()).select_from(Referral).join(Caseload, own)
    rows = session.execute(found.where(Referral.agency_id == agency_id, Referral.due_on <= at.date()).group_by(Caseload.account_id))
    return {account_id: count for account_id, count in rows if account_id is not None}


def _found(*more: Any) -> Select[Any]:
    found = select(Referral, Service.name, Organization.name, *more).outerjoin(Service, Service.id == Referral.service_id)
    return found.outerjoin(Organization, Organization.id == Referral.organization_id).order_by(Referral.made_at.desc(), Referral.id).limit(MOST)


def _lines(session: Session, found: Select[Any], at: datetime) -> list[Line]:
    lines = [_line(row, at, *more) for row, *more in session.execute(found)]
    return sorted(lines, key=lambda line: not line.is_due)


def _line(row: Referral, at: datetime, listing: str | None, organization: str | None, reference: str = "") -> Line:
    return Line(
        referral_id=row.id, service_id=row.service_id, listing=listing or "A listing that is gone", organization=organization or "", state=row.state,
        reference=reference, days_old=(at.date() - (row.sent_at or row.made_at).date()).days, answer_by=row.answer_by,
        is_due=row.due_on is not None and row.due_on <= at.date(), is_prepared=row.state == "draft" and row.agency_id is not None,
    )  # fmt: skip


def due_first(lines: Iterable[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines in three heaps: to look at now, on their way, over."""
    heaps: tuple[list[Line], list[Line], list[Line]] = ([], [], [])
    for line in lines:
        heaps[0 if line.is_due else 1 if line.state in OPEN or line.state == "draft" else 2].append(line)
    return heaps
