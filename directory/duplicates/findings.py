"""Two rows compared: what is around them, their names, and who runs them, before anything is weighed."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from directory.duplicates.around import Around, DoorIs, Is
from directory.duplicates.names import NOTHING, Alike, Bits, Words, compare_words
from directory.duplicates.ready import Ready
from directory.duplicates.table import Table, name_key

EQUAL = 0.95
ALIKE = 0.7
"""The share of the larger name that two names have in common, from which on they are alike."""
WITHIN = 0.9
SOME_OF_LARGER, SOME_OF_SMALLER = 0.4, 0.3
RARE_BITS = 6.0
"""A word that one in 64 has, or fewer."""
TELLING_BITS = 12.0
"""A name that says this much is one of its own: two rare words, or a rare one and two common ones."""
TOWN_BITS = 2.0


class NameIs(StrEnum):
    """What the names say, best first."""

    SAME = "same"
    ALIKE = "alike"
    WITHIN = "within"
    SOME = "some"
    LITTLE = "little"
    NONE = "none"
    UNSAID = "unsaid"


class Findings(Struct, frozen=True, gc=False):
    """All that was found between two rows. ``name_spread`` is at how many doors either name is heard (1 where the two have one door); ``organization``
    is ``NEAR`` where one is run by the other.
    """

    around: Around
    name: NameIs
    alike: Alike
    name_spread: int
    organization: Is


def compare_names(one: Ready, other: Ready, table: Table, around: Around) -> Findings:
    """What is around, and the likest two of all their names; the order of the two does not matter."""
    alike, both = _names(one, other, table)
    spread = max(table.doors_of_name.of(name_key(row)) for row in (one, other)) if around.door is not DoorIs.SAME else 1
    return Findings(around, _name_is(alike) if both else NameIs.UNSAID, alike, spread, _organizations(one, other, table))


def _names(one: Ready, other: Ready, table: Table) -> tuple[Alike, bool]:
    """The likest two of all their names, and whether both have one. Where only one says who runs it, that may stand in the other's name."""
    pairs = [(first, second) for first in (one.words, *one.others) for second in (other.words, *other.others)]
    if bool(one.organization) != bool(other.organization) and not set(one.words).isdisjoint(other.words):
        pairs.append((one.organization + one.words, other.organization + other.words))
    bits = _bits_in_town(one, other, table)
    found = [compare_words(first, second, bits) for first, second in pairs if first and second]
    return max(found, key=lambda alike: (not alike.numbers_differ, alike.of_larger, alike.of_smaller), default=NOTHING), bool(found)


def _bits_in_town(one: Ready, other: Ready, table: Table) -> Bits:
    """The name of the town they are in tells nothing of two entries in it, however rare it is elsewhere."""
    town = {*one.city.split(), *other.city.split()}
    return (lambda word: min(TOWN_BITS, table.bits(word)) if word in town else table.bits(word)) if town else table.bits


def _name_is(alike: Alike) -> NameIs:
    if alike.of_larger >= EQUAL:
        return NameIs.SAME
    if alike.of_larger >= ALIKE:
        return NameIs.ALIKE
    if alike.of_smaller >= WITHIN and (alike.rarest >= RARE_BITS or alike.shared >= TELLING_BITS):
        return NameIs.WITHIN
    if alike.of_larger >= SOME_OF_LARGER or (alike.rarest >= RARE_BITS and alike.of_smaller >= SOME_OF_SMALLER):
        return NameIs.SOME
    return NameIs.LITTLE if alike.shared > 0 else NameIs.NONE


def _organizations(one: Ready, other: Ready, table: Table) -> Is:
    if not one.organization and not other.organization:
        return Is.UNKNOWN
    if one.organization and other.organization:
        return Is.SAME if _are_alike(one.organization, other.organization, table) else Is.OTHER
    owner, whole = (one.organization, other.words) if one.organization else (other.organization, one.words)
    return Is.NEAR if _are_alike(owner, whole, table) else Is.UNKNOWN


def _are_alike(one: Words, other: Words, table: Table) -> bool:
    if one == other:
        return True
    alike = compare_words(one, other, table.bits)
    return alike.of_larger >= ALIKE and not alike.numbers_differ
