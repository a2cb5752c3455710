"""Addresses of meetings: one line into its parts where their order is certain, countries to their codes, areas from the widest to the nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from babel import Locale

from directory.exchange.meetings.meeting import Spot
from directory.exchange.reading.parts import postal_code
from directory.exchange.reading.row import Row, clean, fold

STATE: Final = re.compile(r"(?P<state>[A-Z]{2,3})(?:\s+(?P<code>[A-Z0-9][A-Z0-9 -]{2,9}))?")
OTHERS: Final = {
    "usa": "US", "u.s.a": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "great britain": "GB", "northern ireland": "GB",
}  # fmt: skip
NO_COUNTRIES: Final = frozenset(("ZZ", "QO", "XA", "XB", "EU", "EZ", "UN"))
"""Codes that the CLDR has for what is no country."""
WHOLE: Final = 4
"""Parts of an address in one line that leads to a door, as readers of Meeting Guide count them: street, town, state and code, country."""


def country_code(text: str) -> str | None:
    """The two-letter code of a country as people write it."""
    folded = fold(text)
    return OTHERS.get(folded) or _countries().get(folded) or (text.strip() if text.strip() in _countries().values() else None)


@cache
def _countries() -> dict[str, str]:
    return {fold(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and code not in NO_COUNTRIES}


def parts_of(formatted: str) -> dict[str, str]:
    """``street``, ``city``, ``region``, ``postal_code`` and ``country`` of an address in one line; empty where the order is not the usual one."""
    parts = [part for piece in formatted.split(",") if (part := piece.strip())]
    country = country_code(parts[-1]) if parts else None
    rest = parts[:-1] if country else parts
    found = STATE.fullmatch(rest[-1]) if rest else None
    if found is None or len(rest) < 2:
        return {}
    said = {"street": ", ".join(rest[:-2]), "city": rest[-2], "region": found["state"], "postal_code": found["code"] or "", "country": country or ""}
    return {name: value for name, value in said.items() if value}


def checked(row: Row, spot: Spot, *, field: str) -> Spot:
    """The spot with its postcode as its country writes it; one that is none is left out, and told."""
    if not spot.postal_code:
        return spot
    code = postal_code(spot.postal_code, spot.country or row.source.country)
    if code is None:
        row.repair(field, spot.postal_code, "not a postcode; left out of the address")
    return Spot(**{name: getattr(spot, name) for name in Spot.__struct_fields__} | {"postal_code": code or ""})


def areas_of(values: Iterable[Any]) -> tuple[str, ...]:
    """Names of areas, each once, in their order."""
    return tuple(dict.fromkeys(text for value in values if (text := clean(value))))
