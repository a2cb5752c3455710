"""Asking engines in rotation, and what the times say."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns

import numpy as np

from matching.values import Inquiry
from tests.bench.engines.base import Engine


@dataclass(slots=True)
class Times:
    """Milliseconds of one engine: ``passes[p, q]`` is question q in pass p. ``load`` is the machine's load average around each pass."""

    name: str
    passes: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    load: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The median over passes of each pass's own percentile."""
        return float(np.median(np.percentile(self.passes, share, axis=1)))

    def p50_range(self) -> tuple[float, float]:
        """The least and the most that the passes say of the median."""
        medians = np.percentile(self.passes, 50, axis=1)
        return float(medians.min()), float(medians.max())


def rotate(engines: Sequence[Engine], inquiries: Sequence[Inquiry], passes: int) -> list[Times]:
    """Ask every question of every engine, one after the other, ``passes`` times.

    Each pass and each question begins with another engine, so that none always finds the caches warmed, or spoilt, by the same other one. What
    was opened before is set aside from Python's collector, as a server does after it has started.
    """
    times = [Times(engine.name, np.zeros((passes, len(inquiries)))) for engine in engines]
    gc.collect()
    gc.freeze()
    for turn in range(passes):
        for at, inquiry in enumerate(inquiries):
            for step in range(len(engines)):
                number = (step + at + turn) % len(engines)
                times[number].passes[turn, at] = _milliseconds(engines[number], inquiry)
        for one in times:
            one.load.append(os.getloadavg()[0])
    gc.unfreeze()
    return times


def _milliseconds(engine: Engine, inquiry: Inquiry) -> float:
    engine.forget()
    start = perf_counter_ns()
    engine.first_ids(inquiry)
    return (perf_counter_ns() - start) / 1e6
