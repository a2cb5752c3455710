"""Doubts about a point: one that lies far from the middle of its own postcode is said to be wrong somewhere."""

from __future__ import annotations

from sqlalchemy.orm import Session

from directory.exchange.intake.ready import Doubt, PointCheck
from directory.exchange.records import Location
from directory.places import FAR_FROM_CODE_KM, Gazetteer, check_point, open_gazetteer
from matching.values import Place


def point_check(session: Session) -> PointCheck:
    """Doubts a point that lies far from the middle of the postcode of its own address."""
    gazetteer = open_gazetteer(session)
    return lambda location: _doubt(gazetteer, location)


def _doubt(gazetteer: Gazetteer, location: Location) -> Doubt | None:
    if location.latitude is None or location.longitude is None:
        return None
    place = Place(latitude=location.latitude, longitude=location.longitude)
    for address in location.addresses:
        if address.postal_code and address.country:
            far = check_point(gazetteer, place, postal_code=address.postal_code, country=address.country)
            if far is not None and far > FAR_FROM_CODE_KM:
                return Doubt(f"the point lies {far:.0f} km from the middle of its postcode: one of the two is wrong")
    return None
