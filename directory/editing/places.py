"""Places while they are edited: looking an address up, moving a point by steps, and doubts about a point that lies far from its postcode."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians
from typing import Any, Final

from geopy.distance import distance, great_circle
from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Address, Location
from directory.places import FAR_FROM_CODE_KM, Found, PlaceAnswer

STEPS_M: Final = (10, 100, 1000)
"""How far a pin may be moved at once, in metres."""
BEARINGS: Final = {"north": 0, "east": 90, "south": 180, "west": 270}
WAYS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_COSINES: Final = tuple(cos(radians(45 * number)) for number in range(8))
_SINES: Final = tuple(cos(radians(90 - 45 * number)) for number in range(8))
FindPlace = Callable[[str], PlaceAnswer]
FindExact = Callable[[str], tuple[float, float] | None]


class Doubt(Struct, frozen=True, kw_only=True):
    """What looks odd of a place, in words; never a reason to refuse it."""

    place: str
    words: str


def moved_point(latitude: float, longitude: float, way: str, metres: int = 100) -> tuple[float, float]:
    """The point some metres further north, east, south or west; the same for any other way. Rounded to a millionth of a degree (11 cm)."""
    if way not in BEARINGS:
        return latitude, longitude
    there = distance(kilometers=metres / 1000).destination((latitude, longitude), BEARINGS[way])
    return round(there.latitude, 6), round(there.longitude, 6)


def looked_up(place: Location, find: FindPlace, exact: FindExact | None = None) -> bool:
    """Set the point of a place from its address; False when nothing was found, and the place is as it was.

    ``exact`` is asked first: a geocoder that the operator has named, which knows streets; the gazetteer knows postcodes and towns only.
    """
    address = place.addresses[0] if place.addresses else None
    point = exact(", ".join(_asked(address)[:1])) if exact is not None and address is not None and address.address_1 else None
    if point is not None:
        place.latitude, place.longitude = (round(one, 6) for one in point)
        place.point_precision = "given"
        return True
    for text in _asked(place.addresses[0] if place.addresses else None):
        answer = find(text)
        if isinstance(answer, Found):
            place.latitude, place.longitude = answer.place.latitude, answer.place.longitude
            place.point_precision = answer.place.precision
            return True
    return False


def exact_point(geocoder: Any, text: str) -> tuple[float, float] | None:
    """The one point that a geocoder of geopy's kind gives for an address; None when it gives none, or several."""
    found = geocoder.geocode(text, exactly_one=False) or []
    points = {(float(one.latitude), float(one.longitude)) for one in found}
    return points.pop() if len(points) == 1 else None


def doubts_of(sheet: Sheet, find: FindPlace) -> list[Doubt]:
    """Points that lie far from the postcode of their address."""
    found = []
    for place in sheet.places:
        code = place.addresses[0].postal_code if place.addresses else None
        if code and place.latitude is not None and place.longitude is not None and place.id not in sheet.closed:
            answer = find(code)
            if isinstance(answer, Found):
                away = great_circle((place.latitude, place.longitude), (answer.place.latitude, answer.place.longitude)).kilometers
                if away > FAR_FROM_CODE_KM:
                    words = f"The point on the map lies about {away:.0f} km from postcode {code}. Is one of them wrong?"
                    found.append(Doubt(place=str(place.id), words=words))
    return found


def _asked(address: Address | None) -> list[str]:
    """What to ask for, the most exact first."""
    if address is None:
        return []
    whole = ", ".join(filter(None, (address.address_1, address.city, address.state_province, address.postal_code)))
    town = ", ".join(filter(None, (address.city, address.state_province)))
    return [text for text in (whole, address.postal_code or "", town) if text]


def shift_words(before: tuple[float, float], after: tuple[float, float]) -> str:
    """How far and in which direction a point was moved."""
    east = ((after[1] - before[1] + 180) % 360 - 180) * cos(radians(before[0]))
    return f"{distance_words(great_circle(before, after).meters)} {way_words(east, after[0] - before[0])}"


def distance_words(metres: float) -> str:
    """A distance as people say it: 250 m, 1.5 km."""
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f}".removesuffix(".0") + " km"


def way_words(east: float, north: float) -> str:
    """In which of eight directions something lies."""
    sector = max(range(len(WAYS)), key=lambda number: east * _SINES[number] + north * _COSINES[number])
    return WAYS[sector]
