"""Lines of the log about some rows, and which of them still stand: one that was taken back does not, nor does the one that took it back, unless that
was undone in its turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from directory.history.rows import Key
from directory.models import Change
from directory.stretch import chunks


class Line(Struct, frozen=True):
    """What undoing needs of a line of the log. An act may have many ten thousand of them: as objects of the tables they would take twice as long."""

    seq: int
    at: datetime
    by: str
    action: str
    entity: str
    entity_id: UUID
    field: str | None
    before: str | None
    after: str | None
    undoes: int | None


COLUMNS: Final = tuple(getattr(Change, name) for name in Line.__struct_fields__)


class Numbered(Protocol):
    """A line with its number and the number of the line that it takes back."""

    @property
    def seq(self) -> int: ...
    @property
    def undoes(self) -> int | None: ...


def lines_where(session: Session, *conditions: ColumnElement[bool]) -> list[Line]:
    """Lines in the order of the log."""
    return [Line(*row) for row in session.execute(select(*COLUMNS).where(*conditions).order_by(Change.seq))]


def lines_beside(session: Session, act: UUID) -> list[Line]:
    """The lines of other acts about the rows of an act. The database finds them by itself: an act may be about more rows than a statement takes."""
    own, other = aliased(Change), aliased(Change)
    found = select(other.seq).join(own, (own.entity == other.entity) & (own.entity_id == other.entity_id))
    return lines_where(session, Change.seq.in_(found.where(own.act == act, other.act.is_distinct_from(act))))


def lines_about(session: Session, keys: Iterable[Key]) -> Sequence[Change]:
    """Every line about some rows, in the order of the log."""
    grouped = defaultdict(list)
    for entity, key in sorted(set(keys), key=str):
        grouped[entity].append(key)
    found: list[Change] = []
    for entity, ids in grouped.items():
        for chunk in chunks(ids):
            found += session.scalars(select(Change).where(Change.entity == entity, Change.entity_id.in_(chunk)))
    return sorted(found, key=lambda line: line.seq)


def standing(lines: Iterable[Numbered]) -> frozenset[int]:
    """The lines that were not taken back, those that take others back among them."""
    taken: set[int] = set()
    alive: set[int] = set()
    for line in sorted(lines, key=lambda line: -line.seq):   # whoever takes a line back comes after it
        if line.seq in taken:
            continue
        alive.add(line.seq)
        if line.undoes is not None:
            taken.add(line.undoes)
    return frozenset(alive)
