"""Which lines of the log still stand: one that was taken back does not, nor does the one that took it back, unless that was undone in its turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.history.rows import Key, chunks
from directory.models import Change


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


def standing(lines: Iterable[Change]) -> frozenset[int]:
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
