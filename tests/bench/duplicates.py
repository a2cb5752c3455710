"""Finding duplicates among invented listings: seconds, memory, and how many of the planted ones are found; and asking about one new entry.

A busy machine changes the seconds of the clock, and not those of work. The listings are made by one process and read from a file by another, as a
directory is from its database, so that the memory told is the finder's own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import msgspec

from directory.duplicates import Known, Row, find_duplicates
from directory.duplicates.truth import Quality
from tests.bench.planted import planted, varied

ASKED = 200
MOST_ASKED = 100_000
EDITED = 1000
"""One row in so many is written anew in a night."""


def duplicates(counts: Sequence[int]) -> None:
    """A process for each number of listings, so that the peak of one is not that of another."""
    for count in counts:
        with TemporaryDirectory() as folder:
            for step in ("make", "find", "night", *(("ask",) if count <= MOST_ASKED else ())):
                done = subprocess.run([sys.executable, "-m", "tests.bench.duplicates", step, str(count), folder], capture_output=True, text=True, check=True)
                print(done.stdout, end="", flush=True)


def _make(count: int, folder: Path) -> None:
    rows, true = planted(count)
    with (folder / "rows").open("wb") as file:
        file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
    (folder / "true").write_bytes(msgspec.json.encode(true))


def _rows(folder: Path) -> Iterator[Row]:
    with (folder / "rows").open("rb") as file:
        yield from map(msgspec.json.Decoder(Row).decode, file)


def _find(count: int, folder: Path) -> None:
    before, start, worked = _megabytes(), perf_counter(), process_time()
    pairs = find_duplicates(_rows(folder))
    seconds, worked, memory = perf_counter() - start, process_time() - worked, _megabytes()
    true = set(msgspec.json.decode((folder / "true").read_bytes(), type=list[tuple[int, int]]))
    found = {(pair.first, pair.second) for pair in pairs}
    told = Quality(len(found & true), len(found), len(true))
    memory_words = f"{memory:,.0f} MB at most ({before:,.0f} MB of it before the first row)"
    print(f"{count:,} listings, {len(true):,} planted: {seconds:.1f} s ({worked:.1f} s of work), {memory_words}, {told}")


def _night(count: int, folder: Path) -> None:
    """What the nightly job does: everything the first time, then again after one row in a thousand was written anew."""
    kept, changed = folder / "kept", set(Random(4).sample(range(count), count // EDITED))
    dice = Random(5)

    def edited() -> Iterator[Row]:
        return (varied(row, dice, key=row.key) if at in changed else row for at, row in enumerate(_rows(folder)))

    for words, rows in (("everything", _rows(folder)), ("the night after", edited())):
        start, worked = perf_counter(), process_time()
        found = find_duplicates(rows, past=kept)
        seconds, worked = perf_counter() - start, process_time() - worked
        size = kept.stat().st_size / 2**20
        print(f"  {words}: {seconds:.1f} s ({worked:.1f} s of work), {len(found):,} pairs, {size:,.1f} MB kept, {_megabytes():,.0f} MB at most")


def _ask(_count: int, folder: Path) -> None:
    """The time a form waits, and how often the entry that was copied is among the first five."""
    rows = list(_rows(folder))
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
    {"make": _make, "find": _find, "night": _night, "ask": _ask}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
