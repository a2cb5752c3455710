"""Who is in a round: everybody of a scheme who can be suggested today, but for those to whom an earlier round suggested somebody whom they can still answer."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Introduction
from directory.peers.pool import Pool, pool_of
from directory.peers.schemes import Scheme
from directory.sealing import Sealer
from matching.pairing import Crowd

ANSWERED_WITHIN: Final = timedelta(days=14)
"""So long a suggestion of a round keeps a place and a wish from the next one; whoever has not answered by then is asked beside it."""


def crowd_of(session: Session, scheme: Scheme, *, on: date, at: datetime, sealer: Sealer) -> tuple[Pool, Crowd]:
    """Everybody of a round, and the pairs that must not be: blocked, ended, refused by one of them, or named as somebody never to meet.

    A no that only one side has said counts here and is told to nobody: a pair that is not in a round may be missing for any reason.
    """
    pool = pool_of(session, scheme, on=on, at=at, sealer=sealer)
    waiting = _waiting(session, scheme.id, at=at)
    seekers = [one for one in pool.seekers if not waiting["seeker", one.id]]
    supporters = [replace(one, places=max(0, one.places - waiting["supporter", one.id])) for one in pool.supporters]
    return pool, Crowd(seekers, supporters, on, blocked=pool.apart | pool.refused | pool.named)


def _waiting(session: Session, scheme_id: UUID, *, at: datetime) -> Counter[tuple[str, str]]:
    """For each side and record, how many suggestions of earlier rounds can still become something."""
    live = Introduction.ended_at.is_(None), Introduction.introduced_at.is_(None), Introduction.suggested_at > at - ANSWERED_WITHIN
    found = select(Introduction).where(Introduction.scheme_id == scheme_id, Introduction.round_id.is_not(None), *live)
    counted: Counter[tuple[str, str]] = Counter()
    for row in session.scalars(found):
        said = {row.seeker_said, row.supporter_said}
        if "no" not in said and said != {"yes"}:   # those who both said yes have taken their places already
            counted.update([("seeker", str(row.seeker_id)), ("supporter", str(row.supporter_id))])
    return counted
