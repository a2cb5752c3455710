"""Places of everyday life (a library, a cafe, a sports club, a faith place): for who wishes it, what is there comes first where two fit alike."""

from __future__ import annotations

from typing import Final

import numpy as np

from matching.arrays import Bits, Bools, Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, listed

HEADINGS: Final = ("public_places", "social_places", "faith_places", "active_places", "learning_places")
"""Headings of the vocabulary of settings under which everybody goes; places of health, homes and places to stay are under others."""
LAST: Final = np.uint64(1 << 63)
"""The highest bit of a turn: whoever has it comes after everybody without."""


def wished(q: Question) -> bool:
    """Whether the person would rather go to such places."""
    return q.inquiry.profile.ordinary_places


def is_ordinary(q: Question, rows: Rows) -> Bools:
    """Rows that say they are in such a place. What nobody said counts as no: it is an order among equals, and nobody is left out."""
    return q.columns.codes["settings"].any(q.part.with_narrower("settings", HEADINGS), rows)


def last_where_not(turn: Bits, ordinary: Bools) -> Bits:
    """Turns in which everything ordinary comes before everything else, each among themselves as they were."""
    return np.asarray((turn >> np.uint64(1)) | np.where(ordinary, np.uint64(0), LAST))


def because(q: Question, listing: Row) -> Because:
    """The places of everyday life that it is in; empty where it says none, or nobody wished for them."""
    if not wished(q):
        return Because("")
    held = sorted(listing.settings & q.part.with_narrower("settings", HEADINGS))
    return Because(f"In an everyday place: {listed(q.part.label('settings', code) for code in held)}", tuple(held)) if held else Because("")
