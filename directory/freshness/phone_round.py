"""What curators see of the calls to make: the list, longest unconfirmed first, and one call with the numbers to dial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.calling import phone_line
from directory.freshness.calls import TRIES
from directory.listings import PhoneLine
from directory.models import Account, Call, Phone, Service
from directory.shelf import Shelf

PAGE = 50


class CallLine(Struct, frozen=True, kw_only=True):
    """One call to make. ``holder`` is the name of the curator who has it, empty for nobody; ``holder_id`` its account, for taking it over."""

    call_id: UUID
    service_id: UUID
    name: str
    organization: str
    why: str
    tries: int
    next_at: datetime
    is_due: bool
    is_mine: bool
    holder: str
    holder_id: str
    assured_on: date | None
    outcome: str
    note: str
    phones: tuple[PhoneLine, ...]
    is_open: bool
    is_listed: bool

    @property
    def is_in_vain(self) -> bool:
        """Whether it was tried so often that it is time to think of taking the listing down."""
        return self.tries >= TRIES


class CallList(Struct, frozen=True, kw_only=True):
    """The first calls to make now, the first of those that wait for their time, and how many there are of both."""

    due: tuple[CallLine, ...]
    later: tuple[CallLine, ...]
    due_total: int
    later_total: int


def list_calls(session: Session, actor: Actor, *, at: datetime, country: str) -> CallList:
    """The calls to make: one's own first, then the listings that were not confirmed for longest."""
    is_open = Call.closed_at.is_(None)
    counts = [session.scalar(select(func.count()).select_from(Call).where(is_open, when)) or 0 for when in (Call.next_at <= at, Call.next_at > at)]
    rows = select(Call).join(Service, Service.id == Call.service_id).where(is_open)
    first = rows.where(Call.next_at <= at).order_by((Call.account_id == actor.account_id).desc().nulls_last(), Service.assured_date.nulls_first(), Call.id)
    later = rows.where(Call.next_at > at).order_by(Call.next_at, Call.id)
    due, waiting = (lines_of(session, session.scalars(found.limit(PAGE)).all(), actor, at=at, country=country) for found in (first, later))
    return CallList(due=due, later=waiting, due_total=counts[0], later_total=counts[1])


def lines_of(session: Session, calls: Sequence[Call], actor: Actor, *, at: datetime, country: str) -> tuple[CallLine, ...]:
    """Calls as lines, in the order given, in a handful of queries."""
    shelf = Shelf(session, {call.service_id for call in calls})
    holders = {key for call in calls if (key := call.account_id)}
    names = {key: name for key, name in session.execute(select(Account.id, Account.name).where(Account.id.in_(holders)))}  # noqa: C416  (dict() takes no rows)
    return tuple(_line(shelf, call, names, actor, at, country) for call in calls)


def _line(shelf: Shelf, call: Call, names: dict[UUID, str], actor: Actor, at: datetime, country: str) -> CallLine:
    service = shelf.services[call.service_id]
    organization, source = shelf.organization_of(service), shelf.source_of(service)
    return CallLine(
        call_id=call.id, service_id=service.id, name=service.name, organization=organization.name if organization else "", why=call.why,
        tries=call.tries, next_at=call.next_at, is_due=call.closed_at is None and call.next_at <= at, is_mine=call.account_id == actor.account_id,
        holder=names.get(call.account_id, "") if call.account_id else "", holder_id=str(call.account_id or ""), assured_on=service.assured_date,
        outcome=call.outcome or "", note=call.note or "", is_open=call.closed_at is None, is_listed=service.status in ("active", "temporarily closed"),
        phones=_numbers(shelf, service, (source.country if source else None) or country),
    )   # fmt: skip


def _numbers(shelf: Shelf, service: Service, country: str) -> tuple[PhoneLine, ...]:
    """The numbers to try, nearest to the listing first; those of a place that is not public stay where they are."""
    rows = list(shelf.children(Phone, "service_id", service.id))
    for link in shelf.places.get(service.id, []):
        rows += shelf.children(Phone, "service_at_location_id", link.id)
        if shelf.locations[link.location_id].visibility == "public":
            rows += shelf.children(Phone, "location_id", link.location_id)
    rows += shelf.children(Phone, "organization_id", service.organization_id) if service.organization_id else []
    return tuple(dict.fromkeys(phone_line(row, country=country) for row in rows))
