"""What one change to an inquiry would bring: for each limit the small change first, each verified by judging again, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from matching.arrays import Ints
from matching.found import Found
from matching.left_out import TOPIC
from matching.limits import BIT, LIMIT_NAMES, judge
from matching.memory import Known
from matching.order import Order, in_order
from matching.question import Question
from matching.score import score
from matching.steps import Rung, Step, ladders
from matching.survey import Survey
from matching.values import LimitName, WouldMatch

ORDER: Final[tuple[str, ...]] = (*LIMIT_NAMES, TOPIC)


class Near(NamedTuple):
    """Rows of one part whose services cannot be seen, and which are kept out by nothing but what a step about one limit may free; with the bits of the
    other limits that they are to be asked about, and what is known of the way there."""

    question: Question
    rows: Ints
    asks: Ints
    known: Known


class Brought(NamedTuple):
    """The rows that only a changed question shows, and the bits of their open questions."""

    question: Question
    rows: Ints
    asks: Ints


def would_match(surveys: Sequence[Survey]) -> tuple[WouldMatch, ...]:
    """Every offer that brings something, the one that brings most first."""
    if not surveys:
        return ()
    is_empty = all(one.is_empty for one in surveys)
    offers = [offer for ladder in ladders(surveys[0].question, is_empty=is_empty) for offer in first_that_brings(ladder, surveys)]
    return tuple(sorted(offers, key=lambda one: (-len(one.ids), place_of(one.limit))))


def place_of(limit: str) -> int:
    """The usual order of limits; words that were asked come last."""
    return ORDER.index(limit)


def first_that_brings(ladder: list[Rung], surveys: Sequence[Survey]) -> list[WouldMatch]:
    """The offers of the lowest rung on which any step brings something. All steps of a ladder are about one limit, so the same rows may come."""
    found: list[Near] | None = None
    for rung in ladder:
        found = kept_out(rung[0].limit, surveys) if found is None else found
        if offers := [offer for step in rung if (offer := offered(step, found)) is not None]:
            return offers
    return []


def kept_out(limit: str, surveys: Sequence[Survey]) -> list[Near]:
    """The rows that a step about this limit may bring, where there are any."""
    return [found for one in surveys if len((found := near_in(limit, one)).rows)]


def near_in(limit: str, one: Survey) -> Near:
    """Those of one part. What is about something else was never judged: without the question every limit is put to everything."""
    if limit == TOPIC:
        return Near(one.question, one.alive, np.zeros(len(one.alive), np.int64), {})
    bits = touched(limit)
    places = np.flatnonzero((one.fail & ~bits == 0) & ~one.shown[one.question.columns.service[one.rows]])
    lasting = {what: known[places] for what, known in one.known.items() if not (what == "remote" and limit == "format")}
    return Near(one.question, one.rows[places], one.ask[places] & ~bits, lasting)


def offered(step: Step, near: Sequence[Near]) -> WouldMatch | None:
    """Judge the changed inquiry where it can make a difference, and keep the step if any service comes into view that was not."""
    found = [scored(one) for one in (brought(step, part) for part in near) if len(one.rows)]
    if not found:
        return None
    order = in_order(found, found[0].question.at.date(), sum(len(one.units) for one in found))
    ids = ids_of(order, found)
    return WouldMatch(limit=step.limit, text=f"{len(ids):,} more if {step.words}", ids=ids, inquiry=step.inquiry)


def brought(step: Step, near: Near) -> Brought:
    """The rows that only the changed inquiry shows. What the step does not touch was judged already: near rows fail none of that."""
    changed = near.question.changed(step.inquiry)
    changed.take_over(near.rows, near.known)
    verdicts = judge(changed, near.rows, TOUCHED[step.limit])
    in_view = np.flatnonzero(verdicts.fail == 0)
    rows = near.rows[in_view]
    changed.narrow(near.rows, in_view, rows)
    return Brought(changed, rows, (near.asks | verdicts.ask)[in_view])


def scored(one: Brought) -> Found:
    """The rows with their scores for the changed inquiry."""
    q, rows = one.question, one.rows
    found = score(q, rows, one.asks, q.relevance(rows) if q.asks_for_something else None)
    return Found(q, rows, found, one.asks, found.total(), len(rows))


def ids_of(order: Order, found: Sequence[Found]) -> tuple[str, ...]:
    """The ids of the listings in an order."""
    ids = np.empty(len(order), np.object_)
    for part, one in enumerate(found):
        here = order.part == part
        ids[here] = np.array(one.question.columns.texts["ids"].many(one.rows[order.place[here]]), np.object_)
    return tuple(ids.tolist())


TOUCHED: Final[dict[str, tuple[LimitName, ...]]] = {
    **{name: (name,) for name in LIMIT_NAMES},
    "format": ("format", "travel", "times"),
    TOPIC: LIMIT_NAMES,
}
"""The limits that read what a step changes: its own, and some more. Formats also decide what needs no way there (and back); the words and
kinds of support of a question are read by more than one. (Who names the kind "give" asks to give, but what another kind brings is nothing of that kind.)"""


def touched(limit: str) -> int:
    """The bits of the limits that a step can free."""
    return sum(BIT[name] for name in TOUCHED[limit])
