"""What an organization stands for, about whom, and until which day: from that day on it counts no more, and nobody has to remember to take it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.clients.keys import locker_of
from directory.errors import Invalid, NotFound
from directory.models import PeerProfile, PeerVouching
from directory.peers.schemes import NONE, Scheme
from directory.peers.values import KINDS
from directory.sealing import Sealer

LONGEST: Final = timedelta(days=3 * 366)
OF_SUPPORTERS: Final = ("training", "checks", "supervision", "checks_for_minors")
OF_MINORS: Final = ("guardian",)


class Vouched(Struct, frozen=True, kw_only=True):
    """Something that is vouched for, as coordinators and the person read it. It holds up to the day before ``ends_on``."""

    id: UUID
    kind: str
    ends_on: date
    words: str
    by: str
    at: datetime

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return on < self.ends_on


def vouch(
    session: Session, scheme: Scheme, client_id: UUID, kind: str, *, ends_on: date, words: str = "", by: str, on: date, at: datetime, sealer: Sealer,
) -> PeerVouching:  # fmt: skip
    """Stand for something about somebody who takes part, until a day; what was said of the same kind before is replaced.

    ``Invalid`` for a day that is past or more than three years away; ``NotFound`` for somebody who takes no part in the scheme.
    """
    if session.scalar(select(PeerProfile.id).where(PeerProfile.client_id == client_id, PeerProfile.scheme_id == scheme.id).limit(1)) is None:
        raise NotFound(NONE)
    errors = {} if kind in KINDS else {"kind": "Choose what you stand for."}
    errors |= {} if on < ends_on <= on + LONGEST else {"ends_on": "Choose a day within the next three years."}
    if errors:
        raise Invalid(**errors)
    withdraw_kind(session, scheme.id, client_id, kind, at=at)
    key = uuid4()
    sealed = locker_of(session, client_id, sealer=sealer).seal(words.strip()[:400], "peer_vouching", "sealed", key) if words.strip() else None
    row = PeerVouching(id=key, client_id=client_id, scheme_id=scheme.id, kind=kind, sealed=sealed, ends_on=ends_on, by=by, at=at)
    session.add(row)
    session.flush()
    return row


def withdraw_kind(session: Session, scheme_id: UUID, client_id: UUID, kind: str, *, at: datetime) -> None:
    """Stand for it no more, at once."""
    same = PeerVouching.scheme_id == scheme_id, PeerVouching.client_id == client_id, PeerVouching.kind == kind, PeerVouching.withdrawn_at.is_(None)
    session.execute(update(PeerVouching).where(*same).values(withdrawn_at=at))


def list_vouched(session: Session, scheme_id: UUID, client_id: UUID, *, sealer: Sealer) -> list[Vouched]:
    """Everything that is vouched for about somebody and was not taken back, also what is over, so that it is seen to be renewed."""
    same = PeerVouching.scheme_id == scheme_id, PeerVouching.client_id == client_id, PeerVouching.withdrawn_at.is_(None)
    rows, locker = session.scalars(select(PeerVouching).where(*same).order_by(PeerVouching.kind)), locker_of(session, client_id, sealer=sealer)
    return [
        Vouched(
            id=row.id, kind=row.kind, ends_on=row.ends_on, by=row.by, at=row.at,
            words=locker.open(row.sealed, "peer_vouching", "sealed", row.id) if row.sealed else "",
        )
        for row in rows
    ]


def vouched_on(session: Session, scheme_id: UUID, on: date) -> dict[UUID, frozenset[str]]:
    """For everybody in a scheme, the kinds that hold on a day."""
    held: dict[UUID, set[str]] = {}
    live = PeerVouching.scheme_id == scheme_id, PeerVouching.withdrawn_at.is_(None), PeerVouching.ends_on > on
    for client_id, kind in session.execute(select(PeerVouching.client_id, PeerVouching.kind).where(*live)):
        held.setdefault(client_id, set()).add(kind)
    return {client_id: frozenset(kinds) for client_id, kinds in held.items()}
