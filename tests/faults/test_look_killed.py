"""Looking at a record whose process is killed, wherever it is struck down: whatever was answered has its entry, and the chain is whole (rule P11)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.clients.keys import locker_of
from directory.clients.opening import open_record
from directory.clients.watching import broken_at, list_views
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import make_town
from tests.clients import ALDER, actor
from tests.faults.killing import in_a_child
from tests.referred import AT, Loop, loop_of

CYCLES = 20
LOOKS = 200


@pytest.fixture
def loop(storage: Storage, sealer: Sealer) -> Loop:
    return loop_of(storage, sealer, make_town(storage, at=AT, sealer=sealer), at=AT)


def looking(loop: Loop, answers: Path, times: int) -> Callable[[Storage], None]:
    """Nia opens the record again and again; what she is shown goes out after the commit, as an answer does."""

    def work(own: Storage) -> None:
        for _ in range(times):
            with own.writing(counting=True) as session:
                nia = actor(session, loop.town, "nia", at=AT)
                seen = open_record(session, loop.client_id, nia, organization_id=ALDER, at=AT, sealer=loop.sealer).texts["label"]
            with answers.open("a") as file:
                file.write(f"{seen}\n")

    return work


def answered_and_written(loop: Loop, storage: Storage, answers: Path) -> tuple[int, int]:
    with storage.reading() as session:
        locker = locker_of(session, loop.client_id, sealer=loop.sealer)
        assert broken_at(session, locker) is None
        written = len(list_views(session, locker, most=100_000))
    return len(answers.read_text().splitlines()) if answers.exists() else 0, written


def test_killed_before_any_statement_nothing_is_answered_and_nothing_is_written(loop: Loop, storage: Storage, tmp_path: Path) -> None:
    answers, strike = tmp_path / "answers", 0
    while True:
        strike += 1
        if steps := in_a_child(storage, looking(loop, answers, 1), strike=strike):
            break
        assert answered_and_written(loop, storage, answers) == (0, 0), strike
    assert steps > 5
    assert answered_and_written(loop, storage, answers) == (1, 1)


def test_killed_at_any_moment_no_look_was_answered_without_its_entry(loop: Loop, storage: Storage, tmp_path: Path) -> None:
    answers, chance = tmp_path / "answers", random.Random(5)
    for cycle in range(1, CYCLES + 1):
        in_a_child(storage, looking(loop, answers, LOOKS), after_seconds=chance.uniform(0.05, 0.6))
        answered, written = answered_and_written(loop, storage, answers)
        assert answered <= written <= answered + cycle, "at most the one of each kill was written and not answered"
    assert answered
