"""The link in a reminder: what it stands for, and the two answers that it takes. It needs no account and is good once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.links import GONE, look_at, make_link, use
from directory.errors import Invalid, NotFound
from directory.freshness.addressees import addressees
from directory.freshness.confirming import LISTED, confirm
from directory.models import Report, Service
from directory.models.desk import CHANGED
from directory.reports import lay_down
from directory.sealing import Sealer

PURPOSE: Final = "confirm"
BY: Final = "link"
"""Whoever holds the link, in the change log: the mail went to the address of the listing, and no account is known."""
MOST_WORDS: Final = 4000


def make_confirm_link(session: Session, services: Sequence[UUID], to: str, *, at: datetime, sealer: Sealer) -> str:
    """Mint a link for some listings, for whoever reads the mail to this address; gives the token."""
    return make_link(session, PURPOSE, at=at, sealer=sealer, services=[str(key) for key in services], to=to)


def listings_of_link(session: Session, token: str, *, at: datetime, sealer: Sealer) -> list[Service]:
    """The listings that a link may still confirm, in the order of the mail; ``NotFound`` when it is not good any more.

    A listing that left the directory, or is asked about at another address since (another owner, another organization), is not among them.
    """
    return _listings(session, look_at(session, token, PURPOSE, at=at, sealer=sealer).subject, sealer)


def confirm_by_link(session: Session, token: str, *, at: datetime, sealer: Sealer) -> int:
    """Everything is still right: use the link up and confirm each of its listings; gives how many. Of two that come at once one gets it."""
    services = _listings(session, use(session, token, PURPOSE, at=at, sealer=sealer).subject, sealer)
    for service in services:
        confirm(session, service, by=BY, at=at, how="link")
    return len(services)


def tell_by_link(session: Session, token: str, words: str, changed: Collection[str], *, rest_is_right: bool, at: datetime, sealer: Sealer) -> int:
    """Something has changed: use the link up, lay the words on the curators' desk for each listing that they are about, and confirm the others where
    ``rest_is_right``; gives how many listings they are about. ``Invalid`` leaves the link as it was."""
    services = listings_of_link(session, token, at=at, sealer=sealer)
    told = services if len(services) == 1 else [service for service in services if str(service.id) in changed]
    tidy = words.strip()
    errors = {} if tidy else {"words": "Write what has changed, in your own words."}
    errors |= {"words": f"Write it in up to {MOST_WORDS} characters."} if len(tidy) > MOST_WORDS else {}
    if errors or not told:
        raise Invalid(**errors, **({} if told else {"changed": "Tick what it is about."}))
    use(session, token, PURPOSE, at=at, sealer=sealer)
    for service in services:
        if service in told:
            report = Report(id=uuid4(), service_id=service.id, about=CHANGED, words=tidy.replace("\x00", ""), made_at=at, state="open")
            lay_down(session, report, by=BY)
        elif rest_is_right:
            confirm(session, service, by=BY, at=at, how="link")
    session.flush()
    return len(told)


def _listings(session: Session, subject: dict[str, object], sealer: Sealer) -> list[Service]:
    named = subject["services"]
    ids = [UUID(str(key)) for key in named] if isinstance(named, list) else []
    found = {row.id: row for row in session.scalars(select(Service).where(Service.id.in_(ids), Service.status.in_(LISTED)))}
    asked = addressees(session, found.values(), sealer=sealer)
    good = [found[key] for key in ids if key in found and subject["to"] in asked[key]]
    if not good:
        raise NotFound(GONE)
    return good
