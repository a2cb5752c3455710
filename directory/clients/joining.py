"""A record that an agency began becomes the person's own: by a link that their caseworker hands over, good once."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.links import look_at, make_link, use
from directory.clients.opening import note_event
from directory.clients.records import get_known, own_records
from directory.errors import Invalid, NotFound, NotPermitted
from directory.models import Caseload, Client, ClientPart, Consent, Link, Organization
from directory.sealing import BrokenSeal, Sealer

PURPOSE: Final = "own record"


def hand_link(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, at: datetime, sealer: Sealer) -> str:
    """A token for the person: whoever opens it and has signed in gets the record. One handed over before is not good any more."""
    client, standing = get_known(session, client_id, actor, organization_id, at=at)
    if not (standing.is_caseworker and standing.in_caseload):
        raise NotPermitted("This person is with a colleague.")
    if client.account_id is not None:
        raise Invalid(link="The record is the person's own already.")
    forget_links(session, client_id, sealer=sealer)
    return make_link(session, PURPOSE, at=at, sealer=sealer, client_id=str(client_id), organization_id=str(organization_id))


def look_at_link(session: Session, token: str, *, at: datetime, sealer: Sealer) -> str:
    """The name of the agency that began the record; ``NotFound`` when the link is not good any more."""
    opened = look_at(session, token, PURPOSE, at=at, sealer=sealer)
    _free(session, opened.subject["client_id"])
    organization = session.get(Organization, UUID(opened.subject["organization_id"]))
    return organization.name if organization else ""


def join_own(session: Session, token: str, actor: Actor, *, at: datetime, sealer: Sealer) -> Client:
    """Use such a link: the record is the person's own from now on. An own record that nothing was ever written into makes room for it."""
    if actor.account_id is None:
        raise NotPermitted("Please sign in first.")
    client = _free(session, use(session, token, PURPOSE, at=at, sealer=sealer).subject["client_id"])
    for one in own_records(session, actor):
        if one.organization_id is None and _is_blank(session, one):
            session.delete(one)
    client.account_id, client.closed_at = actor.account_id, None
    session.flush()
    note_event(session, client.id, kind="joined", part="", by=actor.by, at=at)
    return client


def forget_links(session: Session, client_id: UUID, *, sealer: Sealer) -> int:
    """Delete every link to a record; gives how many there were."""
    links = [row for row in session.scalars(select(Link).where(Link.purpose == PURPOSE)) if _is_to(row, client_id, sealer)]
    for row in links:
        session.delete(row)
    session.flush()
    return len(links)


def _is_to(row: Link, client_id: UUID, sealer: Sealer) -> bool:
    try:
        return str(client_id) in sealer.open(row.subject, bound_to=f"link|subject|{row.id_hash}")
    except BrokenSeal:   # sealed with a key that is gone: the link opens nothing either
        return False


def _free(session: Session, client_id: str) -> Client:
    client = session.get(Client, UUID(client_id))
    if client is None or client.account_id is not None:
        raise NotFound("This link is not good any more.")
    return client


def _is_blank(session: Session, client: Client) -> bool:
    return not any(session.scalars(select(kind.client_id).where(kind.client_id == client.id).limit(1)).first() for kind in (ClientPart, Caseload, Consent))
