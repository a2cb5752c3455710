"""Fetching a referral: for the person, for the caseworker of the agency that began it, for its organization; for everybody else it is not there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.keys import Locker, locker_of
from directory.clients.opening import Opened, open_record
from directory.clients.records import get_known, own_record
from directory.clients.watching import NO_ACCOUNT, note_view
from directory.clients.working import scribed
from directory.errors import DirectoryError, NotFound, NotPermitted
from directory.models import Client, ClientView, Consent, Redirect, Referral, ReferralEvent
from directory.referrals.packet import HEADINGS, Packet, read_packet
from directory.sealing import Sealer

NONE: Final = "There is no such page here."
READABLE: Final = timedelta(days=30)
"""How long after it was closed an organization may still read what it was sent."""


class Gone(DirectoryError):
    """It was here, and is not to be seen any more; the text says why."""


def own_referral(session: Session, referral_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> tuple[Referral, Opened]:
    """A referral of one's own, with the record open; ``NotFound`` for anybody else's."""
    client, referral = own_record(session, actor), session.get(Referral, referral_id)
    if client is None or referral is None or not _is_of(session, referral, actor):
        raise NotFound(NONE)
    return referral, open_record(session, referral.client_id, actor, parts=HEADINGS, at=at, sealer=sealer)


def agency_referral(session: Session, referral_id: UUID, agency_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> tuple[Referral, Opened]:
    """A referral that this agency began, for the caseworker who works with the person: what they see of the record is noted. ``NotFound`` for all others."""
    referral = session.get(Referral, referral_id)
    if referral is None or referral.agency_id != agency_id:
        raise NotFound(NONE)
    return referral, open_with(session, referral.client_id, agency_id, actor, at=at, sealer=sealer)


def open_with(session: Session, client_id: UUID, agency_id: UUID, actor: Actor, *, at: datetime, sealer: Sealer) -> Opened:
    """The record of somebody whom this caseworker works with, as far as it may be told on; ``NotFound`` for anybody else's."""
    _, standing = get_known(session, client_id, actor, agency_id, at=at)
    if not (standing.is_caseworker and standing.in_caseload) or not is_agreed(session, client_id, agency_id, at=at):
        raise NotFound(NONE)
    return open_record(session, client_id, actor, parts=HEADINGS, organization_id=agency_id, purpose="referral", at=at, sealer=sealer)


def to_take_back(session: Session, referral_id: UUID, agency_id: UUID, actor: Actor, *, at: datetime) -> Referral:
    """A referral of somebody without an account, for the caseworker who takes it back on their word; ``NotFound`` for all others.

    It asks for no agreement, since nobody else could take it back once all else is, and opens nothing of the record.
    """
    referral = session.get(Referral, referral_id)
    if referral is None or referral.agency_id != agency_id:
        raise NotFound(NONE)
    try:
        scribed(session, referral.client_id, actor, agency_id, at=at)
    except NotPermitted:
        raise NotFound(NONE) from None
    return referral


def is_agreed(session: Session, client_id: UUID, agency_id: UUID, *, at: datetime) -> bool:
    """Whether somebody lets an agency work with them now: without that it sees no referral of theirs either, nor what came of it."""
    return session.scalar(agreed_select(agency_id, at=at).where(Consent.client_id == client_id).limit(1)) is not None


def agreed_select(agency_id: UUID, *, at: datetime) -> Select[UUID]:
    """The clients who let an agency work with them now."""
    given = select(Consent.client_id).where(Consent.organization_id == agency_id, Consent.purpose == "together", Consent.starts_at <= at, Consent.ends_at > at)
    return given.where(or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > at))


def received(session: Session, referral_id: UUID, organization_id: UUID) -> Referral:
    """A referral that was sent to this organization, or to one that was merged into it; ``NotFound`` for a draft, and for what others were sent."""
    referral = session.get(Referral, referral_id)
    if referral is None or referral.sent_at is None or referral.organization_id not in ids_of(session, organization_id):
        raise NotFound(NONE)
    return referral


def ids_of(session: Session, organization_id: UUID) -> tuple[UUID, ...]:
    """The ids of an organization: its own, and those of what was merged into it."""
    return (organization_id, *session.scalars(select(Redirect.old_id).where(Redirect.new_id == organization_id, Redirect.entity == "organization")))


def open_packet(session: Session, referral: Referral, *, account_id: UUID = NO_ACCOUNT, at: datetime, sealer: Sealer) -> tuple[Packet, bytes, Locker]:
    """What an organization was sent; that somebody looked is noted for the client in this transaction. ``Gone`` when it is not theirs to read any more."""
    why = why_gone(session, referral, at=at)
    if why or referral.packet is None:
        raise Gone(why or TAKEN_BACK)
    locker = locker_of(session, referral.client_id, sealer=sealer)
    data = locker.open(referral.packet, "referral", "packet", referral.id).encode()
    packet = read_packet(data)
    note_view(
        session, locker, account_id=account_id, organization_id=referral.organization_id, role="organization",
        parts=[section.part for section in packet.sections], purpose="referral", at=at,
    )  # fmt: skip
    return packet, data, locker


def openings_of(session: Session, referral: Referral) -> list[datetime]:
    """When its organization opened it, as the client's log says; nothing where they had more than one sent there, since the log does not tell which."""
    there = Referral.client_id == referral.client_id, Referral.organization_id == referral.organization_id, Referral.sent_at.is_not(None)
    if referral.sent_at is None or session.scalar(select(Referral.id).where(*there, Referral.id != referral.id).limit(1)):
        return []
    opened = ClientView.client_id == referral.client_id, ClientView.organization_id == referral.organization_id, ClientView.role == "organization"
    found = select(ClientView.at).where(*opened, ClientView.purpose == "referral", ClientView.at >= referral.sent_at)
    return list(session.scalars(found.order_by(ClientView.seq)))


TAKEN_BACK: Final = "The person has taken this back. What they told you then is not to be seen any more; please delete what you wrote down of it."
OVER: Final = "This is over, and what was told for it is not to be seen any more."


def why_gone(session: Session, referral: Referral, *, at: datetime) -> str:
    """Why an organization cannot read what it was sent; empty where it can. A consent that was taken back, or has ended, counts at once."""
    consent = session.get(Consent, referral.consent_id) if referral.consent_id else None
    is_live = consent is not None and at < consent.ends_at and (consent.withdrawn_at is None or at < consent.withdrawn_at)
    if referral.state == "withdrawn" or not is_live:
        return TAKEN_BACK
    declined = select(ReferralEvent.seq).where(ReferralEvent.referral_id == referral.id, ReferralEvent.becomes == "declined").limit(1)
    if session.scalar(declined) or (referral.ended_at is not None and at >= referral.ended_at + READABLE):
        return OVER
    return ""


def _is_of(session: Session, referral: Referral, actor: Actor) -> bool:
    client = session.get(Client, referral.client_id)
    return client is not None and client.account_id is not None and client.account_id == actor.account_id
