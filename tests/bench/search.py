"""The table of searches: every engine over the same listings, asked the same questions in rotation."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from tests.bench.answers import compare_sets
from tests.bench.engines.base import Engine
from tests.bench.engines.ours import Ours
from tests.bench.queries import VARIANTS, Variant, inquiries
from tests.bench.ready import Cost, opened
from tests.bench.timing import Times, rotate

OURS = "homeground"
Say = Callable[[str], None]


def say_now(line: str) -> None:
    """Print at once: a long run is watched."""
    print(line, flush=True)


def search(
    counts: Sequence[int], names: Sequence[str], folder: Path, *, questions: int, passes: int, checked: int, variants: Sequence[Variant] = VARIANTS,
    say: Say = say_now,
) -> None:  # fmt: skip
    """Print a table for each number of listings, and how the medians grow from one number to the next."""
    medians: dict[tuple[str, Variant], list[float]] = {}
    for count in counts:
        with opened(names, count, folder) as found:
            say(f"\n{count:,} listings; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'not set')}")
            _costs(found, say)
            for variant in variants:
                for times in _variant([engine for engine, _ in found], variant, questions, passes, checked, say):
                    medians.setdefault((times.name, variant), []).append(times.percentile(50))
    _growth(counts, medians, say)


def _costs(found: Sequence[tuple[Engine, Cost]], say: Say) -> None:
    for engine, cost in found:
        place = "in memory" if engine.in_memory else f"{cost.bytes / 1e6:,.0f} MB on disk"
        say(f"  {engine.name:<14} built in {cost.build_seconds:.1f} s, opened in {cost.open_seconds:.3f} s, {place}: {engine.note}")


def _variant(engines: Sequence[Engine], variant: Variant, questions: int, passes: int, checked: int, say: Say) -> list[Times]:
    asked = inquiries(variant, questions)
    for engine in engines:
        for inquiry in asked[:5]:
            engine.first_ids(inquiry)
    times = rotate(engines, asked, passes)
    ours = next((engine for engine in engines if isinstance(engine, Ours)), None)
    totals = {at: ours.rank(inquiry).total for at, inquiry in enumerate(asked)} if ours else {}
    matches = f"matches p50 {np.percentile([*totals.values()], 50):,.0f}, p95 {np.percentile([*totals.values()], 95):,.0f}" if totals else ""
    say(f" {variant}: {len(asked)} questions x {passes} passes; {matches}; load {times[0].load[0]:.1f} to {times[0].load[-1]:.1f}")
    base = next((one for one in times if one.name == OURS), None)
    for one in times:
        say(_line(one, base))
    if ours and checked and "text" not in variant:
        others = [engine for engine in engines if not isinstance(engine, Ours)]
        say(f"   same answers? {compare_sets([ours, *others], totals, variant, min(checked, len(asked)))}")
    return times


def _line(one: Times, ours: Times | None) -> str:
    low, high = one.p50_range()
    p50, p95, p99 = (one.percentile(share) for share in (50, 95, 99))
    beside = f"   x ours {p50 / ours.percentile(50):8.2f} p50 {p95 / ours.percentile(95):8.2f} p95" if ours and one is not ours else ""
    return f"   {one.name:<14} p50 {p50:9.3f} [{low:.3f} to {high:.3f}]  p95 {p95:9.3f}  p99 {p99:9.3f} ms{beside}"


def _growth(counts: Sequence[int], medians: dict[tuple[str, Variant], list[float]], say: Say) -> None:
    if len(counts) < 2:
        return
    say("\ngrowth: the exponent of the median, " + ", ".join(f"{low:,} to {high:,}" for low, high in pairwise(counts)))
    for (name, variant), values in sorted(medians.items(), key=lambda one: (one[0][1], one[0][0])):
        steps = zip(pairwise(counts), pairwise(values), strict=True)
        say(f"   {variant:<13} {name:<14} " + "  ".join(f"{math.log(after / before) / math.log(high / low):5.2f}" for (low, high), (before, after) in steps))
