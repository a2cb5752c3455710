"""What each record of a source became: known again by its key, unchanged by its fingerprint, and cleanly undone by the rows it made."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Ready
from directory.exchange.intake.upsert import Key, chunks
from directory.exchange.records import SourceInfo
from directory.exchange.rows import Row
from directory.models import Provenance, Service, Source


class Ledger:
    """The provenance of one source during one import; ``was`` is the rows that the records it changes had made before."""

    def __init__(self, session: Session, source_id: UUID, *, at: datetime) -> None:
        self.session, self.source_id, self.at = session, source_id, at
        found = session.execute(select(Provenance.record_key, Provenance.id, Provenance.hash).where(Provenance.source_id == source_id))
        self._known = {key: (row_id, fingerprint) for key, row_id, fingerprint in found}
        self._rows: dict[UUID, set[Key]] = {}
        self._stored: dict[UUID, list[list[str]]] = {}
        self.mains_of_others: set[Key] = set()
        self._seen: list[UUID] = []
        self.merges = ""
        """Which merges there are, as ``merged.py`` marks them: a record that met one is looked at anew when they are others."""
        self._added: list[Row] = []
        self.was: dict[UUID, list[list[str]]] = {}

    @classmethod
    def of(cls, session: Session, source: SourceInfo, *, at: datetime) -> Ledger:
        """The ledger of a source; its name, licence and credit become what is told now."""
        row = session.scalars(select(Source).where(Source.code == source.code)).one_or_none() or Source(id=uuid4())
        for name, value in msgspec.structs.asdict(source).items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        return cls(session, row.id, at=at)

    def has(self, item: Ready) -> bool:
        """Whether the record was imported before."""
        return self._row_id(item) is not None

    def knows(self, item: Ready) -> bool:
        """Whether the record was imported before and is the same; it counts as seen."""
        found = next((self._known[key] for key in item.keys if key in self._known), None)
        if found is None or found[1].removesuffix(f"+{self.merges}") not in item.fingerprints:
            return False
        self._seen.append(found[0])
        return True

    def saw(self, item: Ready) -> None:
        """Note that the source still has a record of which nothing is taken."""
        if (row_id := self._row_id(item)) is not None:
            self._seen.append(row_id)

    def rows_of(self, item: Ready) -> set[Key]:
        """The rows that the record made when it was last imported; none when it never was."""
        row_id = self._row_id(item)
        return self._rows.get(row_id, set()) if row_id else set()

    def made_by_others(self, new: list[Ready]) -> set[Key]:
        """The rows that records other than these made or name, of any source; sets ``mains_of_others``, the subjects of those of this source."""
        ours = {self._row_id(item) for item in new}
        others: set[Key] = set()
        found = select(Provenance.id, Provenance.source_id, Provenance.rows, Provenance.entity, Provenance.entity_id)
        for row_id, source_id, rows, entity, entity_id in self.session.execute(found) if new else ():
            if row_id in ours:
                self._rows[row_id] = {(table, UUID(key)) for table, key, *named in rows if not named}
                self._stored[row_id] = rows
            else:
                others |= {(table, UUID(key)) for table, key, *_ in rows}
                self.mains_of_others |= {(entity, entity_id)} if source_id == self.source_id else set()
        return others

    def write(self, item: Ready, made: set[Key], named: set[Key]) -> bool:
        """Note what a record became: the rows it made and those it only names. True when its leftover differs from what was noted."""
        rows = [[table, row_id.hex] for table, row_id in made] + [[table, row_id.hex, "named"] for table, row_id in named - made]
        said: dict[str, Any] = {
            "entity": item.entity[0], "entity_id": item.entity[1], "hash": self._hash(item), "record_key": item.keys[0], "last_seen": self.at,
            "rows": sorted(rows), "leftover": item.leftover,
        }
        row_id = self._row_id(item)
        if row_id is None:
            self._added.append({"id": uuid4(), "source_id": self.source_id, "first_seen": self.at, **said})
            return bool(item.leftover)
        self.was[row_id] = self._stored.get(row_id, [])
        before = self.session.scalar(select(Provenance.leftover).where(Provenance.id == row_id))
        self.session.execute(update(Provenance).where(Provenance.id == row_id).values(said))
        return before != item.leftover

    def close(self) -> None:
        """Write what was noted."""
        for chunk in chunks(self._added, 2000):
            self.session.execute(insert(Provenance), chunk)
        for seen in chunks(self._seen):
            self.session.execute(update(Provenance).where(Provenance.id.in_(seen)).values(last_seen=self.at))

    def _hash(self, item: Ready) -> str:
        return f"{item.fingerprints[0]}+{self.merges}" if item.met_merge else item.fingerprints[0]

    def _row_id(self, item: Ready) -> UUID | None:
        return next((self._known[key][0] for key in item.keys if key in self._known), None)


def move_last_modified(session: Session, item: Ready, *, at: datetime) -> None:
    """Say that a service was modified now, where its source does not say when."""
    table, row_id = item.entity
    if table == "service" and item.content.last_modified is None:
        session.execute(update(Service).where(Service.id == row_id).values(last_modified=at))
