"""The rows of one act, written: added, changed and removed, each with its line in the log, and what is not public under its seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.changes import as_text, change_row, record_changes
from directory.editing.held import is_secret, is_secret_field, open_to_all, seal_now, secret_of, shown, touches
from directory.editing.rows import Moved, SheetRows, table_named
from directory.errors import NotPermitted
from directory.exchange import records
from directory.exchange.intake.confidential import PLACE_FIELDS
from directory.exchange.intake.upsert import TABLES, Actor, Key, remove_rows, write_rows
from directory.exchange.rows import Row
from directory.models import Location, Service
from directory.placing import take_back
from directory.sealing import Sealer

STAYS: Final = "location"
"""The table whose rows stay when a listing leaves them: others may be there, and an undo finds them again."""


class Writing:
    """What the steps of one act share."""

    def __init__(self, session: Session, by: str, at: datetime, act: UUID, why: str | None, sealer: Sealer) -> None:
        self.session, self.by, self.at, self.act, self.why, self.sealer = session, by, at, act, why, sealer
        self.actor = Actor(by=by, at=at)

    def write(self, left: Moved, now: SheetRows, service: records.Service, *, may_open: bool) -> None:
        """Write what is left to do; nothing at all when nothing is. ``now`` is the listing as it is, hidden places as they truly are."""
        if left.is_nothing:
            return
        left = self._opened(left, now, may_open=may_open)
        left = self._taken_back(left, now)
        after = merged(now, left)
        hidden = self._hidden(after)
        self._add({key: shown(key, row, hidden) for key, row in left.added.items() if not is_secret(key, row, hidden)}, service.organization_id)
        self._change({at: pair for at, pair in left.changed.items() if not is_secret_field(*at, {**now, **after}, hidden)})
        self._remove({key: row for key, row in left.removed.items() if not is_secret(key, row, hidden)})
        for place in sorted(hidden):
            if touches(place, left, {**now, **after}):
                self._seal(place, after)
        self.session.execute(update(Service).where(Service.id == service.id).values(last_modified=self.at))

    def _opened(self, left: Moved, now: SheetRows, *, may_open: bool) -> Moved:
        """The same with all that a place is which a curator makes public: it has to be written openly."""
        added, changed = dict(left.added), dict(left.changed)
        for (key, name), (was, visibility) in left.changed.items():
            if (key[0], name, visibility) == ("location", "visibility", "public") and was != "public":
                if not may_open:
                    raise NotPermitted("Only a curator may make a place public again.")
                open_to_all(self.session, key[1])
                added |= {one: row for one, row in now.items() if one[0] == "address" and row.get("location_id") == key[1] and one not in left.removed}
                told = {field: value for field in PLACE_FIELDS if (value := now[key].get(field)) is not None}
                changed |= {(key, field): (None, value) for field, value in told.items() if (key, field) not in changed}
        for (key, name), (_, value) in left.changed.items():
            if key in added and key not in left.added:
                added[key] = {**added[key], name: value}
                del changed[key, name]
        return Moved(added=added, removed=left.removed, changed=changed)

    def _taken_back(self, left: Moved, now: SheetRows) -> Moved:
        """Take back public places that are to be hidden, at once and whole; gives what is left to do."""
        changed = dict(left.changed)
        for (key, name), (was, visibility) in left.changed.items():
            if (key[0], name, was) == ("location", "visibility", "public"):
                take_back(self.session, [key[1]], str(visibility), by=self.by, at=self.at, why=self.why or "", sealer=self.sealer, act=self.act)
                del changed[key, name]
                now[key]["visibility"] = visibility
        return Moved(added=left.added, removed=left.removed, changed=changed)

    def _hidden(self, after: SheetRows) -> set[UUID]:
        """The places that are not public when the act is done: as the sheet says, or as they stand where it only names them."""
        named = {key[1] for key in after if key[0] == "location"} | {row["location_id"] for key, row in after.items() if key[0] == "service_at_location"}
        stored = select(Location.id).where(Location.id.in_(named), Location.visibility != "public")
        told = {key[1]: row.get("visibility", "public") for key, row in after.items() if key[0] == "location"}
        return {place for place in {*told, *self.session.scalars(stored)} if told.get(place, "hidden") != "public"}

    def _add(self, rows: SheetRows, organization_id: UUID | None) -> None:
        by_table: dict[str, dict[UUID, Row]] = {}
        count: Counter[tuple[str, object]] = Counter()
        for (table, key), row in rows.items():
            owned = {"organization_id": organization_id} if table == "location" else {}
            by_table.setdefault(table, {})[key] = {**row, **owned, **self._place(table, row, count)}
        written = write_rows(self.session, by_table, shared=set(), guarded=set(rows), own=set(rows), actor=self.actor)
        said = {key: as_text(_told(key, row)) for key, row in rows.items()}
        self._log([{**line, "after": said[line["entity"], line["entity_id"]]} if line["action"] == "added" else line for line in written.changes])

    def _place(self, table: str, row: Row, count: Counter[tuple[str, object]]) -> Row:
        """Where a new row stands: after those that are there."""
        columns = table_named(table).columns
        if "position" not in columns:
            return {}
        name = "link_id" if table == "attribute" else next((one.name for one in columns if one.foreign_keys and row.get(one.name)), None)
        if name is None:
            return {"position": 0}
        key = (table, row[name])
        last = self.session.scalar(select(func.max(columns["position"])).where(columns[name] == row[name]))
        count[key] += 1
        return {"position": (-1 if last is None else last) + count[key]}

    def _change(self, changed: Mapping[tuple[Key, str], tuple[object, object]]) -> None:
        by_row: dict[Key, dict[str, object]] = {}
        for (key, name), (_, value) in changed.items():
            by_row.setdefault(key, {})[name] = value
        for (table, row_id), values in by_row.items():
            columns = table_named(table)
            self.session.execute(update(columns).where(columns.c.id == row_id).values(values))
        said = [(key[0], key[1], name, before, after) for (key, name), (before, after) in changed.items()]
        self._log([
            change_row(entity=table, entity_id=row_id, action="changed", by=self.by, at=self.at, field=name, before=before, after=after)
            for table, row_id, name, before, after in said
        ])  # fmt: skip

    def _remove(self, removed: SheetRows) -> None:
        """Remove rows, the log keeps them whole; a row that stands under another parent too only lets go of this one."""
        for tables in (("attribute",), tuple(table.name for table in TABLES if table.name not in ("attribute", STAYS))):
            keys = {key for key in removed if key[0] in tables}
            shared = {key for key in keys if self._stands_elsewhere(key, removed[key])}
            self._change({
                (key, column.name): (removed[key][column.name], None)
                for key in shared for column in table_named(key[0]).columns if column.foreign_keys and column.nullable and removed[key].get(column.name)
            })  # fmt: skip
            self._log(remove_rows(self.session, keys - shared, actor=self.actor).changes)

    def _stands_elsewhere(self, key: Key, row: Row) -> bool:
        table = table_named(key[0])
        names = [column.name for column in table.columns if column.foreign_keys and column.nullable]
        stored = self.session.execute(select(table).where(table.c.id == key[1])).mappings().one_or_none()
        return stored is not None and any(stored[name] and stored[name] != row.get(name) for name in names)

    def _seal(self, place: UUID, after: SheetRows) -> None:
        if seal_now(self.session, place, secret_of(place, after), sealer=self.sealer):
            self._log([change_row(entity="location", entity_id=place, action="changed", by=self.by, at=self.at, field="sealed")])

    def _log(self, lines: list[Row]) -> None:
        record_changes(self.session, [{**line, "act": self.act, "why": self.why} for line in lines])


def merged(now: SheetRows, left: Moved) -> SheetRows:
    """The rows as they will be."""
    rows = {key: dict(row) for key, row in now.items() if key not in left.removed}
    rows |= {key: dict(row) for key, row in left.added.items()}
    for (key, name), (_, value) in left.changed.items():
        rows.setdefault(key, {})[name] = value
    return rows


def _told(key: Key, row: Row) -> Row:
    """A new row as the log keeps it: what it states, but nothing of where a place is, which may be hidden one day."""
    left_out = {"id", "position", *(PLACE_FIELDS if key[0] == "location" else ())}
    return {  # names of tables are a text of SQLAlchemy's own kind
        name: str(value) if isinstance(value, UUID | str) else value for name, value in row.items() if value is not None and name not in left_out
    }
