"""What a person's copy of everything holds of peer support: their own messages, answers and reports. What others wrote is theirs, and is left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Introduction, PeerCheckIn, PeerMessage, PeerReport
from directory.peers.checking_in.asking import GOING, open_answer
from directory.peers.reports.kept import open_report
from directory.peers.talking.between import side_of
from directory.peers.talking.messages import list_messages
from directory.sealing import Sealer


class Written(Struct, frozen=True, kw_only=True):
    """One thing that somebody wrote: a ``message``, a ``check_in`` or a ``report``; ``answer`` is what was answered to it."""

    kind: str
    at: datetime
    words: str
    answer: str = ""


def written_by(session: Session, client_id: UUID, *, at: datetime, sealer: Sealer) -> list[Written]:
    """Everything that somebody wrote between two, to a coordinator or to a moderator, and that is still kept, in its order."""
    found = [*_messages(session, client_id, at, sealer), *_answers(session, client_id, sealer), *_reports(session, client_id, sealer)]
    return sorted(found, key=lambda one: (one.at, one.kind))


def said_of(written: tuple[Written, ...]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [{**msgspec.to_builtins(one), "at": one.at.isoformat()} for one in written]


def _messages(session: Session, client_id: UUID, at: datetime, sealer: Sealer) -> list[Written]:
    rows = select(Introduction).where(Introduction.id.in_(select(PeerMessage.introduction_id).where(PeerMessage.client_id == client_id)))
    between = [side_of(row, client_id) for row in session.scalars(rows.order_by(Introduction.introduced_at, Introduction.id)).all()]
    messages = [message for one in between for message in list_messages(session, one, at=at, sealer=sealer) if message.is_mine]
    return [Written(kind="message", at=message.at, words=message.words) for message in messages]


def _answers(session: Session, client_id: UUID, sealer: Sealer) -> list[Written]:
    found = []
    mine = select(PeerCheckIn).where(PeerCheckIn.client_id == client_id, PeerCheckIn.answered_at.is_not(None))
    for row in session.scalars(mine.order_by(PeerCheckIn.answered_at, PeerCheckIn.hours)).all():
        answer = open_answer(session, row, sealer=sealer)
        if answer and row.answered_at:
            found.append(Written(kind="check_in", at=row.answered_at, words=f"{GOING[answer.going]}. {answer.words}".strip()))
    return found


def _reports(session: Session, client_id: UUID, sealer: Sealer) -> list[Written]:
    found = []
    for row in session.scalars(select(PeerReport).where(PeerReport.reporter_id == client_id).order_by(PeerReport.made_at, PeerReport.id)).all():
        words, answer, _ = open_report(row, sealer=sealer)
        found.append(Written(kind="report", at=row.made_at, words=words, answer=answer))
    return found
