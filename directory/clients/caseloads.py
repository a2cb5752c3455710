"""The caseload: who works with whom at an agency, when they follow up next, and what changes hands. It holds no word of anybody's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.agencies import is_caseworker
from directory.clients.consents import list_consents, withdraw
from directory.clients.hands import note_hands
from directory.clients.keys import locker_of
from directory.clients.records import NOBODY, get_known, open_caseload
from directory.clients.rules import Standing, parts_open
from directory.clients.watching import note_view, was_listed
from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.models import Account, Caseload, Client, ClientPart
from directory.sealing import Sealer

LONGEST_COVER: Final = timedelta(days=90)
LONGEST_WAIT: Final = timedelta(days=366)


class Line(Struct, frozen=True, kw_only=True):
    """One client in a list: ``label`` is empty where they did not agree to be called by name there, and ``reference`` is all there is."""

    client_id: UUID
    reference: str
    label: str
    account_id: UUID | None
    worker: str
    follow_up_on: date | None
    since: datetime
    cover_id: UUID | None
    cover: str
    cover_until: datetime | None

    def is_overdue(self, on: date) -> bool:
        """Whether the day to follow up is past."""
        return self.follow_up_on is not None and self.follow_up_on < on


class Load(Struct, frozen=True, kw_only=True):
    """How much one caseworker has to do."""

    account_id: UUID
    name: str
    clients: int
    overdue: int
    undated: int
    covering: int


def list_mine(session: Session, actor: Actor, organization_id: UUID, *, at: datetime, sealer: Sealer) -> list[Line]:
    """A caseworker's own people and those they cover for, due first. A name that is shown is written down once a day in its owner's log."""
    covers = (Caseload.cover_id == actor.account_id) & (Caseload.cover_until > at)
    lines = _lines(session, organization_id, or_(Caseload.account_id == actor.account_id, covers))
    return [_named(session, line, actor, organization_id, at=at, sealer=sealer) for line in lines]


def list_waiting(session: Session, organization_id: UUID) -> list[Line]:
    """People of the agency whom nobody works with yet, who came first first."""
    return sorted(_lines(session, organization_id, Caseload.account_id.is_(None)), key=lambda line: (line.since, line.reference))


def list_all(session: Session, organization_id: UUID) -> list[Line]:
    """Everybody the agency works with, by reference only."""
    return _lines(session, organization_id)


def loads(lines: Sequence[Line], workers: Sequence[tuple[UUID, str]], *, at: datetime) -> list[Load]:
    """How much each caseworker has to do; numbers only."""
    on = at.date()
    return [
        Load(
            account_id=key, name=name, clients=len(held := [line for line in lines if line.account_id == key]),
            overdue=sum(line.is_overdue(on) for line in held), undated=sum(line.follow_up_on is None for line in held),
            covering=sum(line.cover_id == key and line.cover_until is not None and line.cover_until > at for line in lines),
        )
        for key, name in workers
    ]  # fmt: skip


def take(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> None:
    """Take on somebody whom nobody works with yet; of two who come at once one does, the other is told (``Stale``)."""
    _, standing = get_known(session, client_id, actor, organization_id, at=at)
    if not standing.is_caseworker:
        raise NotPermitted("Only a caseworker can take somebody on.")
    free = Caseload.client_id == client_id, Caseload.organization_id == organization_id, Caseload.until.is_(None), Caseload.account_id.is_(None)
    done: CursorResult[Any] = session.execute(update(Caseload).where(*free).values(account_id=actor.account_id))  # type: ignore[assignment]  # a cursor
    if done.rowcount != 1:
        raise Stale("A colleague has taken them on meanwhile.")
    session.expire_all()
    if row := open_caseload(session, client_id, organization_id):
        note_hands(session, row, at=at)


def follow_up(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, on: date | None, *, at: datetime) -> None:
    """Set the day to follow up; None for none. ``Invalid`` for a day that is past or more than a year away."""
    row, _ = _held(session, client_id, actor, organization_id, at=at)
    if on is not None and not at.date() <= on <= (at + LONGEST_WAIT).date():
        raise Invalid(follow_up_on="Choose a day from today on, within a year.")
    row.follow_up_on = on
    session.flush()


def hand_over(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, to: UUID, *, at: datetime) -> None:
    """Give a client into the hands of a colleague; whoever has them, or the lead of the team, may."""
    row, _ = _held(session, client_id, actor, organization_id, at=at)
    if not is_caseworker(session, organization_id, to):
        raise Invalid(to="Choose a caseworker of your team.")
    row.account_id, row.cover_id, row.cover_until = to, None, None
    note_hands(session, row, at=at)


def leave_cover(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, to: UUID | None, until: datetime | None, *, at: datetime) -> None:
    """Let a colleague stand in until a day; with None for both the cover ends now."""
    row, _ = _held(session, client_id, actor, organization_id, at=at)
    if to is None or until is None:
        row.cover_id, row.cover_until = None, None
    elif not is_caseworker(session, organization_id, to) or to == row.account_id:
        raise Invalid(cover="Choose another caseworker of your team.")
    elif not at < until or until.date() > (at + LONGEST_COVER).date():
        raise Invalid(cover_until="Choose a day within the next 90 days.")
    else:
        row.cover_id, row.cover_until = to, until
    note_hands(session, row, at=at)


def end(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> None:
    """The agency works with the client no more: nothing of theirs is open to it from now on, whatever was agreed."""
    row, client = _held(session, client_id, actor, organization_id, at=at)
    stop_working(session, client, row, at=at)


def stop_working(session: Session, client: Client, row: Caseload, *, at: datetime) -> None:
    """End a caseload and what was agreed with that agency; a record that nobody else keeps is closed, and forgotten a year later."""
    row.until, row.cover_id, row.cover_until, row.follow_up_on = at, None, None, None
    note_hands(session, row, at=at)
    for one in list_consents(session, client.id, organization_id=row.organization_id):
        if one.withdrawn_at is None and one.ends_at > at:
            withdraw(session, client, one.id, at=at)
    session.flush()
    others = select(Caseload.id).where(Caseload.client_id == client.id, Caseload.until.is_(None)).limit(1)
    if client.account_id is None and session.scalars(others).first() is None:
        client.closed_at = at
        session.flush()


def held_line(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> Line:
    """How the agency works with one client, for whoever may change that: who has them, who stands in, and the lead of the team."""
    row, _ = _held(session, client_id, actor, organization_id, at=at)
    return _lines(session, organization_id, Caseload.id == row.id)[0]


def require_caseworker(actor: Actor, organization_id: UUID) -> None:
    """``NotPermitted`` unless somebody is a caseworker of the agency."""
    if organization_id not in actor.casework:
        raise NotPermitted("Only a caseworker works with people here.")


def end_of(day: date) -> datetime:
    """The last moment of a day (UTC), until which somebody stands in."""
    return datetime.combine(day, time(23, 59, 59), UTC)


def _held(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> tuple[Caseload, Client]:
    client, standing = get_known(session, client_id, actor, organization_id, at=at)
    if not (standing.is_lead or (standing.is_caseworker and standing.in_caseload)):
        raise NotPermitted("This person is with a colleague.")
    row = open_caseload(session, client_id, organization_id)
    if row is None:
        raise NotFound(NOBODY)
    return row, client


def _lines(session: Session, organization_id: UUID, *which: Any) -> list[Line]:
    cover = select(Account.id, Account.name).subquery()
    found = (
        select(Caseload, Account.name, cover.c.name)
        .outerjoin(Account, Account.id == Caseload.account_id).outerjoin(cover, cover.c.id == Caseload.cover_id)
        .where(Caseload.organization_id == organization_id, Caseload.until.is_(None), *which)
        .order_by(Caseload.follow_up_on.is_(None), Caseload.follow_up_on, Caseload.since, Caseload.id)
    )  # fmt: skip
    return [
        Line(
            client_id=row.client_id, reference=row.reference, label="", account_id=row.account_id, worker=worker or "", follow_up_on=row.follow_up_on,
            since=row.since, cover_id=row.cover_id, cover=stand_in or "", cover_until=row.cover_until,
        )
        for row, worker, stand_in in session.execute(found)
    ]  # fmt: skip


def _named(session: Session, line: Line, actor: Actor, organization_id: UUID, *, at: datetime, sealer: Sealer) -> Line:
    """The line with the name that the client wishes to be called by, where they agreed to that."""
    standing = Standing(organization_id=organization_id, is_caseworker=True, in_caseload=True, in_agency=True)
    consents = list_consents(session, line.client_id, organization_id=organization_id)
    row = session.get(ClientPart, (line.client_id, "label")) if parts_open(standing, consents, ("label",), at) else None
    if row is None or actor.account_id is None or organization_id not in actor.casework:
        return line
    locker = locker_of(session, line.client_id, sealer=sealer)
    if not was_listed(session, line.client_id, actor.account_id, at=at):
        note_view(session, locker, account_id=actor.account_id, organization_id=organization_id, role="caseworker", parts=("label",), purpose="list", at=at)
    return replace(line, label=called(locker.open(row.sealed, "client_part", "sealed", "label")))


def called(text: str) -> str:
    """The name in the JSON of the part ``label``: ``{"words": "Rosa"}``."""
    said = msgspec.json.decode(text)
    return str(said.get("words", ""))[:120] if isinstance(said, dict) else ""
