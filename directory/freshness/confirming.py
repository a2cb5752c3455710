"""Somebody says that everything is still right: the date moves, and it is kept who said so and how."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.changes import change_row, record_changes
from directory.errors import Invalid
from directory.freshness.rules import days_of, kinds_of
from directory.models import Call, Confirmation, Reminder, Service

How = Literal["organization", "link", "call", "import"]
ASSURED_BY: Final[dict[How, str]] = {"organization": "organization", "link": "organization", "call": "steward", "import": "import"}
"""Who stands for the listing after each way of confirming; the score counts a person more than an import's date (``matching.weights.SOURCE``)."""
WHY: Final[dict[How, str]] = {
    "organization": "Everything is still right, said by the organization.",
    "link": "Everything is still right, said by the organization through the link in its mail.",
    "call": "Everything is still right, said on the telephone.",
    "import": "The source says that it was looked at.",
}
LISTED: Final = ("active", "temporarily closed")


def confirm(session: Session, service: Service, *, by: str, at: datetime, how: How) -> UUID:
    """Everything is still right: move the date of a listing to the day of ``at``; gives the act of its change lines.

    ``Invalid`` for a listing that is not listed, or another ``how``. Reminders begin anew, and a call that waits for this listing is done.
    """
    if how not in get_args(How):
        raise Invalid(how="A listing is confirmed by its organization, a link, a call or an import.")
    if service.status not in LISTED:
        raise Invalid(service="This listing is not in the directory any more, so that there is nothing to confirm.")
    act = uuid4()
    told: dict[str, date | str] = {"assured_date": at.date(), "assured_by": ASSURED_BY[how]}
    lines = [_line(service, field, value, by=by, at=at, why=WHY[how], act=act) for field, value in told.items() if getattr(service, field) != value]
    service.assured_date, service.assured_by = at.date(), ASSURED_BY[how]
    said = Confirmation(id=uuid4(), service_id=service.id, at=at, by=by, how=how)
    session.add(said)
    _begin_anew(session, service, at)
    session.flush()
    added = change_row(entity="confirmation", entity_id=said.id, action="added", by=by, at=at, after={"service_id": str(service.id), "how": how}, act=act)
    record_changes(session, [*lines, added])
    return act


def last_confirmed(session: Session, service_id: UUID) -> Confirmation | None:
    """The newest word that a listing is right."""
    newest = select(Confirmation).where(Confirmation.service_id == service_id).order_by(Confirmation.at.desc(), Confirmation.id)
    return session.scalars(newest.limit(1)).one_or_none()


def _line(service: Service, field: str, value: date | str, *, by: str, at: datetime, why: str, act: UUID) -> dict[str, Any]:
    before = getattr(service, field)
    return change_row(entity="service", entity_id=service.id, action="changed", by=by, at=at, field=field, before=before, after=value, why=why, act=act)


def _begin_anew(session: Session, service: Service, at: datetime) -> None:
    due_on = at.date() + days_of(session, kinds_of(session, [service.id])[service.id])
    reminder = session.scalars(select(Reminder).where(Reminder.service_id == service.id)).one_or_none()
    if reminder is None:
        session.add(Reminder(service_id=service.id, due_on=due_on, times=0))
    else:
        reminder.due_on, reminder.times = due_on, 0
    waits = update(Call).where(Call.service_id == service.id, Call.closed_at.is_(None))
    session.execute(waits.values(closed_at=at, outcome="confirmed"))
