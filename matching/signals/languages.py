"""Languages the person would like to be served in: spoken is best, an interpreter is good, and one of theirs is enough."""

from __future__ import annotations

import numpy as np

from matching.arrays import Rows
from matching.limits import speaks
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal
from matching.weights import INTERPRETING


def measure(q: Question, rows: Rows) -> Measured:
    """The best over the wanted languages of: spoken 1, not stated u, known not to be spoken 0; interpreting is worth at least 0.6."""
    spoken, refused = q.columns.codes["languages"], q.columns.codes["not_languages"]
    unknown = np.max([q.unknown("languages", code, rows) for code in q.languages], axis=0)
    met = np.where(q.columns.flag("interpreting", rows), INTERPRETING, 0.0)
    for wanted in q.languages:
        no = q.columns.flag("languages_only", rows) | refused.any(speaks(refused.codes, wanted), rows)
        value = np.where(no, 0.0, q.unknown("languages", wanted, rows))
        value[spoken.any(speaks(spoken.codes, wanted), rows)] = 1.0
        met = np.maximum(met, value)
    return Measured(met, np.asarray(unknown, np.float64))


def heard(q: Question, listing: Row) -> tuple[str, ...]:
    """The wanted languages that the listing speaks."""
    return tuple(code for code in q.languages if speaks(listing.languages.yes, code))


def because(q: Question, listing: Row) -> Because:
    """Which of the person's languages are spoken, or that there are interpreters."""
    if codes := heard(q, listing):
        return Because(f"{' and '.join(q.part.label('languages', code) for code in codes)} spoken", codes)
    return Because("Has interpreters")


def question(q: Question, listing: Row) -> str | None:
    """Ask about the languages nobody has said anything of."""
    if heard(q, listing) or listing.interpreting or listing.languages_only:
        return None
    unsaid = [code for code in q.languages if not speaks(listing.languages.no, code)]
    return f"Languages: ask whether {' or '.join(q.part.label('languages', code) for code in unsaid)} is spoken" if unsaid else None


SIGNAL = Signal(lambda q: bool(q.languages), measure, because, question)
