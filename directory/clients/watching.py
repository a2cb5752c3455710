"""The access log of a client's record: one entry for each time somebody else looked, chained so that nothing can be taken out unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.clients.keys import Locker, locker_of
from directory.models import Account, Client, ClientView, Organization
from directory.sealing import Sealer

NO_ACCOUNT: Final = UUID(int=0)
"""Who looked, where somebody had a link that was mailed, and no account."""


class Looked(Struct, frozen=True, kw_only=True):
    """One entry as the client reads it. ``is_by_link``: whoever has the link that was sent to the organization."""

    seq: int
    at: datetime
    name: str
    organization: str
    role: str
    parts: tuple[str, ...]
    purpose: str
    why: str
    is_outside: bool
    is_by_link: bool = False


def note_view(
    session: Session, locker: Locker, *, account_id: UUID, organization_id: UUID, role: str, parts: Sequence[str], purpose: str, why: str = "",
    is_outside: bool = False, at: datetime,
) -> None:  # fmt: skip
    """Write down that somebody looked, in the transaction of the looking: what is not written down is not shown.

    Two who look at once wait here for each other; on PostgreSQL that takes ``storage.writing(counting=True)``.
    """
    raised = update(Client).where(Client.id == locker.client_id).values(views=Client.views + 1).returning(Client.views)
    seq = session.execute(raised.execution_options(synchronize_session=False)).scalar_one()
    row = ClientView(
        client_id=locker.client_id, seq=seq, account_id=account_id, organization_id=organization_id, role=role, parts=_listed(parts), purpose=purpose,
        why=locker.seal(why, "client_view", "why", seq) if why else None, is_outside=is_outside, at=at,
    )  # fmt: skip
    row.hash = locker.mark(_chained(row, _hash_before(session, locker.client_id, seq)))
    session.add(row)
    session.flush()


def was_listed(session: Session, client_id: UUID, account_id: UUID, *, at: datetime) -> bool:
    """Whether it was written down today already that somebody saw the person's name in their list: one entry a day says it."""
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    same = ClientView.client_id == client_id, ClientView.account_id == account_id, ClientView.purpose == "list", ClientView.at >= today, ClientView.at <= at
    return session.scalars(select(ClientView.seq).where(*same).limit(1)).first() is not None


def list_looks(session: Session, organization_id: UUID, *, sealer: Sealer, since: datetime) -> list[tuple[UUID, Looked]]:
    """Looks outside somebody's own caseload at an agency, the last first, each with its reason and nothing of the record: for the lead of the team."""
    found = (
        select(ClientView, Account.name).outerjoin(Account, Account.id == ClientView.account_id)
        .where(ClientView.organization_id == organization_id, ClientView.is_outside, ClientView.at >= since)
        .order_by(ClientView.at.desc(), ClientView.seq.desc())
    )  # fmt: skip
    return [(row.client_id, _looked(row, name, "", locker_of(session, row.client_id, sealer=sealer))) for row, name in session.execute(found).all()]


def list_views(session: Session, locker: Locker, *, most: int = 200) -> list[Looked]:
    """Who looked, the last first, with the names of people and agencies."""
    found = (
        select(ClientView, Account.name, Organization.name)
        .outerjoin(Account, Account.id == ClientView.account_id).outerjoin(Organization, Organization.id == ClientView.organization_id)
        .where(ClientView.client_id == locker.client_id).order_by(ClientView.seq.desc()).limit(most)
    )  # fmt: skip
    return [_looked(row, name, organization, locker) for row, name, organization in session.execute(found)]


def broken_at(session: Session, locker: Locker) -> int | None:
    """The number of the first entry that is missing or does not follow from the one before it; None when the log is whole.

    Where old entries were deleted by the rule of retention, the first one left is taken as it stands.
    """
    rows = session.scalars(select(ClientView).where(ClientView.client_id == locker.client_id).order_by(ClientView.seq)).all()
    last = session.scalar(select(Client.views).where(Client.id == locker.client_id)) or 0
    expected, before = (rows[0].seq if rows else last + 1), "" if not rows or rows[0].seq == 1 else None
    for row in rows:
        if row.seq != expected or (before is not None and row.hash != locker.mark(_chained(row, before))):
            return expected
        expected, before = row.seq + 1, row.hash
    return None if expected == last + 1 else expected


def _looked(row: ClientView, name: str | None, organization: str | None, locker: Locker) -> Looked:
    return Looked(
        seq=row.seq, at=row.at, name=name or "", organization=organization or "", role=row.role, parts=tuple(msgspec.json.decode(row.parts)),
        purpose=row.purpose, why=locker.open(row.why, "client_view", "why", row.seq) if row.why else "", is_outside=row.is_outside,
        is_by_link=row.role == "organization" and row.account_id == NO_ACCOUNT,
    )


def verify_all(session: Session, *, sealer: Sealer) -> tuple[int, list[tuple[UUID, int]]]:
    """How many logs are whole, and of each other one the record and the number of the first entry that does not follow."""
    found = [(key, broken_at(session, locker_of(session, key, sealer=sealer))) for key in session.scalars(select(Client.id).order_by(Client.id))]
    return sum(seq is None for _, seq in found), [(key, seq) for key, seq in found if seq is not None]


def _hash_before(session: Session, client_id: UUID, seq: int) -> str:
    return session.scalar(select(ClientView.hash).where(ClientView.client_id == client_id, ClientView.seq == seq - 1)) or ""


def _chained(row: ClientView, before: str) -> bytes:
    said = [
        str(row.client_id), row.seq, str(row.account_id), str(row.organization_id), row.role, row.parts, row.purpose, row.why, row.is_outside,
        row.at.isoformat(), before,
    ]  # fmt: skip
    return b"client view v1|" + msgspec.json.encode(said)


def _listed(parts: Sequence[str]) -> str:
    return msgspec.json.encode(list(parts)).decode()
