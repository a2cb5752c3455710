"""Thinking again: what one answered stays one's own to change, and nothing that comes of it tells whether the other had answered meanwhile.

Call these within ``storage.writing(counting=True)``, with both profiles held.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from directory.models import Introduction
from directory.peers.kept import Kept

HOUSE: Final = "house"


def other_of(row: Introduction, mine: Kept) -> UUID:
    """The record of the other of two."""
    return row.supporter_id if mine.row.side == "seeker" else row.seeker_id


def said_in(row: Introduction, mine: Kept) -> str:
    """What one said oneself: yes, no, or nothing yet."""
    return row.seeker_said if mine.row.side == "seeker" else row.supporter_said


def said_at(row: Introduction, mine: Kept) -> datetime | None:
    """When one said it."""
    return row.seeker_said_at if mine.row.side == "seeker" else row.supporter_said_at


def is_final(row: Introduction, mine: Kept) -> bool:
    """Whether one's no was put there by "never again": it has no moment, and cannot be thought again."""
    return said_in(row, mine) == "no" and said_at(row, mine) is None


def is_told(ended_at: datetime, at: datetime) -> bool:
    """An end is told from the next day on, so that nobody can tell from the hour who answered first, or that an answer was there already."""
    return ended_at.date() < at.date()


def still_stands(row: Introduction, mine: Kept, *, at: datetime) -> bool:
    """Whether one's answer is on one's board as one's own to change: while nothing ended, a yes until its end is told, and a no whatever the other said."""
    if row.ended_at is None:
        return said_in(row, mine) != ""
    if row.introduced_at is not None or is_final(row, mine):
        return False
    return said_in(row, mine) == "no" or (said_in(row, mine) == "yes" and not is_told(row.ended_at, at))


def take_up(session: Session, rows: Iterable[Introduction], mine: Kept, *, stays_ended: bool, at: datetime) -> None:
    """Take one's answer back out of rows of the same two that have ended, as if the end had not come.

    ``stays_ended``: another row of theirs is open, or they must never meet. What the other sees stays as it is.
    Whoever said yes and read that it is over is asked anew: that yes counts no more.
    """
    for row in (row for row in rows if row.ended_at is not None):
        theirs = row.supporter_said if mine.row.side == "seeker" else row.seeker_said
        was_read = theirs == "yes" and row.ended_at is not None and is_told(row.ended_at, at)
        setattr(row, f"{mine.row.side}_said", "")
        setattr(row, f"{mine.row.side}_said_at", None)
        if stays_ended or was_read or row.ended_by == HOUSE:
            row.ended_by = HOUSE   # as what the house ended, it keeps nobody apart
        else:
            row.ended_at, row.ended_by, stays_ended = None, "", True
    session.flush()


def sides_of(mine: Kept, other: UUID) -> tuple[UUID, UUID]:
    """The seeker and the supporter of two."""
    return (mine.client_id, other) if mine.row.side == "seeker" else (other, mine.client_id)
