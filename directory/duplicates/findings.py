"""Two rows compared: one finding for each kind of evidence, before anything is weighed."""

from __future__ import annotations

from enum import StrEnum
from itertools import product

from geopy.distance import great_circle
from msgspec import Struct

from directory.duplicates.names import NOTHING, Alike, Words, compare_words
from directory.duplicates.reach import same_phone
from directory.duplicates.ready import Ready
from directory.duplicates.streets import Street, numbers_meet, same_street
from directory.duplicates.table import LOCAL_DIGITS, Table, door_key

NEAR_NUMBERS = 20
ALIKE = 0.7
"""The share of the larger name that two names have in common, from which on they are alike."""
RARE_BITS = 6.0
"""A word that one in 64 has, or fewer."""


class DoorIs(StrEnum):
    """What the addresses say, best first."""

    SAME = "same"
    NEAR = "near"
    STREET_ONLY = "street_only"
    STREET = "street"
    NUMBER = "number"
    OTHER = "other"
    UNKNOWN = "unknown"


class Is(StrEnum):
    """What any other evidence says."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"


class NameIs(StrEnum):
    """What the names say, best first."""

    SAME = "same"
    ALIKE = "alike"
    WITHIN = "within"
    SOME = "some"
    LITTLE = "little"
    NONE = "none"
    UNSAID = "unsaid"


class Findings(Struct, frozen=True):
    """What was found between two rows; ``*_spread`` is how many things the shared value stands for in the table."""

    name: NameIs
    alike: Alike
    door: DoorIs
    door_spread: int
    phone: Is
    phone_spread: int
    site: Is
    site_spread: int
    email: Is
    organization: Is
    postcode: Is
    city: Is
    distance_km: float | None


def compare(one: Ready, other: Ready, table: Table) -> Findings:
    """All findings between two rows; the order of the two does not matter."""
    alike, own = _names(one, other, table)
    door, door_spread = _doors(one.doors, other.doors, table)
    phone, phone_spread = _phones(one.phones, other.phones, table)
    site, site_spread = _sites(one, other, table)
    return Findings(
        name=_name_is(alike) if own else NameIs.UNSAID,
        alike=alike,
        door=door,
        door_spread=door_spread,
        phone=phone,
        phone_spread=phone_spread,
        site=site,
        site_spread=site_spread,
        email=_plain(one.emails, other.emails),
        organization=_organizations(one, other, table),
        postcode=_plain(one.postcodes, other.postcodes),
        city=_plain((one.city,) if one.city else (), (other.city,) if other.city else ()),
        distance_km=_distance_km(one, other),
    )


def _names(one: Ready, other: Ready, table: Table) -> tuple[Alike, bool]:
    """The likest two of all their names, and whether both have one. Where only one says who runs it, that may stand in the other's name."""
    pairs = list(product((one.words, *one.others), (other.words, *other.others)))
    if bool(one.organization) != bool(other.organization) and set(one.words) & set(other.words):
        pairs.append((one.organization + one.words, other.organization + other.words))
    found = [compare_words(first, second, table.bits) for first, second in pairs if first and second]
    return max(found, key=lambda alike: (not alike.numbers_differ, alike.of_larger, alike.of_smaller), default=NOTHING), bool(found)


def _name_is(alike: Alike) -> NameIs:
    if alike.of_larger >= 0.95:
        return NameIs.SAME
    if alike.of_larger >= ALIKE:
        return NameIs.ALIKE
    if alike.of_smaller >= 0.9 and alike.rarest >= RARE_BITS:
        return NameIs.WITHIN
    if alike.of_larger >= 0.4 or (alike.rarest >= RARE_BITS and alike.of_smaller >= 0.3):
        return NameIs.SOME
    return NameIs.LITTLE if alike.shared > 0 else NameIs.NONE


def _doors(one: tuple[Street, ...], other: tuple[Street, ...], table: Table) -> tuple[DoorIs, int]:
    best, spread = DoorIs.UNKNOWN, 1
    order = list(DoorIs)
    for first, second in product(one, other):
        found = door_of(first, second)
        if order.index(found) < order.index(best):
            best = found
            spread = max(table.phones_of_door.get(door_key(first), 1), table.phones_of_door.get(door_key(second), 1))
    return best, spread if best is DoorIs.SAME else 1


def door_of(one: Street, other: Street) -> DoorIs:
    """What two address lines say of each other."""
    if same_street(one, other):
        if not (one.low and other.low):
            return DoorIs.STREET_ONLY
        if numbers_meet(one, other):
            return DoorIs.SAME
        return DoorIs.NEAR if min(abs(one.low - other.high), abs(other.low - one.high)) <= NEAR_NUMBERS else DoorIs.STREET
    if not (one.low and other.low):
        return DoorIs.UNKNOWN
    return DoorIs.NUMBER if numbers_meet(one, other) else DoorIs.OTHER


def _phones(one: tuple[str, ...], other: tuple[str, ...], table: Table) -> tuple[Is, int]:
    if not one or not other:
        return Is.UNKNOWN, 1
    same = [first for first, second in product(one, other) if same_phone(first, second)]
    if same:
        return Is.SAME, min(table.doors_of_phone.get(phone[-LOCAL_DIGITS:], 1) for phone in same)
    near = any(len(first) == len(second) and first[:-2] == second[:-2] for first, second in product(one, other))
    return (Is.NEAR if near else Is.OTHER), 1


def _sites(one: Ready, other: Ready, table: Table) -> tuple[Is, int]:
    """The same page (``SAME``), the same host or mail domain (``NEAR``)."""
    domains = set(one.domains) & set(other.domains)
    spread = min((table.doors_of_domain.get(domain, 1) for domain in domains), default=1)
    if set(one.sites) & set(other.sites):
        return Is.SAME, spread
    if domains:
        return Is.NEAR, spread
    return (Is.OTHER if one.domains and other.domains else Is.UNKNOWN), 1


def _organizations(one: Ready, other: Ready, table: Table) -> Is:
    """Who runs them; ``NEAR`` where one is run by the other."""
    if not one.organization and not other.organization:
        return Is.UNKNOWN
    if one.organization and other.organization:
        return Is.SAME if _are_alike(one.organization, other.organization, table) else Is.OTHER
    owner, whole = (one.organization, other.words) if one.organization else (other.organization, one.words)
    return Is.NEAR if _are_alike(owner, whole, table) else Is.UNKNOWN


def _are_alike(one: Words, other: Words, table: Table) -> bool:
    alike = compare_words(one, other, table.bits)
    return alike.of_larger >= ALIKE and not alike.numbers_differ


def _plain(one: tuple[str, ...], other: tuple[str, ...]) -> Is:
    if not one or not other:
        return Is.UNKNOWN
    return Is.SAME if set(one) & set(other) else Is.OTHER


def _distance_km(one: Ready, other: Ready) -> float | None:
    return None if one.point is None or other.point is None else float(great_circle(one.point, other.point).km)
