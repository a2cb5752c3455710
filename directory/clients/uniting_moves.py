"""What hangs on a record goes over to another of the same person: agreements, caseloads, notes, events, referrals; sealed anew where it was sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.clients.consents import give_consent, list_consents
from directory.clients.hands import note_hands
from directory.clients.keys import Locker
from directory.clients.records import open_caseload
from directory.models import Caseload, CaseloadHand, Client, ClientEvent, ClientNote, ClientReminder, Consent, Referral, ReferralEvent
from directory.peers.staying import move_bounds

STAYS: Final = frozenset({"client_key", "client_key_past", "client_view"})
"""Tables that stay with the record that goes: its log, and the key that opens it."""


def agree_again(session: Session, mine: Client, theirs: Client, as_theirs: frozenset[str], *, by: str, at: datetime) -> None:
    """Agreements move. One to see parts of the other record goes on for those that say the same as before; for the rest it ends: nobody sees more."""
    for one in list_consents(session, theirs.id):
        session.execute(update(Consent).where(Consent.id == one.id).values(client_id=mine.id))
        if one.purpose == "referral" or not one.is_live(at):
            continue
        same = [part for part in one.parts if part in as_theirs]
        if len(same) < len(one.parts):
            session.execute(update(Consent).where(Consent.id == one.id).values(withdrawn_at=at))
            if same:
                said = {"purpose": one.purpose, "language": one.language, "how": one.how, "by": by}
                give_consent(session, mine, one.organization_id, parts=same, at=at, ends_at=one.ends_at, **said)
    session.expire_all()


def _caseloads(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    """The agencies go on; where one works with both, the caseload that somebody holds goes on, and the other ends."""
    for row in session.scalars(select(Caseload).where(Caseload.client_id == old.client_id).order_by(Caseload.since, Caseload.id)).all():
        other = open_caseload(session, new.client_id, row.organization_id) if row.until is None else None
        if other is not None:
            ends = other if other.account_id is None and row.account_id is not None else row
            ends.until, ends.cover_id, ends.cover_until, ends.follow_up_on = at, None, None, None
            note_hands(session, ends, at=at)
        row.client_id = new.client_id
        session.flush()


def _hands(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    session.execute(update(CaseloadHand).where(CaseloadHand.client_id == old.client_id).values(client_id=new.client_id))


def _notes(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    for row in session.scalars(select(ClientNote).where(ClientNote.client_id == old.client_id)).all():
        row.sealed = new.seal(old.open(row.sealed, "client_note", "sealed", row.id), "client_note", "sealed", row.id)
        row.client_id = new.client_id
    session.flush()


def move_events(session: Session, old: Locker, new: Locker, keys: Mapping[str, str]) -> None:
    """One timeline, numbered by when things happened."""
    for row in session.scalars(select(ClientEvent).where(ClientEvent.client_id == old.client_id)).all():
        row.words = _anew(old, new, row.words, "client_event", "words", row.id)
        row.client_id, row.ref = new.client_id, keys.get(row.ref, row.ref)
    session.flush()
    found = select(ClientEvent).where(ClientEvent.client_id == new.client_id).order_by(ClientEvent.at, ClientEvent.seq, ClientEvent.id)
    for number, row in enumerate(session.scalars(found).all(), 1):
        row.seq = number
    session.flush()


def _referrals(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    for row in session.scalars(select(Referral).where(Referral.client_id == old.client_id)).all():
        row.draft, row.packet = (_anew(old, new, getattr(row, name), "referral", name, row.id) for name in ("draft", "packet"))
        row.client_id = new.client_id
    for step in session.scalars(select(ReferralEvent).where(ReferralEvent.client_id == old.client_id)).all():
        step.sealed = _anew(old, new, step.sealed, "referral_event", "sealed", f"{step.referral_id}.{step.seq}")
        step.client_id = new.client_id
    session.flush()


def _reminder(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    row = session.get(ClientReminder, old.client_id)
    if row is not None and session.get(ClientReminder, new.client_id) is None:
        session.execute(update(ClientReminder).where(ClientReminder.client_id == old.client_id).values(client_id=new.client_id))
    elif row is not None:
        session.delete(row)
    session.flush()


def _anew(old: Locker, new: Locker, sealed: str | None, *place: Any) -> str | None:
    return new.seal(old.open(sealed, *place), *place) if sealed is not None else None


MOVES: Final[tuple[Callable[[Session, Locker, Locker, datetime], None], ...]] = (_caseloads, _hands, _notes, _referrals, _reminder, move_bounds)
"""What takes the rows of each table over to the other record; parts, agreements and what happened have their own steps."""
