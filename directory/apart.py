"""A large index is made by a process of its own: meanwhile searches here are as fast as ever, and the memory that making it takes goes with it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from contextlib import closing, suppress
from io import FileIO
from pathlib import Path
from typing import IO, Final, cast

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.keeping import Keep
from directory.models import Service
from directory.states import Reader
from directory.storage import Storage

log = logging.getLogger("homeground.catalogue")

LARGE: Final = 5_000
"""Services from which on it is worth a process: about a second of making the index, which is what a process takes to begin."""
PATIENCE: Final = 10
"""How much it lets others go first (``nice``): on a machine with one core too, searches come before it."""
STOPPED: Final = 3


class Order(Struct, frozen=True, kw_only=True):
    """What the other process is told, through a pipe: an address of a database may hold a password. ``seq``: a file that is newer will do."""

    url: str
    timezone: str
    country: str
    folder: str
    seq: int


def is_large(session: Session) -> bool:
    """Whether there is so much to read that somebody would notice."""
    return (session.scalar(select(func.count()).select_from(Service)) or 0) >= LARGE


def make_apart(storage: Storage, reader: Reader, keep: Keep) -> bool:
    """Have the file on disk made anew, and wait for it; False when that did not come to its end. The process ends with this one.

    Nobody here may hold the right to write the file.
    """
    made = keep.made()
    order = Order(url=storage.url, timezone=reader.timezone, country=reader.country, folder=str(keep.path.parent), seq=made.seq if made else 0)
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-m", __name__]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, **paths}) as process:   # noqa: S603 (our own program, nothing of anybody's in it)
            tell(process, order)
            process.wait()   # and only then is the pipe closed, which would stop it
    except OSError as error:
        log.warning("the index is made by this process: no other could be started (%s)", error.strerror)
        return False
    if process.returncode:
        log.warning("the index is made by this process: the one that should have made it ended with %d", process.returncode)
    return process.returncode == 0


def tell(process: subprocess.Popen[bytes], order: Order) -> None:
    """Give the other process its order; what has gone already is found out by waiting for it."""
    with suppress(BrokenPipeError):
        pipe = cast("IO[bytes]", process.stdin)
        pipe.write(msgspec.json.encode(order) + b"\n")
        pipe.flush()


def make(order: Order) -> bool:
    """Read the directory and put its index in the place of the one on disk, as the other process does."""
    keep, reader = Keep(Path(order.folder)), Reader(timezone=order.timezone, country=order.country)
    with keep.writing() as may_write:
        made = keep.made()
        if not may_write or (made and made.seq > order.seq):
            return may_write   # another process was waited for, which did the same
        with closing(Storage(order.url)) as storage, storage.reading() as session:
            found = reader.gather(session)
        return bool(found.made.mark) and keep.save(reader.built(found).index, found.made)


def main() -> int:
    """Take one order from the pipe, and end when the pipe does."""
    pipe = open(sys.stdin.fileno(), "rb", buffering=0)   # noqa: SIM115 (whoever waits at a buffer holds it when the process ends)
    order = msgspec.json.decode(pipe.readline(), type=Order)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    os.nice(PATIENCE)
    return 0 if make(order) else 1


def _end_with(pipe: FileIO) -> None:
    pipe.read()
    os._exit(STOPPED)


if __name__ == "__main__":
    sys.exit(main())
