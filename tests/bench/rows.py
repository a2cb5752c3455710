"""From the rows of a database to an index: the work of each step, and what the process takes at most."""

from __future__ import annotations

import resource
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import TypeVar

from directory.states import Gathered, Reader, Snapshot
from directory.storage import Storage
from matching.snapshot import save
from tests.bench.http import database

Made = TypeVar("Made")


def rows(count: int, folder: Path, *, data_dir: Path | None, passes: int) -> None:
    """Print the least work of some passes; the first also reads the gazetteer and the vocabulary, which the others find.

    ``data_dir`` names a data folder of Homeground with a SQLite database; else one is made with ``count`` invented records, once.
    """
    where = data_dir or database(count, folder / str(count) / "http")
    storage, reader = Storage(f"sqlite:///{where / 'homeground.sqlite3'}"), Reader(timezone="America/Chicago", country="US")
    reading, building = list[float](), list[float]()
    held: Snapshot | None = None
    for _ in range(max(1, passes)):
        held = None   # what the last pass made
        seconds, found = _timed(lambda: _gathered(storage, reader))
        more, held = _timed(partial(reader.built, found))
        reading.append(seconds)
        building.append(more)
    print(f"least work of {passes} passes: rows, listings and cards {min(reading):.2f} s, index {min(building):.2f} s")
    print(f"first pass {reading[0] + building[0]:.2f} s; the process took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")
    if held:
        save(held.index, folder / "rows.index")
        print(f"{len(held.index):,} listings; the file of the index: {sha256((folder / 'rows.index').read_bytes()).hexdigest()[:16]}")
    storage.close()


def _gathered(storage: Storage, reader: Reader) -> Gathered:
    with storage.reading() as session:
        return reader.gather(session)


def _timed(verb: Callable[[], Made]) -> tuple[float, Made]:
    begun = process_time()
    made = verb()
    return process_time() - begun, made
