"""How long an agency keeps what it wrote once it works with somebody no more: set by the lead of its team, within bounds, and told to the people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import Invalid, NotFound
from directory.models import AgencyRule

USUAL: Final = timedelta(days=365)
SHORTEST, LONGEST = 30, 2_555
"""Days: a month to seven years (rule P8)."""


def keep_for(session: Session, organization_id: UUID, days: int, *, actor: Actor, at: datetime) -> None:
    """Set how many days it keeps it; ``NotFound`` for whoever does not lead the team, ``Invalid`` out of bounds. Shorter counts at once."""
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


def is_over(session: Session, organization: Any, ended_at: Any, at: datetime) -> ColumnElement[bool]:
    """Whether something that ended then at this organization (columns) is kept no longer."""
    rules = {row.organization_id: timedelta(days=row.keep_days) for row in session.scalars(select(AgencyRule))}
    own = [and_(organization == key, ended_at < at - kept) for key, kept in rules.items()]
    return or_(*own, and_(organization.not_in(list(rules)), ended_at < at - USUAL))
