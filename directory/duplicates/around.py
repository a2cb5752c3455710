"""What two rows say of each other beside their names: doors, phones, sites, mail, places. Cheap to find out, and most pairs end with it."""

from __future__ import annotations

from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from directory.duplicates.reach import same_phone
from directory.duplicates.ready import Ready
from directory.duplicates.streets import Street, numbers_meet, same_street
from directory.duplicates.table import LOCAL_DIGITS, Table, door_key

NEAR_NUMBERS = 20
AREA = 2
EARTH_KM = 6371.009


class DoorIs(StrEnum):
    """What the addresses say, best first."""

    SAME = "same"
    NEAR = "near"
    STREET_ONLY = "street_only"
    STREET = "street"
    NUMBER = "number"
    OTHER = "other"
    UNKNOWN = "unknown"


RANK = {found: rank for rank, found in enumerate(DoorIs)}


class Is(StrEnum):
    """What any other evidence says."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"


class Around(Struct, frozen=True, gc=False):
    """One finding for each kind of evidence; ``*_spread`` is how many things the shared value stands for in the table."""

    door: DoorIs
    door_spread: int
    phone: Is
    phone_spread: int
    site: Is
    site_spread: int
    email: Is
    postcode: Is
    city: Is
    distance_km: float | None


def look_around(one: Ready, other: Ready, table: Table) -> Around:
    """All but the names; the order of the two does not matter."""
    door, door_spread = _doors(one.doors, other.doors, table)
    phone, phone_spread = _phones(one.phones, other.phones, table)
    site, site_spread = _sites(one, other, table)
    return Around(
        door=door,
        door_spread=door_spread,
        phone=phone,
        phone_spread=phone_spread,
        site=site,
        site_spread=site_spread,
        email=_shared(one.emails, other.emails),
        postcode=_postcodes(one.postcodes, other.postcodes),
        city=Is.UNKNOWN if not one.city or not other.city else Is.SAME if one.city == other.city else Is.OTHER,
        distance_km=None if one.point is None or other.point is None else great_circle_km(one.point, other.point),
    )


def _doors(one: tuple[Street, ...], other: tuple[Street, ...], table: Table) -> tuple[DoorIs, int]:
    """The best that two of their doors say; of several doors that both have, the one that fewest phones are heard behind tells most."""
    best, spreads = DoorIs.UNKNOWN, []
    for first in one:
        for second in other:
            found = door_of(first, second)
            if found is DoorIs.SAME:
                spreads.append(max(table.phones_of_door.of(door_key(first)), table.phones_of_door.of(door_key(second))))
            if RANK[found] < RANK[best]:
                best = found
    return best, min(spreads, default=1)


def door_of(one: Street, other: Street) -> DoorIs:
    """What two address lines say of each other."""
    meet = numbers_meet(one, other)
    if same_street(one, other):
        if meet:
            return DoorIs.SAME
        if not (one.low and other.low):
            return DoorIs.STREET_ONLY
        return DoorIs.NEAR if min(abs(one.low - other.high), abs(other.low - one.high)) <= NEAR_NUMBERS else DoorIs.STREET
    if not (one.low and other.low):
        return DoorIs.UNKNOWN
    return DoorIs.NUMBER if meet else DoorIs.OTHER


def _phones(one: tuple[str, ...], other: tuple[str, ...], table: Table) -> tuple[Is, int]:
    if not one or not other:
        return Is.UNKNOWN, 1
    pairs = [(first, second) for first in one for second in other]
    if same := [first for first, second in pairs if same_phone(first, second)]:
        return Is.SAME, min(table.doors_of_phone.of(phone[-LOCAL_DIGITS:]) for phone in same)
    near = any(len(first) == len(second) and first[:-2] == second[:-2] for first, second in pairs)
    return (Is.NEAR if near else Is.OTHER), 1


def _sites(one: Ready, other: Ready, table: Table) -> tuple[Is, int]:
    """The same page (``SAME``), the same host or mail domain (``NEAR``)."""
    if not (one.sites or one.domains) or not (other.sites or other.domains):
        return Is.UNKNOWN, 1
    domains = set(one.domains) & set(other.domains)
    spread = min((table.doors_of_domain.of(domain) for domain in domains), default=1)
    if not set(one.sites).isdisjoint(other.sites):
        return Is.SAME, spread
    if domains:
        return Is.NEAR, spread
    return (Is.OTHER if one.domains and other.domains else Is.UNKNOWN), 1


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> Is:
    if not one or not other:
        return Is.UNKNOWN
    return Is.OTHER if set(one).isdisjoint(other) else Is.SAME


def _postcodes(one: tuple[str, ...], other: tuple[str, ...]) -> Is:
    """``NEAR`` for others that begin alike: the same half of an American state, the same British post town."""
    found = _shared(one, other)
    begin_alike = found is Is.OTHER and any(first[:AREA] == second[:AREA] for first in one for second in other)
    return Is.NEAR if begin_alike else found


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula on a sphere, in km: within 0.6 % of the ellipsoid, and a tenth of the time that geopy's checked points take."""
    (north, east), (there_north, there_east) = one, other
    first, second = radians(north), radians(there_north)
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(radians(there_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
