"""What our index takes: resident and proportional memory of one process and of two that have it open, and the time until the first answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.bench.engines.ours import Ours
from tests.bench.queries import inquiries
from tests.bench.ready import built


def memory(count: int, folder: Path) -> None:
    """Build once, then open in one process and in two at the same time, and print what each holds."""
    where = folder / str(count) / Ours().name
    print(f"{count:,} listings: built in {built(Ours(), count, where):.1f} s")
    for processes in (1, 2):
        holders = [_started(count, where) for _ in range(processes)]
        lines = [holder.stdout.readline().strip() if holder.stdout else "" for holder in holders]
        whole = sum(_megabytes(holder.pid, "Pss") for holder in holders)
        for holder, line in zip(holders, lines, strict=True):
            print(f"  {processes} open: RSS {_megabytes(holder.pid, 'Rss'):,.0f} MB, PSS {_megabytes(holder.pid, 'Pss'):,.0f} MB; {line}")
        print(f"  {processes} open: {whole:,.0f} MB together")
        for holder in holders:
            holder.communicate("done\n")


def _started(count: int, where: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.memory", str(count), str(where)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _megabytes(process: int, name: str) -> float:
    """A sum over all that a process has mapped. PSS shares out what several processes have mapped together."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{name}:"))) / 1024


def _hold(count: int, where: Path) -> None:
    """What one process does: open, answer some questions of each kind, say so, and wait to be let go."""
    engine = Ours()
    start = perf_counter()
    if engine.in_memory:
        built(engine, count, where)
    engine.open(where)
    opened = perf_counter()
    engine.first_ids(inquiries("near text", 1)[0])
    answered = perf_counter()
    for variant in ("near text", "near", "country text", "country"):
        for inquiry in inquiries(variant, 10):
            engine.first_ids(inquiry)
    print(f"opened in {opened - start:.3f} s, first answer {answered - opened:.3f} s later", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    _hold(int(sys.argv[1]), Path(sys.argv[2]))
