"""Two records of the same thing made one: field by field as a curator chooses, with everything that hangs on them, in one act that can be undone.

1. Fields: the kept record's value, unless the choice says the other's or the kept one states nothing.
2. What hangs on the other (phones, hours, places, terms ...) moves to the kept one; what the kept one has already, in the same words, is removed.
3. What refers to the other (claims, drafts, reports, calls, conflicts) moves too, so that nobody's work is lost.
4. The other record is removed; whoever asks for its id is led to the kept one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from geopy.distance import great_circle
from msgspec import Struct
from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.orm import Session

from directory.accounts.people import TEAM
from directory.changes import change_row, record_changes
from directory.errors import Invalid, NotFound
from directory.exchange.intake.upsert import Actor as Writer
from directory.exchange.intake.upsert import remove_rows
from directory.models import Address, Attribute, Base, Conflict, Location, Pair, Redirect, Role, ServiceAtLocation

Row = dict[str, Any]
MERGED: Final = ("service", "organization")
"""Tables whose records can be merged."""
UNTOUCHED: Final = frozenset({"id", "last_modified", "added_on"})
WHOLE: Final = frozenset({"service", "location", "program"})
"""Things of their own: two that say the same are still two, until somebody merges them."""
ONCE: Final = {"role": ("account_id", "role"), "team_strength": ("account_id", "facet")}
"""Tables in which a record may have such a row once: a second one is dropped."""
UNSAID: Final = frozenset({"team_strength"})
"""What people show only each other: a second one is dropped without a line of the log, and undoing does not bring it back; they can show it again."""
NEVER: Final = frozenset({"reminder", "location_private"})
"""Tables that are not moved: reminders are made anew, and what is sealed stays with its place."""
WORK: Final = frozenset({"call", "claim", "confirmation", "dates_refused", "draft", "peer_offer", "report", "self_review"})
"""What people did about a record: all of it goes on, and none of it, which may be private, is ever made one with another's."""
NEAR_KM: Final = 0.05
"""Two public places so near, with the same house number, are one."""
ONE_OF: Final = frozenset({"schedule"})
"""Lists of which one side is taken whole: two sets of hours side by side would say what neither said."""
BESIDE: Final = frozenset({"id", "position"})


class Field(Struct, frozen=True, kw_only=True):
    """A field that the two records state differently."""

    name: str
    kept: object
    other: object


class Merged(Struct, frozen=True, kw_only=True):
    """What a merge did: its act, and the id that is now the only one."""

    act: UUID
    kept: UUID


def differing(session: Session, entity: str, kept: UUID, other: UUID) -> list[Field]:
    """The fields of which a curator has to choose: both records state them, and not the same."""
    table = _table(entity)
    mine, theirs = _row(session, table, kept), _row(session, table, other)
    named = [column.name for column in table.columns if column.name not in UNTOUCHED and not column.foreign_keys]
    return [
        Field(name=name, kept=mine[name], other=theirs[name])
        for name in named if mine[name] is not None and theirs[name] is not None and mine[name] != theirs[name]
    ]  # fmt: skip


def merge(
    session: Session, entity: str, kept: UUID, other: UUID, *, take_other: Iterable[str] = (), by: str, at: datetime, why: str = "the same thing twice",
) -> Merged:
    """Make two records one. ``take_other`` names fields, and lists such as ``schedule``, for which the other's are taken."""
    if kept == other:
        raise Invalid(other="A record cannot be merged with itself.")
    _table(entity)
    if entity == "organization":
        _refuse_agency(session, other)
    merging = _Merging(session, Writer(by=by, at=at), frozenset(take_other))
    merging.join(entity, kept, other)
    session.execute(delete(Pair).where((Pair.first == other) | (Pair.second == other)))
    merging.close(why)
    session.expire_all()   # the statements above went past what the session holds in memory
    return Merged(act=merging.act, kept=kept)


def lead_on(session: Session, old_id: UUID) -> UUID | None:
    """The id that a merged record is found under now; None when it was not merged. Merges follow each other."""
    seen, now = {old_id}, old_id
    while (row := session.get(Redirect, now)) and row.new_id not in seen:
        now = row.new_id
        seen.add(now)
    return now if now != old_id else None


class _Merging:
    """One merge: what its steps share."""

    def __init__(self, session: Session, writer: Writer, take_other: frozenset[str]) -> None:
        self.session, self.writer, self.take_other, self.act = session, writer, take_other, uuid4()
        self.changes: list[Row] = []
        self.gone: list[tuple[str, UUID]] = []

    def join(self, entity: str, kept: UUID, other: UUID) -> None:
        """Make one row of two, with everything that hangs on them; the other row is left for ``close`` to remove."""
        table = Base.metadata.tables[entity]
        self._fields(table, _row(self.session, table, kept), _row(self.session, table, other))
        for child, column in list(_references(entity)):
            self._children(child, column, kept, other)
        self._attributes(entity, kept, other)
        self._conflicts(entity, kept, other)
        if entity == "organization":
            self._parent(other, kept)
        self.session.add(Redirect(old_id=other, new_id=kept, entity=entity, act=self.act, at=self.writer.at))
        self.changes.append(change_row(entity="redirect", entity_id=other, action="added", by=self.writer.by, at=self.writer.at))
        self.gone.append((entity, other))

    def close(self, why: str) -> None:
        """Remove what was left over, and write the log."""
        self.session.flush()
        terms = [key for key in self.gone if key[0] == "attribute"]   # first, since a row that goes takes its terms along without a line of log
        for keys in (terms, [key for key in self.gone if key[0] != "attribute"]):
            self.changes += remove_rows(self.session, keys, actor=self.writer).changes
        record_changes(self.session, [{**change, "act": self.act, "why": why} for change in self.changes])

    def _fields(self, table: Table, mine: Row, theirs: Row) -> None:
        named = [column.name for column in table.columns if column.name not in UNTOUCHED]
        unlike = {name: theirs[name] for name in named if theirs[name] is not None and theirs[name] != mine[name]}
        taken = {name: value for name, value in unlike.items() if mine[name] is None or (name in self.take_other and table.name in MERGED)}
        if table.name == "service":
            taken["last_modified"] = self.writer.at
        self._set(table, mine, taken)

    def _children(self, table: Table, column: Column[Any], kept: UUID, other: UUID) -> None:
        ours, theirs = self._hanging(table, column, kept), self._hanging(table, column, other)
        if table.name in ONE_OF and ours and theirs:
            dropped, theirs = (ours, theirs) if table.name in self.take_other else (theirs, [])
            self.gone += [(table.name, row["id"]) for row in dropped]
            ours = []
        for place, row in enumerate(theirs, len(ours)):
            same = self._same(table, column, row, ours)
            if same is None:
                further = {"position": place} if row.get("position", place) != place else {}
                self._set(table, row, {column.name: kept, **further})
            elif table.name in UNSAID:
                self.session.execute(delete(table).where(table.c.id == row["id"]))
            elif table.name in ONCE:
                self.gone.append((table.name, row["id"]))
            else:
                self.join(table.name, same["id"], row["id"])

    def _same(self, table: Table, column: Column[Any], row: Row, ours: list[Row]) -> Row | None:
        """The row of the kept record that is the same as this one of the other."""
        if table.name in WHOLE | WORK:
            return None
        if table.name == "service_at_location" and column.name == "service_id":
            return self._same_place(row, ours)
        if once := ONCE.get(table.name):
            return next((one for one in ours if all(one[name] == row[name] for name in once)), None)
        return next((one for one in ours if _words(one, column.name) == _words(row, column.name)), None)

    def _same_place(self, row: Row, ours: list[Row]) -> Row | None:
        """The kept service at the same place, whose two locations are made one as well. Places that are not public are never the same."""
        for one in ours:
            if one["location_id"] == row["location_id"]:
                return one
            if _is_same_place(self.session, one["location_id"], row["location_id"]):
                if not self._is_used_elsewhere(row):
                    self.join("location", one["location_id"], row["location_id"])
                return one
        return None

    def _is_used_elsewhere(self, link: Row) -> bool:
        used = select(ServiceAtLocation.id).where(ServiceAtLocation.location_id == link["location_id"], ServiceAtLocation.id != link["id"])
        return self.session.scalars(used).first() is not None

    def _attributes(self, entity: str, kept: UUID, other: UUID) -> None:
        table = Base.metadata.tables[Attribute.__tablename__]
        there = {_words(row, "link_id") for row in self._linked(table, entity, kept)}
        for row in self._linked(table, entity, other):
            if _words(row, "link_id") in there:
                self.gone.append((table.name, row["id"]))
            else:
                self._set(table, row, {"link_id": kept})

    def _conflicts(self, entity: str, kept: UUID, other: UUID) -> None:
        """What differs from a source: about rows that go on it is about the kept service now; about the other record itself it is decided by merging."""
        table = Base.metadata.tables[Conflict.__tablename__]
        about_it = (table.c.entity == entity) & (table.c.entity_id == other)
        for row in self.session.execute(select(table).where((table.c.service_id == other) | about_it).order_by(table.c.id)).mappings():
            moved = {"service_id": kept} if row["service_id"] == other else {}
            is_over = row["entity_id"] == other and row["state"] == "open"
            decided = {"state": "ours", "decided_at": self.writer.at, "decided_by": self.writer.by} if is_over else {}
            self._set(table, dict(row), moved | decided)

    def _parent(self, other: UUID, kept: UUID) -> None:
        """Organizations that are part of the other one; no key of the database says so."""
        table = Base.metadata.tables["organization"]
        for row in self.session.execute(select(table).where(table.c.parent_organization_id == other)).mappings():
            self._set(table, dict(row), {"parent_organization_id": None if row["id"] == kept else kept})

    def _set(self, table: Table, before: Row, values: Row) -> None:
        if not values:
            return
        self.session.execute(update(table).where(table.c.id == before["id"]).values(values))
        said = {"entity": table.name, "entity_id": before["id"], "action": "changed", "by": self.writer.by, "at": self.writer.at}
        self.changes += [change_row(**said, field=name, before=before[name], after=value) for name, value in values.items()]

    def _hanging(self, table: Table, column: Column[Any], key: UUID) -> list[Row]:
        order = [table.c.position] if "position" in table.c else []
        dropped = {row_id for name, row_id in self.gone if name == table.name}
        rows = self.session.execute(select(table).where(column == key).order_by(*order, table.c.id)).mappings()
        return [dict(row) for row in rows if row["id"] not in dropped]

    def _linked(self, table: Table, entity: str, key: UUID) -> list[Row]:
        linked = table.c.link_entity == entity, table.c.link_id == key
        return [dict(row) for row in self.session.execute(select(table).where(*linked).order_by(table.c.position, table.c.id)).mappings()]


def _references(entity: str) -> Iterator[tuple[Table, Column[Any]]]:
    """The columns of other tables that point at rows of a table."""
    for table in Base.metadata.sorted_tables:
        if table.name not in NEVER and table.name != "client" and "client_id" not in table.c and "id" in table.c:
            for column in table.columns:
                if any(key.column.table.name == entity for key in column.foreign_keys):
                    yield table, column


def _refuse_agency(session: Session, other: UUID) -> None:
    """``Invalid`` where people work with the other organization: they agreed to that one by name, and nothing of it may go to another or into the log."""
    teams = select(Role.id).where(Role.organization_id == other, Role.role.in_(TEAM)).limit(1)
    held = [select(1).select_from(table).where(table.c.organization_id == other).limit(1) for table in _of_people() if "organization_id" in table.c]
    if any(session.execute(asked).first() for asked in (teams, *held)):
        raise Invalid(other="A team of this organization works with people, who agreed to it by name. Keep this one, and merge the other into it.")


def _of_people() -> Iterator[Table]:
    """The tables that tell of clients."""
    return (table for table in Base.metadata.sorted_tables if table.name == "client" or "client_id" in table.c)


def _is_same_place(session: Session, first: UUID, second: UUID) -> bool:
    """Whether two public places are one: the same first line and postcode, or the same house number within fifty metres."""
    places = [session.get_one(Location, key) for key in (first, second)]
    if any(place.visibility != "public" for place in places):
        return False
    lines = [_lines(session, key) for key in (first, second)]
    if lines[0] & lines[1]:
        return True
    points = [(place.latitude, place.longitude) for place in places]
    numbers = [{line[0].split(" ")[0] for line in of_place if line[0][:1].isdigit()} for of_place in lines]
    return all(None not in point for point in points) and bool(numbers[0] & numbers[1]) and great_circle(*points).km <= NEAR_KM


def _lines(session: Session, location: UUID) -> set[tuple[str, str]]:
    rows = session.execute(select(Address.address_1, Address.postal_code).where(Address.location_id == location))
    return {(_plain("", row.address_1), _plain("", row.postal_code or "")) for row in rows if row.address_1}


def _table(entity: str) -> Table:
    if entity not in MERGED:
        raise Invalid(entity="Only services and organizations can be merged.")
    return Base.metadata.tables[entity]


def _row(session: Session, table: Table, key: UUID) -> Row:
    row = session.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
    if row is None:
        raise NotFound("One of the two is not there any more.")
    return dict(row)


def _words(row: Mapping[str, Any], parent: str) -> tuple[tuple[str, str], ...]:
    """What a row says besides where it hangs: letter case, spaces and the dress of a number do not count."""
    said = ((name, value) for name, value in row.items() if name not in BESIDE and name != parent and value is not None)
    return tuple(sorted((name, _plain(name, str(value))) for name, value in said))


def _plain(name: str, value: str) -> str:
    return re.sub(r"\D", "", value) if name == "number" else " ".join(value.split()).casefold()
