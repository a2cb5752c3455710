"""How many people, and how lively: for people who said what suits them."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.columns import SIZES, TONES
from matching.measures import UNKNOWN_USUAL
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, constant, mean
from matching.weights import NEIGHBOURING_SIZE

SIZE_WORDS = {"small": "a small group", "medium": "a middle-sized group", "large": "many people"}


def measure(q: Question, rows: Rows) -> Measured:
    """The mean over size and tone of: as wished 1, not stated u, the next size 0.3, otherwise 0."""
    unknown = constant(q, rows, UNKNOWN_USUAL)
    parts: list[Floats] = []
    if size := q.inquiry.profile.size:
        away = np.abs(q.columns.size[rows] - SIZES.index(size))
        parts.append(np.where(q.columns.size[rows] == 0, unknown, np.array((1.0, NEIGHBOURING_SIZE, 0.0, 0.0))[away]))
    if tone := q.inquiry.profile.tone:
        parts.append(np.where(q.columns.tone[rows] == 0, unknown, 1.0 * (q.columns.tone[rows] == TONES.index(tone))))
    return Measured(mean(parts), unknown)


def because(q: Question, listing: Row) -> Because:
    """What suits, in words."""
    words = [SIZE_WORDS[listing.size]] if listing.size and listing.size == q.inquiry.profile.size else []
    words += [listing.tone] if listing.tone and listing.tone == q.inquiry.profile.tone else []
    return Because(f"The company you like: {' and '.join(words)}", tuple(words))


SIGNAL = Signal(lambda q: q.inquiry.profile.size is not None or q.inquiry.profile.tone is not None, measure, because, lambda q, listing: None)
