"""What somebody here changed stands against an import, field by field and row by row: a three-way merge of our value, the source's, and what it said last.

1. Not changed here since the source last spoke: the source's value is taken.
2. Changed here, and the source says what it said: ours is kept, and the list of conflicts shows it as ``kept``.
3. Changed here and by the source, to different values: ours is kept, and the conflict is ``open`` until a curator decides.
4. Changed on both sides to the same value: nothing is to be done, but that the source said so is remembered.

What the source last said is worked out from the change log (``logged.py``); where a row of ``conflict`` stands, it is what that row says, since nothing
was written to the log when the value was not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from directory.changes import as_text
from directory.exchange.intake.logged import UNKNOWN, UNTOUCHED, Line, is_removed_here, last_said, removed_here, row_text, touched_here, typed, value_of
from directory.exchange.intake.upsert import KEPT, Key, chunks
from directory.exchange.rows import Row
from directory.models import Base, Conflict, DoNotList, ServiceAtLocation

WHOLE: Final = ""
"""The field of a conflict about a whole row."""
QUIET: Final = KEPT | {"position"}
"""Fields of which ours is kept without a word: nobody would want to decide them."""
FREE: Final = frozenset({("location", "visibility")})
"""Fields with rules of their own: an import may hide a place and never opens one."""
Spot = tuple[str, UUID, str]


class Note(Struct):
    """A conflict as it is noted: values as the log writes them."""

    state: str
    base: str | None
    ours: str | None
    theirs: str | None
    service_id: UUID | None = None
    id: UUID | None = None
    is_new: bool = False


class Ours:
    """What was changed here, as one import meets it. ``kept`` are the rows in which something of ours stands against the source."""

    def __init__(
        self, session: Session, source_id: UUID, *, at: datetime, now: Callable[[str, UUID], UUID], telling: re.Pattern[str] | None = None,
    ) -> None:
        """``now`` gives the id that a row is found under, which is another when it was merged."""
        self._session, self._source_id, self._at, self._telling, self._now = session, source_id, at, telling, now
        found = session.scalars(select(Conflict).where(Conflict.source_id == source_id))
        self._known = {(row.entity, row.entity_id, row.field): _note_of(row) for row in found}
        self._removed = removed_here(session)
        self._unlisted = {row.entity_id: row.why for row in session.execute(select(DoNotList.entity_id, DoNotList.why))}
        self._lines: dict[Key, list[Line]] = {}
        self._noted: dict[Spot, Note] = {}
        self._over: set[Spot] = set()
        self.kept: set[Key] = set()

    @property
    def opened(self) -> int:
        """How many conflicts this import opened or opened anew."""
        return sum(note.state == "open" for note in self._noted.values())

    def withholds(self, telling: re.Pattern[str] | None) -> None:
        """Values that tell where a held place is are not kept in a conflict."""
        self._telling = telling

    def watch(self, table: str, ids: Iterable[UUID]) -> None:
        """Read what was changed here of some rows that are about to be compared."""
        self._lines |= touched_here(self._session, table, ids)

    def takes(self, table: Table, before: Row, name: str, value: Any) -> bool:
        """Whether the value of the source is to be written over what is stored; notes what becomes of it when it is not."""
        key, spot = (table.name, before["id"]), (table.name, before["id"], name)
        self._over |= {(*key, WHOLE)} & self._known.keys()   # the row stands on both sides: what was noted of it as a whole has served
        if (table.name, name) in FREE or (key not in self._lines and spot not in self._known and (*key, WHOLE) not in self._known):
            return True
        column = table.c[name]
        base = self._found_now(column, self._base(key, column))
        if base is UNTOUCHED or base == before[name]:
            self._agree(spot, column, before, value)
            return True
        if name not in QUIET:
            self._settle(spot, column, base, before, value)
        self.kept |= {key} if value != before[name] else set()
        return False

    def is_edited(self, table: Table, row: Row) -> bool:
        """Whether a stored row says something else, somewhere, than the source last said."""
        key = (table.name, row["id"])
        if (whole := self._known.get((*key, WHOLE))) is not None and whole.theirs is None:
            return True   # the source dropped it before, and it stayed
        names = [column.name for column in table.columns if column.name not in QUIET] if key in self._lines else []
        bases = [(name, self._base(key, table.c[name])) for name in names]
        return any(base is not UNTOUCHED and base != row[name] for name, base in bases)

    def away(self, rows: Mapping[Key, Row]) -> dict[Key, str]:
        """Of the rows of the source, those that are left out because of what was decided here, each with the reason."""
        found = {key: _UNLISTED.format(why=self._unlisted[key[1]]) for key in rows if key[1] in self._unlisted}
        gone = (rows.keys() & self._removed) - found.keys()
        for table in {entity for entity, _ in gone}:
            ids = {key for entity, key in gone if entity == table}
            stored = Base.metadata.tables[table].c.id
            ids -= {key for chunk in chunks(ids) for key in self._session.scalars(select(stored).where(stored.in_(chunk)))}
            self.watch(table, ids)
            removed = [(table, key) for key in ids if is_removed_here(self._lines.get((table, key), ()))]
            found |= {key: _REMOVED for key in removed if self._stays_away(key, rows[key])}
        return found

    def keeps_dropped(self, key: Key, row: Row) -> None:
        """Note that the source dropped a row which somebody here edited, or hung something on."""
        spot = (*key, WHOLE)
        if spot not in self._known or self._known[spot].theirs is not None:
            self._note(spot, Note(state="open", base=None, ours=self._told(row_text(row)), theirs=None), row)
        self.kept.add(key)

    def both_dropped(self, key: Key) -> None:
        """Note that the source no longer has a row that somebody here took away."""
        if key in self._removed:
            self._note((*key, WHOLE), Note(state="theirs", base=None, ours=None, theirs=None), {"id": key[1]})

    def forget(self, keys: Iterable[Key]) -> None:
        """Rows that the import adds or removes begin anew: what was noted of them has served."""
        wanted = set(keys)
        self._over |= {spot for spot in self._known if spot[:2] in wanted}

    def close(self) -> None:
        """Write what was noted."""
        over = [note.id for spot in self._over - self._noted.keys() if (note := self._known.get(spot)) and note.id]
        for chunk in chunks(over):
            self._session.execute(delete(Conflict).where(Conflict.id.in_(chunk)))
        new = [self._row(spot, note) for spot, note in self._noted.items() if note.is_new]
        for rows in chunks(new, 2000):
            self._session.execute(insert(Conflict), rows)
        for spot, note in self._noted.items():
            if not note.is_new:
                row = self._row(spot, note)
                self._session.execute(update(Conflict).where(Conflict.id == row.pop("id")).values(row))

    def _stays_away(self, key: Key, row: Row) -> bool:
        """Whether a row that was taken away here stays away although the source has it; notes it, as open where the source says something new."""
        table, spot = Base.metadata.tables[key[0]], (*key, WHOLE)
        known = self._known.get(spot)
        if known is not None and known.theirs is None:
            return False   # the source had dropped it too, and has it again
        said = row_text({name: value for name, value in row.items() if name not in QUIET})
        is_same = known.theirs == said if known is not None else self._says_the_same(key, table, row)
        if known is None or not is_same:
            self._note(spot, Note(state="kept" if is_same else "open", base=None, ours=None, theirs=self._told(said)), row)
        self.kept.add(key)
        return True

    def _base(self, key: Key, column: Column[Any]) -> Any:
        """What the source last said of a field of a row that is there, or was until somebody here took it away."""
        whole, known = self._known.get((*key, WHOLE)), self._known.get((*key, column.name))
        if whole is not None:
            return UNKNOWN if whole.theirs is None else typed(column, msgspec.json.decode(whole.theirs).get(column.name))
        return value_of(column, known.theirs) if known is not None else last_said(self._lines.get(key, ()), column)

    def _found_now(self, column: Column[Any], base: Any) -> Any:
        """What the source last named, as it is found now: hanging on the kept one of two that were merged is no change of anybody's."""
        target = next((key.column.table.name for key in column.foreign_keys), None)
        return self._now(target, base) if target and isinstance(base, UUID) else base

    def _agree(self, spot: Spot, column: Column[Any], before: Row, value: Any) -> None:
        """Both sides meet: by taking the source's value, which the log then tells, or because ours has become what the source last said."""
        known = self._known.get(spot)
        if known is not None and value != before[column.name]:
            self._over.add(spot)
        elif known is not None and known.state in ("open", "kept"):
            self._note(spot, Note(state="theirs", base=known.base, ours=known.theirs, theirs=known.theirs), before)

    def _settle(self, spot: Spot, column: Column[Any], base: Any, before: Row, value: Any) -> None:
        ours, is_new = before[spot[2]], base is UNKNOWN or value != base
        known, whole = self._known.get(spot), self._known.get((*spot[:2], WHOLE))
        # A row that was taken away here and is back: what waits to be decided of the whole row waits as this field.
        waits = is_new or (known is None and whole is not None and whole.state == "open")
        state = "theirs" if value == ours else "open" if waits else "kept"
        if is_new or known is None:
            said = None if base is UNKNOWN else as_text(base)
            self._note(spot, Note(state=state, base=self._told(said), ours=self._told(as_text(ours)), theirs=self._told(as_text(value))), before)

    def _says_the_same(self, key: Key, table: Table, row: Row) -> bool:
        said = [(value, self._base(key, table.c[name])) for name, value in row.items() if name not in QUIET and value is not None]
        return all(base is UNKNOWN or base is UNTOUCHED or value == base for value, base in said)

    def _note(self, spot: Spot, note: Note, row: Row) -> None:
        known = self._known.get(spot)
        note.id, note.is_new = (known.id, False) if known else (uuid4(), True)
        note.service_id = service_of(self._session, spot[0], row)
        self._noted[spot] = note

    def _row(self, spot: Spot, note: Note) -> Row:
        decided = {"decided_at": self._at, "decided_by": "the same on both sides"} if note.state == "theirs" else {"decided_at": None, "decided_by": None}
        return {
            "id": note.id, "source_id": self._source_id, "entity": spot[0], "entity_id": spot[1], "field": spot[2], "service_id": note.service_id,
            "base": note.base, "ours": note.ours, "theirs": note.theirs, "state": note.state, "opened_at": self._at, **decided,
        }

    def _told(self, text: str | None) -> str | None:
        return None if text and self._telling and self._telling.search(text) else text


_UNLISTED = "somebody here decided that it is not to be listed ({why})"
_REMOVED = "somebody here took it away, so it is not brought back"


def _note_of(row: Conflict) -> Note:
    return Note(state=row.state, base=row.base, ours=row.ours, theirs=row.theirs, service_id=row.service_id, id=row.id)


def service_of(session: Session, entity: str, row: Row) -> UUID | None:
    """The service that a row is part of, one of them when there are several; None for what belongs to an organization."""
    if entity == "service":
        return UUID(str(row["id"]))
    if entity == "attribute" and row.get("link_id"):
        return service_of(session, row["link_entity"], {"id": row["link_id"]})
    given = row["id"] if entity == "service_at_location" else row.get("service_at_location_id")
    place = row["id"] if entity == "location" else row.get("location_id")
    found: UUID | None = row.get("service_id")
    for column, key in ((ServiceAtLocation.id, given), (ServiceAtLocation.location_id, place)):
        if found is None and key is not None:
            found = session.scalar(select(ServiceAtLocation.service_id).where(column == key).order_by(ServiceAtLocation.service_id).limit(1))
    return found
