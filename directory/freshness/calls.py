"""The calls that curators make: what is on the list, who takes a call, what came of it, and when to try again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.changes import record_change
from directory.errors import Invalid, Stale
from directory.freshness.confirming import confirm
from directory.models import Call, Report, Service
from directory.models.desk import CHANGED
from directory.reports import lay_down

OUTCOMES: Final[Mapping[str, str]] = {
    "confirmed": "Everything is still right",
    "changed": "Something has changed",
    "closed": "It has closed for good",
    "no answer": "Nobody answered",
    "wrong number": "It is not their number",
    "call back": "They asked to be called another time",
}
"""What a call can come to, in the order of the form."""
ENDS: Final = frozenset({"confirmed", "changed", "closed"})
WAITS: Final = (timedelta(days=1, hours=3), timedelta(days=3, hours=-2), timedelta(days=7))
"""When to try again: another hour of another day, then another week."""
TRIES: Final = 4
"""After so many tries without an answer it is time to think of taking the listing down."""
MOST_NOTE: Final = 2000
SOMEBODY_ELSE: Final = "Somebody else has this call, or has made it, since you opened the page."


def open_call(session: Session, service_id: UUID, *, why: str, at: datetime) -> Call:
    """Put a listing on the list of calls; one that is there stays as it is."""
    there = session.scalars(select(Call).where(Call.service_id == service_id, Call.closed_at.is_(None)).order_by(Call.opened_at, Call.id).limit(1))
    call = there.one_or_none()
    if call is None:
        call = Call(id=uuid4(), service_id=service_id, opened_at=at, why=why, tries=0, next_at=at)
        session.add(call)
        session.flush()
    return call


def take_call(session: Session, call: Call, actor: Actor, *, instead_of: str) -> None:
    """Take a call for oneself. ``instead_of`` is the id of whoever had it on the page, empty for nobody; ``Stale`` when that is no longer so."""
    before = Call.account_id.is_(None) if not instead_of else Call.account_id == _uuid(instead_of)
    _change(session, call, before, account_id=actor.account_id)


def give_back(session: Session, call: Call, actor: Actor) -> None:
    """Leave a call to others; ``Stale`` when somebody else has it meanwhile."""
    _change(session, call, Call.account_id == actor.account_id, account_id=None)


def note_outcome(session: Session, call: Call, outcome: str, *, note: str, call_back: datetime | None, tries: int, by: str, at: datetime) -> None:
    """What came of a call. ``tries`` is how often it had been tried when the page was opened: ``Stale`` when somebody tried it since.

    Confirmed moves the date of the listing. What has changed is laid on the desk of reports in the words of the note. Closed leaves the listing to be
    taken down, with the note as the reason. ``Invalid`` names what is missing.
    """
    _check(outcome, note, call_back, at)
    ended = outcome in ENDS
    next_at = call_back if outcome == "call back" and call_back else at + WAITS[min(tries, len(WAITS) - 1)]
    kept: dict[str, Any] = {"outcome": outcome, "note": note.strip() or None, "tries": tries + 1, "closed_at": at if ended else None}
    _change(session, call, Call.tries == tries, **kept, next_at=at if ended else next_at, account_id=None if not ended else Call.account_id)
    service = session.get_one(Service, call.service_id)
    if outcome == "confirmed":
        confirm(session, service, by=by, at=at, how="call")
    elif outcome == "changed":
        lay_down(session, Report(id=uuid4(), service_id=service.id, about=CHANGED, words=note.strip(), made_at=at, state="open"), by=by)
    record_change(session, entity="call", entity_id=call.id, action="changed", by=by, at=at, field="outcome", after=outcome)


def _check(outcome: str, note: str, call_back: datetime | None, at: datetime) -> None:
    errors: dict[str, str] = {}
    if outcome not in OUTCOMES:
        errors["outcome"] = "Choose what came of the call."
    if outcome in ("changed", "closed") and not note.strip():
        errors["note"] = "Write what they told you."
    if len(note) > MOST_NOTE or "\x00" in note:
        errors["note"] = f"Write it in up to {MOST_NOTE} characters."
    if outcome == "call back" and (call_back is None or not at < call_back < at + timedelta(days=366)):
        errors["day"] = "Say on which day to call again, within a year."
    if errors:
        raise Invalid(**errors)


def _change(session: Session, call: Call, only_if: Any, **values: Any) -> None:
    """Change an open call if it is still as the page showed it: of two who press at once, one is told."""
    result: CursorResult[Any] = session.execute(   # type: ignore[assignment]  # an update gives a cursor
        update(Call).where(Call.id == call.id, Call.closed_at.is_(None), only_if).values(**values).execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise Stale(SOMEBODY_ELSE)
    session.refresh(call)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
