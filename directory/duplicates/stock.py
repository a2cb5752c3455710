"""The directory itself as rows to compare: its services and its organizations, with what is public of them and nothing else.

A place that is not public gives nothing, and its table of sealed addresses is not read. A service all of whose places are hidden takes no part, as in
the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, select, union
from sqlalchemy.orm import Session

from directory.duplicates.rows import Row
from directory.models import Address, Location, Organization, Phone, Service, ServiceAtLocation, Url

Kind = Literal["service", "organization"]
KINDS: tuple[Kind, ...] = ("service", "organization")
PUBLIC = Location.visibility == "public"


AT_ONCE = 2_000
"""Records that are read together, with all that hangs on them."""
Stretch = tuple[UUID, UUID]
"""The first and the last id of some records that follow each other."""


def stock_rows(session: Session, kind: Kind) -> Iterator[Row]:
    """All services that are not defunct, or all organizations, in the order of their ids, some thousand at a time; ``key`` is the id."""
    model, read = (Service, _services) if kind == "service" else (Organization, _organizations)
    for stretch in _stretches(session, model):
        yield from read(session, stretch)


def _stretches(session: Session, model: type[Service] | type[Organization]) -> Iterator[Stretch]:
    first = session.scalar(select(model.id).order_by(model.id).limit(1))
    while first is not None:
        ids = session.scalars(select(model.id).where(model.id >= first).order_by(model.id).limit(AT_ONCE + 1)).all()
        yield ids[0], ids[:AT_ONCE][-1]
        first = ids[AT_ONCE] if len(ids) > AT_ONCE else None


class _Gathered:
    """Values under the ids of their owners, each once, in the order they come."""

    def __init__(self) -> None:
        self._values: dict[UUID, dict[Any, None]] = defaultdict(dict)

    def add(self, owner: UUID | None, value: Any) -> None:
        if owner is not None and value:
            self._values[owner][value] = None

    def of(self, owner: UUID) -> tuple[Any, ...]:
        return tuple(self._values.get(owner, ()))


class _Places:
    """Those public places whose ids ``used`` gives: their address lines, postcodes, towns, points and phones."""

    def __init__(self, session: Session, used: Select[UUID | None] | CompoundSelect[UUID | None]) -> None:
        which = PUBLIC, Location.id.in_(used)
        self.streets, self.postcodes, self.cities, self.points = (_Gathered() for _ in range(4))
        given = select(Location.id, Location.latitude, Location.longitude).where(*which, Location.point_precision == "given").order_by(Location.id)
        for place, latitude, longitude in session.execute(given):
            self.points.add(place, (latitude, longitude) if latitude is not None else None)
        lines = select(Address.location_id, Address.address_1, Address.address_2, Address.postal_code, Address.city)
        seen = lines.join(Location, Location.id == Address.location_id).where(*which)
        for at, first, second, code, city in session.execute(seen.order_by(Address.position, Address.id)):
            self.streets.add(at, ", ".join(filter(None, (first, second))))
            self.postcodes.add(at, code)
            self.cities.add(at, city)
        numbers = select(Phone.location_id, Phone.number).join(Location, Location.id == Phone.location_id).where(*which)
        self.phones = _gathered(session, numbers.order_by(Phone.position, Phone.id))

    def facts(self, places: tuple[UUID, ...]) -> dict[str, Any]:
        """What the places say, as fields of a row; a point only where there is just one."""
        points = {point for place in places for point in self.points.of(place)}
        latitude, longitude = next(iter(points)) if len(points) == 1 else (None, None)
        cities = [city for place in places for city in self.cities.of(place)]
        return {
            "streets": tuple(dict.fromkeys(line for place in places for line in self.streets.of(place))),
            "postcodes": tuple(dict.fromkeys(code for place in places for code in self.postcodes.of(place))),
            "city": cities[0] if cities else "",
            "latitude": latitude,
            "longitude": longitude,
        }

    def numbers(self, places: tuple[UUID, ...]) -> tuple[str, ...]:
        """The phones of the places."""
        return tuple(number for place in places for number in self.phones.of(place))


def _services(session: Session, stretch: Stretch) -> Iterator[Row]:
    here = ServiceAtLocation.service_id.between(*stretch)
    places = _Places(session, select(ServiceAtLocation.location_id).where(here))
    links = select(ServiceAtLocation.service_id, ServiceAtLocation.location_id).join(Location).where(here).order_by(ServiceAtLocation.id)
    linked = _gathered(session, links.where(Location.visibility != "hidden"))
    hidden = _gathered(session, links.where(Location.visibility == "hidden"))
    own = _gathered(session, select(Phone.service_id, Phone.number).where(Phone.service_id.between(*stretch)).order_by(Phone.position, Phone.id))
    at_places = select(ServiceAtLocation.service_id, Phone.number).join(Phone, Phone.service_at_location_id == ServiceAtLocation.id).where(here)
    there = _gathered(session, at_places.join(Location, Location.id == ServiceAtLocation.location_id).where(PUBLIC).order_by(Phone.position, Phone.id))
    sites = _gathered(session, select(Url.service_id, Url.url).where(Url.service_id.between(*stretch)).order_by(Url.position, Url.id))
    columns = select(Service.id, Service.name, Service.alternate_name, Service.url, Service.email, Organization.name)
    query = columns.outerjoin(Organization, Organization.id == Service.organization_id).where(Service.status != "defunct", Service.id.between(*stretch))
    for key, name, other, url, email, owner in session.execute(query.order_by(Service.id)):
        at = linked.of(key)
        if at or not hidden.of(key):
            numbers = (*own.of(key), *there.of(key), *places.numbers(at))
            yield _row(key, name, other, (url, *sites.of(key)), email, numbers, places.facts(at), organization=owner)


def _organizations(session: Session, stretch: Stretch) -> Iterator[Row]:
    here, theirs = Location.organization_id.between(*stretch), Service.organization_id.between(*stretch)
    mine = select(Location.organization_id, Location.id).where(here)
    used = select(Service.organization_id, ServiceAtLocation.location_id).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id).where(theirs)
    places = _Places(session, union(mine.with_only_columns(Location.id), used.with_only_columns(ServiceAtLocation.location_id)))
    owned = _gathered(session, mine.order_by(Location.id), used.order_by(ServiceAtLocation.location_id))
    own = _gathered(session, select(Phone.organization_id, Phone.number).where(Phone.organization_id.between(*stretch)).order_by(Phone.position, Phone.id))
    sites = _gathered(session, select(Url.organization_id, Url.url).where(Url.organization_id.between(*stretch)).order_by(Url.position, Url.id))
    query = select(Organization.id, Organization.name, Organization.alternate_name, Organization.website, Organization.email)
    for key, name, other, url, email in session.execute(query.where(Organization.id.between(*stretch)).order_by(Organization.id)):
        at = owned.of(key)
        yield _row(key, name, other, (url, *sites.of(key)), email, (*own.of(key), *places.numbers(at)), places.facts(at))


def _gathered(session: Session, *queries: Select[UUID | None, Any] | Select[UUID, Any]) -> _Gathered:
    found = _Gathered()
    for query in queries:
        for owner, value in session.execute(query):
            found.add(owner, value)
    return found


def _row(
    key: UUID, name: str, other: str | None, sites: tuple[str | None, ...], email: str | None, phones: tuple[str, ...], facts: dict[str, Any], *,
    organization: str | None = None,
) -> Row:  # fmt: skip
    return Row(
        key=str(key),
        name=name,
        other_names=tuple(filter(None, (other,))),
        organization=organization or "",
        phones=tuple(dict.fromkeys(phones)),
        websites=tuple(filter(None, sites)),
        emails=tuple(filter(None, (email,))),
        **facts,
    )
