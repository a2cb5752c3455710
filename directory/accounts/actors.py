"""Who acts: an account with the roles that its present sign-in carries."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Account, Role

NEEDS_SECOND_FACTOR = frozenset({"administrator", "curator", "caseworker"})
"""Roles that sleep until a second factor was shown."""
RECENTLY = timedelta(minutes=30)
"""How long a factor that was shown counts for acts of weight."""


class Actor(Struct, frozen=True, kw_only=True):
    """Somebody who acts. ``roles`` are those awake, ``asleep`` those that wait for a second factor.

    ``owns``, ``edits`` and ``trusted`` are organizations: an owner edits too, and a trusted editor's changes go live at once.
    """

    account_id: UUID | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    asleep: frozenset[str] = frozenset()
    owns: frozenset[UUID] = frozenset()
    edits: frozenset[UUID] = frozenset()
    trusted: frozenset[UUID] = frozenset()
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
    everywhere = frozenset(row.role for row in rows if row.organization_id is None)
    asleep = everywhere & NEEDS_SECOND_FACTOR if level < 2 else frozenset[str]()
    within = [(row, row.organization_id) for row in rows if row.organization_id is not None]
    owns = frozenset(key for row, key in within if row.role == "owner")
    return Actor(
        account_id=account.id,
        name=account.name,
        roles=everywhere - asleep,
        asleep=asleep,
        owns=owns,
        edits=frozenset(key for _, key in within),
        trusted=owns | frozenset(key for row, key in within if row.is_trusted),
        confirmed_at=confirmed_at,
    )
