"""From the commit of an edit to the moment when a search in another process of the operating system shows it, on both engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep

import numpy as np

from directory.catalogue import Catalogue
from directory.imports import import_records
from directory.migrations import upgrade
from directory.models import Service
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from seeds.invent import INVENTED, invent_records
from seeds.load import vocabularies
from tests.bench.data import SEED
from tests.cast import LISTINGS, make_town
from tests.edited import seconds_until_seen, steps
from tests.make import NOON
from tests.onlooker import onlooker
from tests.postgresql import Server, find_binaries


def seen(folder: Path, rounds: int, count: int) -> None:
    """Print how soon each kind of edit was seen: the middle and the longest, in milliseconds. ``count`` invented listings lie beside the cast's town."""
    for name, storage in _storages(folder, count):
        sealer = Sealer({"bench": b"k" * 32})
        _fill(storage, sealer, count)
        index = folder / f"seen-{name}-{count}" if count else None
        if index:   # made first, as a server does that starts: the other process opens it
            Catalogue(storage, folder=index).open()
        times = _times(storage, sealer, rounds, index)
        for kind, found in [*times.items(), ("all", [one for some in times.values() for one in some])]:
            print(f"  {name:<12} {kind:<14} p50 {np.median(found) * 1000:6.0f}  most {max(found) * 1000:6.0f} ms ({len(found)} edits)")
        storage.close()


def _fill(storage: Storage, sealer: Sealer, count: int) -> None:
    upgrade(storage)
    with storage.reading() as session:
        is_there = session.get(Service, LISTINGS["lunch"]) is not None
    if not is_there:
        if count:
            vocabularies(storage, at=NOON)
            import_records(storage, INVENTED, invent_records(count, seed=SEED), by="bench", at=NOON, sealer=sealer)
        make_town(storage, at=NOON, sealer=sealer)


def _times(storage: Storage, sealer: Sealer, rounds: int, index: Path | None) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    dice = Random(7)
    with onlooker(storage, "lunch", NOON, folder=index) as other:
        other.sees(bool, patience_seconds=600)
        for number in range(rounds):
            for kind, do, wanted in steps(sealer, number):
                sleep(dice.uniform(0.3, 1.2))   # not in step with the looks of the other process
                took = seconds_until_seen(storage, other, do, wanted)
                times[kind].append(float("inf") if took is None else took)
    return times


def _storages(folder: Path, count: int) -> Iterator[tuple[str, Storage]]:
    """A file that is kept from one run to the next where it is large, and a server of its own."""
    path = folder / f"seen-{count}.sqlite3"
    if not count:
        path.unlink(missing_ok=True)
    yield "sqlite", Storage(sqlite_url(path))
    if find_binaries() is not None:
        with Server.started() as server:
            yield "postgresql", Storage(server.new_database("seen"))
