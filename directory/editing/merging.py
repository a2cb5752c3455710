"""What two people changed at once: the fields where they clash, and what is left to do of an edit."""

from __future__ import annotations

from msgspec import Struct

from directory.editing.rows import Moved, SheetRows
from directory.errors import Stale
from directory.exchange.intake.upsert import Key


class Clash(Struct, frozen=True, kw_only=True):
    """A field that somebody changed meanwhile to something else; ``field`` None is the row whole (added or taken away)."""

    key: Key
    field: str | None
    base: object
    now: object
    mine: object


class Overtaken(Stale):
    """Some fields of an edit were changed meanwhile by somebody else; nothing was written."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__("Somebody else has changed the same meanwhile.")
        self.clashes = clashes


def clashes(wanted: Moved, now: SheetRows) -> list[Clash]:
    """Where the listing as it is now differs both from what an edit began with and from what it says."""
    found = [
        Clash(key=key, field=name, base=base, now=now[key].get(name) if key in now else None, mine=mine)
        for (key, name), (base, mine) in wanted.changed.items()
        if key not in now or now[key].get(name) not in (base, mine)
    ]
    for key, row in wanted.removed.items():
        found += [Clash(key=key, field=name, base=row.get(name), now=now[key].get(name), mine=None) for name in _differing(row, now.get(key))]
        found += [Clash(key=child, field=None, base=None, now=dict(now[child]), mine=None) for child in _new_below(key, wanted, now)]
    for key, row in wanted.added.items():
        found += [Clash(key=key, field=name, base=None, now=now[key].get(name), mine=row.get(name)) for name in _differing(row, now.get(key))]
    return found


def leaving(wanted: Moved, theirs: frozenset[tuple[Key, str | None]]) -> Moved:
    """An edit without the clashes in which somebody lets the others win."""
    rows = {key for key, _ in theirs}
    return Moved(
        added={key: {name: value for name, value in row.items() if (key, name) not in theirs} for key, row in wanted.added.items()},
        removed={key: row for key, row in wanted.removed.items() if key not in rows},
        changed={at: pair for at, pair in wanted.changed.items() if at not in theirs},
    )


def still_to_do(wanted: Moved, now: SheetRows) -> Moved:
    """What of an edit is not so already; what became of rows that are gone meanwhile is left out."""
    return Moved(
        added={key: row for key, row in wanted.added.items() if key not in now},
        removed={key: now[key] for key in wanted.removed if key in now},
        changed={
            (key, name): (now[key].get(name), mine)
            for (key, name), (_, mine) in [*wanted.changed.items(), *_of_added(wanted, now)]
            if key in now and now[key].get(name) != mine
        },
    )


def _of_added(wanted: Moved, now: SheetRows) -> list[tuple[tuple[Key, str], tuple[object, object]]]:
    return [((key, name), (None, value)) for key, row in wanted.added.items() if key in now for name, value in row.items()]


def _differing(row: dict[str, object], now: dict[str, object] | None) -> list[str]:
    return [] if now is None else [name for name in sorted(row.keys() | now.keys()) if row.get(name) != now.get(name)]


def _new_below(key: Key, wanted: Moved, now: SheetRows) -> list[Key]:
    """Rows that hang on a row that is to go, and that the edit does not know of."""
    column = f"{key[0]}_id"
    return [child for child, row in now.items() if row.get(column) == key[1] and child not in wanted.removed and child[0] != "service"]
