"""What a caseworker does for somebody without an account: begin a record with a consent that was said or signed, write down, take back on their word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.caseloads import Line, list_all
from directory.clients.consents import NO_PART, Agreed, agree, list_consents, withdraw
from directory.clients.opening import Opened, open_record, write_part
from directory.clients.records import begin_with, get_known
from directory.clients.rules import may_read_notes
from directory.clients.safety import Contact, write_contact
from directory.errors import Invalid, NotPermitted
from directory.models import Client
from directory.sealing import Sealer

WAYS: Final = {"spoken": "They said it to me", "written": "They signed it on paper"}
LONGEST_LABEL: Final = 120


def begin(
    session: Session, actor: Actor, organization_id: UUID, *, how: str, parts: Iterable[str], days: int, language: str, label: str, at: datetime,
    sealer: Sealer,
) -> Client:  # fmt: skip
    """A record for somebody without an account: first what they agreed to, then the name they wish to be called by, if they agreed to that."""
    client, _ = begin_with(session, actor, organization_id, at=at, sealer=sealer)
    given = record_consent(session, client.id, actor, organization_id, how=how, purpose="together", parts=parts, days=days, language=language, at=at)
    if label.strip() and "label" in given.parts:
        write_plain(session, client.id, actor, organization_id, label=label, at=at, sealer=sealer)
    return client


def record_consent(
    session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, how: str, purpose: str, parts: Iterable[str], days: int, language: str,
    at: datetime,
) -> Agreed:  # fmt: skip
    """Write down what somebody said or signed; ``NotPermitted`` where they have an account: then they agree there themselves."""
    client = scribed(session, client_id, actor, organization_id, at=at)
    named = tuple(parts)
    if how not in WAYS:
        raise Invalid(how="Say how they agreed.", **({} if named else {"parts": NO_PART}))
    ends = at + timedelta(days=days)
    return agree(session, client, organization_id, purpose=purpose, parts=named, language=language, how=how, by=actor.by, at=at, ends_at=ends)


def take_back_for(session: Session, client_id: UUID, consent_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> None:
    """Take a consent back because they said so."""
    withdraw(session, scribed(session, client_id, actor, organization_id, at=at), consent_id, at=at)


def write_plain(
    session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, label: str | None = None, contact: Contact | None = None, at: datetime,
    sealer: Sealer,
) -> Opened:  # fmt: skip
    """Write the parts that are a few words: how they wish to be called, and how they may safely be reached; what is not given stays."""
    scribed(session, client_id, actor, organization_id, at=at)
    if label is not None and (len(label) > LONGEST_LABEL or "\x00" in label):
        raise Invalid(label=f"Use at most {LONGEST_LABEL} characters.")
    said = {} if label is None else {"label": msgspec.json.encode({"words": label.strip()}).decode()}
    said |= {} if contact is None else {"contact": write_contact(contact)}
    opened = open_record(session, client_id, actor, parts=tuple(said), organization_id=organization_id, purpose="writing", at=at, sealer=sealer)
    for part, text in said.items():
        write_part(session, opened, part, text, version=opened.versions.get(part, 0), by=actor.by, at=at)
    return opened


def live_consents(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> list[Agreed]:
    """What somebody without an account lets this agency see now."""
    client = scribed(session, client_id, actor, organization_id, at=at)
    return [one for one in list_consents(session, client.id, organization_id=organization_id) if one.is_live(at)]


def line_of(session: Session, client_id: UUID, organization_id: UUID) -> Line:
    """The line of the caseload that a record which was opened is in."""
    return next(line for line in list_all(session, organization_id) if line.client_id == client_id)


def may_note(opened: Opened, at: datetime) -> bool:
    """Whether notes may be written beside a record now."""
    return may_read_notes(opened.standing, opened.consents, at)


def scribed(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime) -> Client:
    """Somebody without an account whom the actor works with."""
    client, standing = get_known(session, client_id, actor, organization_id, at=at)
    if not (standing.is_caseworker and standing.in_caseload):
        raise NotPermitted("This person is with a colleague.")
    if client.account_id is not None:
        raise NotPermitted("They have an account of their own, and agree to things there.")
    return client
