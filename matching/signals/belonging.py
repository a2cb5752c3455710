"""Being among one's own people: communities and faiths that a listing is for, is led by or welcomes. It only ever adds.

These words are read here and nowhere else, and only when the person named a community or faith themselves.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.part import TAXONOMY
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, gain, length_of, lift, near_codes, no_question, own_codes, spoken_of, together, unsaid
from matching.telling import borne_out
from matching.weights import BELONGING_CARE, EVERYONE_CARE, EVERYONE_WELCOME, WELCOMES


def measure(q: Question, rows: Rows) -> Measured:
    """m = max(u + (1 - u) g, 0.5 where everyone is welcome), g being what is gained."""
    unknown = unsaid(q, "belonging", (*q.communities, *q.faiths), rows)
    return Measured(np.maximum(lift(unknown, gained(q, rows)), EVERYONE_WELCOME * q.columns.flag("everyone_welcome", rows)), unknown)


def gained(q: Question, rows: Rows) -> Floats:
    """g = 1 - prod(1 - q r) over communities (the best of for, led by and 0.8 x welcomes) and faiths; that everyone is welcome is a small part of it."""
    parts = [BELONGING_CARE * borne_out(community(q, code, rows), q.telling("for_communities", code, rows)) for code in q.communities]
    parts += [BELONGING_CARE * q.related("faiths", code, rows) for code in q.faiths]
    everyone = np.where(q.columns.flag("everyone_welcome", rows), EVERYONE_CARE, 0.0)
    return gain([*parts, everyone], length_of(q, rows))


def community(q: Question, code: str, rows: Rows) -> Floats:
    """How far a listing is one's own by its tags, for one community."""
    own = np.maximum(q.nearest("for_communities", code, rows), q.nearest("led_by", code, rows))
    return np.maximum(own, WELCOMES * q.nearest("welcomes", code, rows))


def most(q: Question) -> float:
    """What is gained where all of it is met, by tags and words."""
    return together([BELONGING_CARE] * len((*q.communities, *q.faiths)))


def because(q: Question, listing: Row) -> Because:
    """The strongest bond that is truly the person's; else that it speaks of theirs, or is for people near them; else that everyone is welcome."""
    bonds = (
        ("Led by people of your community", "led_by", q.communities, listing.led_by),
        ("For your community", "for_communities", q.communities, listing.for_communities),
        ("Of your faith", "faiths", q.faiths, listing.faiths),
        ("Welcomes your community", "welcomes", q.communities, listing.welcomes),
    )
    for words, column, wanted, held in bonds:
        if codes := own_codes(q, column, wanted, held)[:2]:
            return Because(f"{words}: {named(q, column, codes)}", codes)
    for words, column, wanted in (("community", "for_communities", q.communities), ("faith", "faiths", q.faiths)):
        if codes := spoken_of(q, column, wanted, listing)[:2]:
            return Because(f"Its own words speak of your {words}: {named(q, column, codes)}", codes)
    for _, column, wanted, held in bonds:
        if codes := near_codes(q, column, wanted, held)[:2]:
            return Because(f"Close to your {'faith' if column == 'faiths' else 'community'}: {named(q, column, codes)}", codes)
    return Because("Says that everyone is welcome")


def named(q: Question, column: str, codes: tuple[str, ...]) -> str:
    """Names of peoples and faiths keep their capitals."""
    return " and ".join(q.part.label(TAXONOMY[column], code) for code in codes)


SIGNAL = Signal(lambda q: bool(q.communities or q.faiths), measure, because, no_question, gained, most)
