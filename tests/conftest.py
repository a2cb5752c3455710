"""What every test may ask for: a directory on SQLite and on PostgreSQL, the real data where it is, and loud words on what was skipped."""

from __future__ import annotations

import gc
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from directory.migrations import upgrade
from directory.places import open_gazetteer
from directory.sealing import Sealer
from directory.states import Reader
from directory.storage import Storage, sqlite_url
from tests.ground import make_demo, make_ground
from tests.postgresql import Server, find_binaries
from tests.statements import share_statements

settings.register_profile("homeground", deadline=None, derandomize=True)   # a timing is never a test, and the gate tries the same examples everywhere
settings.register_profile("exploring", deadline=None)   # others every time: `pytest --hypothesis-profile exploring`
settings.load_profile("homeground")
share_statements()

NO_SERVER = "no PostgreSQL server on this machine (Debian package: postgresql)"
NO_DATA = "HOMEGROUND_TESTS_REAL_DATA does not name the folder of real directories"
NO_HSDS = "HOMEGROUND_TESTS_HSDS does not name the folder with the schemas and examples of HSDS"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Debian's PostgreSQL server, started for this run only and reached through a socket."""
    if find_binaries() is None:
        pytest.skip(NO_SERVER)
    with Server.started() as server:
        yield server


ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=ENGINES)
def empty_storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A database without tables; every test that asks runs on both engines."""
    yield from _database(request, tmp_path / "homeground.sqlite3", like=None)


@pytest.fixture(params=ENGINES)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A database with every table and no row: a copy of one that was migrated once."""
    yield from _database(request, tmp_path / "homeground.sqlite3", like="migrated")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.sqlite3"
    storage = Storage(sqlite_url(path))
    upgrade(storage)
    storage.close()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgresql_server: Server) -> str:
    """The name of a PostgreSQL database with every table, to make others like it."""
    storage = Storage(postgresql_server.new_database("migrated"))
    upgrade(storage)
    storage.close()
    return "migrated"


def _database(request: pytest.FixtureRequest, path: Path, *, like: str | None) -> Iterator[Storage]:
    if request.param == "sqlite":
        if like:
            shutil.copy(request.getfixturevalue("migrated_file"), path)
        storage = Storage(sqlite_url(path))
        yield storage
        storage.close()
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name = "t" + secrets.token_hex(6)
    template = request.getfixturevalue("migrated_database") if like else "template1"
    storage = Storage(server.new_database(name, like=template))
    yield storage
    storage.close()
    server.drop(name)


@pytest.fixture(scope="session")
def ground_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A SQLite file with what every Homeground knows (``tests/ground.py``), to copy. The words and places in it are held, so that each copy finds them read."""
    path = make_ground(tmp_path_factory.mktemp("ground") / "ground.sqlite3")
    storage = Storage(sqlite_url(path))
    with storage.reading() as session:
        held = open_gazetteer(session), Reader(timezone="UTC", country="US").words(session)
    storage.close()
    yield path
    del held


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Path:
    """A SQLite file with the demonstration place, to copy."""
    return make_demo(tmp_path_factory.mktemp("demo") / "demo.sqlite3", ground_file)


@pytest.fixture
def sealer() -> Sealer:
    """Seals with a key made for this test."""
    return Sealer({"test": b"k" * 32})


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real directories that nobody here wrote."""
    folder = os.environ.get("HOMEGROUND_TESTS_REAL_DATA", "")
    if not folder:
        pytest.skip(NO_DATA)
    return Path(folder)


@pytest.fixture(scope="session")
def hsds() -> Path:
    """The folder with the official schemas (``schema``) and examples (``examples/3.1``, ``examples/3.2.3``) of HSDS."""
    folder = os.environ.get("HOMEGROUND_TESTS_HSDS", "")
    if not folder:
        pytest.skip(NO_HSDS)
    return Path(folder)


def pytest_configure() -> None:
    """Collecting makes millions of things and drops none: looking for some to free takes a fifth of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was collected stays until the end: it is left out whenever things to free are looked for."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (the gate), a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HOMEGROUND_TESTS_SKIP_NOTHING") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested here, and what to install to test it."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)]
    for reason in sorted(set(reasons)):
        words = re.sub(r"^Skipped: ", "", reason)
        terminalreporter.write_line(f"NOT TESTED HERE, {reasons.count(reason)} tests: {words}", yellow=True, bold=True)
