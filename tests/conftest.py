"""What every test may ask for: a directory on SQLite and on PostgreSQL, the real data where it is, and loud words on what was skipped."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.migrations import upgrade
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from tests.postgresql import Server, find_binaries

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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A database without tables; every test that asks runs on both engines."""
    if request.param == "sqlite":
        storage = Storage(sqlite_url(tmp_path / "homeground.sqlite3"))
    else:
        server: Server = request.getfixturevalue("postgresql_server")
        storage = Storage(server.new_database("t" + secrets.token_hex(6)))
    yield storage
    storage.close()


@pytest.fixture
def storage(empty_storage: Storage) -> Storage:
    """A database with every table and no row."""
    upgrade(empty_storage)
    return empty_storage


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
