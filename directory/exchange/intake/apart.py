"""Sources kept apart: what one source brought in, no other may change, whatever ids its file names.

1. A record about the subject of another source's record is refused, unless it says nothing new: only that source may change it.
2. A record about something that another source only mentioned fills what is unknown of it.
3. A row of another source that a record repeats inside is linked to and left as it is, and nothing is hung on it (phones, contacts, hours, terms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Ready
from directory.exchange.intake.references import keys_of
from directory.exchange.intake.upsert import Key, stored_rows
from directory.exchange.report import ImportReport
from directory.exchange.rows import Row
from directory.models import Base, Provenance, Source

FREE = frozenset({"service", "program", "taxonomy_term"})
"""Tables whose rows may name a row of another source: a service of an organization that an earlier file brought, say."""


class Foreign(NamedTuple):
    """The rows that records of other sources made, and of those their subjects, each with the name of its source."""

    session: Session
    made: Mapping[Key, str]
    subjects: Mapping[Key, str]

    @classmethod
    def to(cls, session: Session, source_id: UUID) -> Foreign:
        """What is not this source's."""
        wanted = select(Source.name, Provenance.entity, Provenance.entity_id, Provenance.rows)
        found = session.execute(wanted.join(Source, Source.id == Provenance.source_id).where(Source.id != source_id)).all()
        made = {(table, UUID(key)): name for name, _, _, rows in found for table, key, *named in rows if not named}
        subjects = {(entity, entity_id): name for name, entity, entity_id, _ in found}
        return cls(session, made, {key: name for key, name in subjects.items() if key in made})

    def keep_apart(self, new: Iterable[Ready], own: Mapping[str, set[Key]], report: ImportReport) -> Iterator[Ready]:
        """The records that may be written, each without the rows it may not. ``own`` is what each made before, by key."""
        for item in new:
            before = own.get(item.key, set())
            if item.entity in self.subjects and item.entity not in before:
                self._not_its_own(item, report)
                continue
            item.only_fills = {item.entity} if item.entity in self.made and item.entity not in before else set()
            kept_out = self._kept_out(item, before)
            leave_out(item, kept_out)
            for reason in (_ONLY_FILLED,) * bool(item.only_fills) + (_LEFT_OUT,) * bool(kept_out):
                report.repairs.append(item.repair("id", "", reason))
            yield item

    def _not_its_own(self, item: Ready, report: ImportReport) -> None:
        if self._says_nothing_new(item):
            report.unchanged += 1
        else:
            reason = _TAKEN.format(name=self.subjects[item.entity])
            report.refuse(item.refusal("id", str(item.entity[1]), reason))

    def _says_nothing_new(self, item: Ready) -> bool:
        for table, rows in item.flat.rows.items():
            there = stored_rows(self.session, Base.metadata.tables[table], rows)
            if any(key not in there or _differs(row, there[key]) for key, row in rows.items()):
                return False
        return not item.secrets

    def _kept_out(self, item: Ready, before: set[Key]) -> set[Key]:
        rows = {(table, row_id): row for table, group in item.flat.rows.items() for row_id, row in group.items() if (table, row_id) != item.entity}
        out = {key for key in rows if key in self.made and key not in before}
        while more := {key for key, row in rows.items() if key not in out | before and _hangs_on(key[0], row, out)}:
            out |= more
        return out


_TAKEN = (
    "the source “{name}” brought this in by its id, and only that source may change it. "
    "If this file is a part or a newer copy of it, import both under one name (--feed NAME)"
)
_ONLY_FILLED = "another source mentioned this before; what it said was left, and only the rest was taken. For parts of one feed use --feed NAME"
_LEFT_OUT = "another source brought in some of what this record repeats; that was left as it is, and nothing was hung on it"


def _differs(row: Row, stored: Row) -> bool:
    return any(value is not None and value != stored[name] for name, value in row.items() if name != "position")


def leave_out(item: Ready, keys: set[Key]) -> None:
    """Take rows out of a record, and what is sealed of their places with them."""
    for table, row_id in keys:
        del item.flat.rows[table][row_id]
    others = keys | item.only_fills
    item.secrets = {place: secret for place, secret in item.secrets.items() if ("location", place) not in others}


def _hangs_on(table: str, row: Row, out: set[Key]) -> bool:
    if table == "attribute":
        return (str(row["link_entity"]), row["link_id"]) in out
    return table not in FREE and any((target, row.get(column)) in out for column, target in keys_of(table))
