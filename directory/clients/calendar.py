"""A private address where a calendar finds the dates of what somebody kept: kept hashed, renewed and ended by them alone.

It gives the public dates of listings and nothing else. The list of listings lies beside it, sealed, and follows what is kept in the record, so that nobody
has to open the record for a calendar that asks every few hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.tokens import new_token, token_hash
from directory.errors import NotFound
from directory.models import CalendarLink
from directory.papers import Papers
from directory.sealing import BrokenSeal, Sealer

MOST_LISTINGS: Final = 60
GONE: Final = "There is no calendar at this address, or not any more."


def has_calendar(session: Session, client_id: UUID) -> datetime | None:
    """Since when there is an address, if there is one."""
    return session.scalars(select(CalendarLink.made_at).where(CalendarLink.client_id == client_id)).first()


def make_calendar(session: Session, client_id: UUID, papers: Papers, *, at: datetime, sealer: Sealer) -> str:
    """A new address: gives the token that stands in it and nowhere else. The one before is not good any more."""
    end_calendar(session, client_id)
    token = new_token()
    key = token_hash(token)
    session.add(CalendarLink(id_hash=key, client_id=client_id, listings=_sealed(key, papers, sealer), made_at=at))
    session.flush()
    return token


def end_calendar(session: Session, client_id: UUID) -> None:
    """End it, at once."""
    session.execute(delete(CalendarLink).where(CalendarLink.client_id == client_id))


def follow_kept(session: Session, client_id: UUID, papers: Papers, *, sealer: Sealer) -> None:
    """Let the calendar tell what is kept now, where there is one."""
    row = session.scalars(select(CalendarLink).where(CalendarLink.client_id == client_id)).first()
    if row is not None:
        row.listings = _sealed(row.id_hash, papers, sealer)
        session.flush()


def kept_by(session: Session, token: str, *, sealer: Sealer) -> tuple[str, ...]:
    """The ids of the listings of the calendar at an address; ``NotFound`` for an address that is none, or not any more."""
    row = session.get(CalendarLink, token_hash(token))
    if row is None:
        raise NotFound(GONE)
    try:
        return msgspec.json.decode(sealer.open(row.listings, bound_to=_bound(row.id_hash)), type=tuple[str, ...])
    except BrokenSeal:
        raise NotFound(GONE) from None


def _sealed(key: str, papers: Papers, sealer: Sealer) -> str:
    kept: Iterable[str] = (one.listing for one in papers.shortlist.kept[:MOST_LISTINGS])
    return sealer.seal(msgspec.json.encode(tuple(kept)).decode(), bound_to=_bound(key))


def _bound(key: str) -> str:
    return f"calendar_link|listings|{key}"
