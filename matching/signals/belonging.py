"""Being among one's own people: communities and faiths that a listing is for, is led by or welcomes. It only ever adds.

These words are read here and nowhere else, and only when the person named a community or faith themselves.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.part import TAXONOMY
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, gain, length_of, mean, near_codes, no_question, own_codes
from matching.weights import EVERYONE_WELCOME, WELCOMES


def measure(q: Question, rows: Rows) -> Measured:
    """m = max(u, 0.5 where everyone is welcome, 1 - prod(1 - best of for, led by and 0.8 x welcomes))."""
    unknown = mean([q.unknown("belonging", code, rows) for code in (*q.communities, *q.faiths)])
    floor = np.maximum(unknown, EVERYONE_WELCOME * q.columns.flag("everyone_welcome", rows))
    parts = [community(q, code, rows) for code in q.communities]
    parts += [near(q, "faiths", code, rows) for code in q.faiths]
    return Measured(np.maximum(floor, gain(parts, length_of(q, rows))), unknown)


def community(q: Question, code: str, rows: Rows) -> Floats:
    """How far a listing is one's own, for one community."""
    own = np.maximum(near(q, "for_communities", code, rows), near(q, "led_by", code, rows))
    return np.maximum(own, WELCOMES * near(q, "welcomes", code, rows))


def near(q: Question, column: str, code: str, rows: Rows) -> Floats:
    """Similarity of the nearest code."""
    return q.nearest(column, code, rows)


def because(q: Question, listing: Row) -> Because:
    """The strongest bond that is truly the person's; else that it is for people near theirs; else that everyone is welcome."""
    bonds = (
        ("Led by people of your community", "led_by", q.communities, listing.led_by),
        ("For your community", "for_communities", q.communities, listing.for_communities),
        ("Of your faith", "faiths", q.faiths, listing.faiths),
        ("Welcomes your community", "welcomes", q.communities, listing.welcomes),
    )
    for words, column, wanted, held in bonds:
        if codes := own_codes(q, column, wanted, held)[:2]:
            return Because(f"{words}: {named(q, column, codes)}", codes)
    for _, column, wanted, held in bonds:
        if codes := near_codes(q, column, wanted, held)[:2]:
            return Because(f"Close to your {'faith' if column == 'faiths' else 'community'}: {named(q, column, codes)}", codes)
    return Because("Says that everyone is welcome")


def named(q: Question, column: str, codes: tuple[str, ...]) -> str:
    """Names of peoples and faiths keep their capitals."""
    return " and ".join(q.part.label(TAXONOMY[column], code) for code in codes)


SIGNAL = Signal(lambda q: bool(q.communities or q.faiths), measure, because, no_question)
