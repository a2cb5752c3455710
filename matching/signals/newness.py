"""Like before, or something new: what resembles earlier help rises or falls with the person's own choice; what does not stays where it is."""

from __future__ import annotations

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, constant, no_question
from matching.signals.helped_before import resemblance

MIDDLE = 0.5


def takes_part(q: Question) -> bool:
    """It matters to the person, and there is a before to compare with."""
    return q.inquiry.profile.newness is not None and bool(q.helped_before)


def measure(q: Question, rows: Rows) -> Measured:
    """m = 0.5 + (0.5 - newness) x resemblance: a full likeness is worth 1 - newness."""
    wish = q.inquiry.profile.newness or 0.0
    unknown = constant(q, rows, MIDDLE)
    return Measured(unknown + (MIDDLE - wish) * resemblance(q, rows), unknown)


def because(q: Question, listing: Row) -> Because:
    """Only a likeness lifts, so that is what to say."""
    return Because("Close to what you know already")


SIGNAL = Signal(takes_part, measure, because, no_question)
