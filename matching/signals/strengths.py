"""Strengths the person likes to use, against those that a listing puts to use. A listing that says it does not use one is worth less."""

from __future__ import annotations

import numpy as np

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, constant, gain, length_of, lift, mean, no_question, own_or_near
from matching.weights import SPOKEN_LEAST


def measure(q: Question, rows: Rows) -> Measured:
    """m = u' + (1 - u') (1 - prod(1 - q r)), u' = u less the share of the wanted strengths that the listing says no to."""
    unknown = mean([q.unknown("strengths", code, rows) for code in q.strengths])
    refused, length = constant(q, rows, 0.0), length_of(q, rows)
    parts = []
    for code, care in q.strengths.items():
        no = q.columns.codes["not_builds_on"].any({code}, rows)
        refused += care * no
        parts.append(np.where(no, 0.0, care * q.nearest("builds_on", code, rows)))
    left = unknown * np.maximum(0.0, 1 - refused / sum(q.strengths.values()))
    return Measured(lift(left, gain(parts, length)), unknown)


def because(q: Question, listing: Row) -> Because:
    """The strengths of the person's that are put to use. Skills that only share a heading (cooking, cutting hair) are not called close."""
    wanted, held = q.strengths, listing.builds_on.yes
    return own_or_near(q, "builds_on", wanted, held, "Makes use of what you are good at", "Makes use of something close to what you are good at", SPOKEN_LEAST)


SIGNAL = Signal(lambda q: bool(q.strengths), measure, because, no_question)
