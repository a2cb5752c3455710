"""Two records side by side, for somebody who decides whether they are one: what each says of every field, and what hangs on each."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import as_text
from directory.editing.words import said_of
from directory.exchange import records
from directory.history.words import TIMES, field_words
from directory.merging import MERGED, ONE_OF, UNTOUCHED
from directory.models import Address, Attribute, Base, Language, Location, Phone, Provenance, Schedule, Service, ServiceAtLocation, Source, TaxonomyTerm

LISTS: Final = {"phone": "Phones", "place": "Places", "language": "Languages", "term": "Topics and other terms", "schedule": "Hours", "listing": "Listings"}


class Side(Struct, frozen=True, kw_only=True):
    """What both say of one thing. ``name`` is the field that may be chosen, empty where both sides are kept anyway."""

    label: str
    first: str
    second: str
    name: str = ""


def side_by_side(session: Session, entity: str, first: UUID, second: UUID) -> list[Side]:
    """Every field that either states, those to choose between first, then what hangs on each."""
    table = Base.metadata.tables[entity] if entity in MERGED else Base.metadata.tables["service"]
    rows = {row["id"]: row for row in session.execute(select(table).where(table.c.id.in_((first, second)))).mappings()}
    named = [column.name for column in table.columns if column.name not in UNTOUCHED and not column.foreign_keys]
    said = [(name, *(as_text(rows[key][name]) or "" for key in (first, second))) for name in named]
    sides = [_side(field_words(entity, name), one, two, choose=name) for name, one, two in said if one or two]
    mine, theirs = (_hanging(session, entity, key) for key in (first, second))
    lists = [(kind, label) for kind, label in LISTS.items() if kind in mine or kind in theirs]
    sides += [_side(label, mine.get(kind, ""), theirs.get(kind, ""), choose=kind if kind in ONE_OF else "") for kind, label in lists]
    return sorted(sides, key=lambda side: not side.name)


def _side(label: str, first: str, second: str, *, choose: str) -> Side:
    """A line of the table; there is something to choose where both state something, and not the same."""
    return Side(label=label, first=first, second=second, name=choose if first and second and first != second else "")


def sources_of(session: Session, key: UUID) -> str:
    """Where a record came from, in words."""
    names = session.scalars(select(Source.name).join(Provenance, Provenance.source_id == Source.id).where(Provenance.entity_id == key).distinct())
    return ", ".join(sorted(names)) or "written here"


def _hanging(session: Session, entity: str, key: UUID) -> dict[str, str]:
    parent = "service_id" if entity == "service" else "organization_id"
    found = {
        "phone": session.scalars(select(Phone.number).where(getattr(Phone, parent) == key).order_by(Phone.position, Phone.id)).all(),
        "place": _places(session, parent, key),
        "term": session.scalars(
            select(TaxonomyTerm.name).join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id).where(Attribute.link_id == key).order_by(TaxonomyTerm.name)
        ).all(),
    }
    if entity == "service":
        found["language"] = [name for name in session.scalars(select(Language.name).where(Language.service_id == key).order_by(Language.name)) if name]
        hours = select(Schedule).where(Schedule.service_id == key).order_by(Schedule.position, Schedule.id)
        found["schedule"] = [_hours(row) for row in session.scalars(hours)]
    else:
        found["listing"] = session.scalars(select(Service.name).where(Service.organization_id == key).order_by(Service.name)).all()
    return {kind: "; ".join(dict.fromkeys(values)) for kind, values in found.items() if values}


def _places(session: Session, parent: str, key: UUID) -> list[str]:
    """The public places; one that is not public is told of by its area only."""
    query = select(Location, Address.address_1, Address.city).outerjoin(Address, Address.location_id == Location.id)
    if parent == "service_id":
        query = query.join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id).where(ServiceAtLocation.service_id == key)
    else:
        query = query.where(Location.organization_id == key)
    rows = session.execute(query.order_by(Location.position, Location.id))
    return [
        ", ".join(filter(None, (place.name, street, city))) if place.visibility == "public" else f"a place that is not public ({place.area_name or 'no area'})"
        for place, street, city in rows
    ]


def _hours(row: Schedule) -> str:
    said = {name: str(value) for name in TIMES if (value := getattr(row, name))}
    return said_of(records.Schedule(id=row.id, **said))   # type: ignore[arg-type]  # texts all of them
