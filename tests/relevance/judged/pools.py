"""What is worth judging for each person: the first ten of several rankers together, kept in pools.csv.

`python -m tests.relevance.judged.pools` makes the file anew. The rankers that are measured give all of their ten, so that no order is marked down for
what nobody looked at; the others are taken in turn, rank by rank, until a pool has thirty.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final

from tests.relevance.judged.profiles import HERE, Person, people
from tests.relevance.rankers import Rankers
from tests.relevance.worlds import worlds

FILE: Final = HERE / "pools.csv"
WHOLE: Final = ("ours", "words only", "tags only", "words and tags", "distance only")
"""Those whose first ten are all judged: ours, and what it is measured against, but for chance."""
CAP: Final = 30


def in_turn(lists: Iterable[Sequence[str]]) -> list[str]:
    """The first of each, then the second of each, and so on, each id once."""
    return list(dict.fromkeys(key for rank in zip_longest(*lists) for key in rank if key is not None))


def pool(found: Mapping[str, Sequence[str]], cap: int = CAP) -> list[str]:
    """All that ``WHOLE`` found, and of the rest as many in turn as there is room for."""
    whole = in_turn(found[name] for name in WHOLE)
    rest = in_turn(found.values())
    return list(dict.fromkeys(chain(whole, rest)))[: max(cap, len(whole))]


def make(persons: Iterable[Person]) -> dict[str, list[str]]:
    """The pool of each person whose directory is here."""
    rankers = {name: Rankers(world) for name, world in worlds().items()}
    pools = {}
    for person in persons:
        if one := rankers.get(person.world):
            asked = one.world.asked(person.inquiry)
            pools[person.id] = pool({name: ranker(asked) for name, ranker in one.by_name.items()})
    return pools


def read(path: Path = FILE) -> dict[str, list[str]]:
    """The pools as they were judged."""
    pools: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pools.setdefault(row["profile"], []).append(row["listing"])
    return pools


def write(pools: Mapping[str, Sequence[str]], path: Path = FILE) -> None:
    """One line a profile and listing, in order of both: the order of a pool would tell who found what."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("profile", "listing"))
        out.writerows((profile, listing) for profile in sorted(pools) for listing in sorted(pools[profile]))


def main() -> int:
    """Make the pools; 1 when a directory is missing, for then half of them would be lost."""
    made = make(people())
    if len(made) < len(people()):
        print("Not every directory is here, so nothing is written: name the folder of real directories (tests/README.md).", file=sys.stderr)
        return 1
    write(made)
    sizes = sorted(len(one) for one in made.values())
    print(f"{len(made)} pools with {sum(sizes)} listings, {sizes[0]} to {sizes[-1]} each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
