"""What the change log says since a moment, as the services whose listings may have changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory import models, shelf
from directory.changes import latest_seq
from directory.keeping import Keep
from directory.models import Attribute, Change, Location, Service, ServiceAtLocation
from directory.storage import Storage
from directory.stretch import chunks

MOST_SERVICES: Final = 2_000
"""Services that are read again beside an index; for more of them the index is built anew."""
MOST_LINES: Final = 20_000
"""Lines of the log that are traced."""
PARENTS: Final[Mapping[str, str]] = {
    "service_id": "service", "service_at_location_id": "service_at_location", "location_id": "location", "organization_id": "organization",
}  # fmt: skip
OWNED: Final = {"Report", *shelf.OF_SERVICE, *shelf.OF_SERVICE_AT_LOCATION, *shelf.OF_LOCATION, *shelf.OF_ORGANIZATION}
CHILDREN: Final[Mapping[str, Any]] = {(model := getattr(models, name)).__tablename__: model for name in sorted(OWNED)}
"""The tables whose rows hang on others; where each hangs is in its columns."""
BESIDE_THE_POINT: Final = frozenset({
    "account", "apart", "call", "claim", "confirmation", "conflict", "do_not_list", "draft", "funding", "organization_identifier", "peer_offer", "redirect",
    "reminder_rule", "role", "self_review", "team_strength", "unit",
})  # fmt: skip
"""Tables that no listing and no card is made of."""
Line = Row[int, str, str, UUID, str | None, UUID | None, str | None]
Said = Mapping[str, Any]
"""A row, by the names of its columns."""


class AtPlace(Protocol):
    """A listing, as far as it tells which service it is of."""

    @property
    def service_id(self) -> str: ...


class Knows(Protocol):
    """Who knows the listings of the state that moves are counted from: an index, or what was made of the same rows."""

    def find(self, listing_id: str) -> AtPlace | None: ...


class Moves(Struct, frozen=True, kw_only=True):
    """Where the log is now, and the services that it speaks of.

    ``is_traced``: all that has changed is in those services. ``hides``: something may be less visible than it was; when in doubt it is.
    """

    seq: int
    services: frozenset[UUID] = frozenset()
    is_traced: bool = True
    hides: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it is enough to read some services again."""
        return self.is_traced and len(self.services) <= MOST_SERVICES


def moves_since(session: Session, since: int, index: Knows) -> Moves:
    """What has moved after the line ``since``; ``index`` is of that state, and tells of which service a place was that is there no more."""
    lines = _lines(session, since)
    if len(lines) > MOST_LINES:
        return Moves(seq=latest_seq(session), is_traced=False, hides=True)
    trace = _Trace(session, index)
    trace.read(lines)
    seq = lines[-1].seq if lines else since
    return Moves(seq=seq, services=frozenset(trace.services), is_traced=trace.is_whole, hides=any(map(hides, lines)))


def forget_hidden(storage: Storage, folder: Path) -> None:
    """Delete the index in a folder when something was hidden since it was made: for whoever hides things beside no catalogue, or beside none yet."""
    keep = Keep(folder)
    if made := keep.made():
        with storage.reading() as session:
            lines = _lines(session, made.seq)
        if len(lines) > MOST_LINES or any(map(hides, lines)):
            keep.forget(lines[-1].seq)


def hides(line: Line) -> bool:
    """Whether a line may stand for something that people could see before and may not see any more."""
    if line.action == "removed":
        return line.entity in ("address", "location", "organization", "service", "service_at_location")
    if line.action == "added":
        return False
    return (line.entity, line.field) in (("location", None), ("location", "visibility"), ("service", None), ("service", "status"))


class _Trace:
    """From changed rows up to the services that they are part of. ``is_whole`` is False once something could not be traced."""

    def __init__(self, session: Session, index: Knows) -> None:
        self._session, self._index = session, index
        self.services: set[UUID] = set()
        self.is_whole = True
        self._gone: dict[tuple[str, UUID], Said] = {}
        """Rows that were removed, as the log kept them."""

    def read(self, lines: Sequence[Line]) -> None:
        """Trace every line."""
        lines = [line for line in lines if not _brings_a_word(line) and not _is_of_a_schedule(line)]
        self._gone = {(line.entity, line.entity_id): _said(line.before) for line in lines if line.action == "removed" and line.before}
        brought = [line for line in lines if line.action == "added" and line.source_id]
        for entity, ids in _by_entity(brought).items():
            self.follow(entity, ids)
        self._around(set(self.services), _by_entity(brought)["organization"])
        for entity, ids in _by_entity(line for line in lines if line.action == "removed").items():
            self._removed(entity, ids)
        for line in filter(_moved, lines):
            self._left(line)
        for entity, ids in _by_entity(line for line in lines if line.action != "removed").items():
            self.follow(entity, ids)

    def follow(self, entity: str, ids: Collection[UUID]) -> None:
        """Rows of a table up to their services."""
        if entity == "service":
            self.services |= set(ids)
        elif entity == "location":
            self.services |= self._found(ServiceAtLocation.service_id, ServiceAtLocation.location_id, ids)
        elif entity == "organization":
            self.services |= self._found(Service.id, Service.organization_id, ids)
        elif entity == "program":
            self.services |= self._found(Service.id, Service.program_id, ids)
        elif entity == "attribute":
            self._up([(row["link_entity"], UUID(str(row["link_id"]))) for row in self._rows(Attribute, ids, "link_entity", "link_id")])
        elif entity == "service_at_location":
            self._up([("service", UUID(str(row["service_id"]))) for row in self._rows(ServiceAtLocation, ids, "service_id")])
        elif entity in CHILDREN:
            self._from_child(CHILDREN[entity], ids)
        elif entity not in BESIDE_THE_POINT:
            self.is_whole = False   # vocabularies, sources, places of the gazetteer, urgent help: they may be in anything

    def _from_child(self, model: Any, ids: Collection[UUID]) -> None:
        names = [name for name in PARENTS if hasattr(model, name)]
        self._up([(PARENTS[name], UUID(str(row[name]))) for row in self._rows(model, ids, *names) for name in names if row.get(name)])

    def _up(self, parents: Iterable[tuple[str, UUID]]) -> None:
        grouped: dict[str, set[UUID]] = defaultdict(set)
        for entity, key in parents:
            grouped[entity].add(key)
        for entity, ids in grouped.items():
            self.follow(entity, ids)

    def _removed(self, entity: str, ids: Collection[UUID]) -> None:
        """Of which services rows were that are gone: the log keeps what they hung on, and the index knows the places of services."""
        if entity == "service_at_location":
            found = [self._index.find(str(key)) for key in ids]
            self.services |= {UUID(row.service_id) for row in found if row}
            self.is_whole &= all(row or (entity, key) in self._gone for key, row in zip(ids, found, strict=True))
            self.follow(entity, [key for key in ids if (entity, key) in self._gone])
        elif entity == "service":
            self.services |= set(ids)
        elif entity in ("attribute", "location") or entity in CHILDREN:
            self.is_whole &= all((entity, key) in self._gone for key in ids)
            self.follow(entity, ids)   # a place that goes counts as hidden, so that the index is built anew in any case, only not at once
        elif entity not in BESIDE_THE_POINT:
            self.is_whole = False   # an organization or a program: who else hung there is not told

    def _left(self, line: Line) -> None:
        """What a row hung on that hangs elsewhere now."""
        if line.field in PARENTS and line.before:
            self.follow(PARENTS[line.field], [UUID(line.before)])
        elif line.field == "link_id" and line.before:
            self._up([(row["link_entity"], UUID(line.before)) for row in self._rows(Attribute, [line.entity_id], "link_entity")])
        elif line.field in PARENTS:
            pass   # it hung on nothing, or on several things of which one was added
        elif line.entity not in BESIDE_THE_POINT:
            self.is_whole = False

    def _around(self, services: Collection[UUID], organizations: Collection[UUID]) -> None:
        """What else hangs where an import added something is read too."""
        owners = {*organizations, *filter(None, self._found(Service.organization_id, Service.id, services))}
        places = self._found(ServiceAtLocation.location_id, ServiceAtLocation.service_id, services)
        self.follow("organization", owners)
        self.follow("location", places | self._found(Location.id, Location.organization_id, owners))

    def _found(self, wanted: InstrumentedAttribute[Any], parent: InstrumentedAttribute[Any], ids: Collection[UUID]) -> set[UUID]:
        return {key for chunk in chunks(ids) for key in self._session.scalars(select(wanted).where(parent.in_(chunk)))}

    def _rows(self, model: Any, ids: Collection[UUID], *names: str) -> list[Said]:
        """The rows as they are, or as they were when they went."""
        columns = [getattr(model, name) for name in names]
        asked = [select(model.id, *columns).where(model.id.in_(chunk)) for chunk in chunks(ids)]
        there: dict[UUID, Any] = {row.id: row._mapping for query in asked for row in self._session.execute(query)}
        found: dict[UUID, Said | None] = {key: there.get(key) or self._gone.get((model.__tablename__, key)) for key in set(ids)}
        self.is_whole &= all(found.values())   # gone since, and nobody can say what it was part of
        return [row for row in found.values() if row]


def _lines(session: Session, since: int) -> Sequence[Line]:
    columns = Change.seq, Change.action, Change.entity, Change.entity_id, Change.field, Change.source_id, Change.before
    return session.execute(select(*columns).where(Change.seq > since).order_by(Change.seq).limit(MOST_LINES + 1)).all()


def _said(text: str) -> Said:
    found: Said = msgspec.json.decode(text)
    return found


def _moved(line: Line) -> bool:
    """Whether a row may hang on another parent than before; a service is the same whoever runs it."""
    return line.action == "changed" and line.entity not in ("service", "location", "organization", "program") and (
        line.field is None or line.field in PARENTS or line.field in ("link_id", "link_entity")
    )


def _brings_a_word(line: Line) -> bool:
    """Whether an import added a term of a vocabulary of its own: no listing has it but those whose link to it is a line as well."""
    return line.action == "added" and line.source_id is not None and line.entity in ("taxonomy", "taxonomy_term")


def _is_of_a_schedule(line: Line) -> bool:
    """Whether a line says only when and where a source is fetched."""
    return line.entity == "source" and (line.field or "").startswith("fetch_")


def _by_entity(lines: Iterable[Line]) -> dict[str, set[UUID]]:
    grouped: dict[str, set[UUID]] = defaultdict(set)
    for line in lines:
        grouped[line.entity].add(line.entity_id)
    return grouped
