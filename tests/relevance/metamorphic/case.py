"""One small world with its answer, and what a relation is: a change, and what may not follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from random import Random
from typing import NamedTuple

from matching import DEFAULT, Index, Weights
from matching.measures import Measures
from matching.values import Inquiry, Listing, Match
from tests.matching.worlds import AT, World, index_of, measures_of, world_of
from tests.relevance.ordering import RANK, ordered


class Pair(NamedTuple):
    """What came of one pair of rankings: did the score keep the relation, did the rank."""

    score: bool
    rank: bool


NOT_SHOWN = -1.0


class Case:
    """A world of a number: a dozen listings, one question, the ranking of the one for the other, and the rates that both of a pair go by."""

    def __init__(self, number: int) -> None:
        self.dice = Random(f"pair {number}")
        self.world: World = world_of(number, self.dice.randint(4, 16))

    @property
    def directory(self) -> list[Listing]:
        return self.world.directory

    @property
    def inquiry(self) -> Inquiry:
        return self.world.inquiry

    @cached_property
    def measures(self) -> Measures:
        return measures_of(self.directory)

    @cached_property
    def index(self) -> Index:
        return index_of(self.directory, self.measures)

    @cached_property
    def before(self) -> tuple[Match, ...]:
        return ordered(self.inquiry, self.index, AT)

    def after(self, directory: Sequence[Listing] | None = None, inquiry: Inquiry | None = None, weights: Weights = DEFAULT) -> tuple[Match, ...]:
        """The ranking of a changed directory or for a changed question, by the same rates."""
        if directory is None and weights is DEFAULT and inquiry == self.inquiry:
            return self.before
        index = self.index if directory is None else index_of(directory, self.measures)
        if weights is DEFAULT:
            return ordered(inquiry or self.inquiry, index, AT)
        matches: tuple[Match, ...] = RANK.rank(inquiry or self.inquiry, index, at=AT, weights=weights, around=False).matches
        return matches

    def some(self, most: int = 3) -> list[Listing]:
        """A few of the listings."""
        return self.dice.sample(self.directory, min(most, len(self.directory)))

    def with_changed(self, old: Listing, new: Listing) -> list[Listing]:
        return [new if one is old else one for one in self.directory]


def standing(matches: Sequence[Match], service_id: str) -> tuple[float, int]:
    """A service's score and how many stand above it; below everything when it is not shown."""
    found = [(match.score, place) for place, match in enumerate(matches) if match.service_id == service_id]
    return found[0] if found else (NOT_SHOWN, 10**6)


class Relation(NamedTuple):
    """A change and what must hold of it: gives the pairs that it makes of one case, none where the change is not possible there."""

    side: str
    name: str
    pairs: Callable[[Case], Iterator[Pair]]
