"""What differs between two sheets, field by field, in words that a curator reads without knowing any table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from msgspec import Struct

from directory.editing.merging import Clash
from directory.editing.places import shift_words
from directory.editing.rows import Moved, moved, rows_of
from directory.editing.sheet import Sheet
from directory.editing.viewing import Subject, View, Words, kind_of_term
from directory.editing.words import FIELDS, LISTS, TERMS
from directory.exchange.intake.upsert import Key
from directory.exchange.records import Location, ServiceAtLocation

IN_LISTS: Final = frozenset(LISTS)
FIELDS_IN_ORDER: Final = tuple(FIELDS)
SEALED: Final = "not public, and not yours to see"
"""What is said of a place in place of what it is, to whoever may not know it."""


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that differs: what it is, and what was and is said of it; empty for nothing."""

    label: str
    before: str
    after: str


def differences(before: Sheet, after: Sheet, *, words: Words) -> list[Difference]:
    """Every difference, in the order of the form; none for two sheets that say the same."""
    found = moved(rows_of(before), rows_of(after))
    views = View(before, words), View(after, words)
    subjects = sorted({subject for key, name in _touched(found) for subject in [_subject(key, name, views)]}, key=_order)
    made = [
        Difference(label=_label(subject, views), before=views[0].said(subject), after=views[1].said(subject) + _shift(subject, views))
        for subject in subjects
    ]  # fmt: skip
    return [one for one in made if one.before != one.after] or made


def _shift(subject: Subject, views: tuple[View, View]) -> str:
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


def contested(clashes: Iterable[Clash], now: Sheet, mine: Sheet, *, words: Words) -> list[Contested]:
    """Clashes as things that people know, in the order of the form: the two numbers of a point are one thing, and so is each row of a list.

    ``now`` is the listing as this reader may see it, so that nothing sealed is told to whoever may not know it.
    """
    views = View(now, words), View(mine, words)
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


def _contested(clash: Clash, views: tuple[View, View]) -> Subject:
    """What a clash is about: a field, a part of a place, or else one row by itself, since the rest of its list is in nobody's way."""
    subject = _subject(clash.key, clash.field or "", views)
    return subject if subject[0] in ("service", "place") else ("row", clash.key[0], str(clash.key[1]), *subject)


def _touched(found: Moved) -> Iterable[tuple[Key, str]]:
    yield from ((key, "") for key in (*found.added, *found.removed))
    yield from found.changed


def _subject(key: Key, name: str, views: tuple[View, View]) -> Subject:
    """What a row or field is part of, as people see it."""
    table = key[0]
    item, home = (next((found for view in reversed(views) if (found := getattr(view, where).get(key)) is not None), None) for where in ("items", "home"))
    if table == "service":
        return ("service", name or "name")
    if table == "attribute" and item is not None:
        return ("terms", *kind_of_term(item, home))
    if table == "location":
        return ("place", "location", str(key[1]), {"latitude": "point", "longitude": "point", "point_precision": "point"}.get(name, name or "name"))
    if home is not None and isinstance(home, Location) and table in ("address", "accessibility"):
        return ("place", "location", str(home.id), "address" if table == "address" else "access")
    if isinstance(home, ServiceAtLocation):
        return ("hours", "service_at_location", str(home.id))
    if table in IN_LISTS and home is None:
        return ("list", table)
    return ("one", table, str(key[1]))


def _label(subject: Subject, views: tuple[View, View]) -> str:
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
