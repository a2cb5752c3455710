"""Sheets as rows, and what one sheet changes in another: the ground of comparing, of applying, and of finding what two people changed at once."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy import Table

from directory.editing.sheet import Sheet
from directory.exchange.intake.upsert import Key
from directory.exchange.rows import FindTerm, Row, flatten
from directory.models import Base
from directory.vocabularies import term_id

NOT_EDITED: Final = frozenset({"last_modified", "assured_date", "assured_by", "assurer_email", "added_on", "position"})
"""Columns that no form writes: other verbs move them, and the order of a list is not worth a line in the log."""
WORDS_OF_ALL: Final = ("taxonomy", "taxonomy_term")
SheetRows = dict[Key, Row]


class Moved(Struct, kw_only=True):
    """What one sheet changes in another: rows added and removed whole, and fields with what they were and what they are now."""

    added: SheetRows
    removed: SheetRows
    changed: dict[tuple[Key, str], tuple[object, object]]

    @property
    def is_nothing(self) -> bool:
        """Whether the two say the same."""
        return not (self.added or self.removed or self.changed)


def rows_of(sheet: Sheet, find_term: FindTerm = term_id) -> SheetRows:
    """The rows of a sheet by table and id, without what no form writes. A term of ours is found by ``find_term``, else by the id it has everywhere."""
    flat = flatten(sheet.service, lambda taxonomy, code: find_term(taxonomy, code) or term_id(taxonomy, code))
    return {
        (table, key): {name: value for name, value in row.items() if name not in NOT_EDITED}
        for table, rows in flat.rows.items() if table not in WORDS_OF_ALL for key, row in rows.items()
    }


def moved(before: SheetRows, after: SheetRows) -> Moved:
    """What ``after`` changes in ``before``. A key to a parent that is not stated any more counts as changed; other fields speak for themselves."""
    changed: dict[tuple[Key, str], tuple[object, object]] = {}
    for key in before.keys() & after.keys():
        old, new = before[key], after[key]
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                changed[key, name] = (old.get(name), new.get(name))
    return Moved(
        added={key: row for key, row in after.items() if key not in before},
        removed={key: row for key, row in before.items() if key not in after},
        changed=changed,
    )


def keys_under(record: Struct) -> set[Key]:
    """The rows that a record and all that is nested in it are."""
    flat = flatten(record, term_id)
    return {(table, key) for table, rows in flat.rows.items() if table not in WORDS_OF_ALL for key in rows}


def without(found: Moved, added: set[Key], removed: set[Key]) -> Moved:
    """The same without some added and some removed rows."""
    return Moved(
        added={key: row for key, row in found.added.items() if key not in added},
        removed={key: row for key, row in found.removed.items() if key not in removed},
        changed=found.changed,
    )


def table_named(name: str) -> Table:
    """The table of this name."""
    return Base.metadata.tables[name]
