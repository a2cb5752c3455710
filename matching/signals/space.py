"""Space left: what was said of it fades back to "not known" with a half-life of fourteen days."""

from __future__ import annotations

from datetime import date

import numpy as np

from matching.arrays import Floats, Rows
from matching.columns import SPACES
from matching.question import Question
from matching.row import Row
from matching.signals.freshness import ago
from matching.weights import SPACE, SPACE_HALF_LIFE_DAYS, SPACE_UNDATED_SHARE, SPACE_UNKNOWN

BY_SPACE = np.array([SPACE[space] if space else SPACE_UNKNOWN for space in SPACES])
DAY_SECONDS = 86_400


def evidence(listing: Row, today: date) -> str:
    """When it was said that there is space: a person must be able to judge whether that still holds."""
    return f"as stated {ago((today - listing.space_updated.date()).days)}" if listing.space_updated else "nobody noted when that was stated"


def factor(q: Question, rows: Rows) -> Floats:
    """K = 0.9 + (stated - 0.9) x 2^(-days since it was stated / 14); stated: open 1, waiting list 0.7, full 0.4."""
    space = q.columns.space[rows]
    found, known = np.full(len(space), SPACE_UNKNOWN), space.nonzero()[0]
    if not len(known):
        return found
    days = np.maximum(0.0, (q.at.timestamp() - q.columns.space_updated[rows][known]) / DAY_SECONDS)
    holds = np.where(np.isnan(days), SPACE_UNDATED_SHARE, 2.0 ** (-days / SPACE_HALF_LIFE_DAYS))
    found[known] += (BY_SPACE[space[known]] - SPACE_UNKNOWN) * holds
    return found
