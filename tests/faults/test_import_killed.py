"""An import whose process is killed leaves all of it or nothing, wherever it was struck down; the next one then does the whole."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from directory.changes import record_change
from directory.imports import import_records
from directory.models import Base, ImportRun
from directory.models import Service as ServiceRow
from directory.runs import undo_import
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.exchange.make import AT, LATER, SOURCE, a_location, a_record, a_service, an_id
from tests.faults.killing import in_a_child

MANY = 25
BY = f"account:{uuid4()}"


def first() -> list[Any]:
    return [a_record(a_service(key), line=key) for key in range(1, MANY)]


def second() -> list[Any]:
    """Something of everything: changed, added, dropped, hidden, in conflict, vanished."""
    kept = [a_record(a_service(key, name=f"Bench {key}", phones=[]), line=key) for key in range(1, MANY - 3)]
    return [*kept, a_record(a_service(90), line=90), a_record(a_service(91, name="Safe house", location=a_location(91)), line=91)]


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Storage:
    """A directory with an import in it, and an edit that the next one meets."""
    import_records(storage, SOURCE, first(), by="test", at=AT, sealer=sealer)
    with storage.writing() as session:
        session.get_one(ServiceRow, an_id("service", 1)).name = "The bench"
        said: dict[str, Any] = {"field": "name", "before": "Repair bench 1", "after": "The bench", "act": uuid4()}
        record_change(session, entity="service", entity_id=an_id("service", 1), action="changed", by=BY, at=AT, **said)
    return storage


def counts(storage: Storage) -> dict[str, int]:
    with storage.reading() as session:
        found = {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables}
        found["new names"] = session.scalar(select(func.count()).select_from(ServiceRow).where(ServiceRow.name.like("Bench %"))) or 0
        return found


def bring_second(sealer: Sealer) -> Callable[[Storage], None]:
    return lambda own: (import_records(own, SOURCE, second(), by="test", at=LATER, sealer=sealer), None)[1]


def test_killed_before_any_statement_it_leaves_nothing_and_the_next_does_the_whole(town: Storage, sealer: Sealer) -> None:
    before, dice = counts(town), random.Random(4)
    strikes = sorted({1, 2, *dice.sample(range(3, 120), 10)})
    for strike in strikes:
        if in_a_child(town, bring_second(sealer), strike=strike):
            break   # it has fewer statements than that
        assert counts(town) == before, strike
    steps = in_a_child(town, bring_second(sealer))
    assert steps > 20
    after = counts(town)
    assert (after["new names"], after["conflict"], after["import_run"], after["location_private"]) == (MANY - 5, 1, 2, 1)


def test_killed_at_any_moment_it_leaves_all_or_nothing(town: Storage, sealer: Sealer) -> None:
    before, dice = counts(town), random.Random(5)
    for _ in range(6):
        in_a_child(town, bring_second(sealer), after_seconds=dice.uniform(0.01, 0.4))
        now = counts(town)
        assert now == before or (now["new names"], now["conflict"], now["import_run"]) == (MANY - 5, 1, 2)
    import_records(town, SOURCE, second(), by="test", at=LATER, sealer=sealer)
    assert counts(town)["new names"] == MANY - 5


def test_undoing_that_is_killed_undoes_nothing_or_all(town: Storage, sealer: Sealer) -> None:
    beginning = counts(town)
    import_records(town, SOURCE, second(), by="test", at=LATER, sealer=sealer)
    before = counts(town)

    def take_back(own: Storage) -> None:
        with own.writing() as session:
            run = session.scalars(select(ImportRun).where(ImportRun.at == LATER)).one()
            undo_import(session, run, by=BY, at=LATER, why="the wrong file", sealer=sealer)

    for strike in (1, 3, 6, 10, 15, 21, 28, 36):
        if in_a_child(town, take_back, strike=strike):
            break
        assert counts(town) == before, strike
    take_back(town) if counts(town) == before else None
    after = counts(town)
    assert {name: count for name, count in after.items() if name not in ("change", "import_run")} == {
        name: count for name, count in beginning.items() if name not in ("change", "import_run")
    }
