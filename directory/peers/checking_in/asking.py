"""How is it going: asked of each side after 48 hours and 2, 4 and 8 weeks, answered or not, for the coordinator and never for the other side."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.clients.keys import locker_of
from directory.errors import Invalid, NotFound
from directory.models import Introduction, PeerCheckIn
from directory.peers.talking.between import NOBODY, Between
from directory.peers.telling import tell
from directory.sealing import Sealer

HOURS: Final = (48, 14 * 24, 28 * 24, 56 * 24)
GOING: Final = {"well": "It goes well", "so_so": "It could go better", "not": "It does not go well", "not_met": "We have not been in touch yet"}
LONGEST: Final = 2_000


class Answer(Struct, frozen=True, kw_only=True):
    """What somebody answered: how it goes, in their words if they like, and whether they want the coordinator to write to them."""

    going: str
    words: str = ""
    wants_call: bool = False


def open_question(session: Session, between: Between, *, at: datetime) -> int | None:
    """The newest question that is due and was not answered, by its hours; an older one is not asked any more. None where there is none."""
    if not between.is_open:
        return None
    mine = PeerCheckIn.introduction_id == between.introduction.id, PeerCheckIn.client_id == between.me, PeerCheckIn.due_at <= at
    row = session.scalars(select(PeerCheckIn).where(*mine).order_by(PeerCheckIn.hours.desc()).limit(1)).first()
    return row.hours if row and row.asked_at is not None and row.answered_at is None else None


def give(session: Session, between: Between, hours: int, answer: Answer, *, at: datetime, sealer: Sealer) -> None:
    """Answer a question; sealed with the person's own key. Answering again replaces it. ``NotFound`` where it was not asked."""
    errors = {} if answer.going in GOING else {"going": "Choose one of the lines."}
    errors |= {} if len(answer.words) <= LONGEST else {"words": f"Use at most {LONGEST} characters."}
    if errors:
        raise Invalid(**errors)
    row = session.get(PeerCheckIn, (between.introduction.id, between.me, hours))
    if row is None or row.asked_at is None:
        raise NotFound(NOBODY)
    text = msgspec.json.encode(answer).decode()
    row.sealed = locker_of(session, between.me, sealer=sealer).seal(text, "peer_check_in", "sealed", f"{row.introduction_id}|{hours}")
    row.answered_at = at
    session.flush()


def open_answer(session: Session, row: PeerCheckIn, *, sealer: Sealer) -> Answer | None:
    """What stands in a row. Whoever calls this answers for who reads it."""
    if row.sealed is None:
        return None
    text = locker_of(session, row.client_id, sealer=sealer).open(row.sealed, "peer_check_in", "sealed", f"{row.introduction_id}|{row.hours}")
    return msgspec.json.decode(text, type=Answer)


def ask_due(session: Session, *, at: datetime, sealer: Sealer, base_url: str, most: int = 200) -> int:
    """Ask what is due, with the letter that says nothing; gives how many were asked. What was missed is asked once, not four times."""
    _lay_out(session, most)
    due = select(PeerCheckIn).join(Introduction, Introduction.id == PeerCheckIn.introduction_id)
    due = due.where(PeerCheckIn.due_at <= at, PeerCheckIn.asked_at.is_(None), Introduction.ended_at.is_(None))
    rows = session.scalars(due.order_by(PeerCheckIn.due_at, PeerCheckIn.client_id).limit(most).with_for_update(of=PeerCheckIn, skip_locked=True)).all()
    for row in rows:
        row.asked_at = at
        tell(session, row.client_id, at=at, sealer=sealer, base_url=base_url)
    session.flush()
    return len(rows)


def _lay_out(session: Session, most: int) -> None:
    """The questions of every introduction that has none yet: four a side."""
    has_some = select(PeerCheckIn.introduction_id).where(PeerCheckIn.introduction_id == Introduction.id)
    new = select(Introduction).where(Introduction.introduced_at.is_not(None), Introduction.ended_at.is_(None), ~has_some.exists())
    for row in session.scalars(new.order_by(Introduction.introduced_at, Introduction.id).limit(most)).all():
        assert row.introduced_at is not None  # noqa: S101  (asked for above)
        session.add_all(_questions(row, row.introduced_at))
    session.flush()


def _questions(row: Introduction, began: datetime) -> list[PeerCheckIn]:
    sides: tuple[UUID, UUID] = (row.seeker_id, row.supporter_id)
    return [
        PeerCheckIn(introduction_id=row.id, client_id=one, hours=hours, due_at=began + timedelta(hours=hours), asked_at=None, answered_at=None, sealed=None)
        for one in sides for hours in HOURS
    ]  # fmt: skip
