"""Introductions by the organization: the one place where a name is given out. Each is noted in both people's own logs, with who made it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.keys import locker_of
from directory.clients.watching import note_view
from directory.errors import Invalid, NotFound, NotPermitted
from directory.models import Introduction
from directory.peers.agreed import WHY, look_at_agreed
from directory.peers.ending import close
from directory.peers.schemes import NONE, Scheme
from directory.peers.talking.names import name_in
from directory.peers.telling import tell
from directory.sealing import Sealer

FIRST_CONTACT: Final = ("here", "public_place", "with_staff")
"""The first contact is inside Homeground, or in a public place; where one of them is under 18, staff are there."""
NAME: Final = ("peers_name",)
"""What the log says was given out."""
NOBODY: Final = UUID(int=0)


def list_introduced(session: Session, scheme_id: UUID) -> list[Introduction]:
    """Those who were introduced and go on, the newest first."""
    live = Introduction.introduced_at.is_not(None), Introduction.ended_at.is_(None)
    return list(session.scalars(select(Introduction).where(Introduction.scheme_id == scheme_id, *live).order_by(Introduction.introduced_at.desc())))


def introduce(
    session: Session, scheme: Scheme, introduction_id: UUID, actor: Actor, first_contact: str, *, on: date, at: datetime, sealer: Sealer, base_url: str,
) -> None:  # fmt: skip
    """Introduce two who both said yes. From now on each reads the name that the other chose.

    1. It is still so, and nothing stands against it now: who is vouched for, checks, a guardian's consent, whom one must never meet. 2. How they meet
    first. 3. A line in both logs. 4. The same letter to both. ``Invalid`` says what stands in the way.
    """
    held = session.get(Introduction, introduction_id, with_for_update=True, populate_existing=True)
    if held is not None and held.introduced_at is not None:
        raise NotPermitted("They were introduced already.")
    agreed = look_at_agreed(session, scheme, introduction_id, actor, on=on, at=at, sealer=sealer)
    errors = {"introduce": " ".join(WHY[one] for one in agreed.against)} if agreed.against else {}
    errors |= {} if first_contact in FIRST_CONTACT else {"first_contact": "Choose how they meet first."}
    if agreed.has_minor and first_contact != "with_staff":
        errors["first_contact"] = "One of them is under 18: staff are there when they first meet."
    if errors:
        raise Invalid(**errors)
    row = agreed.introduction
    row.introduced_at, row.introduced_by, row.first_contact = at, actor.by, first_contact
    session.flush()
    for client_id in (row.seeker_id, row.supporter_id):
        note_view(
            session, locker_of(session, client_id, sealer=sealer), account_id=actor.account_id or NOBODY, organization_id=scheme.organization_id,
            role="coordinator", parts=NAME, purpose="introduced", at=at,
        )  # fmt: skip
        tell(session, client_id, at=at, sealer=sealer, base_url=base_url)


def decline(session: Session, scheme: Scheme, introduction_id: UUID, actor: Actor, *, on: date, at: datetime, sealer: Sealer, base_url: str) -> None:
    """The coordinator does not introduce two who both said yes. Both read of the end from the next day on, as of any end, and may be free again."""
    row = look_at_agreed(session, scheme, introduction_id, actor, on=on, at=at, sealer=sealer).introduction
    if row.introduced_at is not None:
        raise NotPermitted("They were introduced already.")
    close(session, row, by="house", at=at, sealer=sealer, base_url=base_url)


def name_for(session: Session, row: Introduction, client_id: UUID, *, sealer: Sealer) -> str:
    """The name that the other of two chose, for one of them; ``NotFound`` before they are introduced, after it ended, and for everybody else."""
    if row.introduced_at is None or row.ended_at is not None or client_id not in (row.seeker_id, row.supporter_id):
        raise NotFound(NONE)
    side, other = ("supporter", row.supporter_id) if client_id == row.seeker_id else ("seeker", row.seeker_id)
    return name_in(session, row.scheme_id, other, side, sealer=sealer)
