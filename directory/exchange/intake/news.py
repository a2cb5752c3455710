"""What a source newly says of a record that was merged into another here: laid beside the kept one as conflicts, for curators to take over one by one.

Nothing of it is taken by itself: two records were found to be one, and which of their words is right was a person's choice. What counts as new is what
differs from what the source said when they were made one, or said last; what it says no more is no news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from directory.changes import as_text
from directory.exchange.intake.confidential import WITHHELD
from directory.exchange.intake.logged import UNTOUCHED, last_said, row_of, row_text, touched_here
from directory.exchange.intake.ours import QUIET, WHOLE, Spot, service_of
from directory.exchange.intake.ready import Ready
from directory.exchange.intake.upsert import stored_rows
from directory.exchange.rows import Row
from directory.models import Base, Change, Conflict, Redirect

OF: Final = {"service": "service_id", "organization": "organization_id"}
"""Records that news is told of, and the column by which what belongs to them hangs on them. Places are left out: they may be no public matter."""
PARTS: Final = ("phone", "contact", "url", "schedule", "language", "cost_option", "required_document")
"""What belongs to them and is told of."""
BESIDE: Final = QUIET | {"id", "status"}


def forget_news(session: Session, source_id: UUID) -> None:
    """What was told of records that stand by themselves again: now they are compared like any others."""
    stands = Conflict.merged_from.not_in(select(Redirect.old_id))
    session.execute(delete(Conflict).where(Conflict.source_id == source_id, Conflict.merged_from.is_not(None), stands))


class News:
    """The news of one import. ``opened`` is how many conflicts wait because of it."""

    def __init__(self, session: Session, source_id: UUID, *, at: datetime, now: Callable[[str, UUID], UUID]) -> None:
        """``now`` gives the id that a record is found under since it was merged."""
        self._session, self._source_id, self._at, self._now = session, source_id, at, now
        self.opened = 0

    def read(self, items: Iterable[Ready]) -> None:
        """Lay down what is new in records about something that was merged away."""
        for item in items:
            table, key = item.entity
            if table in OF and item.content is not None:
                self._main(table, key, item.flat.rows[table][key])
                for part in PARTS:
                    self._parts(part, table, key, item.flat.rows.get(part, {}))

    def _main(self, name: str, key: UUID, row: Row) -> None:
        table, kept = Base.metadata.tables[name], self._now(name, key)
        was, there = self._removed(table, key), stored_rows(self._session, table, [kept]).get(kept)
        if was is not None and there is not None:
            for column, value in _said(table, row):
                service = service_of(self._session, name, there)
                self._lay((name, key, column), key, base=was.get(column), ours=there[column], theirs=value, service=service)

    def _parts(self, name: str, parent: str, key: UUID, rows: dict[UUID, Row]) -> None:
        table, kept, column = Base.metadata.tables[name], self._now(parent, key), OF[parent]
        own = {row_id: row for row_id, row in rows.items() if row.get(column) == key}
        if not own:
            return
        there = stored_rows(self._session, table, own)
        lines = touched_here(self._session, name, there)
        known = [dict(_said(table, dict(row))) for row in self._session.execute(select(table).where(table.c[column] == kept)).mappings()]
        for row_id, row in own.items():
            service = kept if parent == "service" else None
            if row_id in there:
                for field, value in _said(table, row):
                    base = last_said(lines.get((name, row_id), ()), table.c[field])
                    ours = there[row_id][field]
                    self._lay((name, row_id, field), key, base=ours if base is UNTOUCHED else base, ours=ours, theirs=value, service=service)
            elif dict(_said(table, row)) not in known:
                was = self._removed(table, row_id)
                if was is None or dict(_said(table, was)) != dict(_said(table, row)):
                    self._lay((name, row_id, WHOLE), key, base=None, ours=None, theirs=row_text({**row, column: kept}), service=service)

    def _removed(self, table: Table, key: UUID) -> Row | None:
        """The row as it was when it went."""
        gone = select(Change.before).where(Change.entity == table.name, Change.entity_id == key, Change.action == "removed", Change.before.is_not(None))
        before = self._session.scalars(gone.order_by(Change.seq.desc()).limit(1)).one_or_none()
        return row_of(table, before) if before else None

    def _lay(self, spot: Spot, of: UUID, *, base: Any, ours: Any, theirs: Any, service: UUID | None) -> None:
        """Note that the record ``of`` says something new; what was noted of it before any merge is decided by merging."""
        (entity, key, field), told = spot, as_text(theirs)
        found = select(Conflict).where(Conflict.source_id == self._source_id, Conflict.entity == entity, Conflict.entity_id == key, Conflict.field == field)
        row = self._session.scalars(found).one_or_none()
        if row is None and theirs not in (base, ours):
            row = Conflict(id=uuid4(), source_id=self._source_id, entity=entity, entity_id=key, field=field, base=as_text(base), merged_from=of)
            self._session.add(row)
        elif row is None or row.theirs == told or row.merged_from is None:
            return
        row.ours, row.theirs, row.service_id, row.opened_at = as_text(ours), told, service, self._at
        row.state, row.decided_at, row.decided_by = ("theirs", self._at, "the same on both sides") if theirs == ours else ("open", None, None)
        self.opened += row.state == "open"


def _said(table: Table, row: Row) -> Iterator[tuple[str, Any]]:
    """What a row says to people; a text out of which something was withheld is none of it."""
    for name, value in row.items():
        if value is not None and name in table.c and name not in BESIDE and not table.c[name].foreign_keys and WITHHELD not in str(value):
            yield name, value
