"""How long an agency keeps what it wrote once it works with somebody no more: set by the lead of its team, within bounds, and told to the people.

For one person it is the shorter of what is set and what the words said when that person agreed; what is set longer later counts from their next yes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from directory.accounts.actors import Actor
from directory.errors import Invalid, NotFound
from directory.models import AgencyRule, Caseload

USUAL: Final = timedelta(days=365)
SHORTEST, LONGEST = 30, 2_555
"""Days: a month to seven years (rule P8)."""


def keep_for(session: Session, organization_id: UUID, days: int, *, actor: Actor, at: datetime) -> None:
    """Set how many days it keeps it; ``NotFound`` for whoever does not lead the team, ``Invalid`` out of bounds. Shorter counts at once,
    longer for each person when they agree anew."""
    if organization_id not in actor.leads:
        raise NotFound("There is no such page here.")
    if not SHORTEST <= days <= LONGEST:
        raise Invalid(keep_days=f"Write a number of days from {SHORTEST} to {LONGEST:,}.")
    session.merge(AgencyRule(organization_id=organization_id, keep_days=days, at=at, by=actor.by))
    session.flush()


def days_kept(session: Session, organization_id: UUID) -> int:
    """How many days it keeps it."""
    row = session.get(AgencyRule, organization_id)
    return row.keep_days if row else USUAL.days


def days_for(session: Session, client_id: UUID, organization_id: UUID) -> int:
    """How many days it keeps what it wrote about one person."""
    agreed = agreed_days(session, client_id, organization_id)
    return min(days_kept(session, organization_id), agreed or LONGEST)


def agreed_days(session: Session, client_id: UUID, organization_id: UUID) -> int | None:
    """The days that a person agreed to with an agency; None where the two never worked together."""
    return session.scalar(select(func.min(Caseload.agreed_days)).where(Caseload.client_id == client_id, Caseload.organization_id == organization_id))


def count_shorter(session: Session, organization_id: UUID) -> int:
    """For how many of the people that an agency works with now a shorter time holds than it has set."""
    here = Caseload.organization_id == organization_id, Caseload.until.is_(None), Caseload.agreed_days < days_kept(session, organization_id)
    return session.scalar(select(func.count()).select_from(Caseload).where(*here)) or 0


def agree_anew(session: Session, client_id: UUID, organization_id: UUID) -> None:
    """The person agreed to the words of now: the days that these name hold from now on, shorter or longer."""
    both = Caseload.client_id == client_id, Caseload.organization_id == organization_id
    session.execute(update(Caseload).where(*both).values(agreed_days=days_kept(session, organization_id)))


def is_over(session: Session, organization: Any, ended_at: Any, at: datetime, *, client: Any = None) -> ColumnElement[bool]:
    """Whether something that ended then at this organization (columns) is kept no longer; with ``client``, also by what that client agreed to."""
    rules = {row.organization_id: timedelta(days=row.keep_days) for row in session.scalars(select(AgencyRule))}
    own = [and_(organization == key, ended_at < at - kept) for key, kept in rules.items()]
    agreed = [] if client is None else _as_agreed(session, organization, ended_at, at, client)
    return or_(*own, and_(organization.not_in(list(rules)), ended_at < at - USUAL), *agreed)


def _as_agreed(session: Session, organization: Any, ended_at: Any, at: datetime, client: Any) -> list[ColumnElement[bool]]:
    """One condition for each number of days that anybody agreed to: engines add days to a moment each in their own way."""
    theirs = aliased(Caseload)
    both = theirs.client_id == client, theirs.organization_id == organization
    spans = session.scalars(select(Caseload.agreed_days).distinct().order_by(Caseload.agreed_days)).all()
    return [
        and_(ended_at < at - timedelta(days=days), select(theirs.id).where(*both, theirs.agreed_days == days).exists()) for days in spans
    ]  # fmt: skip
