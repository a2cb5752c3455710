"""What breaks under it loses nothing and is told plainly: killed imports, full disks, locks, damaged files, two processes on one folder."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from litestar import Litestar
from msgspec import structs

from directory.catalogue import Catalogue
from directory.errors import Unavailable
from directory.exchange.records import SourceRecord
from directory.imports import import_records
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_module, sqlite_url
from matching.values import Inquiry
from tests.directory.conftest import everything
from tests.directory.exchange.make import AT, SOURCE, a_location, a_record, a_service
from tests.trust.asking import ask, get, post_form, post_json
from web.app import create_app
from web.settings import Settings

SEALER = Sealer({"test": b"k" * 32})
FORK = multiprocessing.get_context("fork")
RECORDS = 120


def records(count: int = RECORDS) -> list[SourceRecord]:
    """Services, every tenth of them a refuge with a sealed place."""
    names = ["Repair bench", *["Reading circle"] * 8, "A women's refuge"]
    return [a_record(a_service(key, name=f"{names[key % 10]} {key}", location=a_location(key)), line=key + 1) for key in range(count)]


def bring_in(path: Path, count: int = RECORDS) -> None:
    """Import in this process, with a connection of its own."""
    storage = Storage(sqlite_url(path))
    import_records(storage, SOURCE, records(count), by="test", at=AT, sealer=SEALER)
    storage.close()


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Path:
    """A database with every table and nothing in it."""
    path = tmp_path / "homeground.sqlite3"
    path.write_bytes(migrated_file.read_bytes())
    return path


@pytest.fixture
def open_file(file: Path) -> Iterator[Storage]:
    storage = Storage(sqlite_url(file))
    yield storage
    storage.close()


def test_an_import_that_is_killed_is_all_there_or_not_at_all(file: Path, migrated_file: Path) -> None:
    dice, took, ends = random.Random(7), _seconds(file), set()
    whole = _counts(file)
    for _ in range(20):
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        file.write_bytes(migrated_file.read_bytes())
        child = FORK.Process(target=bring_in, args=(file,))
        child.start()
        time.sleep(dice.uniform(0, 1.1) * took)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        found = _counts(file)
        assert found in (whole, dict.fromkeys(whole, 0))
        ends.add(found == whole)
        bring_in(file)   # and the same import goes through afterwards
        assert _counts(file) == whole
    assert False in ends   # some were really cut off


def _seconds(file: Path) -> float:
    child = FORK.Process(target=bring_in, args=(file,))
    began = time.monotonic()
    child.start()
    child.join()
    return time.monotonic() - began


def _counts(file: Path) -> dict[str, int]:
    with closing(sqlite_module().connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        tables = ("service", "organization", "location", "address", "phone", "provenance", "change", "location_private", "source")
        return {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}   # noqa: S608   # names above


def test_a_full_disk_is_told_and_leaves_what_was_there(file: Path, open_file: Storage) -> None:
    bring_in(file, 10)
    before = everything(open_file)
    with open_file.reading() as session:   # the engine itself says "full", as it does on a disk
        pages = session.connection().exec_driver_sql("pragma page_count").scalar() or 0
    _limit(open_file, pages)
    with pytest.raises(Unavailable, match="full"):
        import_records(open_file, SOURCE, records(400), by="test", at=AT, sealer=SEALER)
    assert everything(open_file) == before
    _limit(open_file, 2**30)
    assert import_records(open_file, SOURCE, records(400), by="test", at=AT, sealer=SEALER).added == 390


def _limit(storage: Storage, pages: int) -> None:
    from sqlalchemy import event

    storage.close()
    event.listen(storage.engine, "connect", lambda connection, _: connection.execute(f"pragma max_page_count={pages}"))


def test_a_lock_that_stays_is_told_and_nothing_is_written(file: Path, open_file: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.imports.WAITS_SECONDS", 0)
    with closing(sqlite_module().connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(Unavailable, match="locked"):
            import_records(open_file, SOURCE, records(3), by="test", at=AT, sealer=SEALER)
        with open_file.reading() as session:   # readers go on
            assert session.connection().exec_driver_sql("select count(*) from service").scalar() == 0
        other.execute("rollback")
    assert import_records(open_file, SOURCE, records(3), by="test", at=AT, sealer=SEALER).added == 3


def test_a_new_database_is_for_its_owner_only(tmp_path: Path, migrated_file: Path) -> None:
    storage = Storage(sqlite_url(tmp_path / "new.sqlite3"))
    with storage.writing() as session:
        session.connection().exec_driver_sql("create table t (n)")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("new.sqlite3*")}
    storage.close()
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3


def test_a_database_that_breaks_under_a_running_house_is_a_503(web_like: tuple[Litestar, Path]) -> None:
    app, path = web_like
    assert ask(app, post_form("/search", {"text": "repair"})).status == 200
    for suffix in ("", "-wal", "-shm"):
        with open(path.with_name(path.name + suffix), "r+b") as file:
            file.truncate(0)
            file.write(os.urandom(8192))
    time.sleep(0.6)
    for asked in (post_form("/search", {"text": "repair"}), post_json("/api/match", {"text": "repair"}), get("/api/hsds/services"), get("/readyz")):
        answer = ask(app, asked)
        assert answer.status == 503, asked.path
        assert answer.header("retry-after") == "5"
        assert "sqlite" not in answer.text.lower()
        assert str(path) not in answer.text
    assert ask(app, get("/healthz")).status == 200


@pytest.fixture
def web_like(tmp_path: Path, file: Path) -> Iterator[tuple[Litestar, Path]]:
    """A running house over a small directory of its own."""
    bring_in(file, 20)
    settings = Settings(data_dir=tmp_path, database_url=sqlite_url(file), secret_key="k" * 32)
    storage = Storage(settings.database_url)
    catalogue = Catalogue(storage)
    catalogue.refresh()
    yield create_app(settings, storage, catalogue, lambda: AT), file
    storage.close()


def test_what_another_process_imports_is_in_the_results_within_about_a_second(file: Path, open_file: Storage) -> None:
    catalogue = Catalogue(open_file)
    assert catalogue.search(Inquiry(text="repair bench"), at=AT).ranking.total == 0
    child = FORK.Process(target=bring_in, args=(file, 20))
    child.start()
    child.join()
    began = time.monotonic()
    while catalogue.search(Inquiry(text="repair bench"), at=AT).ranking.total == 0:
        assert time.monotonic() - began < 5   # a second on a quiet machine; tests share theirs
        time.sleep(0.02)


def test_names_of_what_has_just_gone_are_left_out(file: Path, open_file: Storage) -> None:
    bring_in(file, 3)
    catalogue = Catalogue(open_file)
    some = catalogue.search(Inquiry(text="reading circle"), at=AT).ranking.matches[0].id
    assert list(catalogue.names((some, "gone since"))) == [some]


def test_two_houses_start_on_an_empty_folder_at_once_with_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url="")
    gate = FORK.Barrier(6)
    results = FORK.Queue()

    def start() -> None:
        gate.wait()
        results.put(settings.sealer().fingerprints(b"one"))

    children = [FORK.Process(target=start) for _ in range(6)]
    for child in children:
        child.start()
    found = [results.get(timeout=10) for _ in children]
    for child in children:
        child.join()
    assert len({tuple(marks) for marks in found}) == 1
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret.key"]


def test_searches_go_on_while_two_imports_run(storage: Storage) -> None:
    catalogue, failed, stop = Catalogue(storage), list[BaseException](), threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                page = catalogue.search(Inquiry(text="repair reading refuge"), at=AT)
                catalogue.names(tuple(card.id for card in page.cards))
        except BaseException as error:
            failed.append(error)

    def import_all(code: str, first: int) -> None:
        try:
            for count in (first, 60, 90):
                content = [a_record(structs.replace(a_service(f"{code}{key}", name=f"Repair bench {count}")), line=key + 1) for key in range(count)]
                import_records(storage, structs.replace(SOURCE, code=code), content, by="test", at=AT, sealer=SEALER)
        except BaseException as error:
            failed.append(error)

    searchers = [threading.Thread(target=search) for _ in range(2)]
    importers = [threading.Thread(target=import_all, args=(code, first)) for code, first in (("elm", 30), ("oak", 50))]
    for thread in (*searchers, *importers):
        thread.start()
    for thread in importers:
        thread.join()
    stop.set()
    for thread in searchers:
        thread.join()
    assert failed == []
    catalogue.refresh()
    assert catalogue.search(Inquiry(text="repair bench 90"), at=AT).ranking.total == 180
