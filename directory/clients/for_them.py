"""What the law gives somebody without an account as well, by the hand of their caseworker: a copy of everything, and erasure. Each takes a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.copies import Copied, copied
from directory.clients.erasing import erase_client
from directory.clients.opening import open_whole
from directory.clients.working import scribed
from directory.errors import Invalid
from directory.models import Account, Erased
from directory.sealing import Sealer

WHY: Final = {"asked": "They asked for it", "mistake": "It was begun by mistake", "twice": "There is another record of them"}
"""Why a record is erased, in words that say nothing of anybody: this line stays."""
LONGEST: Final = 400


class Gone(Struct, frozen=True, kw_only=True):
    """That something was erased at an agency, as the lead of its team reads it."""

    at: datetime
    by: str
    why: str


def copy_for(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, reason: str, at: datetime, sealer: Sealer) -> Copied:
    """Everything that is kept of somebody, to hand it to them: also what their caseworker does not see otherwise, and it is written down as all of it."""
    scribed(session, client_id, actor, organization_id, at=at)
    if not 0 < len(reason.strip()) <= LONGEST or "\x00" in reason:
        raise Invalid(reason=f"Write down why, in at most {LONGEST} characters.")
    return copied(session, open_whole(session, client_id, actor, organization_id, reason=reason, at=at, sealer=sealer), at=at, sealer=sealer)


def erase_for(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, why: str, at: datetime, sealer: Sealer) -> None:
    """Erase their record for good; what stays says who did it, when and why, and nothing of whom. ``scrub`` afterwards."""
    client = scribed(session, client_id, actor, organization_id, at=at)
    if why not in WHY:
        raise Invalid(why="Choose why.")
    erase_client(session, client, at=at, sealer=sealer, by=actor.by, why=why)


def list_erased(session: Session, organization_id: UUID, *, since: datetime) -> list[Gone]:
    """What was erased by hand at an agency, the last first."""
    found = select(Erased).where(Erased.organization_id == organization_id, Erased.at >= since, Erased.by.is_not(None)).order_by(Erased.at.desc(), Erased.mark)
    names = {f"account:{key}": name for key, name in session.execute(select(Account.id, Account.name))}
    return [Gone(at=row.at, by=names.get(row.by or "", ""), why=WHY.get(row.why or "", "")) for row in session.scalars(found)]
