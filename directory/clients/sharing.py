"""What a person decides about their own record: to work with an agency, to stop, and everything they agreed to, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.agencies import get_agency, list_team
from directory.clients.caseloads import stop_working
from directory.clients.consents import Agreed, agree, list_consents, withdraw
from directory.clients.opening import note_event
from directory.clients.records import begin_own, get_own, open_caseload, own_records, take_on
from directory.clients.retaining import days_for, days_kept
from directory.errors import NotFound
from directory.models import Caseload, Client, Consent, Organization
from directory.sealing import Sealer


class Together(Struct, frozen=True, kw_only=True):
    """An agency that a person works with: who there, under which reference, and for how many days it keeps what it wrote
    about this person, beside what it has set for those who agree now."""

    client_id: UUID
    organization_id: UUID
    organization: str
    worker: str
    reference: str
    days_kept: int
    days_set: int


class Sharing(Struct, frozen=True, kw_only=True):
    """Everything a person agreed to: with whom they work now, what holds now, and what is over. Names of organizations by id."""

    together: tuple[Together, ...]
    live: tuple[Agreed, ...]
    over: tuple[Agreed, ...]
    names: dict[UUID, str]


def sharing_of(session: Session, actor: Actor, *, at: datetime) -> Sharing:
    """What a person shares, over all records of theirs."""
    clients = own_records(session, actor)
    consents = [one for client in clients for one in list_consents(session, client.id)]
    found = select(Organization.id, Organization.name).where(Organization.id.in_({one.organization_id for one in consents}))
    names = {row.id: row.name for row in session.execute(found)}
    return Sharing(
        together=tuple(one for client in clients for one in _together(session, client)), names=names,
        live=tuple(one for one in consents if one.is_live(at)), over=tuple(one for one in consents if not one.is_live(at)),
    )  # fmt: skip


def begin_together(
    session: Session, actor: Actor, organization_id: UUID, *, purpose: str, parts: Iterable[str], days: int, language: str, at: datetime, sealer: Sealer,
) -> Agreed:  # fmt: skip
    """Agree that an agency sees parts of one's record, and be in its caseload from now on: without a caseworker, until one takes it on."""
    get_agency(session, organization_id)
    client = _with(session, actor, organization_id) or begin_own(session, actor, at=at, sealer=sealer)
    given = agree(
        session, client, organization_id, purpose=purpose, parts=parts, language=language, how="self", by=actor.by, at=at, ends_at=at + timedelta(days=days),
    )
    take_on(session, client, organization_id, account_id=None, at=at)
    note_event(session, client.id, kind="agreed", part="", by=actor.by, at=at)
    return given


def take_back(session: Session, actor: Actor, consent_id: UUID, *, at: datetime) -> Agreed:
    """Take one consent of one's own back, at once."""
    row = session.get(Consent, consent_id)
    if row is None:
        raise NotFound("There is no such page here.")
    return withdraw(session, get_own(session, actor, row.client_id), consent_id, at=at)


def stop(session: Session, actor: Actor, organization_id: UUID, *, at: datetime) -> None:
    """Stop working with an agency: nothing is open to it from now on."""
    client = _with(session, actor, organization_id)
    row = open_caseload(session, client.id, organization_id) if client else None
    if client is None or row is None:
        raise NotFound("There is no such page here.")
    stop_working(session, client, row, at=at)


def _with(session: Session, actor: Actor, organization_id: UUID) -> Client | None:
    """The record of one's own that an agency works with."""
    return next((one for one in own_records(session, actor) if open_caseload(session, one.id, organization_id)), None)


def _together(session: Session, client: Client) -> list[Together]:
    found = select(Caseload, Organization.name).join(Organization, Organization.id == Caseload.organization_id)
    rows = session.execute(found.where(Caseload.client_id == client.id, Caseload.until.is_(None)).order_by(Organization.name)).all()
    return [
        Together(
            client_id=client.id, organization_id=row.organization_id, organization=name, reference=row.reference,
            days_kept=days_for(session, client.id, row.organization_id), days_set=days_kept(session, row.organization_id),
            worker=next((one.name for one in list_team(session, row.organization_id) if one.account_id == row.account_id), ""),
        )
        for row, name in rows
    ]  # fmt: skip
