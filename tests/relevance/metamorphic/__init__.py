"""Metamorphic pairs: one thing is changed, everything is ranked again, and what may not follow from it has not followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from tests.relevance.figures import Figure
from tests.relevance.metamorphic import client_side, listing_side, set_side, text_side
from tests.relevance.metamorphic.case import Case, Pair, Relation
from tests.relevance.ordering import without_words
from tests.relevance.remembered import remembered
from tests.relevance.sections import Made, Section, shares

RELATIONS: tuple[Relation, ...] = (*listing_side.RELATIONS, *client_side.RELATIONS, *set_side.RELATIONS)
WORLDS = 1_600
TEXTS = 1_000
KEPT = 0.8
Tally = Counter[tuple[str, str, str]]
"""(side, relation, one of "pairs", "score" and "rank"): how many pairs, and how many of them broke the relation."""


def count(tally: Tally, side: str, name: str, pair: Pair) -> None:
    """One more pair."""
    tally[side, name, "pairs"] += 1
    tally[side, name, "score"] += not pair.score
    tally[side, name, "rank"] += not pair.rank


def broken(numbers: range, relations: Sequence[Relation] = RELATIONS) -> Tally:
    """Every relation in each of the worlds with these numbers."""
    tally: Tally = Counter()
    with without_words():
        for number in numbers:
            case = Case(number)
            with remembered():
                for relation in relations:
                    for pair in relation.pairs(case):
                        count(tally, relation.side, relation.name, pair)
    return tally


def broken_in_words(numbers: range) -> Tally:
    """The relations of text, in the invented town."""
    tally: Tally = Counter()
    with without_words():
        for number in numbers:
            for name, pairs in text_side.RELATIONS.items():
                for pair in pairs(Random(f"words {number}")):
                    count(tally, "text", name, pair)
    return tally


def figures(made: Made) -> Sequence[Figure]:
    """All pairs of all worlds, and the relations of text."""
    tally: Tally = sum(made["worlds"], Counter())
    pairs = sum(times for (_, _, what), times in tally.items() if what == "pairs")
    found = [Figure(name="pairs", value=pairs, least=100_000, decimals=0)]
    for what in ("score", "rank"):
        wrong = {name: times for (_, name, part), times in tally.items() if part == what and times}
        note = ", ".join(f"{name} {times}" for name, times in wrong.items())
        found.append(Figure(name=f"{what} violations", value=sum(wrong.values()), most=0, decimals=0, note=note))
    found += [Figure(name=f"  {side}: {name}", value=times, least=1, decimals=0) for (side, name, part), times in tally.items() if part == "pairs"]
    return (*found, *in_words(sum(made["texts"], Counter())), *made["swaps"][0])


def in_words(tally: Tally) -> list[Figure]:
    """The relations of text: how many of their pairs are broken."""
    made = {name: times for (_, name, part), times in tally.items() if part == "pairs"}
    return [Figure(name=f"  text: {name}: broken", value=tally["text", name, "rank"], most=0, decimals=0, note=f"of {n:,} pairs") for name, n in made.items()]


def swapped() -> list[Figure]:
    """How often one way to say a thing and another share at least eight of their first ten."""
    figures = []
    with without_words():
        for sort in text_side.SAME:
            shared = dict(text_side.swaps(sort))
            apart = {words: value for words, value in shared.items() if value < KEPT}
            note = f"of {len(shared)}" + "".join(f"; {words} {value:.1f}" for words, value in apart.items())
            figures.append(Figure(name=f"{sort} swaps that change more than two of the first ten", value=len(apart), most=0, decimals=0, note=note))
    return figures


METAMORPHIC = Section(
    "Monotone: 100,000 pairs of rankings, over every relation of the design",
    {"swaps": [swapped], "texts": shares(broken_in_words, TEXTS, 2), "worlds": shares(broken, WORLDS, 16)},
    figures,
)
