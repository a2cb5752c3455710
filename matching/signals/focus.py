"""What the people there share with this person, in the respects that the person chose. It only ever adds."""

from __future__ import annotations

from matching.arrays import Rows
from matching.company import HELD, focus_of, own_of, shares
from matching.measures import UNKNOWN_USUAL
from matching.part import TAXONOMY
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, constant, gain, inside, length_of, lift, no_question, own_codes
from matching.weights import FOCUS_CARE


def measure(q: Question, rows: Rows) -> Measured:
    """m = u + (1 - u) g, g = 1 - prod(1 - 0.8 r) over the respects, r how near the nearest of what is shared comes."""
    unknown = constant(q, rows, UNKNOWN_USUAL)
    parts = [FOCUS_CARE * shares(q, part, rows) for part in focus_of(q, q.focus)]
    return Measured(lift(unknown, gain(parts, length_of(q, rows))), unknown)


def because(q: Question, listing: Row) -> Because:
    """What is truly shared; nothing where it only comes near."""
    found: list[tuple[str, str]] = []
    for part in focus_of(q, q.focus):
        for column in HELD[part]:
            codes = own_codes(q, column, own_of(q, part), listing.codes(column))[:2]
            found += [(code, q.part.label(TAXONOMY[column], code)) for code in codes]
    words = list(dict.fromkeys(label if part_is_named(q, code) else inside(label) for code, label in found))[:3]
    return Because(f"People there share with you: {', '.join(words)}" if words else "", tuple(dict.fromkeys(code for code, _ in found))[:3])


def part_is_named(q: Question, code: str) -> bool:
    """Names of peoples and faiths keep their capitals."""
    return code in {*q.communities, *q.faiths}


SIGNAL = Signal(lambda q: bool(focus_of(q, q.focus)), measure, because, no_question)
