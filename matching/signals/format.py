"""How the person would like to take part: in person, online, by phone; one of theirs is enough."""

from __future__ import annotations

from functools import reduce

import numpy as np

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, listed, stated


def measure(q: Question, rows: Rows) -> Measured:
    """The best over the wanted formats of: offered 1, not stated u, not offered 0."""
    unknown = [q.unknown("formats", code, rows) for code in q.formats]
    met = [stated(q, "formats", code, rows, u) for code, u in zip(q.formats, unknown, strict=True)]
    return Measured(reduce(np.maximum, met), reduce(np.maximum, unknown))


def because(q: Question, listing: Row) -> Because:
    """The ways to take part that suit the person."""
    codes = tuple(code for code in q.formats if code in listing.formats.yes)
    return Because(f"You can take part as you like: {listed(q.part.label('formats', code) for code in codes)}", codes)


def question(q: Question, listing: Row) -> str | None:
    """Ask about the ways nobody has said anything of, when none is known to suit."""
    unsaid = [code for code in q.formats if code not in listing.formats.no]
    if not unsaid or any(code in listing.formats.yes for code in q.formats):
        return None
    return f"How to take part is not stated: ask about {listed(q.part.label('formats', code) for code in unsaid)}"


SIGNAL = Signal(lambda q: bool(q.formats), measure, because, question)
