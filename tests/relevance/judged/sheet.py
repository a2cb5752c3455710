"""Sheets for judges: `python -m tests.relevance.judged.sheet FIRST LAST [--second]` prints the people from FIRST to LAST (from 1) with their cards.

With --second they are those that are judged twice, in another order. Neither order says anything of how the listings were found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from tests.relevance.judged import pools
from tests.relevance.judged.cards import Cards
from tests.relevance.judged.profiles import Person, judged_twice, number, people
from tests.relevance.worlds import World, worlds

HOW = "Grade every card 0 to 3 by the rule in tests/relevance/judged/README.md. Answer one line a person, grades in the order of the cards:"


def shuffled(person: str, listings: Iterable[str], *, second: bool) -> list[str]:
    """The order in which a judge sees the listings of a person."""
    salt = "second" if second else "first"
    return sorted(listings, key=lambda listing: number(salt, f"{person}|{listing}"))


def chosen(first: int, last: int, *, second: bool) -> Sequence[Person]:
    """The people of a sheet, counted from 1. Raises ValueError when there are none."""
    found = (judged_twice() if second else people())[max(first, 1) - 1 : last]
    if not found:
        raise ValueError("Nobody stands there. Give the number of the first and of the last person, from 1.")
    return found


def sheet(world: World, person: Person, listings: Sequence[str]) -> Iterator[str]:
    """One person with all cards, line by line."""
    cards = Cards(world, person)
    yield f"===== {person.id} · {len(listings)} cards ====="
    yield from cards.person_lines()
    for number_, listing in enumerate(listings, 1):
        yield from cards.card(number_, world.listings[listing])
    yield ""


def main(arguments: Sequence[str]) -> int:
    """Print a sheet; 2 for arguments that say nothing, 1 when a directory is missing."""
    second = "--second" in arguments
    try:
        first, last = (int(word) for word in arguments if word != "--second")
        persons = chosen(first, last, second=second)
    except ValueError as error:
        print(f"{__doc__}\n{error}", file=sys.stderr)
        return 2
    here, pooled = worlds(), pools.read()
    if missing := {person.world for person in persons} - set(here):
        print(f"Not here: {', '.join(missing)}. Name the folder of real directories (tests/README.md).", file=sys.stderr)
        return 1
    print(HOW)
    print("p000 3 0 1 2 ...\n")
    for person in persons:
        print("\n".join(sheet(here[person.world], person, shuffled(person.id, pooled[person.id], second=second))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
