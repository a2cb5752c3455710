"""Searches while the whole index is made anew from the database: how much slower they are, by a process of its own and by this one."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time, sleep

import numpy as np

from directory import apart
from directory.catalogue import Catalogue
from directory.storage import Storage
from tests.bench.engines.ours import AT
from tests.bench.http import database
from tests.bench.queries import Variant, inquiries

A_SECOND = 50
"""Searches begun, whether those before are through or not: one that comes while the interpreter is busy waits, and that counts."""
QUIET_SECONDS = 20.0
VARIANTS: tuple[Variant, ...] = ("near text", "near")
QUESTIONS = [one for variant in VARIANTS for one in inquiries(variant, 100)]


def renewing(count: int, folder: Path, *, data_dir: Path | None) -> None:
    """Print the percentiles of a quiet time, and of the time while an index is made of all rows; ``data_dir`` as for ``rows``."""
    where = data_dir or database(count, folder / str(count) / "http")
    storage, kept = Storage(f"sqlite:///{where / 'homeground.sqlite3'}"), folder / "renewing"
    shutil.rmtree(kept, ignore_errors=True)
    catalogue = Catalogue(storage, timezone="America/Chicago", folder=kept)
    began = perf_counter()
    catalogue.open()
    print(f"  first state, from rows to the file: {perf_counter() - began:.1f} s")
    began = process_time()
    Catalogue(storage, timezone="America/Chicago", folder=kept).open()
    print(f"  the same from the file: {process_time() - began:.2f} s of work")
    for one in QUESTIONS:   # what is the same for all is read by the first
        catalogue.search(one, at=AT, around=False)
    gc.collect()
    gc.freeze()   # as a server does after it has started
    until = perf_counter() + QUIET_SECONDS
    _say("quiet", _searches(catalogue, lambda: perf_counter() < until), QUIET_SECONDS)
    for name, least in (("beside a process that makes it", 1), ("beside a thread that makes it", 10**9)):
        apart.LARGE = least   # type: ignore[misc]
        (kept / "current").unlink()
        thread = threading.Thread(target=catalogue.following.renew)
        began = perf_counter()
        thread.start()
        times = _searches(catalogue, thread.is_alive)
        _say(name, times, perf_counter() - began)
    storage.close()


def _searches(catalogue: Catalogue, go_on: Callable[[], bool]) -> list[float]:
    """Milliseconds of each search, from when it was due."""
    times, due = list[float](), perf_counter()
    for inquiry in cycle(QUESTIONS):
        if not go_on():
            return times
        sleep(max(0.0, due - perf_counter()))
        catalogue.search(inquiry, at=AT, around=False)
        times.append((perf_counter() - due) * 1000)
        due = max(due + 1 / A_SECOND, perf_counter() - 1.0)
    return times


def _say(name: str, times: Sequence[float], seconds: float) -> None:
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(f"  {name:<32} {seconds:6.1f} s  {len(times):>6} searches  p50 {p50:7.2f}  p95 {p95:7.2f}  p99 {p99:7.2f} ms")
