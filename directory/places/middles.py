"""The middle of what an address names, where nobody gave a point: of its postcode or else of its town, and never more than that."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from statistics import median
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from directory.models import Address, Location
from directory.places.answers import Found
from directory.places.codes import stored_code
from directory.places.find import find_place
from directory.places.gazetteer import Gazetteer
from directory.places.own import OwnTown, own_towns, place_of_town, towns_called
from directory.storage import Storage
from matching.values import Place, Precision


class Named(NamedTuple):
    """What an address names: its postcode, town, state, and country in two letters; empty where it does not say."""

    code: str
    town: str
    state: str
    country: str


class Middles:
    """Middles of postcodes and towns: by the gazetteer, else by the public places of the directory itself. Each is looked up once."""

    def __init__(self, storage: Storage, gazetteer: Gazetteer, *, country: str = "") -> None:
        """``country``: of addresses that name none; without it nothing but the directory itself can say where those are."""
        self._storage, self._gazetteer, self._country = storage, gazetteer, country
        self._known: dict[Named, Place | None] = {}

    def of(self, named: Named) -> Place | None:
        """The middle of the postcode, else of the town; None where neither is known or there are several of the name."""
        asked = named._replace(country=named.country or self._country)
        if asked not in self._known:
            self._known[asked] = self._of_code(asked) or self._of_town(asked)
        return self._known[asked]

    def _of_code(self, asked: Named) -> Place | None:
        if not asked.code:
            return None
        if found := self._in_gazetteer(asked.code, asked.country, "code"):
            return found
        points = self._own_codes.get(_spelt(asked.code, asked.country))
        if not points:
            return None
        latitude, longitude = (round(median(side), 2) for side in zip(*points, strict=True))
        return Place(latitude=latitude, longitude=longitude, precision="code", name=asked.code)

    def _of_town(self, asked: Named) -> Place | None:
        if not asked.town:
            return None
        text = ", ".join(filter(None, (asked.town, asked.state)))
        if found := self._in_gazetteer(text, asked.country, "town"):
            return found
        called = towns_called(self._own_towns, text) if asked.country == self._country else ()   # of our towns only the state is known
        return place_of_town(called[0]) if len(called) == 1 else None

    def _in_gazetteer(self, text: str, country: str, precision: Precision) -> Place | None:
        if not country:
            return None
        found = find_place(self._gazetteer, text, country=country)
        return found.place if isinstance(found, Found) and found.place.precision == precision else None

    def stored(self, location_id: UUID) -> Place | None:
        """The point that the directory has already of a place."""
        return self._stored.get(location_id)

    @cached_property
    def _stored(self) -> dict[UUID, Place]:
        columns = select(Location.id, Location.latitude, Location.longitude, Location.point_precision)
        with self._storage.reading() as session:
            rows = session.execute(columns.where(Location.latitude.is_not(None))).all()
        return {row.id: Place(latitude=row.latitude, longitude=row.longitude, precision=row.point_precision) for row in rows}

    @cached_property
    def _own_codes(self) -> dict[tuple[str, str], list[tuple[float, float]]]:
        """Exact points of public places by the postcode of their address and its country."""
        columns = select(Address.postal_code, Address.country, Location.latitude, Location.longitude).join(Location, Location.id == Address.location_id)
        on_earth = Location.latitude.between(-90, 90), Location.longitude.between(-180, 180)
        exact = columns.where(Location.visibility == "public", Location.point_precision == "given", Address.postal_code.is_not(None), *on_earth)
        found = defaultdict[tuple[str, str], list[tuple[float, float]]](list)
        with self._storage.reading() as session:
            for code, country, latitude, longitude in session.execute(exact):
                if code and latitude is not None and longitude is not None:
                    found[_spelt(code, country or self._country)].append((latitude, longitude))
        return dict(found)

    @cached_property
    def _own_towns(self) -> list[OwnTown]:
        with self._storage.reading() as session:
            return own_towns(session)


def _spelt(code: str, country: str) -> tuple[str, str]:
    return stored_code(country.lower(), code) or " ".join(code.upper().split()), country.upper()
