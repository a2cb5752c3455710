"""Strengths the person likes to use, against those that a listing puts to use. A listing that says it does not use one is worth less."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Phrasing, Signal, constant, gain, length_of, lift, no_question, own_or_near, together, unsaid
from matching.weights import SPOKEN_LEAST, STRENGTH_CARE

SAY = Phrasing("Makes use of what you are good at", "Makes use of something close to what you are good at")


def measure(q: Question, rows: Rows) -> Measured:
    """m = u' + (1 - u') g, g being what is gained, u' = u less the share of the wanted strengths that the listing says no to."""
    unknown = unsaid(q, "strengths", q.strengths, rows)
    if not q.columns.codes["not_builds_on"].codes:
        return Measured(lift(unknown, gained(q, rows)), unknown)
    refused = constant(q, rows, 0.0)
    for code, care in q.strengths.items():
        refused += care * q.columns.codes["not_builds_on"].any({code}, rows)
    left = unknown * np.maximum(0.0, 1 - refused / sum(q.strengths.values()))
    return Measured(lift(left, gained(q, rows)), unknown)


def gained(q: Question, rows: Rows) -> Floats:
    """g = 1 - prod(1 - q r) over the strengths that it does not say no to; by tags only, for people do not speak of what they can as listings do."""
    no = q.columns.codes["not_builds_on"]
    parts = (STRENGTH_CARE * care * np.where(no.any({code}, rows), 0.0, q.nearest("builds_on", code, rows)) for code, care in q.strengths.items())
    return gain(parts, length_of(q, rows))


def most(q: Question) -> float:
    """What is gained where all of it is met, by tags and words."""
    return together(STRENGTH_CARE * care for care in q.strengths.values())


def because(q: Question, listing: Row) -> Because:
    """The strengths of the person's that are put to use. Skills that only share a heading (cooking, cutting hair) are not called close."""
    return own_or_near(q, "builds_on", [code for code in q.strengths if code not in listing.builds_on.no], listing, SAY, SPOKEN_LEAST)


SIGNAL = Signal(lambda q: bool(q.strengths), measure, because, no_question, gained, most)
