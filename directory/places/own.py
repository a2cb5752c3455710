"""Towns by the names that the directory's own public addresses use: people ask for a place by the name on the door, whatever the post calls it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models import Address, Location
from directory.places.spelling import fold
from matching.values import Place


class OwnTown(Struct, frozen=True, kw_only=True):
    """A town of the directory: its name and state, the middle of its public places, and how many there are."""

    name: str
    state: str
    latitude: float
    longitude: float
    count: int

    @property
    def label(self) -> str:
        """The town with its state, as it is asked for."""
        return ", ".join(filter(None, (self.name, self.state)))


def own_towns(session: Session) -> list[OwnTown]:
    """The towns of public addresses with a point, the largest first. Places that are not public have neither and so are in none."""
    middle = func.avg(Location.latitude), func.avg(Location.longitude)
    rows = session.execute(
        select(Address.city, Address.state_province, *middle, func.count())
        .join(Location, Location.id == Address.location_id)
        .where(Location.visibility == "public", Location.latitude.between(-90, 90), Location.longitude.between(-180, 180), Address.city.is_not(None))
        .group_by(Address.city, Address.state_province)
    )
    towns = [OwnTown(name=city, state=state or "", latitude=float(lat), longitude=float(lon), count=count) for city, state, lat, lon, count in rows]
    return sorted(towns, key=lambda town: (-town.count, town.label))


def towns_called(towns: Iterable[OwnTown], text: str) -> list[OwnTown]:
    """Those of that name, with or without its state."""
    asked = fold(text.replace(",", " "))
    return [town for town in towns if asked in (fold(town.name), fold(f"{town.name} {town.state}"))]


def place_of_town(town: OwnTown) -> Place:
    """The middle of a town, known to be no more than that."""
    return Place(latitude=round(town.latitude, 2), longitude=round(town.longitude, 2), precision="town", name=town.label)
