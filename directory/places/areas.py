"""The areas that listings serve, from the words of their sources to the names that a person's place is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from directory.places.atlas import WORLD, Atlas
from directory.places.gazetteer import Gazetteer, as_gazetteer
from directory.places.names import counties_called
from directory.places.regions import country_of
from directory.places.spelling import fold

NOWHERE: frozenset[str] = frozenset()
_MOST_REMEMBERED = 50_000
_WORLD = {"worldwide", "world wide", "international", "internationally", "global", "globally", "the world"}
_COUNTRY = {"nationwide", "nation wide", "national", "nationally", "countrywide", "country wide", "entire country", "whole country", "all states"}
_STATE = {"statewide", "state wide", "entire state", "whole state", "all counties"}
_COUNTY = {"countywide", "county wide", "entire county", "whole county", "all of county"}
_TOWN = {"citywide", "city wide", "entire city", "whole city", "townwide"}
_BOROUGHS = {"all boroughs", "all five boroughs", "five boroughs"}
_WHOLE = re.compile(r"^(?:(?:all of|entire|the entire|whole|the) )?(?:(city|town|county|state|borough|village) of )?(?:the )?", re.IGNORECASE)


def resolve_areas(source: Session | Gazetteer, names: Iterable[str], *, country: str, state: str | None = None, county: str | None = None,
                  town: str | None = None) -> tuple[frozenset[str], bool]:  # fmt: skip
    """The area names that the words of a listing mean, and whether every one was understood (False also when there are none).

    ``country`` (two letters), ``state``, ``county`` and ``town`` are where the listing is at home: "statewide", "countywide" and "citywide" mean
    those, and a bare name is looked for in that state only, because the same name elsewhere is another place. Where no ``state`` is given, the names
    of a listing that can be only one place say in which state its other names are.
    A name of a state that is a town at home as well means both: lying in none of a listing's areas is a known no, so the wide reading is safe.
    """
    gazetteer = as_gazetteer(source, country)
    atlas = gazetteer.atlases.get(country.lower())
    home = atlas.state_of(state) if atlas and state else None
    names = list(names)

    def look(home: str | None) -> list[frozenset[str]]:
        return [_relative(atlas, name, country.lower(), home, county, town) or _named(atlas, name, home) for name in names]

    found = look(home)
    if atlas and not state and not all(found):
        found = [at_once or with_home for at_once, with_home in zip(found, look(_only_state(atlas, found)), strict=True)]
    return frozenset().union(*found), bool(found) and all(found)


def _only_state(atlas: Atlas, found: list[frozenset[str]]) -> str | None:
    """The one state that all the understood areas lie in: the others of the same listing are then looked for there. None when it is not one."""
    parts = [area.split("/") for areas in found for area in areas]
    states = {part[1] for part in parts if part[0] == atlas.country and len(part) > 1 and part[1] in atlas.states}
    return states.pop() if len(states) == 1 else None


def _relative(atlas: Atlas | None, name: str, country: str, state: str | None, county: str | None, town: str | None) -> frozenset[str]:
    """Words that mean an area only together with where the listing is at home."""
    folded = fold(name)
    if folded in _WORLD:
        return frozenset({WORLD})
    if folded in _COUNTRY:
        return frozenset({country})
    if folded in _STATE and state:
        return frozenset({f"{country}/{state}"})
    if folded in _COUNTY and county and atlas:
        return _county(atlas, county, state)
    if folded in _TOWN and town and atlas:
        return _town(atlas, town, state)
    return NOWHERE


def _named(atlas: Atlas | None, name: str, state: str | None) -> frozenset[str]:
    if atlas is None:
        named = country_of(name) if len(fold(name)) > 2 else None
        return frozenset({named}) if named else NOWHERE
    key = (fold(name), state)
    if key not in atlas.resolved:
        if len(atlas.resolved) >= _MOST_REMEMBERED:
            atlas.resolved.clear()
        atlas.resolved[key] = _resolve(atlas, name, state)
    return atlas.resolved[key]


def _resolve(atlas: Atlas, name: str, state: str | None) -> frozenset[str]:
    """1. A state. 2. A county that says so. 3. A town. 4. A county without the word. 5. A code. 6. Another country. 7. Place, state."""
    kind = _WHOLE.match(name.strip())
    bare = name.strip()[kind.end():] if kind else name
    if fold(bare) in _BOROUGHS and (atlas.country, state) == ("us", "ny"):
        return frozenset({"us/ny/new york city"})
    if kind and kind[1] and kind[1].lower() == "county":
        return _county(atlas, bare, state)
    named_state = atlas.state_keys.get(fold(bare)) or (bare.lower() if bare.isupper() and bare.lower() in atlas.states else None)
    if named_state and not (kind and kind[1] and kind[1].lower() in {"city", "town"}):
        other_state = state is not None and named_state != state
        return frozenset({f"{atlas.country}/{named_state}"}) | (_town(atlas, bare, state) if other_state else NOWHERE)
    if fold(bare).endswith((" county", " parish", " borough")):
        return _county(atlas, bare, state)
    found = _town(atlas, bare, state) or _county(atlas, bare, state) or _code(atlas, bare)
    return found or _country(bare) or _with_state(atlas, bare)


def _county(atlas: Atlas, name: str, state: str | None) -> frozenset[str]:
    counties = counties_called(atlas, name, None)
    here = [county for county in counties if county.state == state]
    says_so = fold(name).endswith((" county", " parish", " borough"))
    one = here or (counties if len(counties) == 1 and (state is None or says_so) else [])
    return frozenset(atlas.county_area(county.state, county.label) for county in one)


def _town(atlas: Atlas, name: str, state: str | None) -> frozenset[str]:
    areas = {atlas.town_area(number) for number in atlas.named.get(fold(name), ()) if state in (None, atlas.towns[number].state)}
    return frozenset(areas) if len(areas) == 1 else NOWHERE


def _code(atlas: Atlas, name: str) -> frozenset[str]:
    number = atlas.code_number(name, repair=False)
    return frozenset() if number is None else frozenset({f"{atlas.country}/{atlas.code_at(number).lower()}"})


def _country(name: str) -> frozenset[str]:
    named = country_of(name) if len(fold(name)) > 2 or name.isupper() else None
    return frozenset({named}) if named else NOWHERE


def _with_state(atlas: Atlas, name: str) -> frozenset[str]:
    first, _, rest = name.rpartition(",")
    state = atlas.state_of(rest) if first else None
    return (_town(atlas, first, state) or _county(atlas, first, state)) if state else NOWHERE
