"""Consent as a record: who may see which parts, for which purpose, until when; taken back in one step and at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.clients.parts import PARTS, SHARED
from directory.clients.retaining import agree_anew
from directory.clients.wording import FIRST, languages, version_of_now
from directory.errors import Invalid, NotFound
from directory.models import Client, Consent
from directory.models.client import PURPOSES
from directory.referrals.withdrawing import end_resting

USUAL: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=365)
NAMES_DAYS: Final = ("together", "supervision")
"""The purposes whose words say how long the agency keeps what it writes."""
NO_PART: Final = "Choose at least one of the parts in the list."
PEER_PARTS: Final = ("peers",)
"""What a consent to peer support names: what somebody wrote for it, and no part of their papers."""


class Agreed(Struct, frozen=True, kw_only=True):
    """One consent as people read it."""

    id: UUID
    client_id: UUID
    organization_id: UUID
    purpose: str
    parts: tuple[str, ...]
    how: str
    wording: str = ""
    language: str
    starts_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None

    def is_live(self, at: datetime) -> bool:
        """Whether it holds at a moment: a consent ends by itself, and at once when it is taken back."""
        return self.starts_at <= at < self.ends_at and (self.withdrawn_at is None or at < self.withdrawn_at)

    def covers(self, part: str, organization_id: UUID, purposes: Iterable[str], at: datetime) -> bool:
        """Whether it lets an organization see a part for one of these purposes at a moment."""
        return self.organization_id == organization_id and part in self.parts and self.purpose in purposes and self.is_live(at)


def give_consent(
    session: Session, client: Client, organization_id: UUID, *, purpose: str, parts: Iterable[str], language: str, how: str, by: str, at: datetime,
    ends_at: datetime | None = None,
) -> Agreed:  # fmt: skip
    """Write down a consent; ``Invalid`` for no part, one that is nobody else's, or an end that is past or more than a year away."""
    named = _named(purpose, set(parts))
    ends = ends_at or at + USUAL
    if not named:
        raise Invalid(parts=NO_PART)
    if purpose not in PURPOSES:
        raise Invalid(purpose="Choose what it is for.")
    if not at < ends <= at + LONGEST:
        raise Invalid(ends_at="Choose a day within the next year.")
    row = Consent(
        id=uuid4(), client_id=client.id, organization_id=organization_id, purpose=purpose, parts=msgspec.json.encode(named).decode(), wording=version_of_now(),
        language=language if language in languages() else FIRST, how=how, recorded_by=by, starts_at=at, ends_at=ends,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if purpose in NAMES_DAYS:
        agree_anew(session, client.id, organization_id)
    return _agreed(row)


def _named(purpose: str, parts: set[str]) -> list[str]:
    if purpose == "peers":
        return list(PEER_PARTS) if parts == set(PEER_PARTS) else []
    return sorted(parts, key=PARTS.index) if parts <= set(SHARED) else []


def agree(
    session: Session, client: Client, organization_id: UUID, *, purpose: str, parts: Iterable[str], language: str, how: str, by: str, at: datetime,
    ends_at: datetime | None = None,
) -> Agreed:  # fmt: skip
    """Agree anew: what held for the same organization and purpose ends now, so that the last word is the one that counts."""
    given = give_consent(session, client, organization_id, purpose=purpose, parts=parts, language=language, how=how, by=by, at=at, ends_at=ends_at)
    for one in list_consents(session, client.id, organization_id=organization_id):
        if one.id != given.id and one.purpose == purpose and one.is_live(at):
            withdraw(session, client, one.id, at=at)
    return given


def withdraw(session: Session, client: Client, consent_id: UUID, *, at: datetime) -> Agreed:
    """Take a consent back, without a reason and at once, and the referrals that rest on it; twice changes nothing. ``NotFound`` for somebody else's."""
    row = session.get(Consent, consent_id)
    if row is None or row.client_id != client.id:
        raise NotFound("There is no such page here.")
    session.execute(update(Consent).where(Consent.id == consent_id, Consent.withdrawn_at.is_(None)).values(withdrawn_at=at))
    end_resting(session, consent_id, by="consent", at=at)
    session.refresh(row)
    return _agreed(row)


def list_consents(session: Session, client_id: UUID, *, organization_id: UUID | None = None) -> list[Agreed]:
    """Every consent of a client (to one organization), the last first."""
    found = select(Consent).where(Consent.client_id == client_id).order_by(Consent.starts_at.desc(), Consent.id)
    rows = session.scalars(found.where(Consent.organization_id == organization_id) if organization_id else found).all()
    return [_agreed(row) for row in rows]


def is_together(consents: Iterable[Agreed], organization_id: UUID, at: datetime) -> bool:
    """Whether a client lets an organization work with them at a moment, whatever parts it may see."""
    return any(one.organization_id == organization_id and one.purpose == "together" and one.is_live(at) for one in consents)


def _agreed(row: Consent) -> Agreed:
    return Agreed(
        id=row.id, client_id=row.client_id, organization_id=row.organization_id, purpose=row.purpose, parts=tuple(msgspec.json.decode(row.parts)),
        how=row.how, wording=row.wording, language=row.language, starts_at=row.starts_at, ends_at=row.ends_at, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
