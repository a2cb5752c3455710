"""Our ranking with nothing left out to save time, as a measure of what narrowing, cutting and sifting may not change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from matching import Index
from matching.diversity import mix
from matching.found import Found, scored_for
from matching.limits import judge
from matching.order import in_order
from matching.question import Question
from matching.rank import covers, groups, rank
from matching.sifting import Sifted, count_services
from matching.values import Inquiry

UNIT = 10**9
Page = tuple[int, list[tuple[str, float]]]
"""How many services can be shown, and the first of them: ids with their scores."""


def scanned(inquiry: Inquiry, index: Index, *, at: datetime) -> Page:
    """The page that looking closely at every row of the index gives."""
    found = [everything(Question(inquiry, part, at)) for part in index.parts]
    end = inquiry.offset + inquiry.limit
    order = in_order(found, at.date(), end + 1)
    positions = mix(order.band, order.lifted, *groups(order, found), end, None, covers(order, found))[inquiry.offset :]
    shown = [(found[part], place, units) for part, place, units in zip(order.part.tolist(), order.place.tolist(), order.units.tolist(), strict=True)]
    page = [shown[position] for position in positions]
    return order.total, [(one.question.part.row(int(one.rows[place])).id, units / UNIT) for one, place, units in page]


def everything(q: Question) -> Found:
    """Every row judged; every row that passes and is about the question scored."""
    rows = np.arange(len(q.columns))
    verdicts = judge(q, rows)
    passed = (verdicts.fail == 0) & q.on_topic(rows)
    kept = rows[passed]
    q.narrow(rows, passed, kept)
    relevance = q.relevance(kept) if q.asks_for_something else None
    return scored_for(q, kept, Sifted(kept, verdicts.ask[passed], relevance, count_services(q, kept)))


def differing(index: Index, asked: Sequence[Inquiry], *, at: datetime) -> int:
    """How many questions are answered otherwise than by the whole scan: another total, order or score."""
    wrong = 0
    for inquiry in asked:
        ranking = rank(inquiry, index, at=at, around=False)
        wrong += (ranking.total, [(match.id, match.score) for match in ranking.matches]) != scanned(inquiry, index, at=at)
    return wrong
