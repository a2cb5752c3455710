"""Ranking: an inquiry, an index and a moment in; a page of matches, what stayed out, and what one change would bring."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from matching.changes import would_match
from matching.diversity import mix
from matching.explain import Found, explain
from matching.index import Index
from matching.left_out import not_shown
from matching.limits import judge
from matching.order import in_order
from matching.question import Question
from matching.score import score
from matching.values import Inquiry, Ranking
from matching.weights import DEFAULT, Weights


def rank(inquiry: Inquiry, index: Index, *, at: datetime, weights: Weights = DEFAULT, around: bool = True) -> Ranking:
    """Rank the listings of ``index`` for one inquiry at the moment ``at``, which must have a time zone (else ValueError).

    1. Judge every limit: a known no is out. 2. Where something was asked, keep what is about it. 3. Score what is left. 4. Order: the best row of
    each service, bands, turns. 5. Mix the kinds at the top. 6. Explain the page, and say what is not shown and what one change would bring. The
    same inquiry, index and moment give the same bytes. Without ``around``, the last two are left empty: they look far beyond the page, so that a
    list that is long enough need not wait for them.
    """
    q = Question(inquiry, index, at, weights)
    verdicts, on_topic = judge(q), q.on_topic()
    visible = np.flatnonzero((verdicts.fail == 0) & on_topic)
    asks = verdicts.ask[visible]
    scored = score(q, visible, asks)
    order = in_order(index.columns, visible, scored.total(), q.is_new(visible) | (asks != 0), at.date())
    end = inquiry.offset + inquiry.limit
    positions = mix(order.band, order.lifted, index.columns.kind[order.row], index.columns.organization[order.row], end)
    found = Found(q, scored, order)
    return Ranking(
        matches=tuple(explain(found, position, int(verdicts.ask[order.row[position]])) for position in positions[inquiry.offset : end]),
        total=len(order.row),
        hidden=len(index.columns.service_names) - len(order.row),
        not_shown=not_shown(index, verdicts.fail, on_topic, inquiry.must.confirmed) if around else (),
        would_match=would_match(q, verdicts.fail, on_topic) if around else (),
    )
