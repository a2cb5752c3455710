"""Tests of leases, on both engines: one holder at a time whoever asks, and who comes late changes nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.leases import AGAIN, HELD, end_lease, is_due, is_mine, latest_done, take_lease
from directory.storage import Storage

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def take(storage: Storage, holder: str = "one", at: datetime = AT) -> object:
    return take_lease(storage, "job", holder, every=MINUTE, at=at)


def test_of_many_who_ask_at_once_one_is_given_it(storage: Storage) -> None:
    given: list[object] = []
    together = threading.Barrier(6)

    def ask(number: int) -> None:
        together.wait()
        given.append(take(storage, f"holder {number}"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 6
    assert len([held for held in given if held]) == 1


def test_a_job_that_was_done_is_due_again_after_its_time(storage: Storage) -> None:
    held = take_lease(storage, "job", "one", every=MINUTE, at=AT)
    assert held
    assert end_lease(storage, held, at=AT, is_done=True)
    with storage.reading() as session:
        assert not is_due(session, "job", every=MINUTE, at=AT + MINUTE / 2)
        assert is_due(session, "job", every=MINUTE, at=AT + MINUTE)
        assert latest_done(session) == {"job": AT}
    assert take(storage, at=AT + MINUTE / 2) is None
    assert take(storage, at=AT + MINUTE)


def test_a_job_that_failed_is_tried_again_soon_and_was_not_done(storage: Storage) -> None:
    held = take_lease(storage, "job", "one", every=timedelta(days=1), at=AT)
    assert held
    assert end_lease(storage, held, at=AT, is_done=False)
    assert take_lease(storage, "job", "one", every=timedelta(days=1), at=AT) is None
    assert take_lease(storage, "job", "one", every=timedelta(days=1), at=AT + AGAIN)
    with storage.reading() as session:
        assert latest_done(session) == {"job": None}


def test_who_was_thought_dead_and_comes_back_changes_nothing(storage: Storage) -> None:
    late = take_lease(storage, "job", "one", every=MINUTE, at=AT)
    assert late
    then = AT + HELD
    held = take_lease(storage, "job", "two", every=MINUTE, at=then)
    assert held
    with storage.reading() as session:
        assert not is_mine(session, late, at=then)
        assert is_mine(session, held, at=then)
    assert not end_lease(storage, late, at=then, is_done=True)
    assert take(storage, "three", at=then + MINUTE) is None, "the second holder still has it"
    assert end_lease(storage, held, at=then, is_done=True)


def test_a_clock_that_stepped_back_does_not_keep_a_job_from_being_done_for_ever(storage: Storage) -> None:
    held = take_lease(storage, "job", "one", every=MINUTE, at=AT + timedelta(days=300))
    assert held
    end_lease(storage, held, at=AT + timedelta(days=300), is_done=True)
    with storage.reading() as session:
        assert is_due(session, "job", every=MINUTE, at=AT)
    assert take(storage)


@given(steps=st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from(["take", "done", "fail"]), st.integers(0, 1500)), max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_steps_in_whatever_order_one_holds_it(storage: Storage, steps: list[tuple[str, str, int]]) -> None:
    job, at = f"job {datetime.now(UTC).timestamp()}", AT
    holds: dict[str, tuple[object, datetime]] = {}
    for holder, step, seconds in steps:
        at += timedelta(seconds=seconds)
        if step == "take":
            held = take_lease(storage, job, holder, every=MINUTE, at=at)
            if held:
                assert all(until <= at for _, until in holds.values()), "somebody held it still"
                holds[holder] = held, at + HELD
        elif holder in holds:
            held, _ = holds.pop(holder)
            end_lease(storage, held, at=at, is_done=step == "done")   # type: ignore[arg-type]
