"""Sources kept apart: what one source brought in, no other may change, whatever ids its file names.

1. A record whose own row another source made is refused: only that source may change it.
2. A row of another source that a record repeats inside is linked to and left as it is.
3. What a record hangs on such a row (phones, contacts, hours, terms, more places) is left out, unless it is a record of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Ready
from directory.exchange.intake.references import keys_of
from directory.exchange.intake.upsert import Key
from directory.exchange.report import ImportReport
from directory.exchange.rows import Row
from directory.models import Provenance, Source

FREE = frozenset({"service", "program", "taxonomy_term"})
"""Tables whose rows may name a row of another source: a service of an organization that an earlier file brought, say."""


class Foreign(Struct, frozen=True):
    """The rows that records of other sources made, each with the name of its source."""

    made: Mapping[Key, str]

    @classmethod
    def to(cls, session: Session, source_id: UUID) -> Foreign:
        """What is not this source's."""
        found = select(Source.name, Provenance.rows).join(Source, Source.id == Provenance.source_id).where(Source.id != source_id)
        return cls({(table, UUID(key)): name for name, rows in session.execute(found) for table, key, *named in rows if not named})

    def keep_apart(self, new: Iterable[Ready], own: Mapping[str, set[Key]], report: ImportReport) -> Iterator[Ready]:
        """The records that may be written, each without the rows it may not; the others are refused. ``own`` is what each made before, by key."""
        for item in new:
            before = own.get(item.key, set())
            owner = self.made.get(item.entity)
            if owner is not None and item.entity not in before:
                report.refuse(item.refusal("id", str(item.entity[1]), _TAKEN.format(name=owner)))
                continue
            kept_out = self._kept_out(item, before)
            if kept_out:
                _leave_out(item, kept_out)
                report.repairs.append(item.repair("id", "", _LEFT_OUT))
            yield item

    def _kept_out(self, item: Ready, before: set[Key]) -> set[Key]:
        rows = {(table, row_id): row for table, group in item.flat.rows.items() for row_id, row in group.items()}
        out = {key for key in rows if key in self.made and key not in before}
        while True:
            more = {key for key, row in rows.items() if key not in out | before and key != item.entity and _hangs_on(key[0], row, out)}
            if not more:
                return out
            out |= more


_TAKEN = (
    "the source “{name}” brought in a record with this id, and only that source may change it. "
    "If this file is a part or a newer copy of it, import both under one name (--feed NAME)"
)
_LEFT_OUT = "another source brought in some of what this record repeats; that was left as it is, and nothing was hung on it"


def _leave_out(item: Ready, keys: set[Key]) -> None:
    for table, row_id in keys:
        del item.flat.rows[table][row_id]
    item.secrets = {place: secret for place, secret in item.secrets.items() if ("location", place) not in keys}


def _hangs_on(table: str, row: Row, out: set[Key]) -> bool:
    if table == "attribute":
        return (str(row["link_entity"]), row["link_id"]) in out
    return table not in FREE and any((target, row.get(column)) in out for column, target in keys_of(table))
