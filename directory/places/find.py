"""From what a person types to a place: a code, a town, a point; never a guess, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from directory.places.answers import Ambiguous, Choice, Found, PlaceAnswer, Unknown
from directory.places.atlas import Atlas
from directory.places.gazetteer import Gazetteer, as_gazetteer
from directory.places.names import MOST_CHOICES, find_state, find_town, find_wide, town_label
from directory.places.own import OwnTown, own_towns, place_of_town, towns_called
from directory.places.points import FAR_FROM_CODE_KM, read_point
from directory.places.regions import country_label, country_of
from directory.places.spelling import LONGEST_TEXT, clean, fold
from directory.places.suggest import near_spellings
from matching.values import Place

SLACK_KM = 3.0
"""A point may lie in any code whose middle is this much farther than the nearest middle; a code is good to 1 to 5 km."""


def find_place(source: Session | Gazetteer, text: str, *, country: str | None = None, geocoder: Any | None = None) -> PlaceAnswer:
    """The place that a text means: a postcode, a town (with its state or county), an address that ends in one, or ``latitude, longitude``.

    1. A point is taken as it is, coarse. 2. A code, whole or at the end of the text. 3. A town. 4. A state or county is too wide to stand in:
    its largest towns are offered. 5. A town by the name that the directory's own addresses give it. 6. Only then a ``geocoder`` of geopy's kind is
    asked, if the caller names one. 7. Else near spellings are offered. ``country`` (two letters) limits what the gazetteer says. The text is neither
    logged nor kept.
    """
    text = clean(text)
    if not text or len(text) > LONGEST_TEXT:
        return Unknown(text=text[:LONGEST_TEXT])
    gazetteer = as_gazetteer(source, country)
    answer = find_offline(gazetteer, text)
    own = own_towns(source) if answer is None and isinstance(source, Session) else []
    answer = answer or _own(gazetteer, towns_called(own, text))
    if answer is None and geocoder is not None:
        answer = _asked(gazetteer, geocoder, text)
    return answer or Unknown(text=text, near=near_spellings(gazetteer, text, own))


def find_offline(gazetteer: Gazetteer, text: str) -> Found | Ambiguous | None:
    """What the gazetteer alone knows of a cleaned text; None when it knows nothing."""
    place = read_point(text)
    if place is not None:
        return _at_point(gazetteer, place)
    for part, atlases in _readings(gazetteer, text):
        answer = _code(atlases, part) or _code_in_address(atlases, part) or find_state(atlases, part)
        answer = answer or find_town(atlases, part) or find_wide(atlases, part)
        if answer is not None:
            return answer
    return None


def _readings(gazetteer: Gazetteer, text: str) -> Iterator[tuple[str, list[Atlas]]]:
    """The text as it is; then, where it ends in the name of a country, the rest of it in that country (Toronto, CA is no place in California)."""
    yield text, list(gazetteer.atlases.values())
    words = text.replace(",", " , ").split()
    for count in range(1, min(5, len(words))):
        named = country_of(" ".join(words[-count:])) if "," not in words[-count:] else None
        if named and named in gazetteer.atlases:
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
    return Found(place=place, areas=areas, label=f"{label}, near {town_label(atlas, atlas.code_towns[near[0][1]][0])}")


def _code(atlases: list[Atlas], text: str, *, repair: bool = True) -> Found | Ambiguous | None:
    hits = [(atlas, number) for atlas in atlases if (number := atlas.code_number(text, repair=repair)) is not None]
    if len(hits) == 1:
        return found_code(*hits[0])
    return Ambiguous(choices=tuple(_code_choice(*hit) for hit in hits[:MOST_CHOICES])) if hits else None


def found_code(atlas: Atlas, number: int) -> Found:
    """The middle of a code."""
    latitude, longitude = atlas.code_point(number)
    label = f"{atlas.code_at(number)}, {town_label(atlas, atlas.code_towns[number][0])}"
    place = Place(latitude=latitude, longitude=longitude, precision="code", name=label[:LONGEST_TEXT])
    return Found(place=place, areas=atlas.areas_of_code(number), label=label)


def _code_choice(atlas: Atlas, number: int) -> Choice:
    code, country = atlas.code_at(number), country_label(atlas.country)
    return Choice(label=f"{code}, {town_label(atlas, atlas.code_towns[number][0])}, {country}", text=f"{code}, {country}")


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


def _own(gazetteer: Gazetteer, towns: list[OwnTown]) -> Found | Ambiguous | None:
    """A town of the directory; where several have the name, which one is meant."""
    if len(towns) > 1:
        return Ambiguous(choices=tuple(Choice(label=town.label, text=town.label) for town in towns[:MOST_CHOICES]))
    for town in towns:
        place = place_of_town(town)
        return Found(place=place, areas=_at_point(gazetteer, place).areas, label=town.label)
    return None


# --- a geocoder elsewhere ---------------------------------------------------------------------------------------------------------


def _asked(gazetteer: Gazetteer, geocoder: Any, text: str) -> Found | Ambiguous | None:
    """What a geocoder of geopy's kind says; its points are made coarse, and several far apart are a question, not a choice of ours."""
    places: dict[Place, str] = {}
    for location in geocoder.geocode(text, exactly_one=False) or []:
        place = read_point(f"{location.latitude:.6f}, {location.longitude:.6f}")
        if place is not None:
            places.setdefault(place, clean(str(location.address))[:LONGEST_TEXT])
    choices = list(places.items())
    if len(choices) > 1:
        return Ambiguous(choices=tuple(Choice(label=address, text=f"{place.latitude:.2f}, {place.longitude:.2f}")
                                       for place, address in choices[:MOST_CHOICES]))  # fmt: skip
    for place, address in choices:
        at = _at_point(gazetteer, place)
        named = Place(latitude=place.latitude, longitude=place.longitude, precision="code", name=address)
        return Found(place=named, areas=at.areas, label=address)
    return None
