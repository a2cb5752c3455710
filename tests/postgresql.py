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


def find_binaries() -> Path | None:
    """The folder of the newest installed server's programs, or None."""
    folders = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(folders[-1]).parent if folders else None


class Server:
    """A running server; ``new_database`` gives the URL of an empty database in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_database(self, name: str, *, like: str = "template1") -> str:
        """Make a database, empty or like another that nobody is connected to, and return its URL."""
        self._run(f'create database "{name}" template "{like}"')
        return self._url(name)

    def drop(self, name: str) -> None:
        """Drop a database: hundreds of them make stopping the server slow."""
        self._run(f'drop database "{name}" with (force)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Server]:
        """A server on a socket only, without fsync (nothing in it is worth keeping)."""
        binaries = find_binaries()
        assert binaries is not None
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        folder = Path(tempfile.mkdtemp(prefix="hg-pg-", dir="/tmp"))
        if as_postgres:
            shutil.chown(folder, "postgres", "postgres")
        run = [*as_postgres, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]
        try:
            initdb = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
            subprocess.run([*as_postgres, *initdb], check=True, capture_output=True, cwd="/")
            subprocess.run([*run, "-o", f"-c listen_addresses='' -k {folder} -c fsync=off", "start"], check=True, capture_output=True, cwd="/")
            yield cls(folder)
            subprocess.run([*run, "-m", "immediate", "stop"], check=True, capture_output=True, cwd="/")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
