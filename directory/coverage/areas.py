"""The areas to look at: the counties that listings lie in, each with a point in its middle where a person might stand."""

from __future__ import annotations

from collections import Counter
from math import hypot
from statistics import median
from typing import Final

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.freshness.confirming import LISTED
from directory.models import Location, Service, ServiceArea, ServiceAtLocation
from directory.places import Gazetteer, resolve_areas
from matching.values import Place

MOST: Final = 40
"""Areas in one count, those with most listings first: it is to be read by people, and to be done in minutes."""
FAR_KM: Final = 40.0
"""A point farther from every postcode than this lies in no county that we know."""


class Area(Struct, frozen=True, kw_only=True):
    """A county: its name in the gazetteer (``us/wi/outagamie county``), its name for people, its middle, all areas that lie around the middle, and how
    many places of listings lie in it."""

    code: str
    label: str
    place: Place
    around: frozenset[str]
    listings: int


def areas_of(session: Session, gazetteer: Gazetteer, *, most: int = MOST) -> list[Area]:
    """The counties in which public places of listings lie, or which listings name as the area they serve; most listings first."""
    counts: Counter[str] = Counter()
    for (latitude, longitude), times in _points(session).items():
        counts[county_at(gazetteer, latitude, longitude)] += times
    counts.update(_named(session, gazetteer))
    ordered = sorted((code for code in counts if code), key=lambda code: (-counts[code], code))
    return [area for code in ordered[:most] if (area := _area(gazetteer, code, counts[code]))]


def county_at(gazetteer: Gazetteer, latitude: float, longitude: float) -> str:
    """The county of the postcode nearest to a point, empty where none is near; where a postcode lies in several, the first by name."""
    for atlas in gazetteer.atlases.values():
        if found := atlas.codes_near(latitude, longitude, within_km=FAR_KM, slack_km=0.0):
            return next(iter(atlas.code_counties[found[0][1]]), "")
    return ""


def coarse(gazetteer: Gazetteer, areas: frozenset[str], *, least_codes: int) -> str:
    """The one county of some areas, when it is large enough (postcodes in it), else the one state, else nothing: no finer area is ever told of."""
    for atlas in gazetteer.atlases.values():
        counties = [area for area in areas if area in atlas.county_codes]
        if len(counties) == 1 and len(atlas.county_codes[counties[0]]) >= least_codes:
            return counties[0]
        states = [area for area in areas if area.startswith(f"{atlas.country}/") and area.partition("/")[2] in atlas.states]
        if len(states) == 1:
            return states[0]
    return ""


def label_of(gazetteer: Gazetteer, code: str) -> str:
    """An area in words: "Outagamie County, Wisconsin"."""
    country, _, rest = code.partition("/")
    state, _, county = rest.partition("/")
    atlas = gazetteer.atlases.get(country)
    wide = atlas.states.get(state, state.upper()) if atlas else state.upper()
    return ", ".join(filter(None, (county.title(), wide))) or code.upper()


def _points(session: Session) -> Counter[tuple[float, float]]:
    """Public points of listings, coarse (about a kilometre), with how many listings have each."""
    rows = select(Location.latitude, Location.longitude).join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
    public = Location.visibility == "public", Location.latitude.is_not(None), Location.longitude.is_not(None), Service.status.in_(LISTED)
    found = session.execute(rows.join(Service, Service.id == ServiceAtLocation.service_id).where(*public))
    return Counter((round(latitude, 2), round(longitude, 2)) for latitude, longitude in found if latitude is not None and longitude is not None)


def _named(session: Session, gazetteer: Gazetteer) -> Counter[str]:
    """Counties that listings name as the area they serve."""
    names = Counter(name for name in session.scalars(select(ServiceArea.name).where(ServiceArea.service_id.is_not(None))) if name)
    counts: Counter[str] = Counter()
    for country, atlas in gazetteer.atlases.items():
        for name, times in names.items():
            counts.update(dict.fromkeys(resolve_areas(gazetteer, [name], country=country)[0] & atlas.county_codes.keys(), times))
    return counts


def _area(gazetteer: Gazetteer, code: str, listings: int) -> Area | None:
    """A county with its middle: the median of its postcodes, which lie closest where most people live."""
    for atlas in gazetteer.atlases.values():
        if numbers := atlas.county_codes.get(code):
            points = [atlas.code_point(number) for number in numbers]
            middle = median(latitude for latitude, _ in points), median(longitude for _, longitude in points)
            number = min(numbers, key=lambda one: (hypot(*(a - b for a, b in zip(atlas.code_point(one), middle, strict=True))), one))
            latitude, longitude = atlas.code_point(number)
            place, around = Place(latitude=latitude, longitude=longitude), atlas.areas_of_code(number) | {code}
            return Area(code=code, label=label_of(gazetteer, code), place=place, around=around, listings=listings)
    return None
