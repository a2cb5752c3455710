"""Retention: what is over for long enough goes, each kind after its own time; counted first, where somebody wants to see it before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from directory.clients.erasing import erase_client, scrub
from directory.clients.retaining import is_over
from directory.models import Base, Caseload, CaseloadHand, Client, ClientNote, ClientView, Consent, Draft
from directory.sealing import Sealer
from directory.storage import Storage

LOG: Final = timedelta(days=730)
"""An entry of an access log, and a consent after its end: it tells why what was seen was open."""
DRAFT: Final = timedelta(days=30)
"""A listing that somebody began to write and left, and what waits for a yes that did not come."""


class Forgotten(Struct, frozen=True, kw_only=True):
    """How many of each kind."""

    records: int
    caseloads: int
    notes: int
    proposals: int
    looks: int
    consents: int
    hands: int
    drafts: int

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return any(getattr(self, name) for name in self.__struct_fields__)


WORDS: Final = {
    "records": "records of people whom nobody works with, closed for as long as their agency keeps them (12 months, if it says nothing)",
    "caseloads": "caseloads that ended as long ago",
    "notes": "notes beside them", "proposals": "proposals without an answer for 30 days", "looks": "lines of access logs older than 24 months",
    "consents": "consents that ended 24 months ago", "hands": "lines of who worked with whom until 24 months ago",
    "drafts": "listings begun and left for 30 days",
}  # fmt: skip


def count(session: Session, *, at: datetime) -> Forgotten:
    """How much would go now; changes nothing."""
    found = {name: session.scalar(select(func.count()).select_from(kind).where(rule)) or 0 for name, (kind, rule) in _rules(session, at).items()}
    return Forgotten(**found)


def forget(storage: Storage, *, at: datetime, sealer: Sealer) -> Forgotten:
    """Delete what is over, in one transaction, and take it out of the files; gives how many of each kind there were."""
    with storage.writing() as session:
        counted = count(session, at=at)
        for client in session.scalars(select(Client).where(_rules(session, at)["records"][1])).all():
            erase_client(session, client, at=at, sealer=sealer)
        for name in ("notes", "proposals", "looks", "consents", "hands", "drafts", "caseloads"):   # notes before the caseloads they are told by
            kind, rule = _rules(session, at)[name]
            session.execute(delete(kind).where(rule).execution_options(synchronize_session=False))
        is_empty = ~select(ClientView.seq).where(ClientView.client_id == Client.id).exists()   # a record that was made one with another, and its last look
        session.execute(delete(Client).where(Client.merged_into.is_not(None), is_empty).execution_options(synchronize_session=False))
    if counted.any or storage.is_sqlite:   # on SQLite also what an erasure before had to leave in the log
        scrub(storage)
    return counted


def _rules(session: Session, at: datetime) -> dict[str, tuple[type[Base], ColumnElement[bool]]]:
    over = is_over(session, Caseload.organization_id, Caseload.until, at, client=Caseload.client_id)
    same: Any = and_(Caseload.client_id == ClientNote.client_id, Caseload.organization_id == ClientNote.organization_id)
    goes_on = select(Caseload.id).where(same, or_(Caseload.until.is_(None), ~over)).exists()
    return {
        "records": (Client, and_(Client.account_id.is_(None), is_over(session, Client.organization_id, Client.closed_at, at, client=Client.id))),
        "caseloads": (Caseload, and_(Caseload.until.is_not(None), over)),
        "notes": (ClientNote, and_(is_over(session, ClientNote.organization_id, ClientNote.at, at, client=ClientNote.client_id), ~goes_on)),
        "proposals": (ClientNote, and_(ClientNote.kind.in_(("noticed", "goal")), ClientNote.at < at - DRAFT)),
        "looks": (ClientView, ClientView.at < at - LOG),
        "consents": (Consent, or_(Consent.ends_at < at - LOG, Consent.withdrawn_at < at - LOG)),
        "hands": (CaseloadHand, CaseloadHand.until < at - LOG),
        "drafts": (Draft, and_(Draft.state.in_(("draft", "withdrawn")), Draft.saved_at < at - DRAFT)),
    }
