"""Reminders: who is asked whether their listings are still right, in one mail for all of them, never more often than people bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.throttle import Limit, take
from directory.errors import TooOften
from directory.freshness.addressees import addressees
from directory.freshness.calls import open_call
from directory.freshness.confirming import LISTED
from directory.freshness.letters import reminder_letter
from directory.freshness.links import make_confirm_link
from directory.freshness.rules import ORDINARY, all_days, kinds_of
from directory.models import Call, Reminder, Service
from directory.outbox import post_where_safe
from directory.sealing import Sealer
from directory.storage import Storage

ONCE_A_WEEK: Final = (Limit("remind/address", 1, 7 * 86_400),)
SOON: Final = timedelta(days=21)
"""What is due within so long is asked about in the same mail, so that one mail does for a while."""
AGAIN: Final = timedelta(days=14)
"""How long an answer is waited for."""
IN_VAIN: Final = 3
"""After so many mails without an answer somebody calls."""
LATER: Final = timedelta(days=30)
MOST: Final = 200
"""Groups of listings asked about in one run: a run is short, and the next one comes soon."""
BATCH: Final = 1000


class Round(Struct, frozen=True, kw_only=True):
    """What one run did: mails laid in the outbox, and calls opened."""

    mails: int = 0
    calls: int = 0


def remind_due(storage: Storage, *, at: datetime, sealer: Sealer, base_url: str) -> Round:
    """Ask about every listing that is due at ``at``; one transaction for those who are asked together, so that it may be stopped and run again.

    1. Give each listing that has none its date. 2. Take those that are due with those that soon will be, by who is asked. 3. A mail each, at most one
    a week to an address; nobody to write to, or three mails in vain: a call.
    """
    _plan(storage, at)
    with storage.reading() as session:
        groups = _groups(session, at, sealer)
    mails = calls = 0
    for addresses, ids in groups[:MOST]:
        with storage.writing() as session:
            sent, opened = _ask(session, addresses, ids, at=at, sealer=sealer, base_url=base_url)
        mails, calls = mails + sent, calls + opened
    return Round(mails=mails, calls=calls)


def _plan(storage: Storage, at: datetime) -> None:
    """The date of each listing that has none: so many days after it was confirmed, or came in."""
    missing = select(Service).outerjoin(Reminder, Reminder.service_id == Service.id).where(Reminder.id.is_(None), Service.status.in_(LISTED))
    while True:
        with storage.writing() as session:
            services = session.scalars(missing.order_by(Service.id).limit(BATCH)).all()
            days, kinds = all_days(session), kinds_of(session, [service.id for service in services])
            for service in services:
                session.add(Reminder(service_id=service.id, due_on=_stays_fresh_until(service, days, kinds[service.id], at), times=0))
        if len(services) < BATCH:
            return


def _stays_fresh_until(service: Service, days: dict[str, int], kind: str, at: datetime) -> date:
    return (service.assured_date or service.added_on or at.date()) + timedelta(days=days.get(kind, days[ORDINARY]))


def _groups(session: Session, at: datetime, sealer: Sealer) -> list[tuple[tuple[str, ...], list[UUID]]]:
    """Listings by who is asked about them: those with one that is due, longest due first."""
    waits = select(Call.service_id).where(Call.closed_at.is_(None))
    soon = select(Service, Reminder.due_on).join(Reminder, Reminder.service_id == Service.id).where(Reminder.due_on <= at.date() + SOON)
    rows = session.execute(soon.where(Service.status.in_(LISTED), Service.id.not_in(waits)).order_by(Reminder.due_on, Service.name, Service.id)).all()
    asked = addressees(session, [service for service, _ in rows], sealer=sealer)
    found: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    is_due = set()
    for service, due_on in rows:
        found[asked[service.id]].append(service.id)
        if due_on <= at.date():
            is_due.add(asked[service.id])
    return [(addresses, ids) for addresses, ids in found.items() if addresses in is_due]


def _ask(session: Session, addresses: tuple[str, ...], ids: Sequence[UUID], *, at: datetime, sealer: Sealer, base_url: str) -> tuple[int, int]:
    """Mails sent and calls opened for listings that are asked about together; what moved since they were gathered is left alone."""
    rows = session.execute(
        select(Service, Reminder).join(Reminder, Reminder.service_id == Service.id).where(Service.id.in_(ids), Service.status.in_(LISTED))
        .order_by(Service.name, Service.id).with_for_update(of=Reminder)
    ).all()
    for service, reminder in rows:
        _catch_up(session, service, reminder, at)
    waiting = [(service, reminder) for service, reminder in rows if reminder.due_on <= at.date() + SOON]
    due = [(service, reminder) for service, reminder in waiting if reminder.due_on <= at.date()]
    silent = [(service, reminder) for service, reminder in due if not addresses or reminder.times >= IN_VAIN]
    for service, reminder in silent:
        open_call(session, service.id, why=f"{IN_VAIN} mails brought no answer." if addresses else "It lists no address to write to.", at=at)
        reminder.due_on = at.date() + LATER
    asked = [(service, reminder) for service, reminder in waiting if (service, reminder) not in silent]
    if not any(pair in due for pair in asked):
        return 0, len(silent)
    sent = sum(_mail(session, to, [service for service, _ in asked], at=at, sealer=sealer, base_url=base_url) for to in addresses)
    for _, reminder in asked if sent else ():
        reminder.due_on, reminder.sent_at, reminder.times = at.date() + AGAIN, at, reminder.times + 1
    return sent, len(silent)


def _catch_up(session: Session, service: Service, reminder: Reminder, at: datetime) -> None:
    """A new date for a listing that was confirmed in another way since its date was set: by an edit or an import."""
    fresh_until = _stays_fresh_until(service, all_days(session), kinds_of(session, [service.id])[service.id], at)
    is_answered = reminder.sent_at is not None and service.assured_date is not None and service.assured_date >= reminder.sent_at.date()
    if is_answered if reminder.times else fresh_until > reminder.due_on:
        reminder.due_on, reminder.times = fresh_until, 0


def _mail(session: Session, to: str, services: Sequence[Service], *, at: datetime, sealer: Sealer, base_url: str) -> int:
    """A mail, unless this address had one within the week; gives how many."""
    try:
        take(session, ONCE_A_WEEK, to, at=at, sealer=sealer)
    except TooOften:
        return 0
    ids = [service.id for service in services]
    links = [f"{base_url}/confirm/{make_confirm_link(session, [key], to, at=at, sealer=sealer)}" for key in ids]
    every = f"{base_url}/confirm/{make_confirm_link(session, ids, to, at=at, sealer=sealer)}" if len(ids) > 1 else ""
    post_where_safe(session, reminder_letter(to, [service.name for service in services], links, every), at=at, sealer=sealer)
    return 1
