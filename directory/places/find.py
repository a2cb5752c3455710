"""From what a person types to a place: a code, a town, a point; never a guess, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from directory.places.answers import Ambiguous, Choice, Found, PlaceAnswer, Unknown
from directory.places.atlas import Atlas, County
from directory.places.gazetteer import Gazetteer, as_gazetteer
from directory.places.points import FAR_FROM_CODE_KM, read_point
from directory.places.regions import country_label, country_of, county_keys
from directory.places.spelling import LONGEST_TEXT, clean, fold
from directory.places.suggest import near_spellings
from matching.values import Place

MOST_CHOICES = 10
SLACK_KM = 3.0
"""A point may lie in any code whose middle is this much farther than the nearest middle; a code is good to 1 to 5 km."""


def find_place(source: Session | Gazetteer, text: str, *, country: str | None = None, geocoder: Any | None = None) -> PlaceAnswer:
    """The place that a text means: a postcode, a town (with its state or county), an address that ends in one, or ``latitude, longitude``.

    1. A point is taken as it is, coarse. 2. A code, whole or at the end of the text. 3. A town. 4. A state or county is too wide to stand in:
    its largest towns are offered. 5. Only then a ``geocoder`` of geopy's kind is asked, if the caller names one. 6. Else near spellings are offered.
    ``country`` (two letters) limits all but the fifth. The text is neither logged nor kept.
    """
    text = clean(text)
    if not text or len(text) > LONGEST_TEXT:
        return Unknown(text=text[:LONGEST_TEXT])
    gazetteer = as_gazetteer(source, country)
    answer = find_offline(gazetteer, text)
    if answer is None and geocoder is not None:
        answer = _asked(gazetteer, geocoder, text)
    return answer or Unknown(text=text, near=near_spellings(gazetteer, text))


def find_offline(gazetteer: Gazetteer, text: str) -> Found | Ambiguous | None:
    """What the gazetteer alone knows of a cleaned text; None when it knows nothing."""
    place = read_point(text)
    if place is not None:
        return _at_point(gazetteer, place)
    for part, atlases in _readings(gazetteer, text):
        answer = _code(atlases, part) or _code_in_address(atlases, part) or _state(atlases, part) or _town(atlases, part) or _wide(atlases, part)
        if answer is not None:
            return answer
    return None


def _readings(gazetteer: Gazetteer, text: str) -> Iterator[tuple[str, list[Atlas]]]:
    """The text as it is; then, where it ends in the name of a country, the rest of it in that country (Toronto, CA is no place in California)."""
    yield text, list(gazetteer.atlases.values())
    words = text.replace(",", " , ").split()
    for count in range(1, min(5, len(words))):
        named = country_of(" ".join(words[-count:])) if "," not in words[-count:] else None
        if named in gazetteer.atlases:
            rest = " ".join(words[:-count]).replace(" ,", ",").rstrip(" ,")
            yield rest, [gazetteer.atlases[named]]


# --- points and codes -------------------------------------------------------------------------------------------------------------


def _at_point(gazetteer: Gazetteer, place: Place) -> Found:
    """A point lies in the areas of the codes around it; far from every known code, nothing is said of its areas."""
    label = f"{place.latitude:.2f}, {place.longitude:.2f}"
    around = [(near, atlas) for atlas in gazetteer.atlases.values()
              if (near := atlas.codes_near(place.latitude, place.longitude, within_km=FAR_FROM_CODE_KM, slack_km=SLACK_KM))]  # fmt: skip
    if not around:
        return Found(place=place, areas=frozenset(), label=label)
    near, atlas = min(around, key=lambda one: one[0][0])
    areas = frozenset[str]().union(*(atlas.areas_of_code(number) for _, number in near))
    return Found(place=place, areas=areas, label=f"{label}, near {_town_label(atlas, atlas.code_towns[near[0][1]][0])}")


def _code(atlases: list[Atlas], text: str, *, repair: bool = True) -> Found | Ambiguous | None:
    hits = [(atlas, number) for atlas in atlases if (number := atlas.code_number(text, repair=repair)) is not None]
    if len(hits) == 1:
        return found_code(*hits[0])
    return Ambiguous(choices=tuple(_code_choice(*hit) for hit in hits[:MOST_CHOICES])) if hits else None


def found_code(atlas: Atlas, number: int) -> Found:
    """The middle of a code."""
    latitude, longitude = atlas.code_point(number)
    label = f"{atlas.code_at(number)}, {_town_label(atlas, atlas.code_towns[number][0])}"
    place = Place(latitude=latitude, longitude=longitude, precision="code", name=label[:LONGEST_TEXT])
    return Found(place=place, areas=atlas.areas_of_code(number), label=label)


def _code_choice(atlas: Atlas, number: int) -> Choice:
    code, country = atlas.code_at(number), country_label(atlas.country)
    return Choice(label=f"{code}, {_town_label(atlas, atlas.code_towns[number][0])}, {country}", text=f"{code}, {country}")


def _code_in_address(atlases: list[Atlas], text: str) -> Found | Ambiguous | None:
    """A code at the end of an address, or in front of the name of one of its own towns: a number in front of a street is a house."""
    words = text.replace(",", " ").split()
    for count in (2, 1):
        if len(words) > count:
            rest = set(fold(" ".join(words[:-count])).split())
            holding = [atlas for atlas in atlases if (number := atlas.code_number(" ".join(words[-count:]), repair=False)) is not None
                       if _names_a_town_of(atlas, number, rest)]  # fmt: skip
            answer = _code(holding or atlases, " ".join(words[-count:]), repair=False)
            if answer is not None:
                return answer
            behind = set(fold(" ".join(words[count:])).split())
            for atlas in atlases:
                number = atlas.code_number(" ".join(words[:count]), repair=False)
                if number is not None and _names_a_town_of(atlas, number, behind):
                    return found_code(atlas, number)
    return None


def _names_a_town_of(atlas: Atlas, number: int, words: set[str]) -> bool:
    return any(set(fold(atlas.towns[town].name).split()) <= words for town in atlas.code_towns[number])


# --- towns ------------------------------------------------------------------------------------------------------------------------


def _town(atlases: list[Atlas], text: str) -> Found | Ambiguous | None:
    parts = [part for part in (part.strip() for part in text.split(",")) if fold(part)]
    while parts:
        hits = [(atlas, number) for atlas in atlases for number in _towns_called(atlas, parts)]
        if hits:
            return found_town(*hits[0]) if len(hits) == 1 else Ambiguous(choices=_town_choices(hits))
        if not any(letter.isdigit() for letter in parts[0]):
            return None   # only a street may be left aside: a word that is not understood may be the very place
        parts = parts[1:]
    return None


def _towns_called(atlas: Atlas, parts: list[str]) -> list[int]:
    name, *qualifiers = parts
    numbers = _qualified(atlas, fold(name), qualifiers)
    words = name.split()
    for split in range(len(words) - 1, max(0, len(words) - 5), -1):
        if not numbers and atlas.state_of(" ".join(words[split:])) is not None:   # Portland Oregon
            numbers = _qualified(atlas, fold(" ".join(words[:split])), [" ".join(words[split:]), *qualifiers])
    return numbers


def _qualified(atlas: Atlas, name: str, qualifiers: list[str]) -> list[int]:
    numbers = list(atlas.named.get(name, ()))
    for qualifier in reversed(qualifiers):   # the state stands last, and a word that is both means the state there
        state, county = atlas.state_of(qualifier), fold(qualifier)
        in_state = [number for number in numbers if state is not None and atlas.towns[number].state == state]
        most = [number for number in numbers if county in county_keys(atlas.towns[number].county)]
        some = [number for number in numbers if any(county in county_keys(label) for label in atlas.towns[number].counties)]
        numbers = in_state or most or some
    return numbers


def found_town(atlas: Atlas, number: int) -> Found:
    """The middle of a town."""
    town = atlas.towns[number]
    label = _town_label(atlas, number)
    place = Place(latitude=town.latitude, longitude=town.longitude, precision="town", name=label[:LONGEST_TEXT])
    return Found(place=place, areas=atlas.areas_of_town(number), label=label)


def _town_label(atlas: Atlas, number: int) -> str:
    town = atlas.towns[number]
    state = atlas.states.get(town.state, "")
    return ", ".join(part for part in (town.name, state or country_label(atlas.country)) if part)


def _town_choices(hits: list[tuple[Atlas, int]]) -> tuple[Choice, ...]:
    """The towns with most codes first; where words cannot tell two apart, their codes do."""
    abroad = len({atlas.country for atlas, _ in hits}) > 1
    label_of = {hit: _full_label(*hit, abroad) for hit in hits}
    labels = list(label_of.values())
    ordered = sorted(hits, key=lambda hit: (-len(hit[0].towns[hit[1]].codes), label_of[hit], hit[1]))
    choices = []
    for atlas, number in islice(ordered, MOST_CHOICES):
        label = label_of[(atlas, number)]
        if labels.count(label) == 1:
            choices.append(Choice(label=label, text=label))
        else:
            code = atlas.towns[number].codes[0]
            choices.append(Choice(label=f"{label} ({code})", text=f"{code}, {country_label(atlas.country)}"))
    return tuple(choices)


def _full_label(atlas: Atlas, number: int, abroad: bool) -> str:
    town = atlas.towns[number]
    state, country = atlas.states.get(town.state, ""), country_label(atlas.country) if abroad else ""
    return ", ".join(part for part in (town.name, town.county, state, country) if part)


# --- wider areas ------------------------------------------------------------------------------------------------------------------


def _state(atlases: list[Atlas], text: str) -> Ambiguous | None:
    """A state is no place to stand in: its largest towns are the question back, and with them the towns of the same name (New York, Washington)."""
    name = fold(text)
    hits = [(atlas, number) for atlas in atlases if (state := atlas.state_keys.get(name))
            for number, town in enumerate(atlas.towns) if town.state == state and not town.is_alias]  # fmt: skip
    if not hits:
        return None
    same_name = [(atlas, number) for atlas in atlases for number in atlas.named.get(name, ())]
    return Ambiguous(choices=_town_choices(list(dict.fromkeys(hits + same_name))), wide=True)


def _wide(atlases: list[Atlas], text: str) -> Ambiguous | None:
    """A state by its letters or a county, for which the same holds; counties of one name in several states are asked for first."""
    parts = [part for part in text.split(",") if fold(part)]
    if not parts or len(parts) > 2:
        return None
    if len(parts) == 1:
        states = [(atlas, state) for atlas in atlases if (state := atlas.state_of(parts[0]))]
        hits = [(atlas, number) for atlas, state in states for number, town in enumerate(atlas.towns)
                if town.state == state and not town.is_alias]  # fmt: skip
        if hits:
            return Ambiguous(choices=_town_choices(hits), wide=True)
    counties = [(atlas, county) for atlas in atlases for county in counties_called(atlas, parts[0], parts[1] if len(parts) == 2 else None)]
    if len(counties) > 1:
        return Ambiguous(choices=tuple(_county_choice(*one) for one in counties[:MOST_CHOICES]), wide=True)
    hits = [(atlas, number) for atlas, county in counties for number in county.towns if not atlas.towns[number].is_alias]
    return Ambiguous(choices=_town_choices(hits), wide=True) if hits else None


def counties_called(atlas: Atlas, name: str, state: str | None) -> list[County]:
    """The counties of a name, with or without the word county, in one state or in all."""
    found = atlas.counties.get(fold(name), [])
    return found if state is None else [county for county in found if county.state == atlas.state_of(state)]


def _county_choice(atlas: Atlas, county: County) -> Choice:
    label = ", ".join(part for part in (county.label, atlas.states.get(county.state, "")) if part)
    return Choice(label=label, text=label)


# --- a geocoder elsewhere ---------------------------------------------------------------------------------------------------------


def _asked(gazetteer: Gazetteer, geocoder: Any, text: str) -> Found | Ambiguous | None:
    """What a geocoder of geopy's kind says; its points are made coarse, and several far apart are a question, not a choice of ours."""
    locations = geocoder.geocode(text, exactly_one=False) or []
    places = {read_point(f"{one.latitude:.6f}, {one.longitude:.6f}"): str(one.address) for one in reversed(locations)}
    choices = [(place, address[:LONGEST_TEXT]) for place, address in reversed(places.items()) if place is not None]
    if len(choices) > 1:
        return Ambiguous(choices=tuple(Choice(label=address, text=f"{place.latitude:.2f}, {place.longitude:.2f}")
                                       for place, address in choices[:MOST_CHOICES]))  # fmt: skip
    for place, address in choices:
        at = _at_point(gazetteer, place)
        named = Place(latitude=place.latitude, longitude=place.longitude, precision="code", name=address)
        return Found(place=named, areas=at.areas, label=address)
    return None
