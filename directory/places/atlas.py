"""The atlas of one country: its codes, towns, counties and states in memory, ready to be asked thousands of times a second."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from directory.places.codes import code_forms
from directory.places.regions import US_STATES, county_keys, county_label, state_key, state_label
from directory.places.rows import Row
from directory.places.spelling import fold
from directory.places.towns import KM_OF_A_DEGREE, make_towns, middle

WORLD = "world"
"""The area that every place lies in."""


class County:
    """A county: the key of its state, its label, and the towns in it by their number."""

    __slots__ = ("label", "state", "towns")

    def __init__(self, state: str, label: str) -> None:
        self.state, self.label, self.towns = state, label, list[int]()


class Atlas:
    """One country. ``codes`` and ``named`` give numbers into the columns; an atlas never changes once made."""

    def __init__(self, country: str, rows: Iterable[Row]) -> None:
        self.country = country
        kept = list(rows)
        self.states = {key: label for row in kept if (key := state_key(country, row.state, row.state_code))
                       if (label := state_label(country, row.state, row.state_code))}  # fmt: skip
        if country == "us":
            self.states |= {code.lower(): name for code, name in US_STATES.items()}
        self.state_keys = {fold(label): key for key, label in self.states.items()}
        self.towns = make_towns(kept)
        self._take_codes(kept)
        self._take_names()
        self.resolved: dict[tuple[str, str | None], frozenset[str]] = {}   # filled by ``areas``, which meets the same few names thousands of times

    def _take_codes(self, rows: list[Row]) -> None:
        points: dict[str, list[tuple[float, float]]] = {}
        counties: dict[str, set[str]] = {}
        areas: dict[tuple[str, str, str], str] = {}   # one string for each county, not one for each code
        for row in rows:
            points.setdefault(row.code, []).append((row.latitude, row.longitude))
            if row.county:
                key = (row.state, row.state_code, row.county)
                if key not in areas:
                    areas[key] = self.county_area(state_key(self.country, *key[:2]), county_label(self.country, *key[1:]))
                counties.setdefault(row.code, set()).add(areas[key])
        self.codes = {code: number for number, code in enumerate(points)}
        middles = np.array([middle(found) for found in points.values()]).reshape(-1, 2)
        self.latitudes, self.longitudes = middles[:, 0], middles[:, 1]
        self.northward = self.latitudes.argsort(kind="stable")
        self.code_counties = [tuple(sorted(counties.get(code, ()))) for code in points]

    def _take_names(self) -> None:
        named: dict[str, list[int]] = {}
        of_code: list[list[int]] = [[] for _ in self.codes]
        counties: dict[tuple[str, str], County] = {}
        for number, town in enumerate(self.towns):
            named.setdefault(fold(town.name), []).append(number)
            for code in town.codes:
                of_code[self.codes[code]].append(number)
            for label in town.counties[:1]:
                counties.setdefault((town.state, label), County(town.state, label)).towns.append(number)
        for town in self.towns:   # a county in which no town has most of its codes is a county all the same
            for label in town.counties[1:]:
                counties.setdefault((town.state, label), County(town.state, label))
        self.named = {name: tuple(numbers) for name, numbers in named.items()}
        self.code_towns = [self._likeliest_first(code, numbers) for code, numbers in enumerate(of_code)]
        self.counties: dict[str, list[County]] = {}
        for county in counties.values():
            for key in county_keys(county.label):
                self.counties.setdefault(key, []).append(county)

    def _likeliest_first(self, code: int, numbers: list[int]) -> tuple[int, ...]:
        """The town with most codes is the one people know; among equals, the one nearest to the middle of this code."""
        latitude, longitude = self.code_point(code)

        def order(number: int) -> tuple[bool, int, float]:
            town = self.towns[number]
            return town.is_alias, -len(town.codes), abs(town.latitude - latitude) + abs(town.longitude - longitude)

        return tuple(sorted(numbers, key=order))

    @cached_property
    def town_points(self) -> np.ndarray:
        """Latitude and longitude of every town, by its number; not a number for one that is only another's name."""
        return np.array([(np.nan, np.nan) if town.is_alias else (town.latitude, town.longitude) for town in self.towns]).reshape(-1, 2)

    @cached_property
    def names(self) -> list[str]:
        """Every folded town name, for the search of near spellings."""
        return list(self.named)

    def code_number(self, text: str, *, repair: bool = True) -> int | None:
        """The number of the code that a text means here; None when it is no code of this country, or none that is known."""
        return next((self.codes[form] for form in code_forms(self.country, text, repair=repair) if form in self.codes), None)

    def code_at(self, number: int) -> str:
        """The code with a number."""
        return self._codes_in_order[number]

    @cached_property
    def county_codes(self) -> dict[str, list[int]]:
        """The numbers of the codes that lie in each county, in whole or in part, by the area name of the county."""
        held: dict[str, list[int]] = {}
        for number, counties in enumerate(self.code_counties):
            for county in counties:
                held.setdefault(county, []).append(number)
        return held

    @cached_property
    def _codes_in_order(self) -> list[str]:
        return list(self.codes)

    def code_point(self, number: int) -> tuple[float, float]:
        """Latitude and longitude of the middle of a code."""
        return float(self.latitudes[number]), float(self.longitudes[number])

    def codes_near(self, latitude: float, longitude: float, *, within_km: float, slack_km: float) -> list[tuple[float, int]]:
        """The distances in km and numbers of the codes whose middle is at most ``slack_km`` farther than the nearest, itself first.

        Empty when even the nearest is more than ``within_km`` away. The middle of a code says little of where it ends, hence the slack.
        """
        band = (within_km + slack_km) / KM_OF_A_DEGREE + 1e-6   # degrees; nothing farther north or south than this can count
        first, last = np.searchsorted(self.latitudes, (latitude - band, latitude + band), sorter=self.northward)
        numbers = self.northward[first:last]
        east = (self.longitudes[numbers] - longitude + 180) % 360 - 180
        flat_km = np.hypot(self.latitudes[numbers] - latitude, east * np.cos(np.radians(latitude))) * KM_OF_A_DEGREE
        nearest_km = float(flat_km.min(initial=np.inf))
        if nearest_km > within_km:
            return []
        kept = flat_km <= nearest_km + slack_km
        return sorted(zip(flat_km[kept].tolist(), numbers[kept].tolist(), strict=True))

    def state_of(self, text: str) -> str | None:
        """The key of the state that a text names in full or by its letters."""
        folded = fold(text)
        return self.state_keys.get(folded) or (folded if folded in self.states else None)

    def county_area(self, state: str, label: str) -> str:
        """The area name of a county."""
        return "/".join(part for part in (self.country, state, fold(label)) if part)

    def town_area(self, number: int) -> str:
        """The area name of a town."""
        town = self.towns[number]
        return "/".join(part for part in (self.country, town.state, fold(town.name)) if part)

    def wide_areas(self, state: str) -> set[str]:
        """The areas that hold a whole state: the world, the country, the state."""
        return {WORLD, self.country, *([f"{self.country}/{state}"] if state else [])}

    def areas_of_code(self, number: int) -> frozenset[str]:
        """Every area that a code lies in, in whole or in part."""
        towns = self.code_towns[number]
        found = {f"{self.country}/{self.code_at(number).lower()}", *self.code_counties[number], *(self.town_area(town) for town in towns)}
        for town in towns:
            found |= self.wide_areas(self.towns[town].state)
        return frozenset(found)

    def areas_of_town(self, number: int) -> frozenset[str]:
        """Every area that a town lies in, and the codes in it: whoever names a town may live under any of them."""
        town = self.towns[number]
        found = self.wide_areas(town.state) | {self.town_area(number)}
        found |= {self.county_area(town.state, label) for label in town.counties}
        for code in town.codes:
            found.add(f"{self.country}/{code.lower()}")
            found.update(self.code_counties[self.codes[code]])
        return frozenset(found)
