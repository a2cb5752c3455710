"""A PostgreSQL server for the tests: Debian's own, started in a folder of its own, reached through a socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

from sqlalchemy import create_engine, text

HASTE = "fsync=off full_page_writes=off synchronous_commit=off wal_level=minimal max_wal_senders=0 max_wal_size=4GB autovacuum=off"
"""Nothing here has to outlive the run, nor grow old. What statements and transactions see is as ever."""
ROOM = 2 * 2**30
"""Bytes that have to be free in memory before a server may live there."""


def find_binaries() -> Path | None:
    """The folder of the newest installed server's programs, or None."""
    folders = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(folders[-1]).parent if folders else None


def _where() -> Path:
    """A folder with a short path that another user can reach: a socket's address holds a hundred letters."""
    memory = Path("/dev/shm")   # noqa: S108 a folder of our own is made in it, as in the other
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else Path("/tmp")   # noqa: S108


class Server:
    """A running server; ``new_database`` gives the URL of an empty database in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")

    def new_database(self, name: str, *, like: str = "template1") -> str:
        """Make a database, empty or like another that nobody is connected to, and return its URL."""
        self._run(f'create database "{name}" template "{like}" strategy file_copy')   # a copy of files, where the usual way logs each page
        return self._url(name)

    def drop(self, name: str) -> None:
        """Drop a database: hundreds of them make stopping the server slow."""
        self._run(f'drop database "{name}" with (force)')

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def close(self) -> None:
        """Let go of the server before it stops."""
        self._engine.dispose()

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Server]:
        """A server on a socket only, in memory where there is room."""
        binaries = find_binaries()
        assert binaries is not None
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        folder = Path(tempfile.mkdtemp(prefix="hg-pg-", dir=_where()))
        if as_postgres:
            shutil.chown(folder, "postgres", "postgres")
        run = [*as_postgres, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]
        try:
            initdb = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
            subprocess.run([*as_postgres, *initdb], check=True, capture_output=True, cwd="/")
            options = " -c ".join([f"-k {folder}", "listen_addresses=", *HASTE.split()])
            subprocess.run([*run, "-o", options, "start"], check=True, capture_output=True, cwd="/")
            server = cls(folder)
            yield server
            server.close()
            subprocess.run([*run, "-m", "immediate", "stop"], check=True, capture_output=True, cwd="/")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
