"""The weights of the score, read from ``weights.toml`` beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Door(Struct, frozen=True, forbid_unknown_fields=True):
    """House number and street."""

    same: float
    near: float
    number: float
    street: float
    street_only: float
    other: float
    crowded: float
    most_crowded: float


class Phone(Struct, frozen=True, forbid_unknown_fields=True):
    """Telephone numbers."""

    same: float
    near: float
    other: float
    shared: float
    most_shared: float


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """Names."""

    same: float
    alike: float
    within: float
    some: float
    little: float
    none: float
    unsaid: float
    plain: float
    shared: float
    most_shared: float
    number: float


class Organization(Struct, frozen=True, forbid_unknown_fields=True):
    """Who runs it."""

    same: float
    other: float
    part: float
    cousin: float
    sibling: float


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """Web addresses."""

    page: float
    domain: float
    other: float
    shared: float
    most_shared: float


class Email(Struct, frozen=True, forbid_unknown_fields=True):
    """Mailboxes."""

    same: float


class Postcode(Struct, frozen=True, forbid_unknown_fields=True):
    """Postcodes."""

    same: float
    near: float
    other: float


class City(Struct, frozen=True, forbid_unknown_fields=True):
    """Towns."""

    same: float
    other: float


class Distance(Struct, frozen=True, forbid_unknown_fields=True):
    """How far apart the points are."""

    here: float
    there: float
    far: float


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """Bits for each finding; see the comments in the file."""

    start: float
    threshold: float
    door: Door
    phone: Phone
    name: Name
    organization: Organization
    site: Site
    email: Email
    postcode: Postcode
    city: City
    distance: Distance


@cache
def shipped_weights() -> Weights:
    """The weights that Homeground ships."""
    return msgspec.toml.decode((files("directory.duplicates") / "weights.toml").read_bytes(), type=Weights)
