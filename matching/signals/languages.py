"""Languages the person would like to be served in: spoken or signed is best, an interpreter is good, and one of theirs is enough."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.arrays import Rows
from matching.limits import interprets, speaks
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal
from matching.signs import used_of
from matching.weights import INTERPRETED, INTERPRETING


def measure(q: Question, rows: Rows) -> Measured:
    """The best over the wanted languages of: spoken 1, interpreted 0.8, not stated u, known not to be spoken 0; interpreters for who knows what at least 0.6.

    Where an interpreter does not do, interpreting is worth nothing and a language that is interpreted is one that is not spoken.
    """
    spoken, refused, through = (q.columns.codes[name] for name in ("languages", "not_languages", "interpreted"))
    unknown = np.max([q.unknown("languages", code, rows) for code in q.languages], axis=0)
    direct = q.inquiry.must.without_interpreter
    by_interpreter = 0.0 if direct else 1.0
    met = np.where(q.columns.flag("interpreting", rows), INTERPRETING * by_interpreter, 0.0)
    for wanted in q.languages:
        no = q.columns.flag("languages_only", rows) | refused.any(speaks(refused.codes, wanted), rows)
        value = np.where(no, 0.0, q.unknown("languages", wanted, rows))
        value[through.any(interprets(through.codes, wanted, direct=direct), rows)] = INTERPRETED * by_interpreter
        value[spoken.any(speaks(spoken.codes, wanted), rows)] = 1.0
        met = np.maximum(met, value)
    return Measured(met, np.asarray(unknown, np.float64))


def heard(q: Question, listing: Row) -> tuple[str, ...]:
    """The wanted languages that the listing speaks or signs."""
    return tuple(code for code in q.languages if speaks(listing.languages.yes, code))


def helped(q: Question, listing: Row) -> tuple[str, ...]:
    """The wanted languages that somebody interprets there, if that does."""
    return () if q.inquiry.must.without_interpreter else tuple(code for code in q.languages if interprets(listing.interpreted, code))


def because(q: Question, listing: Row) -> Because:
    """Which of the person's languages are spoken or signed, else which are interpreted, else that there are interpreters."""
    if codes := heard(q, listing):
        return Because(used(q, codes, "and"), codes)
    if codes := helped(q, listing):
        if not any(speaks(listing.interpreted, code) for code in codes):
            return Because("Interpreters for any language, ask ahead", codes)
        return Because(f"Interpreter for {' and '.join(q.part.label('languages', code) for code in codes)}, ask ahead", codes)
    return Because("Has interpreters")


def used(q: Question, codes: Iterable[str], word: str, verb: str = "") -> str:
    """Languages by their names, and what is done with them."""
    return used_of(((code, q.part.label("languages", code)) for code in codes), word, verb)


def question(q: Question, listing: Row) -> str | None:
    """Ask about the languages nobody has said anything of; where there are interpreters, whether for them."""
    if heard(q, listing) or helped(q, listing):
        return None
    if listing.interpreting and not q.inquiry.must.without_interpreter:
        return whether_interpreted(q, q.languages)
    unsaid = [] if listing.languages_only else [code for code in q.languages if not speaks(listing.languages.no | listing.interpreted, code)]
    directly = " without an interpreter" if q.inquiry.must.without_interpreter else ""
    return f"Languages: ask whether {used(q, unsaid, 'or', 'is ')}{directly}" if unsaid else None


def whether_interpreted(q: Question, codes: Iterable[str]) -> str:
    """To be asked where there are interpreters and nobody said for which languages."""
    return f"There are interpreters: ask whether for {' or '.join(q.part.label('languages', code) for code in codes)}"


SIGNAL = Signal(lambda q: bool(q.languages), measure, because, question)
