"""What is there for others by its nature: help for veterans answers a veteran's question, and less so that of somebody who said nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import Bools, Floats, Ints
from matching.telling import told_among
from matching.weights import MORE_PLAINLY, OTHERS, WHOM_LEAST

if TYPE_CHECKING:
    from matching.question import Question


def for_others(q: Question, own: Iterable[str], rows: Ints) -> Floats | float:
    """What is left of the relevance of each row: all of it, but for ``OTHERS`` where it is there for others.

    A row is there for others when a kind of support that it offers is for certain people by its nature (``Term.people``), its own words tell of that kind,
    and of what was asked not more plainly (by ``MORE_PLAINLY``); when the question is about none of those people, and it does not say itself that it is
    for people whom the question is about. How much else it offers has no say. ``own`` are the groups that the person said they are of, or wrote of; the
    question is also about those for whom the kinds of support are that it asks for, that its words imply, and that helped before. Nothing is put aside
    for it: who is of them may not have said so. Who asks to give gives to others.
    """
    return 1.0 if q.asks_to_give else np.where(is_for_others(q, frozenset(own) | about(q), rows), 1 - OTHERS, 1.0)


def is_for_others(q: Question, whose: frozenset[str], rows: Ints) -> Bools:
    """Which of some rows, rising, are there for others than ``whose``."""
    offered, kinds, mine = q.columns.codes["supports"], q.part.words.kinds_for(None), kinds_for(q, whose)
    elsewhere = q.kept("others", whose, lambda: offered.any_set(kinds) & ~offered.any_set(mine))
    others = np.asarray(elsewhere.take(offered.number[rows]))
    for code in sorted(whose) if others.any() else ():
        others &= q.nearest("meant_for", code, rows) < WHOM_LEAST
    if others.any():
        theirs = speaking(q, kinds, few := rows[others])
        others[others] = (theirs > 0) & (theirs + MORE_PLAINLY >= plainly(q, asked(q), few))
    return others


def speaking(q: Question, kinds: frozenset[str], rows: Ints) -> Floats:
    """How plainly the words of each of some rows, rising, tell of the one of ``kinds`` that it offers (0 to 1), of the plainest of several."""
    found = np.zeros(len(rows))
    told = told_among(*q.part.speaking_of(sorted(kinds), lambda code: q.phrases("supports", code)), rows)
    found[told.places] = told.values
    return found


def plainly(q: Question, kinds: Iterable[str], rows: Ints) -> Floats:
    """How plainly the words of each of some rows, rising, tell of one of these kinds of support (0 to 1), tagged with it or not."""
    best = np.zeros(len(rows))
    for code in kinds:
        told = told_among(*q.part.texts.told(q.phrases("supports", code)), rows)
        best[told.places] = np.maximum(best[told.places], told.values)
    return best


def asked(q: Question) -> tuple[str, ...]:
    """The kinds of support that a question names or implies."""
    return (*q.supports, *(code for code, _ in q.implied))


def about(q: Question) -> frozenset[str]:
    """The groups that a question is about by the kinds of support it names or implies and those that helped before. Communities take no part: lists are
    the same for whichever somebody feels part of, where no listing asks."""
    return frozenset(people for code in (*asked(q), *q.helped_before) for people in q.part.words.people_of(code))


def kinds_for(q: Question, whose: Iterable[str]) -> frozenset[str]:
    """The kinds of support that are there by their nature for some of these groups, or for one a step broader or narrower."""
    return frozenset().union(*(q.part.words.kinds_for(code) for code in whose))


def others_of(q: Question, row: int, held: frozenset[str]) -> tuple[str, ...]:
    """The groups for whom a row that offers ``held`` is there by its own words, where these are others, the plainest first; by code. Of the rows that
    ``prepare`` was given."""
    if not q.had("for others", row):
        return ()
    at = np.array([row])
    told = {code: float(plainly(q, (code,), at)[0]) for code in sorted(held) if q.part.words.people_of(code)}
    plainest = sorted((code for code in told if told[code]), key=told.__getitem__, reverse=True)
    return tuple(dict.fromkeys(people for code in plainest for people in q.part.words.people_of(code)))


def prepare(q: Question, own: Iterable[str], page: Ints) -> None:
    """Work out at once which rows of a page are there for others."""
    rows = np.sort(page)
    q.keep("for others", rows.tolist(), (np.broadcast_to(for_others(q, own, rows), len(rows)) < 1).tolist())
