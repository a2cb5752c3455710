"""What helped the person before, against what a listing is: its kinds of support, interests, settings and kind."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.part import TAXONOMY
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, gain, length_of, lift, listed, near_codes, no_question, together, unsaid
from matching.weights import HELPED_CARE

COLUMNS = ("supports", "interests", "settings", "kinds")


def likeness(q: Question, code: str, rows: Rows) -> Floats:
    """How near each row comes to one thing that helped before."""
    return np.asarray(np.max([q.nearest(name, code, rows) for name in COLUMNS], axis=0))


def resemblance(q: Question, rows: Rows) -> Floats:
    """How near each row comes to all that helped before, taken together."""
    return gain((HELPED_CARE * likeness(q, code, rows) for code in q.helped_before), length_of(q, rows))


def measure(q: Question, rows: Rows) -> Measured:
    """m = u + (1 - u) (1 - prod(1 - q r))."""
    unknown = unsaid(q, "helped_before", q.helped_before, rows)
    return Measured(lift(unknown, resemblance(q, rows)), unknown)


def most(q: Question) -> float:
    """What is gained where all of it is met, by tags and words."""
    return together([HELPED_CARE] * len(q.helped_before))


def because(q: Question, listing: Row) -> Because:
    """What it shares with what helped before."""
    held = {"supports": listing.supports, "interests": listing.interests, "settings": listing.settings, "kinds": frozenset({listing.kind})}
    found = {code: q.part.label(TAXONOMY[name], code) for name, codes in held.items() for code in near_codes(q, name, q.helped_before, codes)}
    codes = tuple(found)[:3]
    return Because(f"Like what helped you before: {listed(found[code] for code in codes)}", codes)


SIGNAL = Signal(lambda q: bool(q.helped_before), measure, because, no_question, resemblance, most)
