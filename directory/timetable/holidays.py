"""Public holidays by country and region: which there are, on which dates, under which names."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Final

import holidays as known
from babel import Locale
from msgspec import Struct

LANGUAGE: Final = "en_US"
YEARS: Final = range(1950, 2101)
"""Outside of these nobody knows what will be a holiday."""


class Region(Struct, frozen=True):
    """A part of a country that has holidays of its own."""

    code: str
    name: str


@cache
def countries() -> frozenset[str]:
    """The countries whose holidays are known, as codes of two letters."""
    return frozenset(known.list_supported_countries(include_aliases=False))


@cache
def regions_of(country: str) -> tuple[Region, ...]:
    """The regions of a country by name; a region without a name of its own stands under its code."""
    if country not in countries():
        return ()
    made = known.country_holidays(country)
    names: dict[str, str] = {}
    for name, code in made.subdivisions_aliases.items():
        names.setdefault(code, name)
    return tuple(sorted((Region(code, names.get(code, code)) for code in made.subdivisions), key=lambda region: region.name))


def knows_region(country: str, region: str) -> bool:
    """Whether the holidays there are known; with an empty region those of the whole country."""
    return country in countries() and (not region or any(one.code == region for one in regions_of(country)))


def country_name(country: str) -> str:
    """The name of a country, or its code where it has none."""
    return str(Locale.parse("en").territories.get(country, country))


def region_name(country: str, region: str) -> str:
    """The name of a region, or its code where it has none."""
    return next((one.name for one in regions_of(country) if one.code == region), region)


def holidays_between(country: str, region: str, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The public holidays of a region from ``first`` to ``last`` with their names; none where they are not known."""
    if not knows_region(country, region):
        return ()
    years = range(max(first.year, YEARS.start), min(last.year + 1, YEARS.stop))
    return tuple((day, name) for year in years for day, name in _of_year(country, region, year) if first <= day <= last)


@lru_cache(256)
def _of_year(country: str, region: str, year: int) -> tuple[tuple[date, str], ...]:
    # The language is named, so that the settings of the machine choose no other.
    found = known.country_holidays(country, subdiv=region or None, years=year, language=LANGUAGE)
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))
