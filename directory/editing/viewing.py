"""A sheet laid out by what people see as one thing, and what it says of each in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.editing.words import VISIBILITIES, said_of
from directory.exchange.intake.upsert import Key
from directory.exchange.records import Attribute, Location, Schedule
from directory.exchange.shapes import table_of, walk
from directory.facts import NO

Subject = tuple[str, ...]
"""What a difference is about: fields and rows that people see as one thing have one subject."""


class Words(Struct, frozen=True, kw_only=True):
    """How a reader is told: ``label`` gives a taxonomy's code in plain words, ``hours`` some rows of opening hours as sentences."""

    label: Callable[[str, str], str]
    hours: Callable[[Sequence[Schedule]], Sequence[str]]


class View:
    """A sheet, with everything in it by table and id."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet, self.words = sheet, words
        self.items: dict[Key, Any] = {}
        self.home: dict[Key, Any] = {}
        for item in walk(sheet.service):
            self.items.setdefault(_key(item), item)
            for attribute in getattr(item, "attributes", ()):
                self.home[_key(attribute)], self.items[_key(attribute)] = item, attribute
        for at in sheet.service.service_at_locations:
            self.home |= {_key(row): at for row in at.schedules}
        for place in sheet.places:
            for one in walk(place):
                if one is not place:
                    self.home.setdefault(_key(one), place)

    def said(self, subject: Subject) -> str:
        """What the sheet says of a subject, in words; a list of hours has a line for each sentence."""
        kind, *rest = subject
        if kind == "service":
            value = getattr(self.sheet.service, rest[0])
            return f"{value:g}" if isinstance(value, float) else str(value or "")
        if kind == "terms":
            return "; ".join(sorted(self._term(one) for one in self._terms(rest[0], rest[1], rest[2])))
        if kind == "list":
            return self._list(rest[0])
        item = self.items.get((rest[0], UUID(rest[1])))
        return "" if item is None else self._row(kind, item, rest)

    def _row(self, kind: str, item: Any, rest: list[str]) -> str:
        if kind == "hours":
            return self._hours(item.schedules)
        if kind == "place":
            return _place(item, rest[2])
        return self._term(item) if isinstance(item, Attribute) else self._hours([item]) if isinstance(item, Schedule) else said_of(item)

    def _list(self, table: str) -> str:
        items = [item for key, item in self.items.items() if key[0] == table and key not in self.home]
        return self._hours(items) if table == "schedule" else "; ".join(filter(None, map(said_of, items)))

    def _hours(self, rows: Sequence[Schedule]) -> str:
        return "\n".join(self.words.hours(rows))

    def _term(self, one: Attribute) -> str:
        foreign = one.taxonomy_term.name if one.taxonomy_term else ""
        name = one.label or foreign or self.words.label(one.taxonomy or "", one.code or "")
        return f"not: {name}" if one.value == NO else f"{name}: {one.value}" if one.value else name

    def _terms(self, taxonomy: str, link_type: str, table: str) -> Iterator[Attribute]:
        for key, one in self.items.items():
            if key[0] == "attribute" and kind_of_term(one, self.home[key]) == (taxonomy, link_type, table):
                yield one


def kind_of_term(one: Attribute, home: Any) -> tuple[str, str, str]:
    """The list that a term belongs to: its taxonomy, how it is meant, and the table of what it is said of."""
    return (one.taxonomy or "", one.link_type or "", table_of(home))


def _key(item: Any) -> Key:
    return table_of(item), getattr(item, "id", UUID(int=0))


def _place(place: Location, what: str) -> str:
    if what == "visibility":
        return VISIBILITIES.get(place.visibility, place.visibility)
    if what == "address":
        return _together(place.addresses, said_of)
    if what == "point":
        return "" if place.latitude is None or place.longitude is None else f"{place.latitude:.5f}, {place.longitude:.5f}"
    if what == "access":
        return _together(place.accessibility, lambda one: one.description or "")
    return str(getattr(place, what, None) or "")


def _together(items: Iterable[Any], words: Callable[[Any], str]) -> str:
    return "; ".join(filter(None, map(words, items)))
