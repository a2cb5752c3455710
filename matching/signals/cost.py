"""What it costs, for people who said that money matters."""

from __future__ import annotations

import numpy as np

from matching.arrays import Rows
from matching.columns import COSTS
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal
from matching.weights import COST_LIKING, PAID_WITHIN_MEANS

BY_COST = np.array([COST_LIKING[cost] if cost else 0.0 for cost in COSTS])
WORDS = {"free": "Free", "donation": "Give what you like", "sliding": "Price depends on what you can pay", "paid": "Within what you can pay"}
ASK_COST = "Cost not known: ask first"


def takes_part(q: Question) -> bool:
    """The person set a limit on cost or said how much it counts."""
    must = q.inquiry.must
    return must.free or must.most_cost is not None or "cost" in q.inquiry.profile.importance


def measure(q: Question, rows: Rows) -> Measured:
    """Free 1, donation 0.9, sliding 0.7, not stated u; paid 0, or up to 0.5 the further a price is below the most the person can pay."""
    cost, price, most = q.columns.cost[rows], q.columns.price[rows], q.inquiry.must.most_cost
    unknown = q.unknown("cost", "free", rows)
    met = np.where(cost == 0, unknown, BY_COST[cost])
    if most:
        within = (cost == COSTS.index("paid")) & (price <= most)
        met = np.where(within, PAID_WITHIN_MEANS * (1 - price / most), met)
    return Measured(met, unknown)


def because(q: Question, listing: Row) -> Because:
    """What it costs, in words."""
    return Because(WORDS[listing.cost] if listing.cost else "", (listing.cost,) if listing.cost else ())


def question(q: Question, listing: Row) -> str | None:
    """Ask about a cost nobody has stated."""
    return ASK_COST if listing.cost is None else None


SIGNAL = Signal(takes_part, measure, because, question)
