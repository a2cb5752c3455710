"""Whom somebody was introduced to: those they are in touch with, and what has come to its end lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.records import own_records
from directory.models import Introduction
from directory.peers.checking_in.asking import open_question
from directory.peers.talking.between import SIDES, Between, side_of
from directory.peers.talking.names import name_in
from directory.sealing import Sealer

SHOWN: Final = timedelta(days=30)
"""How long what has ended is still listed; it can be reported for longer, by its address."""


class InTouch(Struct, frozen=True, kw_only=True):
    """One of them. ``question``: whether a check-in waits for an answer. Nothing tells of messages: that would tell who looked when."""

    introduction_id: UUID
    name: str
    is_open: bool
    question: bool


def list_between(session: Session, actor: Actor, *, at: datetime, sealer: Sealer) -> list[InTouch]:
    """Everybody whom one was introduced to, those one is in touch with first, each part by when they were introduced."""
    mine = {client.id for client in own_records(session, actor)}
    found = select(Introduction).where(Introduction.introduced_at.is_not(None), or_(Introduction.seeker_id.in_(mine), Introduction.supporter_id.in_(mine)))
    found = found.where(or_(Introduction.ended_at.is_(None), Introduction.ended_at > at - SHOWN))
    rows = session.scalars(found.order_by(Introduction.ended_at.is_not(None), Introduction.introduced_at.desc(), Introduction.id)).all()
    both = [side_of(row, row.seeker_id if row.seeker_id in mine else row.supporter_id) for row in rows]
    return [_line(session, one, at=at, sealer=sealer) for one in both]


def _line(session: Session, between: Between, *, at: datetime, sealer: Sealer) -> InTouch:
    other = SIDES[1] if between.side == SIDES[0] else SIDES[0]
    name = name_in(session, between.introduction.scheme_id, between.other, other, sealer=sealer)
    question = open_question(session, between, at=at) is not None
    return InTouch(introduction_id=between.introduction.id, name=name, is_open=between.is_open, question=question)
