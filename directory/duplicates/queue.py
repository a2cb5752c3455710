"""The queue of pairs that may be the same: found over the whole directory, looked at by a curator, and never asked about twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.duplicates.find import find_duplicates
from directory.duplicates.stock import KINDS, Kind, stock_rows
from directory.errors import NotFound
from directory.models import Apart, Organization, Pair, Service
from directory.storage import Storage

MOST_KEPT = 5_000
"""Pairs of a kind that are kept, the likeliest first: more than a curator sees through."""


class PairLine(Struct, frozen=True, kw_only=True):
    """A pair as one line of the queue."""

    first: UUID
    second: UUID
    entity: str
    names: tuple[str, str]
    score: float
    reason: str


def look_for_pairs(storage: Storage, *, at: datetime) -> int:
    """Compare the whole directory and keep what may be the same; gives how many pairs wait. What was found not to be the same stays apart."""
    found = [row for kind in KINDS for row in _found(storage, kind, at)]
    with storage.writing() as session:
        apart = {(row.first, row.second) for row in session.execute(select(Apart.first, Apart.second))}
        there = {*session.scalars(select(Service.id)), *session.scalars(select(Organization.id))}   # the comparison took a while
        rows = [row for row in found if (row["first"], row["second"]) not in apart and {row["first"], row["second"]} <= there]
        session.execute(delete(Pair))
        if rows:
            session.execute(insert(Pair), rows)
    return len(rows)


def list_pairs(session: Session, *, most: int = 50) -> list[PairLine]:
    """The pairs that wait, the likeliest first."""
    rows = session.scalars(select(Pair).order_by(Pair.score.desc(), Pair.first, Pair.second).limit(most)).all()
    names = _names(session, rows)
    return [_line(row, names) for row in rows if row.first in names and row.second in names]


def get_pair(session: Session, first: UUID, second: UUID) -> PairLine:
    """One pair of the queue; ``NotFound`` when it waits no more."""
    row = session.get(Pair, tuple(sorted((first, second))))
    names = _names(session, [row]) if row else {}
    if row is None or len(names) < 2:
        raise NotFound("This pair waits no more.")
    return _line(row, names)


def count_pairs(session: Session) -> int:
    """How many pairs wait."""
    return session.scalar(select(func.count()).select_from(Pair)) or 0


def say_apart(session: Session, first: UUID, second: UUID, *, by: str, at: datetime) -> None:
    """Remember that two are not the same: they are not asked about again."""
    low, high = sorted((first, second))
    pair = get_pair(session, low, high)
    session.merge(Apart(first=low, second=high, entity=pair.entity, at=at, by=by))
    session.execute(delete(Pair).where(Pair.first == low, Pair.second == high))
    record_change(session, entity="apart", entity_id=low, action="added", by=by, at=at, after=str(high))
    session.flush()


def _found(storage: Storage, kind: Kind, at: datetime) -> list[dict[str, object]]:
    with storage.reading() as session:
        rows = stock_rows(session, kind)
    pairs = find_duplicates(rows)[:MOST_KEPT]
    keys = [(tuple(sorted((UUID(rows[pair.first].key), UUID(rows[pair.second].key)))), pair) for pair in pairs]
    return [{"first": key[0], "second": key[1], "entity": kind, "score": pair.score, "reason": pair.reason, "found_at": at} for key, pair in keys]


def _names(session: Session, rows: Sequence[Pair]) -> dict[UUID, str]:
    ids = {key for row in rows for key in (row.first, row.second)}
    found = [session.execute(select(table.id, table.name).where(table.id.in_(ids))) for table in (Service, Organization)]
    return {key: name for rows_of_table in found for key, name in rows_of_table}


def _line(row: Pair, names: dict[UUID, str]) -> PairLine:
    return PairLine(
        first=row.first, second=row.second, entity=row.entity, names=(names[row.first], names[row.second]), score=row.score, reason=row.reason
    )
