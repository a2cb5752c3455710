"""Finding duplicates among invented listings: seconds, memory, and how many of the planted ones are found; and asking about one new entry.

A busy machine changes the seconds of the clock, and not those of work.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from random import Random
from time import perf_counter, process_time

from directory.duplicates import Known, find_duplicates
from directory.duplicates.truth import Quality
from tests.bench.planted import planted, varied

ASKED = 200


def duplicates(counts: Sequence[int]) -> None:
    """A process for each number of listings, so that the peak of one is not that of another."""
    for count in counts:
        done = subprocess.run([sys.executable, "-m", "tests.bench.duplicates", str(count)], capture_output=True, text=True, check=True)
        print(done.stdout, end="", flush=True)


def _run(count: int) -> None:
    rows, true = planted(count)
    before = _megabytes()
    start, worked = perf_counter(), process_time()
    pairs = find_duplicates(rows)
    seconds, worked = perf_counter() - start, process_time() - worked
    found = {(pair.first, pair.second) for pair in pairs}
    told = Quality(len(found & set(true)), len(found), len(true))
    memory = f"{_megabytes():,.0f} MB at most ({before:,.0f} MB of it the rows)"
    print(f"{count:,} listings, {len(true):,} planted: {seconds:.1f} s ({worked:.1f} s of work), {memory}, {told}")
    if count <= 100_000:
        _ask(count)


def _ask(count: int) -> None:
    """The time a form waits, and how often the entry that was copied is among the first five."""
    rows, _ = planted(count)
    start = perf_counter()
    known = Known(rows)
    ready = perf_counter() - start
    dice, times, right = Random(3), [], 0
    for number in range(ASKED):
        row = dice.choice(rows)
        entry = varied(row, dice, key=f"new {number}")
        start = perf_counter()
        alike = known.similar_to(entry, limit=5)
        times.append(1000 * (perf_counter() - start))
        right += any(rows[one.at] == row for one in alike)
    times.sort()
    print(f"  at entry: ready in {ready:.1f} s; p50 {times[ASKED // 2]:.1f} ms, p95 {times[ASKED * 95 // 100]:.1f} ms; the copied one shown {right} of {ASKED}")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _run(int(sys.argv[1]))
