"""The best order that anybody could make of a town with gaps: by the mean score over many towns that it may be, each gap filled as it was drawn.

For gains that add up, to order by the expected gain is the best that can be done (Robertson 1977), so with enough fillings this is the ceiling of
nDCG@10, not a rival. A filling knows all that can be known: how the town was made, how it was thinned out, and what hangs together in it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from random import Random
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np

from matching import Index
from matching.arrays import Floats, Ints
from matching.order import in_order
from matching.score import UNIT
from matching.values import Inquiry, Listing, Stated
from tests.relevance import complete
from tests.relevance.complete import LEFT_OUT, TOGETHER, truth
from tests.relevance.missing import MISSING, SEARCHES, SPARSE, TOWNS, quality, searches, worths
from tests.relevance.ordering import ordered, watched, without_words
from tests.relevance.town import AT, REPLACE, by_id, codes, index_of

CURVE = (1, 5, 20, 50, 200)
SAID_YES, SAID_NO = 0.9, 0.1
THREE = {"formats": "formats", "builds_on": "strengths", "access": "access", "entry": "entry"}
"""Fields of which each code is so or not so by itself."""


def said(one: Listing, field: str) -> bool:
    """Does the listing say anything in this field."""
    return bool(getattr(one, field) != LEFT_OUT[field])


@cache
def said_in_truth(field: str, kind: str) -> tuple[tuple[Listing, ...], float]:
    """The listings of the true town that say something in a field, of one kind where only that has it, and the share of those that do not."""
    alike = [one for one in truth() if field != "wants" or (one.kind == "give") == (kind == "give")]
    full = tuple(one for one in alike if said(one, field))
    return full, 1 - len(full) / len(alike)


def filled(one: Listing, share: float, dice: Random, *, yes_more_often: bool = False) -> Listing:
    """One of the listings that this may be: what is not said was left out, or there is nothing, each by how likely it is."""
    given: dict[str, Any] = {}
    for field in (field for field in LEFT_OUT if not said(one, field)):
        full, nothing = said_in_truth(field, one.kind if field == "wants" else "")
        if full and dice.random() < share * (1 - nothing) / (nothing + share * (1 - nothing)):
            other = dice.choice(full)
            given |= {name: getattr(other, name) for name in (field, *TOGETHER.get(field, ()))}
    given |= led(one, given, dice)
    if yes_more_often:
        given |= dict(unsaid_codes(one, share, dice))
        given |= {"languages_only": True}
    return REPLACE(one, **given)


def led(one: Listing, given: dict[str, Any], dice: Random) -> dict[str, Any]:
    """Who leads is whom it is for, six times of ten, or nobody in particular."""
    if one.led_by:
        return {"for_communities": one.led_by}
    mine = one.for_communities or given.get("for_communities", frozenset())
    if "led_by" in given or one.for_communities:
        return {"led_by": mine if mine and dice.random() < (0.6 if not one.for_communities else 0.36 / 0.76) else frozenset()}
    return {}


@cache
def rates(field: str) -> float:
    """How often a code of a field is so."""
    return fmean(len(getattr(one, field).yes) / len(codes(THREE[field])) for one in truth())


def unsaid_codes(one: Listing, share: float, dice: Random) -> Iterator[tuple[str, Stated]]:
    """Where what is so is said more often than what is not, each code of which nothing is said."""
    for field, taxonomy in THREE.items():
        held: Stated = getattr(one, field)
        if held != Stated():
            rate = rates(field)
            so = rate * (1 - SAID_YES) / (rate * (1 - SAID_YES) + (1 - rate) * (1 - SAID_NO))
            yes = held.yes | {code for code in codes(taxonomy) if code not in held.yes | held.no and dice.random() < so}
            yield field, Stated(yes=yes, no=frozenset(codes(taxonomy)) - yes)


class Thin(NamedTuple):
    """A town with gaps, what share of each listing was left out, and whether what is so is said more often than what is not."""

    directory: Sequence[Listing]
    share: Callable[[Listing], float]
    yes_more_often: bool


def expected(thin: Thin, count: int, most: int) -> Iterator[tuple[int, list[dict[str, float]]]]:
    """After one filling, and more, up to ``most``: for each search the scores of all listings added up."""
    number = {name: place for place, name in enumerate(by_id())}
    sums = np.zeros((count, len(number)))
    for times in range(1, most + 1):
        dice = Random(f"ceiling {times - 1}")
        index = index_of([filled(one, thin.share(one), dice, yes_more_often=thin.yes_more_often) for one in thin.directory])
        ids = index.parts[0].columns.texts["ids"]
        places = np.array([number[ids[row]] for row in range(len(ids))])
        for line, asked in zip(sums, searches(count), strict=True):
            add_scores(line, places, asked, index)
        if times in CURVE:
            yield times, [dict(zip(number, line.tolist(), strict=True)) for line in sums]


def add_scores(line: Floats, places: Ints, asked: Inquiry, index: Index) -> None:
    """The score of every listing that is shown, by its place in the town."""
    with watched() as held:
        ordered(asked, index, AT, 1)
        (found,) = held[0]
        whole = in_order([found], AT.date(), len(index))
        line[places[found.rows[whole.place]]] += whole.units / UNIT


def curve(thin: Thin, true: Sequence[Mapping[str, float]], most: int) -> Iterator[tuple[int, float]]:
    """nDCG@10 of the best order by so many fillings, for more and more of them."""
    for times, sums in expected(thin, len(true), most):
        orders = [sorted(total, key=lambda one, total=total: -total[one]) for total in sums]  # type: ignore[misc]
        yield times, fmean(quality(worth, order) for order, worth in zip(orders, true, strict=True) if any(worth.values()))


def thinned() -> dict[str, Thin]:
    """The towns of the report, with all that there is to know of how they were made."""
    directory, sparse = complete.half_sparse(SPARSE)
    shares = (lambda one: MISSING), (lambda one: MISSING), (lambda one: SPARSE if one.id in sparse else 0.0)
    towns = complete.with_gaps(MISSING), complete.with_gaps(MISSING, yes_more_often=True), directory
    return {name: Thin(town, share, "yes" in name) for name, town, share in zip(TOWNS, towns, shares, strict=True)}


def main(arguments: Sequence[str]) -> None:
    """Print the curve of each town: ``python -m tests.relevance.ceiling [FILLINGS [TOWN ...]]``."""
    most, names = int(arguments[0]) if arguments else CURVE[-1], arguments[1:] or [*TOWNS]
    with without_words():
        true = worths(SEARCHES)
        for name, (times, value) in ((town, point) for town in names for point in curve(thinned()[town], true, most)):
            print(f"{name}: {times} fillings {value:.4f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
