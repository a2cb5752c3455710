"""A merge whose process is killed leaves two records or one, wherever it was struck down, and so does undoing it: never something between."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.history.undoing import undo_act
from directory.merging import merge
from directory.models import Base, Redirect, Report
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.test_merging import pair
from tests.faults.killing import in_a_child
from tests.make import NOON

BY = f"account:{uuid4()}"
Pair = tuple[UUID, UUID]
Rows = dict[str, list[str]]


@pytest.fixture
def two(storage: Storage) -> Pair:
    """The same lunch twice, and somebody's report of the one that is merged away."""
    with storage.writing() as session:
        kept, other = pair(session)
        session.add(Report(id=uuid4(), service_id=other, about="hours", made_at=NOON))
    return kept, other


def everything(storage: Storage) -> Rows:
    """Every row there is, the log with them."""
    with storage.reading() as session:
        return _rows(session)


def but_the_log(rows: Rows) -> Rows:
    return {name: found for name, found in rows.items() if name != "change"}


def _rows(session: Session) -> Rows:
    drop = {"last_modified"}
    tables = {table.name: session.execute(select(table)).mappings() for table in Base.metadata.sorted_tables}
    return {name: sorted(str({column: value for column, value in row.items() if column not in drop}) for row in rows) for name, rows in tables.items()}


def joining(two: Pair) -> Callable[[Storage], None]:
    def join(own: Storage) -> None:
        with own.writing() as session:
            merge(session, "service", *two, take_other=["description", "schedule"], by=BY, at=NOON)

    return join


def parting(act: UUID, sealer: Sealer) -> Callable[[Storage], None]:
    def part(own: Storage) -> None:
        with own.writing() as session:
            undo_act(session, act, by=BY, at=NOON, why="two lunches", sealer=sealer)

    return part


def act_of(storage: Storage) -> UUID:
    with storage.reading() as session:
        return session.scalars(select(Redirect.act)).first() or UUID(int=0)


def struck_before_each_statement(storage: Storage, work: Callable[[Storage], None]) -> int:
    """Kill the work before one statement after another, and look that nothing stays of it; gives how many statements it has when it is let be."""
    before, strike = everything(storage), 0
    while True:
        strike += 1 if strike < 6 else 3
        if steps := in_a_child(storage, work, strike=strike):
            return steps
        assert everything(storage) == before, strike


def test_a_merge_killed_before_any_statement_leaves_two_records_as_they_were(storage: Storage, two: Pair) -> None:
    steps = struck_before_each_statement(storage, joining(two))
    assert steps > 20
    now = everything(storage)
    assert (len(now["service"]), bool(now["redirect"])) == (1, True), "and let be, it does the whole"


def test_undoing_a_merge_killed_before_any_statement_leaves_it_merged(storage: Storage, two: Pair, sealer: Sealer) -> None:
    beginning = but_the_log(everything(storage))
    joining(two)(storage)
    steps = struck_before_each_statement(storage, parting(act_of(storage), sealer))
    assert steps > 10
    assert but_the_log(everything(storage)) == beginning


def test_killed_at_any_moment_a_merge_and_its_undoing_are_whole_or_not_at_all(storage: Storage, two: Pair, sealer: Sealer) -> None:
    dice, apart = random.Random(6), but_the_log(everything(storage))
    for _ in range(10):
        is_apart = but_the_log(everything(storage)) == apart
        work = joining(two) if is_apart else parting(act_of(storage), sealer)
        before = everything(storage)
        in_a_child(storage, work, after_seconds=dice.uniform(0.01, 0.15))
        now = everything(storage)
        if now != before:
            assert len(now["change"]) > len(before["change"]), "what was done is in the log with it"
            assert (len(now["service"]), bool(now["redirect"]), len(now["phone"])) == ((1, True, 2) if is_apart else (2, False, 3))
            assert is_apart or but_the_log(now) == apart
