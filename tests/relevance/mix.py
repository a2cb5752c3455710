"""A mix at the top: several kinds of thing where there are several, at hardly any loss, with the best left where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean
from unittest.mock import patch

from matching import diversity
from matching.values import Match
from matching.weights import GOOD
from tests.relevance.figures import Figure
from tests.relevance.metrics import ndcg
from tests.relevance.ordering import ordered, unmixed, without_words
from tests.relevance.town import AT, Person, by_town, towns

SEARCHES = 600
TEN = 10
KINDS = 3
Pair = tuple[tuple[Match, ...], tuple[Match, ...]]


def lists(count: int, penalty: float | None = None) -> Iterator[Pair]:
    """For each search, the first two hundred as they are shown, and all by score alone. ``penalty`` is what a kind that is there costs, where not the usual."""
    units = diversity.KIND_PENALTY if penalty is None else round(penalty * 1000)
    for number in range(count):
        town = number % len(towns())
        asked, index = Person(f"mix {number}", strict=0.05).inquiry(towns()[town]), by_town()[town]
        with patch.object(diversity, "KIND_PENALTY", units):
            shown = ordered(asked, index, AT, TEN)
        with unmixed():
            by_score = ordered(asked, index, AT)
        if len(by_score) > TEN:
            yield shown, by_score


def kinds(matches: Sequence[Match]) -> int:
    return len({match.kind for match in matches})


def loss(pair: Pair) -> float:
    """How much of the best possible nDCG@10, by score, the mix costs."""
    shown, by_score = pair
    every = [match.score for match in by_score]
    return ndcg(every, every) - ndcg([match.score for match in shown], every)


def is_capped(pair: Pair) -> bool:
    """Does no organization come a third time in the ten while there is another to show."""
    shown, by_score = pair
    taken = Counter(match.organization_id for match in shown)
    room = sum(min(2, times) for times in Counter(match.organization_id for match in by_score).values())
    return max(taken.values()) <= 2 or room < TEN


def varied(pairs: Sequence[Pair], least: float) -> tuple[float, int]:
    """Of the searches where three kinds are there with a score of ``least`` or more, how many show three in ten; and how many such searches there are."""
    possible = [shown for shown, by_score in pairs if kinds([match for match in by_score if match.score >= least]) >= KINDS]
    return fmean(kinds(shown) >= KINDS for shown in possible) if possible else 1.0, len(possible)


def mix(count: int = SEARCHES) -> Sequence[Figure]:
    """A mix: several kinds in the first ten, what that costs, and what stays as it was"""
    with without_words():
        usual, by_design, none = list(lists(count)), list(lists(count, 0.05)), list(lists(count, 0.0))
    fitting, many = varied(usual, GOOD)
    anything, more = varied(usual, 0.0)
    beside = {"with 0.05": varied(by_design, GOOD)[0], "with no mix of kinds": varied(none, GOOD)[0]}
    costs = {"with 0.05": fmean(map(loss, by_design)), "with no mix of kinds": fmean(map(loss, none))}
    return (
        Figure(name="three kinds in ten, of searches with three kinds that fit well", value=fitting, least=0.95, beside=beside, note=f"of {many}"),
        Figure(
            name="three kinds in ten, of searches with three kinds at all", value=anything, beside={"with 0.05": varied(by_design, 0.0)[0]}, note=f"of {more}"
        ),
        Figure(name="nDCG@10 that the mix costs", value=fmean(map(loss, usual)), most=0.01, beside=costs, decimals=4),
        Figure(name="first place untouched", value=fmean(shown[0].id == by_score[0].id for shown, by_score in usual), least=1.0),
        Figure(name="at most two of an organization in ten", value=fmean(map(is_capped, usual)), least=1.0),
    )
