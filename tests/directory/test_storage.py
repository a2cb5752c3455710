"""The storage keeps what it acknowledged, refuses what it cannot keep safe, and never carries text into an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from directory.changes import be_patient
from directory.errors import Unavailable, UnsafeSetting
from directory.models import Change, Location, Organization
from directory.storage import Storage, sqlite_is_safe, sqlite_version
from tests.postgresql import Server


def test_a_block_that_fails_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="on purpose"):
        _write_and_fail(storage)
    with storage.reading() as session:
        assert session.scalars(select(Organization)).all() == []


def _write_and_fail(storage: Storage) -> None:
    with storage.writing() as session:
        session.add(Organization(name="Half"))
        session.flush()
        raise RuntimeError("on purpose")


def test_reading_never_writes(storage: Storage) -> None:
    with storage.reading() as session:
        session.add(Organization(name="Unsaid"))
        session.flush()
    with storage.reading() as session:
        assert session.scalars(select(Organization)).all() == []


def test_updates_of_many_writers_all_count(storage: Storage) -> None:
    with storage.writing() as session:
        made = Organization(name="Counter", year_incorporated=0)
        session.add(made)
        session.flush()
        key = made.id

    def add_five() -> None:
        for _ in range(5):
            _retrying(lambda: _add_one(storage, key))

    threads = [threading.Thread(target=add_five) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.reading() as session:
        assert session.get_one(Organization, key).year_incorporated == 20


def _add_one(storage: Storage, key: object) -> None:
    with storage.writing() as session:
        row = session.get_one(Organization, key)
        row.year_incorporated = (row.year_incorporated or 0) + 1


def _retrying(work: Callable[[], None]) -> None:
    """PostgreSQL refuses one of two writers that meet (and says so); whoever is refused tries again."""
    while True:
        try:
            return work()
        except Unavailable as error:
            if "serialize" not in str(error):
                raise


def test_a_moment_without_a_zone_is_refused(storage: Storage) -> None:
    naive = datetime(2026, 1, 1)   # noqa: DTZ001  (the point of the test)
    change = Change(at=naive, by="test", action="added", entity="service", entity_id=uuid4())
    with pytest.raises(StatementError, match="time zone"), storage.writing() as session:
        session.add(change)


def test_a_moment_comes_back_aware_and_equal(storage: Storage) -> None:
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    with storage.writing() as session:
        session.add(Change(at=moment, by="test", action="added", entity="service", entity_id=uuid4()))
    with storage.reading() as session:
        assert session.scalars(select(Change.at)).one() == moment


def test_a_place_that_is_not_public_cannot_carry_a_point(storage: Storage) -> None:
    with pytest.raises(IntegrityError), storage.writing() as session:
        session.add(Location(visibility="area_only", latitude=1.0, longitude=2.0))


def test_errors_do_not_carry_what_was_written(storage: Storage) -> None:
    with pytest.raises(IntegrityError) as caught, storage.writing() as session:
        session.add(Location(visibility="a secret wish"))
    assert "a secret wish" not in str(caught.value).split("DETAIL")[0]


def test_the_sqlite_in_use_is_free_of_the_wal_reset_bug(storage: Storage) -> None:
    if storage.is_sqlite:
        assert sqlite_is_safe(sqlite_version(storage))


@pytest.mark.parametrize(("version", "safe"), [((3, 40, 1), False), ((3, 44, 6), True), ((3, 50, 6), False), ((3, 51, 2), False), ((3, 51, 3), True)])
def test_versions_with_the_wal_reset_bug_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite_is_safe(version) is safe


def test_another_kind_of_database_is_refused_in_words() -> None:
    with pytest.raises(UnsafeSetting, match="SQLite or PostgreSQL"):
        Storage("mysql://somewhere/else")


@pytest.mark.postgresql
def test_a_long_import_may_wait_between_its_statements_and_nobody_else(postgresql_server: Server) -> None:
    storage = Storage(postgresql_server.new_database("patience"))

    def waits(patient: bool) -> object:
        with storage.writing() as session:
            if patient:
                be_patient(session)
            return session.scalar(text("show idle_in_transaction_session_timeout"))

    assert (waits(True), waits(False)) == ("30min", "1min")
    storage.close()
