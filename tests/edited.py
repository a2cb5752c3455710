"""Edits of many kinds, one after the other, each with what another process is to see of it; for the test that it does and the benchmark of how soon."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.editing.applying import apply
from directory.editing.sheet import Sheet, copied, sheet_of
from directory.exchange import records
from directory.history.undoing import undo_act
from directory.merging import merge
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import NOON
from tests.onlooker import Onlooker, Seen

LUNCH = LISTINGS["lunch"]
BY = "account:a"
Do = Callable[[Session], None]
Step = tuple[str, Do, Callable[[Seen], bool]]


def steps(sealer: Sealer, round_number: int) -> Iterator[Step]:
    """A phone put in place of all others, a name, all phones away, a new listing, the two made one, and that taken back."""
    number, name, added = f"920-555-{1000 + round_number}", f"Lunch number {round_number}", uuid4()
    key, new = str(LUNCH), str(added)
    acts: list[UUID] = []

    def join(session: Session) -> None:
        acts.append(merge(session, "service", LUNCH, added, by=BY, at=NOON).act)

    def part(session: Session) -> None:
        undo_act(session, acts[0], by=BY, at=NOON, why="two lunches", sealer=sealer)

    def begin(session: Session) -> None:
        base = Sheet(service=records.Service(id=added, name="", organization_id=ORGANIZATIONS["kitchen"]))
        sheet = copied(base)
        sheet.service.name, sheet.service.description = f"Lunch by the river {round_number}", "Eat together."
        sheet.service.phones = [records.Phone(id=uuid4(), number=f"920-556-{1000 + round_number}")]
        apply(session, None, base, sheet, by=BY, at=NOON, act=uuid4(), sealer=sealer)

    def phone(sheet: Sheet) -> None:
        sheet.service.phones = [records.Phone(id=uuid4(), number=number)]

    yield "phone changed", _editing(sealer, phone), lambda seen: seen[key][1] == [number]
    yield "name changed", _editing(sealer, lambda sheet: setattr(sheet.service, "name", name)), lambda seen: seen[key][0] == name
    yield "phone removed", _editing(sealer, lambda sheet: sheet.service.phones.clear()), lambda seen: number not in seen[key][1]
    yield "new listing", begin, lambda seen: new in seen
    yield "merge", join, lambda seen: new not in seen and f"920-556-{1000 + round_number}" in seen[key][1]
    yield "merge undone", part, lambda seen: new in seen and f"920-556-{1000 + round_number}" not in seen[key][1]


def seconds_until_seen(storage: Storage, onlooker: Onlooker, do: Do, wanted: Callable[[Seen], bool]) -> float | None:
    """Do it, and give the seconds from the commit to the moment when the other process sees it; None when it does not."""
    with storage.writing() as session:
        do(session)
    done = time.monotonic()
    moment = onlooker.sees(wanted)
    return None if moment is None else max(0.0, moment - done)


def _editing(sealer: Sealer, change: Callable[[Sheet], None]) -> Do:
    def do(session: Session) -> None:
        base = sheet_of(session, LUNCH, sealer=sealer, actor=None)
        sheet = copied(base)
        change(sheet)
        apply(session, LUNCH, base, sheet, by=BY, at=NOON, act=uuid4(), sealer=sealer)

    return do
