"""What a Give listing asks for, against what the person is good at; it counts for people who ask to give."""

from __future__ import annotations

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, gain, length_of, lift, mean, no_question, own_or_near
from matching.weights import SPOKEN_LEAST


def takes_part(q: Question) -> bool:
    """The person has strengths, and asks to give: by saying so, by naming that kind of listing, or in the words of the question."""
    return bool(q.strengths) and q.asks_to_give


def measure(q: Question, rows: Rows) -> Measured:
    """The same as for strengths, read from the other side: m = u + (1 - u) (1 - prod(1 - q r))."""
    unknown = mean([q.unknown("wants", code, rows) for code in q.strengths])
    parts = (care * q.nearest("wants", code, rows) for code, care in q.strengths.items())
    return Measured(lift(unknown, gain(parts, length_of(q, rows))), unknown)


def because(q: Question, listing: Row) -> Because:
    """The strengths of the person's that are asked for."""
    wanted, held = q.strengths, listing.wants
    return own_or_near(q, "wants", wanted, held, "Asks for what you are good at", "Asks for something close to what you are good at", SPOKEN_LEAST)


SIGNAL = Signal(takes_part, measure, because, no_question)
