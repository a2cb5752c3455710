"""The database: one engine, sessions that read or write, and the settings that keep acknowledged writes."""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from directory.errors import Unavailable, UnsafeSetting

__all__ = ["Session", "Storage", "sqlite_is_safe", "sqlite_module", "sqlite_url", "sqlite_version"]
"""``Session`` is named here for doors that hand one on and never ask it anything."""

WAL_RESET_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""First SQLite of each branch without the WAL-reset bug, which can damage a database with several writers (sqlite.org/wal.html)."""

# secure_delete: erased text must not stay in the file. FULL: NORMAL loses acknowledged commits when the power fails.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF")


class Storage:
    """The door to the database. ``reading()`` never writes, ``writing()`` commits once at its end or not at all."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = self.engine.execution_options(homeground_write=True)

    @property
    def url(self) -> str:
        """Where the database is, with its password: never for a log."""
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent snapshot; whatever it holds at the end is rolled back."""
        with told_plainly(), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, *, wait_seconds: int = 5, counting: bool = False) -> Iterator[Session]:
        """A session that holds the write lock from its start (a plain BEGIN loses updates) and commits when the block ends well.

        On SQLite it waits so long for another writer; on PostgreSQL as long as a statement may take. ``counting`` is for single statements that
        many send at once at the same row (limits, leases, queues): on PostgreSQL each then waits its turn and sees what the others have committed,
        where a transaction on one snapshot would fail.
        """
        options = {"isolation_level": "READ COMMITTED"} if counting and not self.is_sqlite else {}
        engine = self._writer.execution_options(homeground_waits=wait_seconds, **options)
        with told_plainly(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the database itself cannot do, in words; mistakes in what it was asked stay as they are."""
    try:
        yield
    except (DatabaseError, PoolTimeout) as error:
        if isinstance(error, DataError | IntegrityError | ProgrammingError):
            raise
        lines = str(getattr(error, "orig", None) or error).strip().splitlines()
        why = lines[0] if lines else type(error).__name__
        raise Unavailable(f"The database cannot be used now ({why}). Nothing was changed. `homeground doctor` says what to look at.") from error


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def sqlite_module() -> ModuleType:
    """The SQLite binding to use: the newer one that pysqlite3 carries, where it is installed, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def sqlite_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug."""
    newest, *branches = WAL_RESET_FIXED
    return version >= newest or any(version[:2] == fixed[:2] and version >= fixed for fixed in branches)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    if parsed.get_backend_name() == "postgresql":
        options = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            hide_parameters=True,   # an error must not carry what people wrote into a log
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": 3, "options": options},
        )
    raise UnsafeSetting(f"Homeground keeps its data in SQLite or PostgreSQL. It cannot use a database of the kind '{parsed.get_backend_name()}'.")


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, module=sqlite_module(), hide_parameters=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "do_connect")
    def _for_its_owner(_dialect: Any, _record: Any, arguments: list[Any], _options: Any) -> None:
        # SQLite would make it readable for everybody; its -wal and -shm files follow the mode of this one.
        if arguments and arguments[0] not in ("", ":memory:") and not str(arguments[0]).startswith("file:"):
            with suppress(OSError):
                os.close(os.open(arguments[0], os.O_CREAT | os.O_RDWR, 0o600))

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None   # we begin transactions ourselves, below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        writes = options.get("homeground_write")
        if writes:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('homeground_waits', 5) * 1000}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def sqlite_version(storage: Storage) -> tuple[int, ...]:
    """The version of the SQLite library in use."""
    with storage.reading() as session:
        return tuple(int(part) for part in str(session.execute(text("select sqlite_version()")).scalar()).split("."))
