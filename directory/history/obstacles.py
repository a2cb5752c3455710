"""What stands in the way of undoing: later changes, rows that hang on what would go, parents that are gone, places that are not public."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from directory.exchange.intake.confidential import PLACE_FIELDS, Secret, telling_pattern
from directory.history.plan import Plan, what_of
from directory.history.rows import CONFIRMED, FOLLOWS, HIDING, ORDER, Key, Row, by_table, parents, read_rows
from directory.history.standing import Line
from directory.history.words import row_words, table_words
from directory.models import Attribute, Location, Service, ServiceAtLocation
from directory.placing import known_of, sealed_of
from directory.sealing import Sealer
from directory.stretch import chunks

GO_ALONG: Final = frozenset({"location_private", "reminder", "change"})
"""Tables whose rows go with what they hang on: the seal of a place (kept in the log, still sealed), and reminders, which are made anew."""
VISIBILITY = "Whether {what} is public is set in its form, never by undoing."
NOT_PUBLIC = "{what} is not public: what tells where it is does not come back into the open."
MANY: Final = 5_000
"""Ids in a statement that only counts."""
TELLS = "{what} would tell where a place is that is not public."
NO_PARENT = "{what} was part of something that is not there any more: {parent}."


def look(
    session: Session, plan: Plan, wanted: Sequence[Line], lines: Sequence[Line], alive: Collection[int], *, sealer: Sealer
) -> Iterator[str]:
    """Everything that stands in the way of a plan, in words. ``lines`` are all about the same rows, ``alive`` those that still stand."""
    yield from _later(plan, wanted, lines, alive)
    yield from hanging(session, plan)
    yield from _orphans(session, plan)
    yield from _hidden(session, plan, sealer)


def _later(plan: Plan, wanted: Sequence[Line], lines: Sequence[Line], alive: Collection[int]) -> Iterator[str]:
    """Lines about the same field or row that came later and still stand. One that takes another back stands for nothing of its own."""
    own, about = {line.seq for line in wanted}, defaultdict(list)
    for line in lines:
        if line.seq not in own and line.undoes is None and line.seq in alive and (line.entity, line.field) not in FOLLOWS:
            about[line.entity, line.entity_id].append(line)
    for line in wanted if about else ():
        for later in about.get((line.entity, line.entity_id), ()):
            if later.seq > line.seq and _touches(later, line):
                what = what_of(later, plan.before[later.entity, later.entity_id])
                verb = {"changed": "was changed again", "removed": "was removed", "added": "was added again"}[later.action]
                yield f"{what} {verb} on {later.at:%Y-%m-%d}."


def _touches(later: Line, line: Line) -> bool:
    if line.action == "added" and later.action == "changed" and (later.entity, later.field) in {HIDING, *CONFIRMED}:
        return False
    return later.action != "changed" or line.action != "changed" or later.field == line.field


def hanging(session: Session, plan: Plan) -> Iterator[str]:
    """Rows that would be left hanging on rows that go, counted: all that hang there now, less those that go too or are moved elsewhere by the plan."""
    gone = set(plan.gone())
    leaving = Counter(_leaving(plan, gone))
    found: Counter[tuple[str, str]] = Counter()
    for table, ids in by_table(gone):
        for child, column in _children(table):
            there = sum(session.scalar(select(func.count()).where(column.in_(chunk))) or 0 for chunk in chunks(ids, MANY))
            found[table.name, child.name] += there - leaving[table.name, child.name, column.name]
        linked = select(func.count()).select_from(Attribute).where(Attribute.link_entity == table.name)
        there = sum(session.scalar(linked.where(Attribute.link_id.in_(chunk))) or 0 for chunk in chunks(ids, MANY))
        found[table.name, "attribute"] += there - leaving[table.name, "attribute", "link_id"]
    for (entity, child_name), count in sorted(found.items()):
        if count:
            yield f"Something hangs on the {table_words(entity)} since: {count} of {table_words(child_name)}."


def _leaving(plan: Plan, gone: Collection[Key]) -> Iterator[tuple[str, str, str]]:
    """The tie of each row of the plan to a row that goes, where it goes itself or hangs elsewhere after it: what it hangs on, its table, its column."""
    for key, row in plan.before.items():
        after = plan.after[key]
        if row is None or after == row:
            continue
        for column, parent in parents(ORDER_BY_NAME[key[0]], row):
            if parent in gone and (after is None or after[column] != row[column]):
                yield parent[0], key[0], column


def _children(table: Table) -> Iterator[tuple[Table, Any]]:
    for child in ORDER:
        if child.name not in GO_ALONG:
            yield from ((child, column) for column in child.columns for key in column.foreign_keys if key.column.table is table)


def _orphans(session: Session, plan: Plan) -> Iterator[str]:
    """Rows that would come back, or be hung elsewhere, without the row that they hang on."""
    wanted = [(key, parent) for key, row in _written(plan) for _, parent in parents(ORDER_BY_NAME[key[0]], row)]
    outside = {parent for _, parent in wanted if parent not in plan.after}
    there = {*read_rows(session, outside), *(key for key, row in plan.after.items() if row is not None)}
    for (entity, _), parent in wanted:
        if parent not in there:
            yield NO_PARENT.format(what=_named(entity, {}), parent=table_words(parent[0]))


def _written(plan: Plan) -> Iterator[tuple[Key, Row]]:
    """The rows that come or change, as they would be."""
    for key, row in plan.after.items():
        if row is not None and row != plan.before[key]:
            yield key, row


def _hidden(session: Session, plan: Plan, sealer: Sealer) -> Iterator[str]:
    """Whatever would bring a place that is not public into the open."""
    places = _places(session, plan)
    for (entity, key), row in _written(plan):
        was = plan.before[entity, key]
        if entity == "location" and was is not None and was["visibility"] != row["visibility"]:
            yield VISIBILITY.format(what=_named(entity, was))
        elif entity == "location" and row["visibility"] != "public" and any(row[name] is not None for name in PLACE_FIELDS):
            yield NOT_PUBLIC.format(what=_named(entity, row))
        elif entity == "address" and places.get(row["location_id"], "public") != "public":
            yield NOT_PUBLIC.format(what=_named(entity, row | {"address_1": None, "city": None}))
    yield from _telling(session, plan, places, sealer)


def _places(session: Session, plan: Plan) -> dict[UUID, str]:
    """The visibility of every place that the plan speaks of, after it."""
    ids = sorted({row["location_id"] for _, row in _written(plan) if row.get("location_id")})
    found = [row for chunk in chunks(ids) for row in session.execute(select(Location.id, Location.visibility).where(Location.id.in_(chunk)))]
    after = {key: row["visibility"] for (entity, key), row in plan.after.items() if entity == "location" and row is not None}
    return {row.id: row.visibility for row in found} | after


def _telling(session: Session, plan: Plan, places: dict[UUID, str], sealer: Sealer) -> Iterator[str]:
    """Texts that would come back and name a sealed place of the same organizations."""
    telling = telling_pattern(_secrets(session, plan, places, sealer))
    if telling is None:
        return
    for (entity, key), row in _written(plan):
        was = plan.before[entity, key] or {}
        if any(isinstance(value, str) and value != was.get(name) and telling.search(value) for name, value in row.items()):
            yield TELLS.format(what=table_words(entity).capitalize())


def _secrets(session: Session, plan: Plan, places: dict[UUID, str], sealer: Sealer) -> list[Secret]:
    rows = [(entity, row) for (entity, _), row in _written(plan)]
    services = {row["id"] if entity == "service" else row.get("service_id") for entity, row in rows}
    services |= {row["link_id"] for entity, row in rows if entity == "attribute"}
    known = sorted(key for key in services if key)
    owners = {row["id"] if entity == "organization" else row.get("organization_id") for entity, row in rows}
    around = {*places, *(row["id"] for entity, row in rows if entity == "location")}
    for chunk in chunks(known):
        owners |= set(session.scalars(select(Service.organization_id).where(Service.id.in_(chunk))))
        around |= set(session.scalars(select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(chunk))))
    if not session.scalar(select(func.count()).select_from(Location).where(Location.visibility != "public")):
        return []
    held = select(Location.id).where(Location.visibility != "public")
    hidden = [key for chunk in chunks(around) for key in session.scalars(held.where(Location.id.in_(chunk)))]
    sealed = [secret for found in sealed_of(session, filter(None, owners), sealer=sealer).values() for secret in found]
    return [*(known_of(session, key, sealer=sealer) for key in hidden), *sealed]


def _named(entity: str, row: Row) -> str:
    said = row_words(entity, row)
    return said[:1].upper() + said[1:]


ORDER_BY_NAME: Final = {table.name: table for table in ORDER}
