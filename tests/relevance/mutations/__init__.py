"""Do the checks bite: every part of the ranking is broken in turn, and at least one check has to notice."""

from __future__ import annotations

from collections.abc import Sequence

from tests.relevance.figures import Figure
from tests.relevance.mutations import checks
from tests.relevance.mutations.mutants import MUTANTS, Mutant
from tests.relevance.ordering import without_words
from tests.relevance.remembered import remembered
from tests.relevance.sections import Made, Section, shares


def caught(mutant: Mutant) -> tuple[str, ...]:
    """What each check finds while the mutant is at work, without those that find nothing. A ranking that stops
    working at all is no proof: its error comes through.

    People with must-haves are asked only where a limit is broken, and questions in words only where the gate is: no other part could show there.
    """
    own = [check for word, check in (("limit", checks.limits), ("gate", checks.topics)) if mutant.part.startswith(word)]
    with checks.laid_out_once(), mutant.broken(), remembered(), without_words():
        return tuple(filter(None, (check() for check in (checks.relations, checks.oracle, *own))))


def caught_of(numbers: range) -> list[tuple[str, ...]]:
    """What finds each of the mutants with these numbers."""
    return [caught(MUTANTS[number]) for number in numbers]


def figures(made: Made) -> Sequence[Figure]:
    """How many mutants nothing noticed, and what noticed each of the others."""
    table = [found for share in made["mutants"] for found in share]
    survive = [f"{mutant.part}: {mutant.how}" for mutant, found in zip(MUTANTS, table, strict=True) if not found]
    rows = [
        Figure(name=f"  {mutant.part}, {mutant.how}", value=len(found), least=1, decimals=0, note="; ".join(found))
        for mutant, found in zip(MUTANTS, table, strict=True)
    ]
    return (
        Figure(name="mutants that survive", value=len(survive), most=0, decimals=0, note=f"of {len(MUTANTS)}{''.join(f'; {one}' for one in survive)}"),
        *rows,
    )


MUTATIONS = Section(
    "Checks that bite: each part of the ranking broken in turn, and what notices", {"mutants": shares(caught_of, len(MUTANTS), len(MUTANTS))}, figures
)
