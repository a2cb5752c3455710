"""From findings to a chance between 0 and 1: the weights are added up, as bits of odds."""

from __future__ import annotations

from math import exp2, inf, log2

from directory.duplicates.findings import DoorIs, Findings, Is, NameIs
from directory.duplicates.weights import Weights

HERE_KM, THERE_KM, FAR_KM = 0.1, 1.0, 5.0
TELLING_BITS = 12.0
"""A name that says this much is one of its own: two rare words, or a rare one and two common ones."""


def chance(findings: Findings, weights: Weights) -> float:
    """How likely it is that two entries are the same, from 0 to 1: 1 / (1 + 2^-bits)."""
    return 1.0 / (1.0 + exp2(-bits(findings, weights)))


def bits_of(chance: float) -> float:
    """The bits that a chance stands for; minus infinity for none at all."""
    return -inf if chance <= 0 else inf if chance >= 1 else log2(chance / (1.0 - chance))


def bits(found: Findings, weights: Weights) -> float:
    """The sum of what each finding is worth; what is unknown is worth nothing."""
    return (
        weights.start
        + _name(found, weights)
        + _door(found, weights)
        + _phone(found, weights)
        + _site(found, weights)
        + _organization(found, weights)
        + _place(found, weights)
        + (weights.email.same if found.email is Is.SAME else 0.0)
    )


def _name(found: Findings, weights: Weights) -> float:
    worth: float = getattr(weights.name, found.name)
    if found.name in (NameIs.SAME, NameIs.ALIKE, NameIs.WITHIN):
        worth += weights.name.plain * max(0.0, 1.0 - found.alike.shared / TELLING_BITS)
    return worth + (weights.name.number if found.alike.numbers_differ else 0.0)


def _door(found: Findings, weights: Weights) -> float:
    if found.door is DoorIs.UNKNOWN:
        return 0.0
    worth: float = getattr(weights.door, found.door)
    return worth + max(weights.door.most_crowded, weights.door.crowded * log2(found.door_spread))


def _phone(found: Findings, weights: Weights) -> float:
    if found.phone is Is.UNKNOWN:
        return 0.0
    worth: float = getattr(weights.phone, found.phone)
    return worth + max(weights.phone.most_shared, weights.phone.shared * log2(found.phone_spread))


def _site(found: Findings, weights: Weights) -> float:
    if found.site is Is.UNKNOWN:
        return 0.0
    if found.site is Is.OTHER:
        return weights.site.other
    worth = weights.site.page if found.site is Is.SAME else weights.site.domain
    return max(0.0, worth + max(weights.site.most_shared, weights.site.shared * log2(found.site_spread)))


def _organization(found: Findings, weights: Weights) -> float:
    if found.organization is Is.SAME:
        if found.name is NameIs.SAME or found.name is NameIs.UNSAID:
            return weights.organization.same
        return weights.organization.cousin if found.name in (NameIs.ALIKE, NameIs.WITHIN) else weights.organization.sibling
    if found.organization is Is.NEAR:
        return 0.0 if found.name is NameIs.SAME else weights.organization.part
    return weights.organization.other if found.organization is Is.OTHER else 0.0


def _place(found: Findings, weights: Weights) -> float:
    """Postcodes and points say the same thing twice; the one that says more is heard, and the town only where both are silent.

    Behind one door all three are the same anyhow: there they are heard only where they differ.
    """
    worth = _where(found, weights)
    return min(0.0, worth) if found.door is DoorIs.SAME else worth


def _where(found: Findings, weights: Weights) -> float:
    if found.distance_km is None and found.postcode is Is.UNKNOWN:
        return {Is.SAME: weights.city.same, Is.OTHER: weights.city.other}.get(found.city, 0.0)
    said = [0.0]
    if found.postcode in (Is.SAME, Is.OTHER):
        said.append(weights.postcode.same if found.postcode is Is.SAME else weights.postcode.other)
    if found.distance_km is not None:
        near, far = found.distance_km <= HERE_KM, found.distance_km > THERE_KM
        said.append(weights.distance.here if near else weights.distance.far if found.distance_km > FAR_KM else weights.distance.there if far else 0.0)
    return max(said, key=abs)
