"""Records of clients: beginning one, finding one's own or one of one's agency, and how somebody stands to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.hands import note_hands
from directory.clients.keys import Locker, make_locker
from directory.clients.retaining import agreed_days, days_kept
from directory.clients.rules import Standing, may_know
from directory.errors import NotFound, NotPermitted
from directory.models import Caseload, Client
from directory.sealing import Sealer

NOBODY = "There is no such page here."


def begin_own(session: Session, actor: Actor, *, at: datetime, sealer: Sealer) -> Client:
    """The record of somebody who has signed in; the one they have, if they have one."""
    if actor.account_id is None:
        raise NotPermitted("Please sign in first.")
    return own_record(session, actor) or _begin(session, actor.account_id, None, at=at, sealer=sealer)[0]


def begin_with(session: Session, actor: Actor, organization_id: UUID, *, at: datetime, sealer: Sealer) -> tuple[Client, Locker]:
    """A record for somebody without an account, by a caseworker of an agency; it is with the caseworker from the start and holds nothing yet."""
    if organization_id not in actor.casework:
        raise NotFound(NOBODY)
    client, locker = _begin(session, None, organization_id, at=at, sealer=sealer)
    take_on(session, client, organization_id, account_id=actor.account_id, at=at)
    return client, locker


def take_on(session: Session, client: Client, organization_id: UUID, *, account_id: UUID | None, at: datetime) -> Caseload:
    """The client is with an agency from now on; what it was before, if it is already."""
    row = open_caseload(session, client.id, organization_id)
    if row is None:
        row = Caseload(
            id=uuid4(), client_id=client.id, organization_id=organization_id, account_id=account_id, since=at, reference=_reference(), follow_up_on=None,
            agreed_days=agreed_days(session, client.id, organization_id) or days_kept(session, organization_id),
        )  # fmt: skip
        session.add(row)
        note_hands(session, row, at=at)
    return row


def own_record(session: Session, actor: Actor) -> Client | None:
    """One's own record: the one that they began, where an agency's was joined to the account."""
    return next(iter(own_records(session, actor)), None)


def own_records(session: Session, actor: Actor) -> list[Client]:
    """Every record of one's own: the one that they began first, then those that an agency began and that were joined to the account; the logs of those
    that were made one with another come last."""
    own = select(Client).where(Client.account_id == actor.account_id, Client.account_id.is_not(None))
    return list(session.scalars(own.order_by(Client.merged_into.is_not(None), Client.organization_id.is_not(None), Client.made_at, Client.id)))


def get_own(session: Session, actor: Actor, client_id: UUID) -> Client:
    """One of one's own records; ``NotFound`` for anything else."""
    client = session.get(Client, client_id)
    if client is None or client.account_id is None or client.account_id != actor.account_id:
        raise NotFound(NOBODY)
    return client


def get_known(session: Session, client_id: UUID, actor: Actor, organization_id: UUID | None, *, at: datetime, reason: str = "") -> tuple[Client, Standing]:
    """A record and how somebody stands to it; ``NotFound`` for whoever may not know that it exists, as if there were none."""
    client = session.get(Client, client_id)
    standing = standing_of(session, client, actor, organization_id, at=at, reason=reason) if client else Standing()
    if client is None or not may_know(standing):
        raise NotFound(NOBODY)
    return client, standing


def standing_of(session: Session, client: Client, actor: Actor, organization_id: UUID | None, *, at: datetime, reason: str = "") -> Standing:
    """How somebody stands to a record at one of their agencies (at none: their own)."""
    is_self = client.account_id is not None and client.account_id == actor.account_id
    if is_self or organization_id is None:
        return Standing(is_self=is_self)
    row = open_caseload(session, client.id, organization_id)
    covers = row is not None and row.cover_id == actor.account_id and row.cover_until is not None and at < row.cover_until
    return Standing(
        organization_id=organization_id, is_caseworker=organization_id in actor.casework, is_lead=organization_id in actor.leads,
        in_agency=row is not None, in_caseload=row is not None and actor.account_id is not None and (row.account_id == actor.account_id or covers),
        reason=reason,
    )  # fmt: skip


def open_caseload(session: Session, client_id: UUID, organization_id: UUID) -> Caseload | None:
    """How an agency works with a client at present, if it does."""
    found = select(Caseload).where(Caseload.client_id == client_id, Caseload.organization_id == organization_id, Caseload.until.is_(None))
    return session.scalars(found).one_or_none()


def _begin(session: Session, account_id: UUID | None, organization_id: UUID | None, *, at: datetime, sealer: Sealer) -> tuple[Client, Locker]:
    client = Client(id=uuid4(), account_id=account_id, organization_id=organization_id, made_at=at, touched_at=at, views=0)
    session.add(client)
    session.flush()
    return client, make_locker(session, client.id, sealer=sealer)


def _reference() -> str:
    """Six letters and digits that tell nothing, easily read to somebody on the telephone: no I, O, 0 or 1."""
    number = uuid4().int
    return "".join(_EASY[number >> (5 * place) & 31] for place in range(6))


_EASY = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
