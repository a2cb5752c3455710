"""Names above a town: countries, states, counties and boroughs, each with the one name that areas are compared by."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale

from directory.places.spelling import fold

US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AS": "American Samoa", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "FM": "Micronesia", "GA": "Georgia", "GU": "Guam",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MH": "Marshall Islands", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MP": "Northern Mariana Islands", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "PW": "Palau", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "VI": "US Virgin Islands",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}
_STATES_BY_CODE = {"us", "ca", "au"}
"""Where people write the state by its letters; elsewhere the letters of a postal file mean nothing to them."""

_BOROUGHS = {"New York": "Manhattan", "Kings": "Brooklyn", "Queens": "Queens", "Bronx": "Bronx", "Richmond": "Staten Island"}
_DISTRICT = re.compile(r" (?:\(.*|\d+\w?|city \w+)$", re.IGNORECASE)
_OF_US_COUNTIES = {"LA": "Parish", "AK": "Borough", "PR": "Municipio"}
_COUNTY_WORDS = re.compile(r" (county|parish|borough|census area|municipality|municipio|\(ca\))$", re.IGNORECASE)
_COUNTY_OF = re.compile(r"^(city and county|city and borough|municipality) of ", re.IGNORECASE)
_CITY = re.compile(r"^city of (?P<after>.+)$|^(?P<before>.+) \(?city\)?$", re.IGNORECASE)
_COUNTIES_CALLED_CITY = {("VA", "james city"), ("VA", "charles city")}


@lru_cache(maxsize=1000)
def state_key(country: str, state: str, state_code: str) -> str:
    """The name of a state inside area names: ``ca`` for California, ``northland`` for Northland; empty when the source names none."""
    return fold(state_code) if country in _STATES_BY_CODE and state_code else fold(state)


def state_label(country: str, state: str, state_code: str) -> str:
    """The name of a state as people read it."""
    return state or (US_STATES.get(state_code, "") if country == "us" else "")


@lru_cache(maxsize=10_000)
def county_label(country: str, state_code: str, county: str) -> str:
    """A county as people read it. Sources disagree on US ones (Caddo, Caddo Parish; City of Richmond, Richmond city): here they agree.

    A county and an independent city of the same name stay apart.
    """
    name = " ".join(county.split())
    if country != "us" or not name or state_code == "DC":
        return name
    base = _COUNTY_OF.sub("", _COUNTY_WORDS.sub("", name))
    is_city = _CITY.match(base) if base == name and (state_code, base.casefold()) not in _COUNTIES_CALLED_CITY else None
    if is_city:
        return f"{is_city['after'] or is_city['before']} City"
    return f"{base} {_OF_US_COUNTIES.get(state_code, 'County')}"


def further_names(country: str, state_code: str, county: str, name: str) -> tuple[str, ...]:
    """Names that people use and a postal file does not know.

    New York City and its boroughs, which the post calls by their counties and quarters; a city whose rows are its districts (Dublin 2,
    Cork city southside, Vancouver (Killarney)), and in Canada the city that the file has where others have the county.
    """
    names = [_DISTRICT.sub("", name)] if country != "us" else []
    if country == "ca" and county and not _COUNTY_WORDS.search(county):
        names.append(county)
    if (country, state_code) == ("us", "NY") and (borough := _BOROUGHS.get(county.removesuffix(" County"))):
        names += [borough, "New York City", "NYC"]
    return tuple(other for other in names if fold(other) != fold(name)) if names else ()


def county_keys(label: str) -> tuple[str, ...]:
    """The spellings a county is looked up by: in full, and without its last word where that only says that it is a county."""
    full, bare = fold(label), fold(_COUNTY_WORDS.sub("", label))
    return (full,) if bare == full else (full, bare)


def country_of(text: str) -> str | None:
    """The lower-case ISO code of a country named in English, or by its own two letters; None when it is none."""
    folded = fold(text)
    return _OTHER_COUNTRY_NAMES.get(folded) or _countries().get(folded)


def country_label(country: str) -> str:
    """The English name of a country."""
    return str(Locale("en").territories.get(country.upper(), country.upper()))


_OTHER_COUNTRY_NAMES = {
    "us": "us", "usa": "us", "united states of america": "us", "america": "us", "uk": "gb", "britain": "gb", "great britain": "gb",
    "republic of ireland": "ie", "eire": "ie", "aotearoa": "nz",
}


@cache
def _countries() -> dict[str, str]:
    codes = {code.lower(): str(name) for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}
    return {code: code for code in codes} | {fold(name): code for code, name in codes.items()}
