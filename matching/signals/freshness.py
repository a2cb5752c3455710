"""Trust: how long ago somebody confirmed a listing, and who."""

from __future__ import annotations

from datetime import date

import numpy as np

from matching.arrays import Floats, Rows
from matching.question import Question
from matching.row import Row
from matching.weights import TRUST_FLOOR, TRUST_HALF_LIFE_DAYS

BY_DAYS = (1 - TRUST_FLOOR) * 2.0 ** (-np.arange(60 * TRUST_HALF_LIFE_DAYS) / TRUST_HALF_LIFE_DAYS)
"""What is left of a confirmation after so many days. After sixty half-lives nothing is that could be added to the floor, so what was never confirmed may
count as confirmed in the year 1."""
WHO = {"organization": "confirmed by the organization", "steward": "checked by a curator", "import": "taken from another directory"}


def factor(q: Question, rows: Rows) -> Floats:
    """Q = 0.8 + 0.2 x 2^(-days / 365) x source; never confirmed is 0.8."""
    days = np.minimum(np.maximum(0, q.today - q.columns.assured_on[rows]), len(BY_DAYS) - 1)
    return np.asarray(TRUST_FLOOR + BY_DAYS.take(days) * q.columns.source(rows))


def evidence(listing: Row, today: date) -> str:
    """Who stands for what is said of the listing, and since when."""
    if listing.reported_wrong:
        return "somebody reported that something here is wrong; not checked yet"
    if listing.assured_on is None:
        return "not confirmed yet"
    return f"{WHO[listing.assured_by or 'import']} {ago((today - listing.assured_on).days)}"


def ago(days: int) -> str:
    """How long ago, in the words people use; whole units, never rounded up."""
    if days <= 0:
        return "today"
    for length, unit in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= length:
            count = days // length
            return "yesterday" if days == 1 else f"{count} {unit}{'' if count == 1 else 's'} ago"
    raise AssertionError("a positive number of days holds at least one day")
