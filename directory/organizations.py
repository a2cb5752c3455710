"""An organization's own record, and its desk: what it says of itself, and how its listings stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.people import tidy_address
from directory.changes import change_row, record_changes
from directory.errors import Invalid, Stale
from directory.models import Draft, Organization, Service
from directory.outbox import Letter, post_where_safe
from directory.reports import open_counts
from directory.sealing import Sealer

FIELDS: Final = ("name", "alternate_name", "description", "email", "website")
LONGEST: Final = {"name": 200, "alternate_name": 200, "description": 4_000, "email": 254, "website": 500}
WEB: Final = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+\S*", re.IGNORECASE)


class ListingState(Struct, frozen=True, kw_only=True):
    """How a listing stands: ``is_shown`` when people can find it, ``waiting`` while a change of it waits."""

    service_id: UUID
    name: str
    status: str
    is_shown: bool
    assured_on: date | None
    waiting: str
    reports: int


def listings_of(session: Session, organization_id: UUID) -> list[ListingState]:
    """The listings of an organization by name, with what each needs."""
    rows = session.scalars(select(Service).where(Service.organization_id == organization_id).order_by(Service.name, Service.id)).all()
    counts = open_counts(session, [row.id for row in rows])
    drafts = select(Draft.service_id, Draft.state).where(Draft.service_id.in_([row.id for row in rows]), Draft.state.in_(("waiting", "sent_back")))
    waiting = {row.service_id: row.state for row in session.execute(drafts.order_by(Draft.saved_at, Draft.id))}
    return [
        ListingState(
            service_id=row.id, name=row.name, status=row.status, is_shown=row.status in ("active", "temporarily closed"), assured_on=row.assured_date,
            waiting=waiting.get(row.id, ""), reports=counts.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


def said_of(organization: Organization) -> dict[str, str]:
    """What an organization says of itself, as a form shows it."""
    return {name: getattr(organization, name) or "" for name in FIELDS}


def seen(organization: Organization) -> str:
    """A mark of what somebody saw when the form was drawn."""
    return sha256(repr(sorted(said_of(organization).items())).encode()).hexdigest()[:16]


def edit(
    session: Session, organization: Organization, said: Mapping[str, str], *, was: str, by: str, at: datetime, sealer: Sealer, why: str = ""
) -> UUID | None:
    """Change what an organization says of itself, a line of the log for each field; gives the act, None when nothing differs.

    ``was`` is the mark of what the form showed: ``Stale`` when it has changed since. ``Invalid`` by field. A new e-mail address is told to the old one.
    """
    tidy = _checked(said)
    session.refresh(organization, with_for_update=True)
    if seen(organization) != was:
        raise Stale("Somebody else changed this meanwhile. Open the form again to see it: nothing of yours was written.")
    changed = {name: value for name, value in tidy.items() if value != getattr(organization, name)}
    if not changed:
        return None
    act, old = uuid4(), organization.email
    record_changes(session, [
        change_row(
            entity="organization", entity_id=organization.id, action="changed", by=by, at=at, field=name, before=getattr(organization, name), after=value,
            why=why or None, act=act,
        )
        for name, value in changed.items()
    ])  # fmt: skip
    for name, value in changed.items():
        setattr(organization, name, value)
    session.flush()
    if "email" in changed and old and "@" in old:
        text = f"The directory shows another e-mail address for {organization.name} from today. If this was none of you, tell us on the page of a listing."
        post_where_safe(session, Letter(to=old, subject="About your listings", text=text), at=at, sealer=sealer)
    return act


def _checked(said: Mapping[str, str]) -> dict[str, str | None]:
    tidy = {name: value.replace("\x00", "").replace("\r\n", "\n").strip() for name in FIELDS if (value := said.get(name)) is not None}
    errors = {name: f"Use at most {LONGEST[name]:,} characters." for name, value in tidy.items() if len(value) > LONGEST[name]}
    if "name" in tidy and not tidy["name"]:
        errors["name"] = "Write the name of the organization."
    if tidy.get("website") and not WEB.fullmatch(tidy["website"]):
        errors["website"] = "Write a web address such as https://example.org."
    if tidy.get("email"):
        try:
            tidy_address(tidy["email"])
        except Invalid as error:
            errors |= error.errors
    if errors:
        raise Invalid(**errors)
    return {name: value or None for name, value in tidy.items()}
