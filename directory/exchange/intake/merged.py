"""Records of things that were merged into others here: what they are about does not come back, and what names them hangs on what is kept.

1. A record about something that was merged away counts as kept: nothing it says is taken, and it counts as seen.
2. Where a record only mentions such a thing, the thing is left out, with what belongs to it (its phones, its address).
3. What goes on by itself (a service of a merged organization, a service at a merged place) is hung on the one that is kept.

Once the merge is undone all of it can be imported again: the fingerprint of a record that met a merge says which merges there were (``mark``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.intake.apart import FREE, leave_out
from directory.exchange.intake.ready import Ready
from directory.exchange.intake.references import keys_of
from directory.exchange.intake.upsert import Key
from directory.exchange.report import ImportReport
from directory.exchange.rows import Row
from directory.models import Redirect

GOES_ON: Final = FREE | {"location", "service_at_location"}
"""Tables whose rows are something of their own, whatever they hang on; rows of all others belong to what they hang on."""
MERGED_AWAY: Final = "it was merged into another record here; what it says is not taken as long as that stands"


class MergedAway(NamedTuple):
    """Every row that was merged away, with the one that it is found under now; ``mark`` is another whenever these are others, empty for none."""

    into: Mapping[Key, UUID]
    mark: str

    @classmethod
    def of(cls, session: Session) -> MergedAway:
        """As the merges stand now."""
        found = session.execute(select(Redirect.entity, Redirect.old_id, Redirect.new_id)).all()
        next_one = {(entity, old): new for entity, old, new in found}
        into = {key: _last(key, next_one) for key in next_one}
        said = "".join(sorted(f"{entity}{old}{new}" for (entity, old), new in into.items()))
        return cls(into, hashlib.sha256(said.encode()).hexdigest()[:16] if into else "")

    def now(self, table: str, key: UUID) -> UUID:
        """The id that a row is found under now: its own when it was not merged."""
        return self.into.get((table, key), key)

    def without(self, items: Iterable[Ready], report: ImportReport) -> Iterator[Ready]:
        """The records that go on, each without what was merged away; those about such a thing are counted as kept."""
        for item in items:
            if (kept := self.into.get(item.entity)) is not None:
                report.keep(item.repair("", str(kept), MERGED_AWAY))
                continue
            if self.into:
                self._settle(item)
            yield item

    def _settle(self, item: Ready) -> None:
        rows = {(table, row_id): row for table, group in item.flat.rows.items() for row_id, row in group.items()}
        out = rows.keys() & self.into.keys()
        while more := {key for key, row in rows.items() if key not in out and key != item.entity and _belongs_to(key[0], row, out)}:
            out |= more
        leave_out(item, out)
        item.kept |= out
        hung = [self._hang(table, row) for (table, row_id), row in rows.items() if (table, row_id) not in out]
        item.met_merge = bool(out) or any(hung)

    def _hang(self, table: str, row: Row) -> bool:
        """Hang a row on what is kept; says whether it named something merged away."""
        moved = {column: now for column, target in keys_of(table) if (now := self.into.get((target, row.get(column)))) is not None}  # type: ignore[arg-type]
        row.update(moved)
        return bool(moved)


def _last(key: Key, next_one: Mapping[Key, UUID]) -> UUID:
    seen, now = {key[1]}, next_one[key]
    while (further := next_one.get((key[0], now))) is not None and further not in seen:
        seen.add(now)
        now = further
    return now


def _belongs_to(table: str, row: Row, out: set[Key]) -> bool:
    if table == "attribute":
        return (str(row["link_entity"]), row["link_id"]) in out
    return table not in GOES_ON and any((target, row.get(column)) in out for column, target in keys_of(table))
