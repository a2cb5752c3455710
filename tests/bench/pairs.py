"""A round of many seekers and supporters: ours, and the same instance solved by the library `matching` in an interpreter of its own, in rotation.

That library has our package's import name, so the two are never in one environment: ``python -m venv DIR && DIR/bin/pip install matching``. It gets the
orders of both sides ready made, as lists, and is timed without reading them; ours is timed from the people themselves.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from matching.pairing import Outcome, deferred_acceptance, weigh
from matching.pairing.values import Peer
from matching.pairing.weighing import Weighed
from tests.matching.pairing.crowd import ON, crowd

OTHER = """
import json, sys, time
from matching.games import HospitalResident
sys.setrecursionlimit(10**6)
made = json.load(open(sys.argv[1]))
likes, keeps, places = ({int(k): v for k, v in part.items()} for part in made)
likes = {f"s{k}": [f"t{one}" for one in v] for k, v in likes.items()}
keeps = {f"t{k}": [f"s{one}" for one in v] for k, v in keeps.items()}
places = {f"t{k}": v for k, v in places.items()}
began, worked = time.perf_counter(), time.process_time()
game = HospitalResident.create_from_dictionaries(likes, keeps, places)
ready = time.perf_counter()
solved = game.solve(optimal="resident")
done, work = time.perf_counter(), time.process_time() - worked
pairs = sorted((int(str(seeker)[1:]), int(str(supporter)[1:])) for supporter, seekers in solved.items() for seeker in seekers)
peak = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))   # what rusage says is also of whoever began us
print(json.dumps({"make": ready - began, "solve": done - ready, "work": work, "mb": peak / 1024, "pairs": pairs}))
"""


class Run(Struct, frozen=True, kw_only=True):
    """Seconds of one run, by the clock; ``work`` by the processor. ``pairs`` as rows and columns."""

    make: float
    solve: float
    work: float
    pairs: list[tuple[int, int]]
    mb: float = 0.0


def pairs(folder: Path, seekers: int, supporters: int, passes: int, other: str) -> None:
    """Print the medians over passes, and whether both say the same."""
    people = crowd(seekers, supporters, seed=7)
    weighed = weigh(*people, on=ON)
    said = folder / f"pairs-{seekers}-{supporters}.json"
    said.write_text(json.dumps(_lists(weighed)))
    print(f"{seekers:,} seekers, {supporters:,} supporters with {sum(weighed.places):,} places; {(weighed.liking >= 0).mean():.0%} of pairs are possible")
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'not set')}")
    ours, theirs = list[Run](), list[Run]()
    for _ in range(passes):
        ours.append(_ours(people))
        if other:
            theirs.append(_theirs(other, said))
    _say("homeground", "weighing", ours)
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in this process, of it both tables "
          f"{(weighed.liking.nbytes + weighed.worth.nbytes) / 1e6:.0f} MB")   # fmt: skip
    if theirs:
        _say("matching", "making players", theirs)
        print(f"  memory at most {theirs[0].mb:.0f} MB; the same pairs: {'yes' if all(run.pairs == ours[0].pairs for run in theirs) else 'NO'}")


def _ours(people: tuple[list[Peer], list[Peer]]) -> Run:
    began, worked = perf_counter(), process_time()
    weighed = weigh(*people, on=ON)
    ready = perf_counter()
    outcome = deferred_acceptance(weighed)
    done = perf_counter()
    return Run(make=ready - began, solve=done - ready, work=process_time() - worked, pairs=_as_numbers(weighed, outcome))


def _theirs(other: str, said: Path) -> Run:
    answer = subprocess.run([other, "-I", "-c", OTHER, str(said)], capture_output=True, text=True, check=True, timeout=900)
    found = json.loads(answer.stdout)
    return Run(make=found["make"], solve=found["solve"], work=found["work"], pairs=[(one, other) for one, other in found["pairs"]], mb=found["mb"])


def _as_numbers(weighed: Weighed, outcome: Outcome) -> list[tuple[int, int]]:
    row, column = ({id: at for at, id in enumerate(ids)} for ids in (weighed.seekers, weighed.supporters))
    return sorted((row[pair.seeker], column[pair.supporter]) for pair in outcome.pairs)


def _lists(weighed: Weighed) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, int]]:
    """The orders of both sides as lists, best first; people who suit nobody are left out, since that library takes no empty lists."""
    likes = {row: _best_first(line) for row, line in enumerate(weighed.liking) if (line >= 0).any()}
    keeps = {column: _best_first(line) for column, line in enumerate(weighed.worth.T) if (line >= 0).any()}
    return likes, keeps, {column: weighed.places[column] for column in keeps}


def _best_first(line: NDArray[np.int64] | NDArray[np.int32]) -> list[int]:
    found: list[int] = np.argsort(-line.astype(np.int64), kind="stable")[: int((line >= 0).sum())].tolist()
    return found


def _say(name: str, first: str, runs: list[Run]) -> None:
    make, solve, work = (float(np.median([getattr(run, part) for run in runs])) for part in ("make", "solve", "work"))
    least = min(run.make + run.solve for run in runs)
    print(f"  {name:<11} {first} {make:.3f} s, round {solve:.3f} s: {make + solve:.3f} s (least {least:.3f} s, work {work:.3f} s)")
