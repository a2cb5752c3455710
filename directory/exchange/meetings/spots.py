"""Where a meeting meets, as far as everybody may know: the door of a public place, the area of one that is not, or nothing."""

from __future__ import annotations

from babel import Locale

from directory.exchange.meetings.discretion import discreet
from directory.exchange.meetings.meeting import Spot
from directory.models import Address, Location
from directory.readings import place_of
from directory.shelf import Shelf


def spot_of(shelf: Shelf, location: Location, people: tuple[str, ...] = ()) -> Spot | None:
    """The spot of a location; None for a virtual place, and for one whose area nobody has chosen to tell."""
    if location.location_type == "virtual":
        return None
    if location.visibility == "area_only" and location.area_name:
        return Spot(formatted=location.area_name, areas=(location.area_name,), is_approximate=True)
    if location.visibility != "public":
        return None
    addresses = shelf.children(Address, "location_id", location.id)
    return _public(location, addresses[0] if addresses else Address(), people)


def _public(location: Location, address: Address, people: tuple[str, ...]) -> Spot:
    # A point that was made of a code or a town is not told: readers would take it for the door, or the door for a guess.
    place = place_of(location) if location.point_precision == "given" else None
    street, area = ", ".join(filter(None, (address.address_1, address.address_2))), location.area_name or ""
    return Spot(
        name=location.name or "",
        street=street,
        city=address.city or "",
        region=address.state_province or "",
        postal_code=address.postal_code or "",
        country=address.country or "",
        formatted=_formatted(street, address) or area,
        latitude=round(place.latitude, 5) if place else None,
        longitude=round(place.longitude, 5) if place else None,
        is_approximate=not street,
        areas=tuple(dict.fromkeys(filter(None, (address.state_province, address.city or area)))),
        notes=discreet(location.transportation or "", people),
    )


def area_of(spot: Spot) -> Spot:
    """The area of a spot, for what is held from afar only: nobody has to come to the door."""
    coarse = Address(city=spot.city, state_province=spot.region, country=spot.country)
    return Spot(
        city=spot.city, region=spot.region, country=spot.country, formatted=_formatted("", coarse) or ", ".join(reversed(spot.areas)), areas=spot.areas,
        is_approximate=True,
    )


def _formatted(street: str, address: Address) -> str:
    """An address in one line: street, town, state with code, country."""
    code = " ".join(filter(None, (address.state_province, address.postal_code)))
    return ", ".join(filter(None, (street, address.city, code, country_name(address.country or ""))))


def country_name(code: str) -> str:
    """The name of a country as these feeds write it; a code that is none comes back as it is."""
    return "USA" if code == "US" else str(Locale("en").territories.get(code, code))
