"""Engines made ready over a number of listings: built once into a folder, with what that cost, and opened from there afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.data import bytes_in, listings
from tests.bench.engines.available import engines
from tests.bench.engines.base import Engine

SHARED_DATA = {"homeground all": "homeground", "tantivy fuzzy": "tantivy", "postgis trgm": "postgis"}
"""Engines that differ in how they ask, not in what they keep."""
BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds to build and to open, and bytes on disk; building counts the making of the listings."""

    build_seconds: float
    open_seconds: float
    bytes: int


@contextmanager
def opened(names: Sequence[str], count: int, folder: Path) -> Iterator[list[tuple[Engine, Cost]]]:
    """The named engines over ``count`` listings, ready to be asked; closed again whatever happens."""
    found: list[tuple[Engine, Cost]] = []
    with ExitStack() as stack:
        for name in names:
            engine = engines()[name]()
            where = folder / str(count) / SHARED_DATA.get(name, name)
            seconds = built(engine, count, where)
            start = perf_counter()
            engine.open(where)
            stack.callback(engine.close)
            found.append((engine, Cost(seconds, perf_counter() - start, bytes_in(where))))
        yield found


def built(engine: Engine, count: int, where: Path) -> float:
    """Build unless that was done before; the seconds it took, then or now."""
    note = where / BUILT
    if note.exists() and not engine.in_memory:
        return float(json.loads(note.read_text())["seconds"])
    if not engine.in_memory:
        shutil.rmtree(where, ignore_errors=True)
    where.mkdir(parents=True, exist_ok=True)
    start = perf_counter()
    engine.build(listings(count), where)
    seconds = perf_counter() - start
    note.write_text(json.dumps({"seconds": seconds}))
    return seconds

