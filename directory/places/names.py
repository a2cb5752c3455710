"""From a name to a town, or to the question which of several is meant; a state or county asks which part of it."""

from __future__ import annotations

from itertools import islice

from directory.places.answers import Ambiguous, Choice, Found
from directory.places.atlas import Atlas, County
from directory.places.regions import country_label, county_keys
from directory.places.spelling import LONGEST_TEXT, fold
from matching.values import Place

MOST_CHOICES = 10

# --- towns ------------------------------------------------------------------------------------------------------------------------


def find_town(atlases: list[Atlas], text: str) -> Found | Ambiguous | None:
    """The town that a text names, with its state, county or both behind it; a street in front is left aside."""
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
    label = town_label(atlas, number)
    place = Place(latitude=town.latitude, longitude=town.longitude, precision="town", name=label[:LONGEST_TEXT])
    return Found(place=place, areas=atlas.areas_of_town(number), label=label)


def town_label(atlas: Atlas, number: int) -> str:
    """The town and its state, as people read it."""
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


def find_state(atlases: list[Atlas], text: str) -> Ambiguous | None:
    """A state is no place to stand in: its largest towns are the question back, and with them the towns of the same name (New York, Washington)."""
    name = fold(text)
    hits = [(atlas, number) for atlas in atlases if (state := atlas.state_keys.get(name))
            for number, town in enumerate(atlas.towns) if town.state == state and not town.is_alias]  # fmt: skip
    if not hits:
        return None
    same_name = [(atlas, number) for atlas in atlases for number in atlas.named.get(name, ())]
    return Ambiguous(choices=_town_choices(list(dict.fromkeys(hits + same_name))), wide=True)


def find_wide(atlases: list[Atlas], text: str) -> Ambiguous | None:
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
