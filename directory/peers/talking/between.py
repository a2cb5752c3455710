"""Who stands on which side of an introduction: the one way to anything between two, for those two and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.records import own_records
from directory.errors import NotFound
from directory.models import Introduction

NOBODY: Final = "There is no such page here."
SIDES: Final = ("seeker", "supporter")


class Between(Struct, frozen=True, kw_only=True):
    """An introduction as one of the two stands to it: ``side`` is theirs, ``me`` their record, ``other`` that of the other."""

    introduction: Introduction
    side: str
    me: UUID
    other: UUID

    @property
    def is_open(self) -> bool:
        """Whether they may write to each other: introduced, and not ended."""
        return self.introduction.introduced_at is not None and self.introduction.ended_at is None

    @property
    def days(self) -> int:
        """For how many days messages are kept: the shorter of what both chose."""
        return min(self.introduction.seeker_days, self.introduction.supporter_days)

    @property
    def my_days(self) -> int:
        """What this side chose."""
        return self.introduction.seeker_days if self.side == "seeker" else self.introduction.supporter_days


def get_between(session: Session, introduction_id: UUID, actor: Actor, *, hold: bool = False) -> Between:
    """An introduction that was made, for one of the two; ``NotFound`` for anybody else, whoever they are, and before both said yes.

    ``hold`` keeps others from changing it until the transaction ends: for whoever is going to write.
    """
    row = session.get(Introduction, introduction_id, with_for_update={"of": Introduction} if hold else None, populate_existing=hold)
    mine = {client.id for client in own_records(session, actor)}
    if row is None or row.introduced_at is None or not mine & {row.seeker_id, row.supporter_id}:
        raise NotFound(NOBODY)
    return side_of(row, row.seeker_id if row.seeker_id in mine else row.supporter_id)


def side_of(row: Introduction, client_id: UUID) -> Between:
    """An introduction as one of its two stands to it."""
    is_seeker = row.seeker_id == client_id
    return Between(introduction=row, side=SIDES[0] if is_seeker else SIDES[1], me=client_id, other=row.supporter_id if is_seeker else row.seeker_id)


def days_in_touch(between: Between, at: datetime) -> int:
    """For how many whole days the two have known each other."""
    began = between.introduction.introduced_at
    return (at - began).days if began else 0
