"""After a break-in: whose data an account, or a key of the house, could have read in a period, and whose was really opened (rule P22).

What could be read follows from what held at the time, each kept as rows: roles (the change log), caseloads, in whose hands they were, consents and
referrals. What was opened follows from the access logs, which are chained. Nothing of a record is in it but which parts were open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.clients.exposure_ways import WAYS, Way
from directory.clients.keys import locker_of
from directory.clients.parts import PARTS
from directory.clients.spans import Span
from directory.clients.watching import broken_at
from directory.errors import NotFound
from directory.models import Caseload, Client, ClientKey, ClientKeyPast, ClientView
from directory.sealing import Sealer


class Opened(Struct, frozen=True, kw_only=True):
    """One line of an access log."""

    at: datetime
    organization_id: UUID
    role: str
    parts: tuple[str, ...]


class Exposed(Struct, frozen=True, kw_only=True):
    """One person's record: every way that was open, every time that it was used, and whether the log that says so is whole."""

    client_id: UUID
    references: tuple[str, ...]
    ways: tuple[Way, ...]
    opened: tuple[Opened, ...]
    is_whole: bool


def exposed_to(
    session: Session, account_id: UUID, *, since: datetime, until: datetime, organization_id: UUID | None = None, sealer: Sealer,
) -> list[Exposed]:  # fmt: skip
    """Whose data an account could have read, or opened, in a period that ends before ``until``; only at one organization, where one is named."""
    period = Span(since, until)
    found = (one for look in WAYS for one in look(session, account_id, period))
    ways = _grouped((client_id, way) for client_id, way in found if organization_id in (None, way.organization_id))
    opened = _opened(session, account_id, period, organization_id)
    return [_exposed(session, key, ways.get(key, ()), opened.get(key, ()), sealer) for key in sorted({*ways, *opened})]


def exposed_by_key(session: Session, key: str, *, since: datetime, until: datetime, sealer: Sealer) -> list[Exposed]:
    """Whose data a key of the house could have opened in a period, for whoever also had the database: nothing tells whether they did.

    ``NotFound`` for a key that is not at hand and that nothing was ever sealed with: to a misspelt name, "nobody" would be the worst of answers.
    """
    period, found, wraps = Span(since, until), dict[UUID, list[Way]](), list(_wraps(session))
    if key not in sealer.names | {name for _, name, _ in wraps}:
        raise NotFound(f"There is no key '{key[:80]}'. A text that is sealed with it begins with v1 and its name, such as v1.{sealer.newest}.")
    for client_id, name, span in wraps:
        if name == key and (both := span & period):
            found.setdefault(client_id, []).append(Way(way="key", organization_id=None, parts=PARTS, since=both.since, until=both.until))
    return [_exposed(session, client_id, ways, (), sealer) for client_id, ways in sorted(found.items())]


def _wraps(session: Session) -> Iterator[tuple[UUID, str, Span]]:
    """Which key of the house the key of each client was wrapped with, and when."""
    past: dict[UUID, list[ClientKeyPast]] = {}
    for row in session.scalars(select(ClientKeyPast).order_by(ClientKeyPast.until)):
        past.setdefault(row.client_id, []).append(row)
    for key, wrapped, made_at in session.execute(select(ClientKey.client_id, ClientKey.wrapped, Client.made_at).join(Client, Client.id == ClientKey.client_id)):
        began = made_at
        for row in past.get(key, []):
            yield key, row.kid, Span(began, row.until)
            began = row.until
        yield key, wrapped.split(".")[1], Span(began, None)


def _opened(session: Session, account_id: UUID, period: Span, organization_id: UUID | None) -> dict[UUID, list[Opened]]:
    found = select(ClientView).where(ClientView.account_id == account_id, ClientView.at >= period.since, ClientView.at < period.until)
    there = found.where(ClientView.organization_id == organization_id) if organization_id else found
    opened: dict[UUID, list[Opened]] = {}
    for row in session.scalars(there.order_by(ClientView.client_id, ClientView.seq)):
        line = Opened(at=row.at, organization_id=row.organization_id, role=row.role, parts=tuple(msgspec.json.decode(row.parts)))
        opened.setdefault(row.client_id, []).append(line)
    return opened


def _grouped(found: Iterable[tuple[UUID, Way]]) -> dict[UUID, list[Way]]:
    ways: dict[UUID, list[Way]] = {}
    for client_id, way in found:
        ways.setdefault(client_id, []).append(way)
    return ways


def _exposed(session: Session, client_id: UUID, ways: Iterable[Way], opened: Iterable[Opened], sealer: Sealer) -> Exposed:
    references = select(Caseload.reference).where(Caseload.client_id == client_id).order_by(Caseload.since, Caseload.id)
    return Exposed(
        client_id=client_id, references=tuple(dict.fromkeys(session.scalars(references))), opened=tuple(opened),
        ways=tuple(sorted(set(ways), key=lambda one: (one.since, one.until, one.way, str(one.organization_id), one.parts))),
        is_whole=broken_at(session, locker_of(session, client_id, sealer=sealer)) is None,
    )  # fmt: skip
