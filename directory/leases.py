"""Leases: of all processes that could do a job, one at a time does it, and one that was thought dead and comes back changes nothing.

A lease is a row. It is taken by one statement that succeeds only when the job is due and nobody holds it; each taking makes the fence one higher, and
whoever ends the job names the fence that it was given. A moment that lies further ahead than a lease can was written by a clock that has stepped back
since, and holds nothing up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session

from directory.models import Lease
from directory.models.base import UtcDateTime
from directory.storage import Storage

HELD = timedelta(minutes=15)
"""After so long whoever holds a lease is thought dead."""
AGAIN = timedelta(seconds=30)
"""A job that failed is left alone for so long."""

_TAKE = text(
    "insert into lease (job, holder, until, fence) values (:job, :holder, :until, 1) on conflict (job) do update "
    "set holder = excluded.holder, until = excluded.until, fence = lease.fence + 1 "
    "where (lease.until <= :at or lease.until > :until) and (lease.done_at is null or lease.done_at <= :done_before or lease.done_at > :at) returning fence"
).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in ("until", "at", "done_before")))


class Held(Struct, frozen=True, kw_only=True):
    """A job that is ours to do for now."""

    job: str
    fence: int


def take_lease(storage: Storage, job: str, holder: str, *, every: timedelta, at: datetime, held: timedelta = HELD) -> Held | None:
    """The lease of a job that was last done ``every`` or longer ago, for ``held``; None when it is not due or somebody has it."""
    said = {"job": job, "holder": holder, "until": at + held, "at": at, "done_before": at - every}
    with storage.writing(counting=True) as session:
        fence = session.execute(_TAKE, said).scalar()
    return None if fence is None else Held(job=job, fence=fence)


def is_due(session: Session, job: str, *, every: timedelta, at: datetime, held: timedelta = HELD) -> bool:
    """Whether it is worth asking for the lease: a look that writes nothing."""
    row = session.get(Lease, job)
    is_free = row is None or not at < row.until <= at + held
    return is_free and (row is None or (row.done_at is None or not at - every < row.done_at <= at))


def is_mine(session: Session, held: Held, *, at: datetime) -> bool:
    """Whether the lease still stands; a job that takes long asks before each step that must not be done twice."""
    return session.scalar(select(Lease.fence).where(Lease.job == held.job, Lease.until > at)) == held.fence


def end_lease(storage: Storage, held: Held, *, at: datetime, is_done: bool) -> bool:
    """Give a lease back, done or to be tried again after a while; False when somebody else has taken it since, and then nothing is changed."""
    mine = update(Lease).where(Lease.job == held.job, Lease.fence == held.fence)
    values = {"until": at, "done_at": at} if is_done else {"until": at + AGAIN}
    with storage.writing(counting=True) as session:
        return session.execute(mine.values(**values).returning(Lease.job)).first() is not None


def latest_done(session: Session) -> dict[str, datetime | None]:
    """When each job was last done, by its name."""
    rows = session.execute(select(Lease.job, Lease.done_at).order_by(Lease.job))
    return {job: done_at for job, done_at in rows}  # noqa: C416  (rows are no pairs to the type checker)
