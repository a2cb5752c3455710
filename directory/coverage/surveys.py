"""Keeps the last count, so that its page costs nothing, and makes a new one once a day or when somebody asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Protocol

import msgspec
from sqlalchemy.orm import Session

from directory.coverage.counting import Counted, count
from directory.models import Survey
from directory.states import Snapshot
from directory.storage import Storage

NAME: Final = "coverage"
EVERY: Final = timedelta(days=1)


def latest(session: Session) -> tuple[datetime | None, Counted] | None:
    """The last count and when it was made (None: a new one is asked for); None when there is none yet."""
    row = session.get(Survey, NAME)
    return (row.made_at, msgspec.convert(row.body, Counted)) if row and row.body else None


def ask_anew(session: Session) -> None:
    """Have it counted anew at the next occasion."""
    row = session.get(Survey, NAME)
    if row is None:
        session.add(Survey(name=NAME, made_at=None, body={}))
    else:
        row.made_at = None


class Holder(Protocol):
    """Whoever holds the directory ready (``catalogue.Catalogue``)."""

    def state(self) -> Snapshot: ...


def survey_due(storage: Storage, catalogue: Holder, *, at: datetime) -> bool:
    """Count, when the last count is a day old or a new one was asked for; gives whether it did."""
    with storage.reading() as session:
        row = session.get(Survey, NAME)
        if row and row.made_at and at - row.made_at < EVERY:
            return False
        counted = count(session, catalogue.state(), at=at)
    with storage.writing() as session:
        session.merge(Survey(name=NAME, made_at=at, body=msgspec.to_builtins(counted)))
    return True
