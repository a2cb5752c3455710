"""Searches beside a stream of edits: how long they take when a thousand listings a second are changed, against a quiet time before."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter, sleep

import numpy as np
from msgspec.structs import replace

from matching.values import Listing
from seeds.invent import TODAY
from tests.bench.data import first_listings
from tests.bench.engines.ours import Ours
from tests.bench.queries import Variant, inquiries
from tests.bench.ready import opened

VARIANTS: tuple[Variant, ...] = ("near text", "near")
STEP_SECONDS = 0.25  # a quarter of the second within which an edit is to be in the results
SEED = 5


def changed_listings() -> Iterator[Listing]:
    """Listings of the catalogue with something changed, without end: a name, a word, the space, the day it was confirmed, now and then the place."""
    random = Random(SEED)
    for listing in cycle(first_listings()):
        made = replace(
            listing,
            name=f"{listing.name} {random.choice(('by day', 'in the evening', 'for all'))}",
            space=random.choice(("open", "waiting_list", "full", None)),
            assured_on=TODAY - timedelta(days=random.randint(0, 20)),
            assured_by="organization",
        )
        if made.place and random.random() < 0.1:
            made = replace(made, place=replace(made.place, latitude=made.place.latitude + 0.01))
        yield made


def edits(count: int, folder: Path, *, a_second: int, seconds: int) -> None:
    """Print the percentiles of a quiet time and of one with edits, and how many edits came through."""
    with opened([Ours().name], count, folder) as ((engine, _),):
        assert isinstance(engine, Ours)
        gc.collect()
        gc.freeze()   # as a server does after it has started
        quiet = _searches(engine, seconds)
        done, stop = [0], threading.Event()
        writer = threading.Thread(target=_write, args=(engine.save, a_second, done, stop))
        start = perf_counter()
        writer.start()
        busy = _searches(engine, seconds)
        stop.set()
        writer.join()
        _say("quiet", quiet)
        _say(f"beside {done[0] / (perf_counter() - start):,.0f} edits a second", busy)


def _write(save: Callable[[Sequence[Listing]], None], a_second: int, done: list[int], stop: threading.Event) -> None:
    """Save a few every hundredth of a second, and more where it has fallen behind."""
    source, start = changed_listings(), perf_counter()
    while not stop.is_set():
        due = int((perf_counter() - start) * a_second) - done[0]
        if due > 0:
            save([next(source) for _ in range(due)])
            done[0] += due
        sleep(STEP_SECONDS)


def _searches(engine: Ours, seconds: int) -> dict[Variant, list[float]]:
    """Milliseconds of searches, both kinds in turn."""
    times: dict[Variant, list[float]] = {variant: [] for variant in VARIANTS}
    until = perf_counter() + seconds
    for at in cycle(range(len(inquiries("near")))):
        for variant in VARIANTS:
            start = perf_counter()
            engine.first_ids(inquiries(variant)[at])
            times[variant].append((perf_counter() - start) * 1000)
        if perf_counter() > until:
            return times
    return times


def _say(when: str, times: dict[Variant, list[float]]) -> None:
    for variant, found in times.items():
        p50, p95, p99 = (float(np.percentile(found, share)) for share in (50, 95, 99))
        print(f"  {when:<32} {variant:<10} p50 {p50:8.3f}  p95 {p95:8.3f}  p99 {p99:8.3f} ms ({len(found):,} searches)")
