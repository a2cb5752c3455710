"""The rule that finds places which must not be public, and takes them out of a record before anything of it is stored.

The rule, the same for every reader. A place is held for review (``area_only``) when

1. its own texts or address say that it is confidential, undisclosed or told only on a call, or
2. the texts of the service given there, of its program or of its organization speak of a refuge, a safe house, domestic violence, human
   trafficking, abortion care, or housing for young LGBTQ people.

The name of an organization counts for all its services, its description for the places that stand in the same record. "Wildlife refuge" and a
category such as "Shelter/Refuge" do not count, nor do words that say what a place is *not*. The rule would rather hold one place too many: the
listing itself stays, with its phone and its words, and a curator can open the place. An ordinary shelter is not held: its door is how people
find it tonight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from directory.exchange.records import Location, Organization, Program, Service, ServiceAtLocation
from directory.exchange.shapes import shape_of, table_of, walk

HELD = "area_only"
PLACE_FIELDS = ("latitude", "longitude", "alternate_name", "description", "transportation", "url", "external_identifier", "external_identifier_type")
"""The columns of a location that tell where it is, beside its addresses: a building's number in a public register tells it as well as a street."""
WITHHELD = "(withheld)"
Secret = dict[str, Any]
"""What was taken out of one place: ``PLACE_FIELDS``, ``addresses`` and what was left over."""

THEMES = re.compile(
    r"""
    (?<!not\ fleeing\ ) (?<!not\ involving\ ) \b (?: domestic | intimate\ partner | family ) [\s-]+ (?: violence | abuse ) \b
    | \b batter(?:ed|ing) \b | \b wom[ae]n[’']?s? [’']? \s+ (?: shelter | aid\ refuge ) \b
    | (?<!not\ a\ ) (?<!not\ a\ ["“']) \b safe [\s-]? houses? \b
    | (?<![/\w]) (?<!wildlife\ ) \b refuges? \b (?!\s*/) (?!\s+from\s+the\s+(?:heat|cold|rain|weather|sun)\b)
    | \b (?: human | sex | labou?r )[\s-]+ trafficking \b | \b trafficking \s+ (?: victims? | survivors? ) \b
    | \b abortion \s+ (?: care | clinics? | services? | providers? ) \b
    | \b (?: lgbt\w* | queer | trans(?:gender)? ) \b [^.;]{0,40} \b (?: youth | young ) \b [^.;]{0,40} \b (?: housing | shelter | home | homeless ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
FLAGS = re.compile(
    r"""
    \b (?: confidential | undisclosed | secret | unlisted ) \s+ (?: location | address | site | shelter | place | facility ) s? \b
    | \b (?: location | address | site ) s? \s+ (?: \w+ \s+ ){0,3}
      (?: confidential | undisclosed | unpublished | withheld | not\ (?: disclosed | published | public ) ) \b
    | \b call \s+ for \s+ (?: the\ )? (?: location | address | directions ) \b
    | \b p\.? \s? o\.? \s? box \s+ only \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
STAYS = re.compile(
    r"""
    \b (?: shelters? | safe [\s-]? (?: houses? | homes? | housing | places?\ to\ stay ) | transitional\ housing | crisis\ housing | places?\ to\ stay ) \b
    | \b refuges? \b (?!\s+from\s+the\s+(?:heat|cold|rain|weather|sun)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
HOUSE_NUMBER = re.compile(r"^\W*\d+\w?\W+")
ADDRESS_FLAGS = re.compile(r"\b(confidential|undisclosed|withheld|not (disclosed|published))\b", re.IGNORECASE)


def speaks_of_refuge(texts: Iterable[str | None]) -> bool:
    """Whether the texts of a service, program or organization call for its places to be held."""
    text = "\n".join(text for text in texts if text)
    return bool(THEMES.search(text) or FLAGS.search(text))


def is_refuge(texts: Iterable[str | None]) -> bool:
    """Whether people may be staying there in hiding, by the texts of all that is given at a place.

    It says that it is hidden, or it speaks of a theme of refuge and of staying, or it is hidden for a reason that no text tells. The address of such a
    place is looked for in the other records of its organization, and held there too. A hospital whose clinic speaks of violence is held at that clinic's
    record alone: its door is how people find the emergency room tonight.
    """
    text = "\n".join(text for text in texts if text)
    return bool(FLAGS.search(text)) or not THEMES.search(text) or bool(STAYS.search(text))


def tells_of_refuge(record: Struct) -> bool:
    """``is_refuge`` for a record with a held place; a place that is marked as not public, or says so itself, is one."""
    items = list(walk(record))
    if any(isinstance(item, Location) and _says_it_is_hidden(item) for item in items):
        return True
    return is_refuge(text for item in items if isinstance(item, Organization | Program | Service | ServiceAtLocation) for text in _texts(item))


def flagged_entities(record: Struct) -> set[UUID]:
    """The services, programs and organizations of a record whose own words hold their places; of an organization its name."""
    found = set()
    for item in walk(record):
        if isinstance(item, Organization):
            flagged = speaks_of_refuge((item.name, item.alternate_name))
            found |= {item.id} if flagged else set()
        elif isinstance(item, Program | Service) and speaks_of_refuge(_texts(item)):
            found.add(item.id)
    return found


def held_places(record: Struct, flagged: set[UUID]) -> set[UUID]:
    """The locations that a record gives or names and that must be held, given the entities flagged in all that is read with it."""
    found: set[UUID] = set()
    for item in walk(record):
        if isinstance(item, Location) and _says_it_is_hidden(item):
            found.add(item.id)
        elif isinstance(item, Service) and _is_flagged(item, flagged):
            found |= {place for at in item.service_at_locations if (place := _place_of(at))}
        elif isinstance(item, ServiceAtLocation) and (_sal_is_flagged(item, flagged)) and (place := _place_of(item)):
            found.add(place)
        elif isinstance(item, Organization) and (item.id in flagged or speaks_of_refuge(_texts(item))):
            found |= {inner.id for inner in walk(record) if isinstance(inner, Location)}
    return found | _same_addresses(record, found)


def withhold(
    record: Struct, held: Mapping[UUID, str], leftover: Mapping[str, Any], known: Callable[[UUID], Secret]
) -> tuple[Struct, dict[UUID, Secret]]:
    """The record without what tells where its held places are, and what was taken out, by location.

    ``held`` gives the visibility of each. Gone are the fields of ``PLACE_FIELDS``, the addresses, every text anywhere in the record that repeats a
    line of such an address or its code (of one that is ``known`` from before, too), and ``leftover``, which goes to the first of the places: nobody
    can tell what else it says.
    """
    clean = msgspec.convert(msgspec.to_builtins(record), type(record), strict=False)
    secrets: dict[UUID, Secret] = {}
    for item in walk(clean):
        if isinstance(item, Location) and item.id in held:
            item.visibility = held[item.id]
            secrets[item.id] = {**_take_out(item), **secrets.get(item.id, {})}
    telling = telling_pattern([*secrets.values(), *map(known, secrets)])
    if secrets and leftover:
        next(iter(secrets.values()))["leftover"] = dict(leftover)
    if telling:
        _redact(clean, telling)
    return clean, secrets


def owners(record: Struct) -> set[UUID]:
    """The organizations that a record is about or names."""
    found = {item.id for item in walk(record) if isinstance(item, Organization)}
    return found | {value for item in walk(record) if (value := getattr(item, "organization_id", None)) is not None}


def doors_of(secret: Secret) -> set[tuple[str, str]]:
    """The doors of a sealed place, to find the same door under another name."""
    addresses = secret.get("addresses", ())
    return {(_fold(address["address_1"]), _fold(address.get("postal_code") or "")) for address in addresses if address.get("address_1")}


def at_doors(record: Struct, doors: set[tuple[str, str]]) -> set[UUID]:
    """The locations of a record that give one of these addresses."""
    return {item.id for item in walk(record) if isinstance(item, Location) and doors & _doors(item)} if doors else set()


def silenced(record: Any, leftover: Mapping[str, Any], secrets: Iterable[Secret]) -> tuple[Any, dict[str, Any]]:
    """A record that has none of the places itself, and its leftover, without the texts that tell where they are."""
    telling = telling_pattern(secrets)
    if telling is None:
        return record, dict(leftover)
    clean = msgspec.convert(msgspec.to_builtins(record), type(record), strict=False)
    _redact(clean, telling)
    return clean, _without(dict(leftover), telling)


def _without(value: Any, telling: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return telling.sub(WITHHELD, value)
    if isinstance(value, dict):
        return {name: _without(inner, telling) for name, inner in value.items()}
    return [_without(inner, telling) for inner in value] if isinstance(value, list) else value


def telling_texts(secret: Secret) -> set[str]:
    """The texts of a secret that tell where a place is: lines of its addresses, their codes, its numbers."""
    texts = {address.get(name) for address in secret.get("addresses", ()) for name in ("address_1", "address_2", "postal_code")}
    texts |= {street for address in secret.get("addresses", ()) if (street := _street(address.get("address_1") or ""))}
    texts |= {str(number) for name in ("latitude", "longitude") if (number := secret.get(name)) is not None}
    return {text.strip() for text in texts if text and len(text.strip()) >= 4}


def _street(line: str) -> str:
    """The name of a street without its number, where it is one ("Quillfeather Mews"): "On Quillfeather Mews, number 4417" tells as much."""
    street = HOUSE_NUMBER.sub("", line)
    return street if street != line and len(street.split()) > 1 else ""


def telling_pattern(secrets: Iterable[Secret]) -> re.Pattern[str] | None:
    """What finds the telling texts of some secrets in other texts, whatever the case and the blanks; None when there are none."""
    texts = set().union(*map(telling_texts, secrets))
    words = [r"\s+".join(re.escape(word) for word in text.split()) for text in sorted(texts, key=len, reverse=True)]
    return re.compile("|".join(rf"(?<!\w){text}(?!\w)" for text in words), re.IGNORECASE) if words else None


def _texts(item: Struct) -> Iterator[str | None]:
    yield from (value for name in shape_of(type(item)).columns if name != "url" and isinstance(value := getattr(item, name), str))
    for attribute in getattr(item, "attributes", ()):
        if attribute.taxonomy_term:
            yield attribute.taxonomy_term.name


def _says_it_is_hidden(place: Location) -> bool:
    lines = " ".join(line for address in place.addresses for line in (address.address_1, address.address_2, address.attention) if line)
    own = "\n".join(text for text in _texts(place) if text)
    return place.visibility != "public" or bool(ADDRESS_FLAGS.search(lines) or FLAGS.search(lines) or FLAGS.search(own) or THEMES.search(own))


def _is_flagged(item: Service, flagged: set[UUID]) -> bool:
    ids = {item.id, item.organization_id, item.program_id, *(nested.id for nested in (item.organization, item.program) if nested)}
    described = item.organization is not None and speaks_of_refuge((item.organization.description,))
    return described or not ids.isdisjoint(flagged)


def _sal_is_flagged(item: ServiceAtLocation, flagged: set[UUID]) -> bool:
    if speaks_of_refuge((item.description,)) or item.service_id in flagged:
        return True
    return item.service is not None and _is_flagged(item.service, flagged)


def _place_of(item: ServiceAtLocation) -> UUID | None:
    return item.location.id if item.location else item.location_id


def _same_addresses(record: Struct, held: set[UUID]) -> set[UUID]:
    """Places of the record that give the very address of a held one: two names for one door."""
    places = [item for item in walk(record) if isinstance(item, Location)] if held else []
    doors = {door for place in places if place.id in held for door in _doors(place)}
    return {place.id for place in places if doors & _doors(place)}


def _doors(place: Location) -> set[tuple[str, str]]:
    return {(_fold(address.address_1), _fold(address.postal_code or "")) for address in place.addresses if address.address_1}


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _take_out(place: Location) -> Secret:
    if place.point_precision != "given":   # a point that was made of the address tells nothing that the address does not, and opened it would pass for exact
        place.latitude = place.longitude = None
    secret = {name: value for name in PLACE_FIELDS if (value := getattr(place, name)) is not None}
    if place.addresses:
        secret["addresses"] = [msgspec.to_builtins(address) for address in place.addresses]
    for name in PLACE_FIELDS:
        setattr(place, name, None)
    place.addresses = []
    place.point_precision = "given"
    return secret


def _redact(record: Struct, telling: re.Pattern[str]) -> None:
    for item in walk(record):
        if table_of(item) in ("address", "service_area"):
            continue
        for owner in (item, *getattr(item, "attributes", ())):
            for name in owner.__struct_fields__:
                value = getattr(owner, name)
                if isinstance(value, str):
                    setattr(owner, name, telling.sub(WITHHELD, value))
