"""Points: coarse enough for a person's privacy, and checked against the code they claim to lie in."""

from __future__ import annotations

import re

from geopy.distance import great_circle
from msgspec.structs import replace
from sqlalchemy.orm import Session

from directory.places.gazetteer import Gazetteer, as_gazetteer
from matching.values import Place

CELL_DEGREES = 0.01
"""About 1.1 km from south to north, less from west to east: nobody's door can be told from it."""
FAR_FROM_CODE_KM = 25.0
"""A record's point farther than this from the middle of its own code is to be looked at by a person (reference data: real errors start there)."""

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,15})?"
_POINT = re.compile(rf"(?:geo:)?({_NUMBER})(?: *, *| +)({_NUMBER})", re.IGNORECASE)


def snap(place: Place) -> Place:
    """The place moved to the nearest hundredth of a degree (about 1 km); snapping twice moves nothing more."""
    return replace(place, latitude=round(place.latitude, 2), longitude=round(place.longitude, 2))


def read_point(text: str) -> Place | None:
    """The place that a text such as ``37.48, -122.23`` gives, snapped; None when it is no such text or not on the earth."""
    found = _POINT.fullmatch(text.strip())
    if found is None or not (abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180):
        return None
    if "." not in found[1] + found[2]:
        return None   # two whole numbers are likelier a code or a house number than a point on the earth
    return snap(Place(latitude=float(found[1]), longitude=float(found[2])))


def check_point(source: Session | Gazetteer, place: Place, *, postal_code: str, country: str) -> float | None:
    """How far a record's point lies from the middle of its own code, in km; None when the code is not known.

    More than ``FAR_FROM_CODE_KM`` says that the point or the code is wrong.
    """
    atlas = as_gazetteer(source, country).atlases.get(country.lower())
    number = atlas.code_number(postal_code) if atlas else None
    if atlas is None or number is None:
        return None
    return float(great_circle((place.latitude, place.longitude), atlas.code_point(number)).km)
