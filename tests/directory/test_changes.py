"""The change log keeps what was said, in an order that a follower can trust."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from directory.changes import as_text, hold_log, latest_seq, record_change, record_changes
from directory.models import Change
from directory.storage import Storage
from tests.directory.exchange.make import AT


def write(storage: Storage, **fields: Any) -> None:
    with storage.writing() as session:
        record_change(session, **{"entity": "service", "entity_id": uuid4(), "action": "added", "by": "test", "at": AT, **fields})


def test_an_empty_log_ends_at_zero(storage: Storage) -> None:
    with storage.writing() as session:
        record_changes(session, [])
        assert latest_seq(session) == 0


def test_each_change_moves_the_end_of_the_log(storage: Storage) -> None:
    ends = []
    for _ in range(3):
        write(storage)
        with storage.reading() as session:
            ends.append(latest_seq(session))
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(("value", "text"), [
    (None, None), ("a", "a"), (7, "7"), (0.5, "0.5"), (True, "true"), (["a", "b"], '["a","b"]'), (AT, "2026-11-20T09:30:00+00:00"),
    (date(2026, 11, 20), "2026-11-20"), ({"name": "x"}, '{"name":"x"}'),
])
def test_values_are_kept_as_readable_text(storage: Storage, value: object, text: str | None) -> None:
    write(storage, field="name", action="changed", before=value, after=value)
    with storage.reading() as session:
        change = session.scalars(select(Change)).one()
        assert (change.before, change.after) == (text, text) == (as_text(value), as_text(value))


def test_ids_are_kept_as_text() -> None:
    key = uuid4()
    assert as_text(key) == str(key)


def test_a_change_that_fails_with_its_transaction_is_not_in_the_log(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="on purpose"):
        _write_and_fail(storage)
    with storage.reading() as session:
        assert latest_seq(session) == 0


def _write_and_fail(storage: Storage) -> None:
    with storage.writing() as session:
        record_change(session, entity="service", entity_id=uuid4(), action="added", by="test", at=AT)
        raise RuntimeError("on purpose")


def test_a_follower_never_sees_a_later_number_before_an_earlier_one(storage: Storage) -> None:
    """One writer takes a number and waits; a second must not get past it, or a follower would skip the first for ever."""
    has_written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with storage.writing() as session:
            hold_log(session)
            record_change(session, entity="service", entity_id=uuid4(), action="added", by="slow", at=AT)
            has_written.set()
            may_end.wait(5)

    first, second = threading.Thread(target=slow), threading.Thread(target=write, args=(storage,), kwargs={"by": "quick"})
    first.start()
    assert has_written.wait(5)
    second.start()
    second.join(0.3)
    with storage.reading() as session:
        assert latest_seq(session) == 0   # the quick one waits
    may_end.set()
    first.join(5)
    second.join(5)
    with storage.reading() as session:
        assert list(session.scalars(select(Change.by).order_by(Change.seq))) == ["slow", "quick"]
