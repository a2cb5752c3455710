"""The ways by which an account could have read a record in a period: their own, casework, a referral they received, peer support they keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.tenure import roles_held
from directory.clients.consents import Agreed, list_consents
from directory.clients.parts import PARTS
from directory.clients.spans import Span, meet
from directory.models import Caseload, CaseloadHand, Client, ClientEvent, Consent, Redirect, Referral, ReferralEvent
from directory.referrals.reaching import READABLE


class Way(Struct, frozen=True, kw_only=True):
    """A way to read a record, at which organization, and when.

    ``own``, ``holds``, ``covers``, ``with a reason``, ``supervision``, ``referral``, ``peers`` (who keeps peer support) or ``key``.
    """

    way: str
    organization_id: UUID | None
    parts: tuple[str, ...]
    since: datetime
    until: datetime


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


WAYS: Final[tuple[Callable[[Session, UUID, Span], Iterator[tuple[UUID, Way]]], ...]] = (_own, _casework, _sent, _peers)
"""Each finds, of everybody, the records that were open in one way."""
