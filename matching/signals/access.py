"""Access features that the person needs or that would help."""

from __future__ import annotations

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, listed, mean, stated, unsaid


def measure(q: Question, rows: Rows) -> Measured:
    """The mean over the features of: there 1, not stated u, not there 0."""
    met = [stated(q, "access", code, rows, q.unknown("access", code, rows)) for code in q.access]
    return Measured(mean(met), unsaid(q, "access", q.access, rows))


def because(q: Question, listing: Row) -> Because:
    """The features that are there."""
    codes = tuple(code for code in q.access if code in listing.access.yes)
    return Because(f"Has {listed(q.part.label('access', code) for code in codes)}", codes)


def question(q: Question, listing: Row) -> str | None:
    """Ask about features nobody has said anything of."""
    unsaid = [code for code in q.access if code not in listing.access.yes and code not in listing.access.no]
    return f"Not known: {listed(q.part.label('access', code) for code in unsaid)}. Ask first" if unsaid else None


SIGNAL = Signal(lambda q: bool(q.access), measure, because, question)
