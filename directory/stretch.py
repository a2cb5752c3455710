"""Which services a shelf is of: a few that are named, or a stretch of all of them, in the order of their ids, so that a directory is read piece by piece."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from directory import models
from directory.models import Service, ServiceAtLocation
from directory.plain import as_text, rows_select

CHUNK: Final = 500
"""SQLite takes a limited number of parameters in one statement."""
Owner = Literal["service", "service_at_location", "location", "organization", "program", "term"]
"""What rows are asked for by: the tables that others hang on."""
Asked = tuple[Select[Any], Mapping[str, Any]]
"""A statement and its parameters."""


class Scope(Protocol):
    """Which services a shelf is of."""

    def key(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """A column of ids in the form that the ids of this shelf have."""
        ...

    def met(self, owner: Owner, ids: Collection[Any]) -> None:
        """Told of the ids of what was read, before anything is asked for by it."""
        ...

    def asked(self, model: type[models.Base], parent: str, owner: Owner, link_entity: str = "") -> Iterator[Asked]:
        """The statements for the rows of a table whose column ``parent`` names one of the owners."""
        ...


class Chosen:
    """Services by their ids, and ids as objects."""

    def __init__(self, service_ids: Collection[UUID]) -> None:
        self._ids: dict[Owner, Collection[UUID]] = {"service": service_ids}

    def key(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column as it is."""
        return column

    def met(self, owner: Owner, ids: Collection[UUID]) -> None:
        """Keep them: they are what is asked by."""
        self._ids[owner] = ids

    def asked(self, model: type[models.Base], parent: str, owner: Owner, link_entity: str = "") -> Iterator[Asked]:
        """As many ids at a time as one statement takes."""
        rows, column = rows_select(model, ids_as_text=False), model.__table__.columns[parent]
        for some in chunks(self._ids[owner]):
            yield linked(model, rows.where(column.in_(some)), link_entity), {}


class Stretch:
    """Every service from the id ``first`` to the id ``last``, and ids as text: no list of ids goes to and fro."""

    def __init__(self, first: UUID, last: UUID) -> None:
        self._said = {"first": first, "last": last}

    def key(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column as text."""
        return as_text(column)

    def met(self, owner: Owner, ids: Collection[Any]) -> None:
        """Nothing to keep."""

    def asked(self, model: type[models.Base], parent: str, owner: Owner, link_entity: str = "") -> Iterator[Asked]:
        """One statement, which the database may keep ready."""
        yield _of_stretch(model, parent, owner, link_entity), self._said


def stretches(session: Session, size: int) -> Iterator[Stretch]:
    """The whole directory, so many services at a time."""
    following = select(Service.id).order_by(Service.id).limit(size)
    ids = session.scalars(following).all()
    while ids:
        yield Stretch(ids[0], ids[-1])
        ids = session.scalars(following.where(Service.id > ids[-1])).all()


@cache
def _of_stretch(model: type[models.Base], parent: str, owner: Owner, link_entity: str) -> Select[Any]:
    column, rows = model.__table__.columns[parent], rows_select(model, ids_as_text=True)
    of = column.between(*ENDS) if owner == "service" else column.in_(OWNERS[owner])
    return linked(model, rows.where(of), link_entity)


def linked(model: type[models.Base], rows: Select[Any], link_entity: str) -> Select[Any]:
    """Of what hangs on any table, that on one: the index begins with which one it is, and without it every row is looked at."""
    return rows.where(model.__table__.columns["link_entity"] == link_entity) if link_entity else rows


def chunks(ids: Collection[UUID], size: int = CHUNK) -> Iterator[list[UUID]]:
    """Ids in order, as many at a time as one statement takes."""
    wanted = sorted(ids, key=attrgetter("int"))   # compared as numbers: ten times as fast as ids
    yield from (wanted[start : start + size] for start in range(0, len(wanted), size))


ENDS: Final = (bindparam("first", type_=Service.__table__.c.id.type), bindparam("last", type_=Service.__table__.c.id.type))
_services, _links = Service.__table__.c, ServiceAtLocation.__table__.c
OWNERS: Final[Mapping[Owner, Select[Any]]] = {
    "service_at_location": select(_links.id).where(_links.service_id.between(*ENDS)),
    "location": select(_links.location_id).where(_links.service_id.between(*ENDS)),
    "organization": select(_services.organization_id).where(_services.id.between(*ENDS)),
    "program": select(_services.program_id).where(_services.id.between(*ENDS)),
}
"""What hangs on the services of a stretch, as the database finds it by itself."""
