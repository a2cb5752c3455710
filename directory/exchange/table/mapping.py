"""How the columns of any CSV file become records: the form of a mapping file, read and checked before the table is.

A mapping is TOML. ``exchange/mapping/los_angeles_food_pantry.toml`` is a worked case; these are all the parts::

    key = ["name", "city"]                  # the columns that name a record for ever; repeats are told apart by their order. Never an
                                            # address or postcode: a key is kept in the open, and some places must stay unknown

    [source]                                # what the records come from, shown to people
    code = "los-angeles-food-pantries"
    name = "Los Angeles food pantries"
    licence = "MIT"
    timezone = "America/Los_Angeles"
    country = "US"

    [header]                                # names by position, from 1, where the header repeats one or leaves one out
    30 = "day6_close"

    [columns]                               # field of a record = column (the fields are in FIELDS)
    "service.name" = "name"

    [constants]                             # field of a record = the same text for every row
    "location.country" = "US"

    [values."location.state_province"]      # what a column's value stands for
    California = "CA"

    [[schedules]]                           # a day code with its hours, as often as the table has them
    days = "daycode1"
    opens = "day1_open"
    closes = "day1_close"

    [days]                                  # day codes; an ordinal may follow
    Mon = "MO"
    [ordinals]
    1st = 1
    Last = -1

    [terms]
    every = ["supports.food_pantry"]        # terms on every record
    [terms.columns]                         # column = the group of rules below that reads it (the form is that of reading/wordrules.py)
    category = "category"
    [category.words]
    "food pantry" = ["supports.food_pantry"]
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from directory.errors import UnreadableInput
from directory.exchange.reading.shipped import FOLDER
from directory.exchange.reading.wordrules import Term, Words, read_term, words_of
from directory.exchange.records import SourceInfo
from directory.hours import DAYS

FIELDS = frozenset({
    "organization.name", "organization.description", "organization.website", "organization.email",
    "service.name", "service.alternate_name", "service.description", "service.url", "service.email", "service.phone", "service.fax", "service.hours",
    "service.languages", "service.area", "service.fees_description", "service.application_process", "service.eligibility_description",
    "service.minimum_age", "service.maximum_age",
    "location.name", "location.description", "location.transportation", "location.address_1", "location.address_2", "location.city",
    "location.state_province", "location.postal_code", "location.country", "location.latitude", "location.longitude", "location.accessibility",
})  # fmt: skip
"""The fields that a column or constant may fill."""


TELLING = ("address_1", "address_2", "postal_code", "latitude", "longitude")
"""The fields of a location that tell where it is."""


class Times(Struct, frozen=True, forbid_unknown_fields=True):
    """The columns of one day code and its hours."""

    days: str
    opens: str
    closes: str


class TermColumns(Struct, frozen=True, forbid_unknown_fields=True):
    """Terms on every record, and the columns that the rules read."""

    every: tuple[str, ...] = ()
    columns: dict[str, str] = {}


class Mapping(Struct, frozen=True, kw_only=True):
    """A mapping file, checked."""

    key: tuple[str, ...]
    source: SourceInfo
    header: dict[int, str] = {}
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    schedules: tuple[Times, ...] = ()
    days: dict[str, str] = {}
    ordinals: dict[str, int] = {}
    terms: TermColumns = field(default_factory=TermColumns)
    rules: dict[str, Words] = {}
    every: tuple[Term, ...] = ()

    def needed(self) -> list[str]:
        """Every column that the mapping names, in its order."""
        of_days = (column for times in self.schedules for column in (times.days, times.opens, times.closes))
        return list(dict.fromkeys([*self.key, *self.columns.values(), *of_days, *self.terms.columns]))

    def fits(self, header: list[str]) -> bool:
        """Whether a header, as the file has it, carries every column that the mapping names."""
        named = [self.header.get(position, name) for position, name in enumerate(header, 1)]
        return max(self.header, default=0) <= len(header) and set(self.needed()) <= set(named)


def load_mapping(mapping: Path | str) -> Mapping:
    """A mapping from a file, or by its name one that is shipped. UnreadableInput says what in the file is not understood."""
    path = mapping if isinstance(mapping, Path) else FOLDER / f"{mapping}.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableInput(f"the mapping cannot be opened ({error.strerror}).", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"the mapping is not TOML in UTF-8 ({error}).", file=path.name) from error
    try:
        return _checked(_mapping(data, path.stem), path.name)
    except (msgspec.ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableInput(f"the mapping is not understood: {error}.", file=path.name) from error


def _mapping(data: dict[str, Any], name: str) -> Mapping:
    parts = set(Mapping.__struct_fields__) - {"rules", "every"}
    known = {part: data[part] for part in data if part in parts}
    known["source"] = {"kind": "table", "code": name, "name": name, **data.get("source", {})}
    terms = msgspec.convert(data.get("terms", {}), TermColumns)
    groups = {group: words_of(data[group]) for group in terms.columns.values()}
    if unknown := set(data) - parts - set(groups):
        raise ValueError(f"it has the part {', '.join(sorted(unknown))}, which no mapping has")
    mapping = msgspec.convert(known, Mapping, strict=False)
    return msgspec.structs.replace(mapping, rules=groups, every=tuple(read_term(text) for text in terms.every))


def _checked(mapping: Mapping, file: str) -> Mapping:
    if wrong := {*mapping.columns, *mapping.constants, *mapping.values} - FIELDS:
        fields = ", ".join(sorted(FIELDS))
        raise UnreadableInput(f"the mapping fills {', '.join(sorted(wrong))}, which is no field. The fields are: {fields}.", file=file)
    if "service.name" not in mapping.columns:
        raise UnreadableInput('the mapping names no column for "service.name", and a record needs a name.', file=file)
    if telling := sorted(column for name in TELLING if (column := mapping.columns.get(f"location.{name}")) in mapping.key and column):
        raise UnreadableInput(f"the key holds {', '.join(telling)}: a key is kept in the open, and some addresses must stay unknown.", file=file)
    if not mapping.key:
        raise UnreadableInput("the mapping has no key: name the columns that stay the same when a record changes.", file=file)
    if wrong_days := set(mapping.days.values()) - set(DAYS):
        raise UnreadableInput(f"the mapping has the day {', '.join(sorted(wrong_days))}; days are {', '.join(DAYS)}.", file=file)
    return mapping
