"""The address of a site of New York's funded services, and what kind of place it is: where the work is done, or only the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from msgspec import Struct

from directory.exchange.reading.parts import point, postal_code
from directory.exchange.reading.row import Row, fold
from directory.exchange.records import Address, Language, Location

OFFICE = "the work is done in people's homes: this address is the office, kept as a postal one, and its point is not used"
NO_PLACE = "the source says that there is no fixed address; the one it gives is kept with the source record"


class Place(Struct, frozen=True):
    """Where a site is. ``door`` is the same for the same address, however it is written."""

    name: str | None
    street: str
    second: str | None
    city: str | None
    borough: str | None
    state: str | None
    postcode: str | None
    country: str | None
    point: tuple[float, float] | None
    postal: bool

    @property
    def door(self) -> str:
        """The key of the place: street and postcode, and that it is only an office."""
        return "|".join((fold(self.street), self.postcode or "", "postal" if self.postal else ""))

    def location(self, make_id: Callable[[str], UUID], places: Sequence[Place], languages: list[Language]) -> Location:
        """The location of this door; ``places`` are all that the rows say of it, the first point among them counts."""
        where = next((place.point for place in places if place.point), None)
        kind = "postal" if self.postal else "physical"
        address = Address(
            id=make_id("address"),
            address_1=self.street,
            address_2=next((place.second for place in places if place.second), None),
            city=self.city,
            region=self.borough,
            state_province=self.state,
            postal_code=self.postcode,
            country=self.country,
            address_type=kind,
        )
        return Location(
            id=make_id("location"),
            location_type=kind,
            name=self.name,
            latitude=where[0] if where else None,
            longitude=where[1] if where else None,
            addresses=[address],
            area_name=self.borough,
            languages=languages,
        )


def place_of(row: Row, *, work_at_home: bool) -> Place | None:
    """The place of a site row; None where it has no address or says that it has no fixed one."""
    street, second, city, state = (row.text(name) for name in ("address_1", "address_2", "city", "state"))
    code, borough, name = row.text("postcode"), row.text("borough"), row.text("site_name")
    longitude, latitude = row.raw("longitude"), row.raw("latitude")
    fixed = row.text("fixed_address") != "false"
    if not street or not fixed:
        kept = {"address_1": street, "address_2": second, "city": city, "postcode": code, "site_name": name}
        for field, value in kept.items():
            if value:
                row.keep(field, value)
        if street:
            row.repair("fixed_address", street, NO_PLACE)
        return None
    where = None if work_at_home else point(longitude, latitude)
    if work_at_home:
        row.keep("point", [longitude, latitude])
        row.repair("notes", street, OFFICE)
    elif where is None and (latitude or longitude):
        row.repair("latitude", f"{latitude}, {longitude}", "not a point on the earth; the site has none")
    postcode = postal_code(code, row.source.country) if code else None
    return Place(name, street, second, _town(city), _borough(borough), state, postcode, row.source.country, where, work_at_home)


def _town(city: str | None) -> str | None:
    """This source writes towns in small letters."""
    return city.title() if city and city.islower() else city


def _borough(borough: str | None) -> str | None:
    return "Staten Island" if borough == "staten is" else _town(borough)
