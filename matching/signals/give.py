"""What a Give listing asks for, against what the person is good at; it counts for people who ask to give."""

from __future__ import annotations

from matching.arrays import Floats, Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Phrasing, Signal, gain, length_of, lift, no_question, own_or_near, together, unsaid
from matching.weights import SPOKEN_LEAST

SAY = Phrasing("Asks for what you are good at", "Asks for something close to what you are good at")


def takes_part(q: Question) -> bool:
    """The person has strengths, and asks to give: by saying so, by naming that kind of listing, or in the words of the question."""
    return bool(q.strengths) and q.asks_to_give


def measure(q: Question, rows: Rows) -> Measured:
    """The same as for strengths, read from the other side: m = u + (1 - u) (1 - prod(1 - q r))."""
    unknown = unsaid(q, "wants", q.strengths, rows)
    return Measured(lift(unknown, gained(q, rows)), unknown)


def gained(q: Question, rows: Rows) -> Floats:
    """1 - prod(1 - q r). Only what is asked for in so many tags counts: whoever tells of gardening need not ask for gardeners."""
    return gain((care * q.nearest("wants", code, rows) for code, care in q.strengths.items()), length_of(q, rows))


def most(q: Question) -> float:
    """What is gained where all of it is met, by tags and words."""
    return together(q.strengths.values())


def because(q: Question, listing: Row) -> Because:
    """The strengths of the person's that are asked for."""
    return own_or_near(q, "wants", q.strengths, listing, SAY, SPOKEN_LEAST)


SIGNAL = Signal(takes_part, measure, because, no_question, gained, most)
