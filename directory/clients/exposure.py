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

from directory.accounts.tenure import roles_held
from directory.clients.consents import Agreed, list_consents
from directory.clients.keys import locker_of
from directory.clients.parts import PARTS
from directory.clients.spans import Span, meet
from directory.clients.watching import broken_at
from directory.models import (
    Caseload,
    CaseloadHand,
    Client,
    ClientEvent,
    ClientKey,
    ClientKeyPast,
    ClientView,
    Consent,
    Redirect,
    Referral,
    ReferralEvent,
)  # fmt: skip
from directory.referrals.reaching import READABLE
from directory.sealing import Sealer


class Way(Struct, frozen=True, kw_only=True):
    """A way to read a record, at which organization, and when.

    ``own``, ``holds``, ``covers``, ``with a reason``, ``supervision``, ``referral``, ``peers`` (who keeps peer support) or ``key``.
    """

    way: str
    organization_id: UUID | None
    parts: tuple[str, ...]
    since: datetime
    until: datetime


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
    found = (one for look in (_own, _casework, _sent, _peers) for one in look(session, account_id, period))
    ways = _grouped((client_id, way) for client_id, way in found if organization_id in (None, way.organization_id))
    opened = _opened(session, account_id, period, organization_id)
    return [_exposed(session, key, ways.get(key, ()), opened.get(key, ()), sealer) for key in sorted({*ways, *opened})]


def exposed_by_key(session: Session, key: str, *, since: datetime, until: datetime, sealer: Sealer) -> list[Exposed]:
    """Whose data a key of the house could have opened in a period, for whoever also had the database: nothing tells whether they did."""
    period, found = Span(since, until), dict[UUID, list[Way]]()
    for client_id, name, span in _wraps(session):
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


def _own(session: Session, account_id: UUID, period: Span) -> Iterator[tuple[UUID, Way]]:
    for client in session.scalars(select(Client).where(Client.account_id == account_id, Client.merged_into.is_(None))):
        joined = select(ClientEvent.at).where(ClientEvent.client_id == client.id, ClientEvent.kind == "joined").order_by(ClientEvent.seq.desc()).limit(1)
        began = session.scalar(joined) if client.organization_id else None
        if both := Span(began or client.made_at, None) & period:
            yield client.id, Way(way="own", organization_id=None, parts=PARTS, since=both.since, until=both.until)


def _casework(session: Session, account_id: UUID, period: Span) -> Iterator[tuple[UUID, Way]]:
    for held in roles_held(session, account_id):
        purpose = {"caseworker": "together", "lead": "supervision"}.get(held.role)
        if purpose is None:
            continue
        for row in session.scalars(select(Caseload).where(Caseload.organization_id == held.organization_id).order_by(Caseload.id)):
            there = meet(period, Span(held.since, held.until), Span(row.since, row.until))
            for one in list_consents(session, row.client_id, organization_id=held.organization_id) if there else ():
                if one.purpose == purpose and there and (both := there & _of(one)):
                    yield from _ways(session, row, one, both, account_id, held.role)


def _ways(session: Session, row: Caseload, one: Agreed, both: Span, account_id: UUID, role: str) -> Iterator[tuple[UUID, Way]]:
    """A lead looks for supervision; a caseworker as who holds or covers, and in all of the span for a reason that they write down."""
    same = CaseloadHand.client_id == row.client_id, CaseloadHand.organization_id == row.organization_id, CaseloadHand.account_id == account_id
    hands = [
        ("holds" if hand.kind == "holder" else "covers", span)
        for hand in session.scalars(select(CaseloadHand).where(*same).order_by(CaseloadHand.since)) if (span := both & Span(hand.since, hand.until))
    ]  # fmt: skip
    if role == "lead":
        hands = [("supervision", both)]
    elif not any((span.since, span.until) == (both.since, both.until) for _, span in hands):
        hands.append(("with a reason", both))
    for way, span in hands:
        yield row.client_id, Way(way=way, organization_id=row.organization_id, parts=one.parts, since=span.since, until=span.until)


def _sent(session: Session, account_id: UUID, period: Span) -> Iterator[tuple[UUID, Way]]:
    """Packets of referrals, for people who are trusted at the organization that received them, or at what it was merged into."""
    for held in roles_held(session, account_id):
        if held.role != "owner" and not held.is_trusted:
            continue
        merged = {row.old_id: row.at for row in session.scalars(select(Redirect).where(Redirect.new_id == held.organization_id))}
        for row in session.scalars(select(Referral).where(Referral.organization_id.in_({held.organization_id, *merged}), Referral.sent_at.is_not(None))):
            consent = session.get(Consent, row.consent_id) if row.consent_id else None
            spans = period, Span(held.since, held.until), Span(merged.get(row.organization_id, held.since), None), _readable(session, row)
            if consent is not None and (both := meet(*spans, Span(consent.starts_at, _end(consent.ends_at, consent.withdrawn_at)))):
                parts = tuple(msgspec.json.decode(consent.parts))
                yield row.client_id, Way(way="referral", organization_id=held.organization_id, parts=parts, since=both.since, until=both.until)


def _peers(session: Session, account_id: UUID, period: Span) -> Iterator[tuple[UUID, Way]]:
    """What people in its peer support agreed that the coordinators of an organization read."""
    for held in roles_held(session, account_id):
        if held.role != "coordinator":
            continue
        there = Consent.organization_id == held.organization_id, Consent.purpose == "peers"
        for one in session.scalars(select(Consent).where(*there).order_by(Consent.id)):
            if both := meet(period, Span(held.since, held.until), Span(one.starts_at, _end(one.ends_at, one.withdrawn_at))):
                parts = tuple(msgspec.json.decode(one.parts))
                yield one.client_id, Way(way="peers", organization_id=held.organization_id, parts=parts, since=both.since, until=both.until)


def _readable(session: Session, row: Referral) -> Span:
    """How long an organization could read what it was sent, its consent aside."""
    steps = select(ReferralEvent.at).where(ReferralEvent.referral_id == row.id, ReferralEvent.becomes.in_(("declined", "withdrawn")))
    stopped = session.scalars(steps.order_by(ReferralEvent.seq).limit(1)).first()
    assert row.sent_at is not None  # noqa: S101  (asked by the caller)
    return Span(row.sent_at, stopped or (row.ended_at + READABLE if row.ended_at else None))


def _of(one: Agreed) -> Span:
    return Span(one.starts_at, _end(one.ends_at, one.withdrawn_at))


def _end(ends_at: datetime, withdrawn_at: datetime | None) -> datetime:
    return min(ends_at, withdrawn_at) if withdrawn_at else ends_at


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
