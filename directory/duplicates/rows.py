"""What the finder of duplicates knows of one entry: plain texts, so that the directory and any table are read into the same value."""

from __future__ import annotations

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """One entry as its source writes it. Only these fields are ever evidence; ``key`` names the entry and is never compared.

    ``streets`` holds address lines ("12 Mill Road, Flat 2"), each with the postcode at the same place in ``postcodes`` where there are as many;
    ``latitude`` and ``longitude`` are in degrees. ``name`` is what people call it, ``organization`` who runs it.
    """

    key: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    organization: str = ""
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Pair(Struct, frozen=True):
    """Two entries that may be the same, by their places in the list given (``first`` < ``second``), the chance from 0 to 1, and why, in words."""

    first: int
    second: int
    score: float
    reason: str
