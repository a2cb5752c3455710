"""A quick look at a pair before it is compared: the most it could reach, by what costs little to look at. Most pairs end here."""

from __future__ import annotations

from directory.duplicates.findings import DoorIs, door_of
from directory.duplicates.reach import same_phone
from directory.duplicates.ready import Ready
from directory.duplicates.weights import Weights


def best_case(one: Ready, other: Ready, weights: Weights) -> float:
    """Bits that no score of the two exceeds: doors and phones as they are, everything else as good as it can be."""
    parts = (_most_of_the_rest, _most_of_names, _doors, _phones)
    return weights.start + sum(part(one, other, weights) for part in parts)


def _most_of_the_rest(one: Ready, other: Ready, weights: Weights) -> float:
    site = weights.site.page if one.sites and other.sites else weights.site.domain if one.domains and other.domains else 0.0
    email = weights.email.same if one.emails and other.emails else 0.0
    owner = max(0.0, weights.organization.same) if one.organization and other.organization else 0.0
    return max(0.0, site) + max(0.0, email) + owner + max(0.0, weights.postcode.same, weights.distance.here, weights.city.same)


def _most_of_names(one: Ready, other: Ready, weights: Weights) -> float:
    named = bool((one.words or one.others) and (other.words or other.others))
    if not named:
        return weights.name.unsaid
    if one.others or other.others or one.organization or other.organization or not set(one.words).isdisjoint(other.words):
        return weights.name.same
    return max(weights.name.alike, weights.name.within, weights.name.some)


def _doors(one: Ready, other: Ready, weights: Weights) -> float:
    worth = [0.0] if not one.doors or not other.doors else []
    for first in one.doors:
        for second in other.doors:
            found = door_of(first, second)
            worth.append(0.0 if found is DoorIs.UNKNOWN else getattr(weights.door, found))
    return max(worth)


def _phones(one: Ready, other: Ready, weights: Weights) -> float:
    if not one.phones or not other.phones:
        return 0.0
    if any(same_phone(first, second) for first in one.phones for second in other.phones):
        return weights.phone.same
    return weights.phone.near
