"""The queue of pairs that may be the same: found over the whole directory, looked at by a curator, and never asked about twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.duplicates.find import find_duplicates
from directory.duplicates.rows import Row
from directory.duplicates.stock import KINDS, Kind, stock_rows
from directory.errors import NotFound
from directory.models import Apart, Organization, Pair, Service
from directory.storage import Storage
from directory.stretch import chunks

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
    said_by: str = ""
    """Who says that the two are not the same, as the change log names them, where no curator has looked at them since."""
    said_at: datetime | None = None


def look_for_pairs(storage: Storage, folder: Path, *, at: datetime, anew: bool = False) -> int:
    """Find what may be the same in the directory and keep it; gives how many pairs wait. What a curator found not to be the same stays apart.

    ``folder`` remembers what was compared before: only what has changed since is compared, and ``anew`` everything.
    """
    found = [row for kind in KINDS for row in _found(storage, folder / kind, kind, at, anew=anew)]
    with storage.writing() as session:
        apart = {(row.first, row.second) for row in session.execute(select(Apart.first, Apart.second).where(~Apart.is_word))}
        there = _names(session, {key for row in found for key in (row["first"], row["second"])})   # the comparison took a while
        rows = [row for row in found if (row["first"], row["second"]) not in apart and {row["first"], row["second"]} <= there.keys()]
        session.execute(delete(Pair))
        if rows:
            session.execute(insert(Pair), rows)
        return count_pairs(session)


def list_pairs(session: Session, *, most: int = 50) -> list[PairLine]:
    """The pairs that wait, the likeliest first; without those of which somebody says that they are not the same."""
    rows = session.scalars(select(Pair).where(unsaid()).order_by(Pair.score.desc(), Pair.first, Pair.second).limit(most))
    return _lines(session, [(row, None) for row in rows])


def list_said(session: Session, *, most: int = 50) -> list[PairLine]:
    """The pairs of which whoever wrote one of them says that they are not the same, the latest first; no curator has looked at them yet."""
    words = session.scalars(select(Apart).where(Apart.is_word).order_by(Apart.at.desc(), Apart.first, Apart.second).limit(most)).all()
    return _lines(session, [(session.get(Pair, (word.first, word.second)), word) for word in words])


def get_pair(session: Session, first: UUID, second: UUID) -> PairLine:
    """One pair of the queue; ``NotFound`` when it waits no more."""
    low, high = sorted((first, second))
    word = session.get(Apart, (low, high))
    lines = _lines(session, [(session.get(Pair, (low, high)), word if word and word.is_word else None)])
    if not lines:
        raise NotFound("This pair waits no more.")
    return lines[0]


def unsaid() -> ColumnElement[bool]:
    """That of a pair nobody has said anything yet."""
    said = select(Apart.first).where(Apart.first == Pair.first, Apart.second == Pair.second)
    return ~said.exists()


def count_pairs(session: Session) -> int:
    """How many pairs wait."""
    return session.scalar(select(func.count()).select_from(Pair).where(unsaid())) or 0


def say_apart(session: Session, first: UUID, second: UUID, *, by: str, at: datetime) -> None:
    """Remember that two are not the same: they are not asked about again."""
    low, high = sorted((first, second))
    pair = get_pair(session, low, high)
    session.merge(Apart(first=low, second=high, entity=pair.entity, at=at, by=by, is_word=False))
    session.execute(delete(Pair).where(Pair.first == low, Pair.second == high))
    record_change(session, entity="apart", entity_id=low, action="added", by=by, at=at, after=str(high))
    session.flush()


def _found(storage: Storage, past: Path, kind: Kind, at: datetime, *, anew: bool) -> list[dict[str, Any]]:
    keys: list[str] = []
    pairs = find_duplicates(_stock(storage, kind, keys), past=past, anew=anew)[:MOST_KEPT]
    both = [(sorted((UUID(keys[pair.first]), UUID(keys[pair.second]))), pair) for pair in pairs]
    return [{"first": ids[0], "second": ids[1], "entity": kind, "score": pair.score, "reason": pair.reason, "found_at": at} for ids, pair in both]


def _stock(storage: Storage, kind: Kind, keys: list[str]) -> Iterator[Row]:
    """The rows of the directory as a stream, their keys noted; the database is let go of before anything is compared."""
    with storage.reading() as session:
        for row in stock_rows(session, kind):
            keys.append(row.key)
            yield row


def _lines(session: Session, found: Sequence[tuple[Pair | None, Apart | None]]) -> list[PairLine]:
    """Lines of pairs, of words, or of both; without those of which one side is there no more."""
    rows = [(pair or word, pair, word) for pair, word in found]
    names = _names(session, {key for row, _, _ in rows if row for key in (row.first, row.second)})
    return [
        PairLine(
            first=row.first, second=row.second, entity=row.entity, names=(names[row.first], names[row.second]), score=pair.score if pair else 0.0,
            reason=pair.reason if pair else "", said_by=word.by if word else "", said_at=word.at if word else None,
        )
        for row, pair, word in rows if row and row.first in names and row.second in names
    ]  # fmt: skip


def _names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    queries = [select(table.id, table.name).where(table.id.in_(some)) for some in chunks(ids) for table in (Service, Organization)]
    return {key: name for query in queries for key, name in session.execute(query)}
