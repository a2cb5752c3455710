"""Who acts: an account with the roles that its present sign-in carries."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Account, Role

NEEDS_SECOND_FACTOR = frozenset({"administrator", "curator", "caseworker", "lead", "coordinator"})
"""Roles that sleep until a second factor was shown."""
RECENTLY = timedelta(minutes=30)
"""How long a factor that was shown counts for acts of weight."""


class Actor(Struct, frozen=True, kw_only=True):
    """Somebody who acts. ``roles`` are those awake, ``asleep`` those that wait for a second factor.

    ``owns``, ``edits`` and ``trusted`` are organizations: an owner edits too, and a trusted editor's changes go live at once.
    ``casework`` and ``leads`` are the agencies whose caseworker, or lead of a team, somebody is, where these roles are awake;
    ``coordinates`` those whose peer support they keep.
    """

    account_id: UUID | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    asleep: frozenset[str] = frozenset()
    owns: frozenset[UUID] = frozenset()
    edits: frozenset[UUID] = frozenset()
    trusted: frozenset[UUID] = frozenset()
    casework: frozenset[UUID] = frozenset()
    leads: frozenset[UUID] = frozenset()
    coordinates: frozenset[UUID] = frozenset()
    confirmed_at: datetime | None = None

    @property
    def is_anyone(self) -> bool:
        """Nobody who has signed in."""
        return self.account_id is None

    @property
    def by(self) -> str:
        """The actor as the change log writes it: an id that says nothing of the person."""
        return f"account:{self.account_id}" if self.account_id else "anyone"

    def has(self, role: str) -> bool:
        """Whether the role is awake."""
        return role in self.roles

    def confirmed_recently(self, at: datetime) -> bool:
        """Whether the person showed a factor within the last half hour."""
        return self.confirmed_at is not None and timedelta(0) <= at - self.confirmed_at <= RECENTLY


ANYONE = Actor()
"""Whoever has not signed in."""


def actor_of(session: Session, account: Account, *, level: int, confirmed_at: datetime) -> Actor:
    """The actor that an account is after ``level`` factors."""
    rows = session.scalars(select(Role).where(Role.account_id == account.id)).all()
    asleep = frozenset(row.role for row in rows) & NEEDS_SECOND_FACTOR if level < 2 else frozenset[str]()
    awake = [row for row in rows if row.role not in asleep]
    owns = _within(awake, "owner")
    return Actor(
        account_id=account.id,
        name=account.name,
        roles=frozenset(row.role for row in awake if row.organization_id is None),
        asleep=asleep,
        owns=owns,
        edits=owns | _within(awake, "editor"),
        trusted=owns | frozenset(row.organization_id for row in awake if row.organization_id and row.is_trusted),
        casework=_within(awake, "caseworker"),
        leads=_within(awake, "lead"),
        coordinates=_within(awake, "coordinator"),
        confirmed_at=confirmed_at,
    )


def _within(rows: list[Role], role: str) -> frozenset[UUID]:
    return frozenset(row.organization_id for row in rows if row.role == role and row.organization_id is not None)
