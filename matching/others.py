"""What is there for others by its nature: help for veterans answers a veteran's question, and less so that of somebody who said nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import Floats, Ints
from matching.weights import OTHERS, WHOM_LEAST

if TYPE_CHECKING:
    from matching.question import Question


def for_others(q: Question, own: Iterable[str], rows: Ints) -> Floats | float:
    """What is left of the relevance of each row: all of it, but for ``OTHERS`` where it is there for others.

    A row is there for others when its kinds of support, beside one that may have been asked for, are at least half for certain people by their nature
    (``Term.people``), the question is about none of those, and it does not say itself that it is for people whom the question is about. ``own`` are the
    groups that the person said they are of, or wrote of; the question is also about those for whom the kinds of support are that it asks for, that its
    words imply, and that helped before. Nothing is put aside for it: who is of them may not have said so. Who asks to give gives to others.
    """
    if q.asks_to_give:
        return 1.0
    whose = frozenset(own) | about(q)
    theirs = q.columns.codes["supports"]
    elsewhere = q.kept("others", whose, lambda: theirs.largely_set(q.part.words.kinds_for(None)) & ~theirs.any_set(kinds_for(q, whose)))
    others = np.asarray(elsewhere.take(theirs.number[rows]))
    for code in sorted(whose) if others.any() else ():
        others &= q.nearest("meant_for", code, rows) < WHOM_LEAST
    return np.where(others, 1 - OTHERS, 1.0)


def about(q: Question) -> frozenset[str]:
    """The groups that a question is about by the kinds of support it names or implies and those that helped before. Communities take no part: lists are
    the same for whichever somebody feels part of, where no listing asks."""
    kinds = (*q.supports, *(code for code, _ in q.implied), *q.helped_before)
    return frozenset(people for code in kinds for people in q.part.words.people_of(code))


def kinds_for(q: Question, whose: Iterable[str]) -> frozenset[str]:
    """The kinds of support that are there by their nature for some of these groups, or for one a step broader or narrower."""
    return frozenset().union(*(q.part.words.kinds_for(code) for code in whose))


def others_of(q: Question, row: int, held: frozenset[str]) -> tuple[str, ...]:
    """The groups for whom a row that offers ``held`` is there, where these are others; by code. Of the rows that ``prepare`` was given."""
    return tuple(dict.fromkeys(people for code in sorted(held) for people in q.part.words.people_of(code))) if q.had("for others", row) else ()


def prepare(q: Question, own: Iterable[str], page: Ints) -> None:
    """Work out at once which rows of a page are there for others."""
    q.keep("for others", page.tolist(), (np.broadcast_to(for_others(q, own, page), len(page)) < 1).tolist())
