"""What differs between two sheets, field by field, in words that a curator reads without knowing any table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from directory.editing.merging import Clash
from directory.editing.places import shift_words
from directory.editing.rows import Moved, moved, rows_of
from directory.editing.sheet import Sheet
from directory.editing.words import FIELDS, LISTS, TERMS, VISIBILITIES, said_of
from directory.exchange.intake.upsert import Key
from directory.exchange.records import Attribute, Location, ServiceAtLocation
from directory.exchange.shapes import table_of, walk
from directory.facts import NO

Namer = Callable[[str, str], str]
"""Taxonomy and code to a label in plain words."""
Subject = tuple[str, ...]
"""What a difference is about: fields and rows that people see as one thing have one subject."""
IN_LISTS: Final = frozenset(LISTS)
FIELDS_IN_ORDER: Final = tuple(FIELDS)
SEALED: Final = "not public, and not yours to see"
"""What is said of a place in place of what it is, to whoever may not know it."""


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that differs: what it is, and what was and is said of it; empty for nothing."""

    label: str
    before: str
    after: str


def differences(before: Sheet, after: Sheet, *, label: Namer) -> list[Difference]:
    """Every difference, in the order of the form; none for two sheets that say the same."""
    found = moved(rows_of(before), rows_of(after))
    views = _View(before, label), _View(after, label)
    subjects = sorted({subject for key, name in _touched(found) for subject in [_subject(key, name, views)]}, key=_order)
    made = [
        Difference(label=_label(subject, views), before=views[0].said(subject), after=views[1].said(subject) + _shift(subject, views))
        for subject in subjects
    ]  # fmt: skip
    return [one for one in made if one.before != one.after] or made


def _shift(subject: Subject, views: tuple[_View, _View]) -> str:
    """How far a point was moved, after its numbers, which say little to anybody."""
    if subject[0] != "place" or subject[3] != "point":
        return ""
    places = [view.items.get(("location", UUID(subject[2]))) for view in views]
    points = [(one.latitude, one.longitude) for one in places if one is not None and one.latitude is not None and one.longitude is not None]
    return f" ({shift_words(points[0], points[1])} of where it was)" if len(points) == 2 else ""


class Contested(Struct, frozen=True, kw_only=True):
    """One thing that two people changed at once: what it is, what it says now and what a draft says; empty for nothing. ``clashes`` are decided together."""

    label: str
    now: str
    mine: str
    clashes: tuple[Clash, ...]


def contested(clashes: Iterable[Clash], now: Sheet, mine: Sheet, *, label: Namer) -> list[Contested]:
    """Clashes as things that people know, in the order of the form: the two numbers of a point are one thing, and so is each row of a list.

    ``now`` is the listing as this reader may see it, so that nothing sealed is told to whoever may not know it.
    """
    views = _View(now, label), _View(mine, label)
    found: dict[Subject, list[Clash]] = {}
    for clash in clashes:
        found.setdefault(_contested(clash, views), []).append(clash)
    return [
        Contested(
            label=_label(subject, views), now=SEALED if _is_closed(subject, now) else views[0].said(subject), mine=views[1].said(subject),
            clashes=tuple(found[subject]),
        )
        for subject in sorted(found, key=_order)
    ]  # fmt: skip


def _is_closed(subject: Subject, sheet: Sheet) -> bool:
    return subject[0] == "place" and UUID(subject[2]) in sheet.closed


def _contested(clash: Clash, views: tuple[_View, _View]) -> Subject:
    """What a clash is about: a field, a part of a place, or else one row by itself, since the rest of its list is in nobody's way."""
    subject = _subject(clash.key, clash.field or "", views)
    return subject if subject[0] in ("service", "place") else ("row", clash.key[0], str(clash.key[1]), *subject)


class _View:
    """A sheet, with everything in it by table and id."""

    def __init__(self, sheet: Sheet, label: Namer) -> None:
        self.sheet, self.name = sheet, label
        self.items: dict[Key, Any] = {}
        self.home: dict[Key, Any] = {}
        for item in walk(sheet.service):
            key = (table_of(item), getattr(item, "id", UUID(int=0)))
            self.items.setdefault(key, item)
            for attribute in getattr(item, "attributes", ()):
                self.home[("attribute", attribute.id)] = item
                self.items[("attribute", attribute.id)] = attribute
        for at in sheet.service.service_at_locations:
            self.home |= {("schedule", row.id): at for row in at.schedules}
        for place in sheet.places:
            for one in walk(place):
                if one is not place:
                    self.home.setdefault((table_of(one), getattr(one, "id", UUID(int=0))), place)

    def said(self, subject: Subject) -> str:
        """What the sheet says of a subject, in words."""
        kind, *rest = subject
        if kind == "row" and rest[0] == "attribute":
            one = self.items.get((rest[0], UUID(rest[1])))
            return self._term(one) if one is not None else ""
        if kind == "service":
            value = getattr(self.sheet.service, rest[0])
            return f"{value:g}" if isinstance(value, float) else str(value or "")
        if kind == "terms":
            return "; ".join(sorted(self._term(one) for one in self._terms(rest[0], rest[1], rest[2])))
        if kind == "list":
            return "; ".join(filter(None, (said_of(item) for item in self._all(rest[0]))))
        item = self.items.get((rest[0], UUID(rest[1])))
        if item is None:
            return ""
        if kind == "hours":
            return "; ".join(map(said_of, item.schedules))
        if kind == "place":
            return self._place(item, rest[2])
        return said_of(item)

    def _place(self, place: Location, what: str) -> str:
        if what == "visibility":
            return VISIBILITIES.get(place.visibility, place.visibility)
        if what == "address":
            return "; ".join(filter(None, map(said_of, place.addresses)))
        if what == "point":
            return "" if place.latitude is None or place.longitude is None else f"{place.latitude:.5f}, {place.longitude:.5f}"
        if what == "access":
            return "; ".join(filter(None, (one.description for one in place.accessibility)))
        return str(getattr(place, what, None) or "")

    def _term(self, one: Attribute) -> str:
        foreign = one.taxonomy_term.name if one.taxonomy_term else ""
        name = one.label or foreign or self.name(one.taxonomy or "", one.code or "")
        return f"not: {name}" if one.value == NO else f"{name}: {one.value}" if one.value else name

    def _terms(self, taxonomy: str, link_type: str, table: str) -> Iterable[Attribute]:
        for key, one in self.items.items():
            if key[0] == "attribute" and _kind_of_term(one, self.home[key]) == (taxonomy, link_type, table):
                yield one

    def _all(self, table: str) -> Iterable[Any]:
        return (item for key, item in self.items.items() if key[0] == table and key not in self.home)


def _touched(found: Moved) -> Iterable[tuple[Key, str]]:
    yield from ((key, "") for key in (*found.added, *found.removed))
    yield from found.changed


def _subject(key: Key, name: str, views: tuple[_View, _View]) -> Subject:
    """What a row or field is part of, as people see it."""
    table = key[0]
    item, home = (next((found for view in reversed(views) if (found := getattr(view, where).get(key)) is not None), None) for where in ("items", "home"))
    if table == "service":
        return ("service", name or "name")
    if table == "attribute" and item is not None:
        return ("terms", *_kind_of_term(item, home))
    if table == "location":
        return ("place", "location", str(key[1]), {"latitude": "point", "longitude": "point", "point_precision": "point"}.get(name, name or "name"))
    if home is not None and isinstance(home, Location) and table in ("address", "accessibility"):
        return ("place", "location", str(home.id), "address" if table == "address" else "access")
    if isinstance(home, ServiceAtLocation):
        return ("hours", "service_at_location", str(home.id))
    if table in IN_LISTS and home is None:
        return ("list", table)
    return ("one", table, str(key[1]))


def _kind_of_term(one: Attribute, home: Any) -> tuple[str, str, str]:
    return (one.taxonomy or "", one.link_type or "", table_of(home))


def _label(subject: Subject, views: tuple[_View, _View]) -> str:
    kind, *rest = subject
    if kind == "row":
        return _label(tuple(rest[2:]), views)
    if kind == "service":
        return FIELDS.get(rest[0], rest[0].replace("_", " ").capitalize())
    if kind == "terms":
        return TERMS.get((rest[0], rest[1])) or TERMS.get((rest[0], "")) or "Words of other lists"
    if kind == "list":
        return LISTS[rest[0]]
    if kind == "hours":
        at = next((found for view in reversed(views) if (found := view.items.get(("service_at_location", UUID(rest[1]))))), None)
        name = at.location.name if at is not None and at.location is not None else ""
        return f"Hours at {name}" if name else FIELDS["one_schedule"]
    if kind == "place":
        place = next((found for view in reversed(views) if (found := view.items.get(("location", UUID(rest[1]))))), None)
        words = FIELDS.get(f"place_{rest[2]}", rest[2].replace("_", " ").capitalize())
        return f"{words} ({place.name})" if place is not None and place.name else words
    return FIELDS.get(f"one_{rest[0]}", rest[0].replace("_", " ").capitalize())


def _order(subject: Subject) -> tuple[int, int, Subject]:
    """As on the form: fields of the listing first, in the order of their names' list."""
    ranks = ("service", "terms", "list", "hours", "one", "place")
    kind = subject[3] if subject[0] == "row" else subject[0]
    place = FIELDS_IN_ORDER.index(subject[1]) if kind == "service" and subject[1] in FIELDS_IN_ORDER else len(FIELDS_IN_ORDER)
    return ranks.index(kind), place, subject
