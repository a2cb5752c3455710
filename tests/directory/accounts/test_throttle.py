"""Tests of limits, on both engines: four processes at once are let through exactly as often as the limit says."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.accounts.throttle import Limit, count_try, forget_past
from directory.errors import TooOften
from directory.models import Throttle
from directory.sealing import Sealer
from directory.storage import Storage

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
TEN = (Limit("test", 10, 300),)
PROGRAM = """
import sys
from datetime import datetime
from directory.accounts.throttle import Limit, count_try
from directory.errors import TooOften
from directory.sealing import Sealer
from directory.storage import Storage
storage, sealer, let = Storage(sys.argv[1]), Sealer({"test": b"k" * 32}), 0
for _ in range(int(sys.argv[2])):
    try:
        count_try(storage, (((Limit("test", 50, 300),), "somebody"),), at=datetime.fromisoformat(sys.argv[3]), sealer=sealer)
        let += 1
    except TooOften:
        pass
print(let)
"""


def tries(storage: Storage, sealer: Sealer, at: datetime, number: int, subject: str = "somebody") -> int:
    let, waits = 0, []
    for _ in range(number):
        try:
            count_try(storage, ((TEN, subject),), at=at, sealer=sealer)
            let += 1
        except TooOften as error:
            waits.append(error.seconds)
    assert all(0 < seconds <= 300 for seconds in waits)
    return let


def test_four_processes_are_let_through_exactly_as_often_as_the_limit_says(storage: Storage) -> None:
    url = storage.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PROGRAM, url, "100", AT.isoformat()]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert sum(int(process.communicate()[0]) for process in processes) == 50
    assert [process.returncode for process in processes] == [0] * 4


def test_threads_are_let_through_exactly_as_often_as_the_limit_says(storage: Storage, sealer: Sealer) -> None:
    let: list[int] = []
    threads = [threading.Thread(target=lambda: let.append(tries(storage, sealer, AT, 25))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(let) == 10


def test_it_fills_up_again_bit_by_bit(storage: Storage, sealer: Sealer) -> None:
    assert tries(storage, sealer, AT, 15) == 10
    assert tries(storage, sealer, AT + timedelta(seconds=29), 5) == 0
    assert tries(storage, sealer, AT + timedelta(seconds=30), 5) == 1
    assert tries(storage, sealer, AT + timedelta(seconds=90), 5) == 2
    assert tries(storage, sealer, AT + timedelta(hours=1), 15) == 10


def test_one_subject_uses_up_nothing_of_another(storage: Storage, sealer: Sealer) -> None:
    assert tries(storage, sealer, AT, 15, "ana") == 10
    assert tries(storage, sealer, AT, 15, "ben") == 10


def test_who_is_refused_by_one_limit_uses_up_no_other(storage: Storage, sealer: Sealer) -> None:
    assert tries(storage, sealer, AT, 10, "account") == 10
    for _ in range(30):
        with pytest.raises(TooOften):
            count_try(storage, ((TEN, "network"), (TEN, "account")), at=AT, sealer=sealer)
    assert tries(storage, sealer, AT, 15, "network") == 10


def test_what_is_kept_names_nobody_and_is_forgotten(storage: Storage, sealer: Sealer) -> None:
    tries(storage, sealer, AT, 3, "ana@people.example")
    with storage.reading() as session:
        (row,) = session.query(Throttle).all()
        assert "ana" not in row.key
    with storage.writing() as session:
        forget_past(session, at=AT + timedelta(hours=1))
    with storage.reading() as session:
        assert session.query(Throttle).all() == []


@given(st.lists(st.integers(0, 120), min_size=20, max_size=40))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_no_stretch_of_its_length_is_more_than_twice_the_limit_let_through(storage: Storage, sealer: Sealer, waits: list[int]) -> None:
    at, let, subject = AT, [], str(datetime.now(UTC).timestamp())
    for wait in waits:
        at += timedelta(seconds=wait)
        let += [at] * tries(storage, sealer, at, 1, subject)
    for start in let:
        assert len([one for one in let if start <= one < start + timedelta(seconds=300)]) <= 20
