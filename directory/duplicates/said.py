"""Not the same: what somebody says of a new listing while writing it, kept with the draft, and then as their word beside the two listings.

Such a word ends the question at entry. It does not end the curators' work: they see the pair with who said so, and decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.changes import record_change
from directory.errors import Stale
from directory.merging import lead_on
from directory.models import Apart, Draft, DraftApart, Service

MOST = 50
"""Answers that a draft keeps; nobody is shown as many."""


def say_other(session: Session, draft: Draft, others: Iterable[UUID], actor: Actor, *, at: datetime) -> None:
    """Remember that a new listing is none of these. ``Stale`` where one of them is not there any more, and when the draft was thrown away."""
    if draft.state == "withdrawn":
        raise Stale("This draft was decided meanwhile.")
    wanted = set(others)
    if not wanted or wanted != {*session.scalars(select(Service.id).where(Service.id.in_(wanted)))} or draft.service_id in wanted:
        raise Stale("What you were shown is not there any more, so nothing was noted. Please look again.")
    if draft.service_id is not None:
        for other in sorted(wanted):
            _keep(session, draft.service_id, other, by=actor.by, at=at)
    elif len(wanted | said_others(session, draft)) <= MOST:
        for other in wanted:
            session.merge(DraftApart(draft_id=draft.id, service_id=other, at=at, by=actor.by))
    session.flush()


def said_others(session: Session, draft: Draft) -> frozenset[UUID]:
    """The listings that this one is said, or was found, not to be: nobody is asked about them again."""
    said = set(session.scalars(select(DraftApart.service_id).where(DraftApart.draft_id == draft.id)))
    if (here := draft.service_id) is not None:
        pairs = session.execute(select(Apart.first, Apart.second).where(or_(Apart.first == here, Apart.second == here)))
        said |= {other for pair in pairs for other in pair} - {here}
    return frozenset(said)


def keep_said(session: Session, draft: Draft, service_id: UUID) -> None:
    """The draft became a listing: what was said of it is said of that one now."""
    for said in session.scalars(select(DraftApart).where(DraftApart.draft_id == draft.id).order_by(DraftApart.service_id)).all():
        other = lead_on(session, said.service_id) or said.service_id
        if other != service_id and session.get(Service, other) is not None:
            _keep(session, service_id, other, by=said.by, at=said.at)
    forget_said(session, draft)


def forget_said(session: Session, draft: Draft) -> None:
    """The draft is ended: nothing of it is needed any more."""
    session.execute(delete(DraftApart).where(DraftApart.draft_id == draft.id))


def _keep(session: Session, one: UUID, other: UUID, *, by: str, at: datetime) -> None:
    """Somebody's word; what a curator has decided stands."""
    first, second = sorted((one, other))
    if session.get(Apart, (first, second)) is None:
        session.add(Apart(first=first, second=second, entity="service", at=at, by=by, is_word=True))
        record_change(session, entity="apart", entity_id=first, action="added", by=by, at=at, after=str(second))
