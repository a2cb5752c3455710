"""From findings to a chance between 0 and 1: the weights are added up, as bits of odds. What is unknown is worth nothing."""

from __future__ import annotations

from math import exp2, inf, log2

from directory.duplicates.around import Around, DoorIs, Is, look_around
from directory.duplicates.findings import TELLING_BITS, Findings, NameIs, compare_names
from directory.duplicates.ready import Ready
from directory.duplicates.table import Table
from directory.duplicates.weights import Weights

HERE_KM, THERE_KM, FAR_KM = 0.1, 1.0, 5.0


def compare(one: Ready, other: Ready, table: Table, weights: Weights, *, least_bits: float = -inf) -> tuple[float, Findings] | None:
    """The bits of a pair and what they are made of; None as soon as it cannot reach ``least_bits``. The order of the two does not matter."""
    around = look_around(one, other, table)
    so_far = weights.start + around_bits(around, weights)
    if so_far + _most_of_names(one, other, weights) < least_bits:
        return None
    found = compare_names(one, other, table, around)
    total = so_far + _name(found, weights) + _organization(found, weights)
    return (total, found) if total >= least_bits else None


def chance_of(bits: float) -> float:
    """How likely it is that two entries are the same, from 0 to 1: 1 / (1 + 2^-bits)."""
    return 1.0 / (1.0 + exp2(-bits))


def bits_of(chance: float) -> float:
    """The bits that a chance stands for."""
    return -inf if chance <= 0 else inf if chance >= 1 else log2(chance / (1.0 - chance))


def around_bits(around: Around, weights: Weights) -> float:
    """What all but the names is worth."""
    email = weights.email.same if around.email is Is.SAME else 0.0
    return _door(around, weights) + _phone(around, weights) + _site(around, weights) + _place(around, weights) + email


def _most_of_names(one: Ready, other: Ready, weights: Weights) -> float:
    """The best that names and organizations could still add."""
    owner = weights.organization.same if one.organization and other.organization else 0.0
    if one.others or other.others or not set(one.words).isdisjoint(other.words):
        return weights.name.same + owner
    return max(weights.name.alike, weights.name.unsaid) + owner   # no word in common: at best all are slips or short forms of each other


def _name(found: Findings, weights: Weights) -> float:
    worth: float = getattr(weights.name, found.name)
    if found.name in (NameIs.SAME, NameIs.ALIKE, NameIs.WITHIN):
        worth += weights.name.plain * max(0.0, 1.0 - found.alike.shared / TELLING_BITS)
        worth += max(weights.name.most_shared, weights.name.shared * log2(found.name_spread))
    return worth + (weights.name.number if found.alike.numbers_differ else 0.0)


def _organization(found: Findings, weights: Weights) -> float:
    own, same_name = weights.organization, found.name is NameIs.SAME
    if found.organization is Is.SAME:
        if same_name or found.name is NameIs.UNSAID:
            return own.same
        return own.cousin if found.name in (NameIs.ALIKE, NameIs.WITHIN) else own.sibling
    if found.organization is Is.NEAR:
        return 0.0 if same_name else own.part
    return own.other if found.organization is Is.OTHER else 0.0


def _door(found: Around, weights: Weights) -> float:
    if found.door is DoorIs.UNKNOWN:
        return 0.0
    worth: float = getattr(weights.door, found.door)
    return worth + max(weights.door.most_crowded, weights.door.crowded * log2(found.door_spread))


def _phone(found: Around, weights: Weights) -> float:
    if found.phone is Is.UNKNOWN:
        return 0.0
    worth: float = getattr(weights.phone, found.phone)
    return worth + max(weights.phone.most_shared, weights.phone.shared * log2(found.phone_spread))


def _site(found: Around, weights: Weights) -> float:
    if found.site is Is.UNKNOWN:
        return 0.0
    if found.site is Is.OTHER:
        return weights.site.other
    worth = weights.site.page if found.site is Is.SAME else weights.site.domain
    return max(0.0, worth + max(weights.site.most_shared, weights.site.shared * log2(found.site_spread)))


def _place(found: Around, weights: Weights) -> float:
    """Postcodes and points say the same thing twice; the one that says more is heard, and the town only where both are silent.

    Behind one door all three are the same anyhow: there they are heard only where they differ.
    """
    worth = _where(found, weights)
    return min(0.0, worth) if found.door is DoorIs.SAME else worth


def _where(found: Around, weights: Weights) -> float:
    if found.distance_km is None and found.postcode is Is.UNKNOWN:
        return weights.city.same if found.city is Is.SAME else weights.city.other if found.city is Is.OTHER else 0.0
    said = [0.0]
    if found.postcode is not Is.UNKNOWN:
        said.append(getattr(weights.postcode, found.postcode))
    if found.distance_km is not None:
        near, far = found.distance_km <= HERE_KM, found.distance_km > THERE_KM
        said.append(weights.distance.here if near else weights.distance.far if found.distance_km > FAR_KM else weights.distance.there if far else 0.0)
    return max(said, key=abs)
