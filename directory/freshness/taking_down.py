"""Taking down what cannot be confirmed: people do not find it any more, and it stays in the log, so that it can be put back."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import Invalid
from directory.freshness.confirming import LISTED
from directory.models import Call, Service

MOST_WHY: Final = 500


def take_down(session: Session, service: Service, *, why: str, by: str, at: datetime, status: Literal["inactive", "defunct"] = "inactive") -> UUID:
    """Take a listing out of the directory: ``inactive`` when it could not be confirmed, ``defunct`` when it is known to have closed for good. Gives the act.

    ``Invalid`` without a reason, or when it is not listed. A call that waits for it is done.
    """
    tidy = " ".join(why.split())
    if not tidy or len(tidy) > MOST_WHY or "\x00" in tidy:
        raise Invalid(why=f"Write the reason, in up to {MOST_WHY} characters: it stays with the listing.")
    if service.status not in LISTED:
        raise Invalid(why="It is not in the directory any more.")
    act, before = uuid4(), service.status
    service.status = status
    session.execute(update(Call).where(Call.service_id == service.id, Call.closed_at.is_(None)).values(closed_at=at))
    session.flush()
    record_change(
        session, entity="service", entity_id=service.id, action="changed", by=by, at=at, field="status", before=before, after=status, why=tidy, act=act
    )
    return act
