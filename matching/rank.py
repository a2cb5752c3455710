"""Ranking: an inquiry, an index and a moment in; a page of matches, what stayed out, and what one change would bring."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from matching.arrays import Bits, Ints
from matching.changes import would_match
from matching.checking import check_inquiry
from matching.diversity import mix
from matching.explain import explain
from matching.found import Found, find
from matching.index import Index
from matching.left_out import not_shown
from matching.order import Order, in_order
from matching.question import Question
from matching.survey import survey
from matching.values import Inquiry, Ranking
from matching.weights import DEFAULT, MIXED_TOP, Weights

MOST_PARTS = 9
"""Parts of life that a ten has room for beside its first place."""


def rank(inquiry: Inquiry, index: Index, *, at: datetime, weights: Weights = DEFAULT, around: bool = True, enough: int | None = None) -> Ranking:
    """Rank the listings of ``index`` for one inquiry at the moment ``at``, which must have a time zone (else ValueError).

    ``NotAllowed`` where the inquiry holds a value that cannot be meant; it is looked at once, before any listing is.

    1. Narrow to what is in reach and, where something was asked, to what is about it. 2. Judge every limit: a known no is out. 3. Score what is
    left. 4. Order: the best row of each service, bands, turns. 5. Mix the kinds at the top. 6. Explain the page, and say what is not shown and
    what one change would bring. The same inquiry, index and moment give the same bytes. Without ``around``, or where a page has ``enough`` matches, the
    last two are left empty: they look far beyond the page, so that a list that is long enough need not wait for them.
    """
    check_inquiry(inquiry)
    first = Question(inquiry, index.parts[0], at, weights)
    end = inquiry.offset + inquiry.limit
    found = [find(first if number == 0 else first.on(part), end + 1) for number, part in enumerate(index.parts)]
    order = in_order(found, at.date(), end + 1)
    kinds, organizations = groups(order, found)
    page = mix(order.band, order.lifted, kinds, organizations, end, order.opposite, covers(order, found))[inquiry.offset : end]
    surveys = [survey(one.question) for one in found] if around and (enough is None or len(page) < enough) else []
    return Ranking(
        matches=explain(found, order, page),
        total=order.total,
        hidden=index.services - order.total,
        not_shown=not_shown(surveys, inquiry.must.confirmed),
        would_match=would_match(surveys),
    )


def covers(order: Order, found: list[Found]) -> Ints | None:
    """In which of the parts of life that the person would like more of each entry that may be mixed is, a bit for each; None where none was named."""
    domains = found[0].question.domains[:MOST_PARTS]
    if not domains:
        return None
    part, place = order.part[:MIXED_TOP], order.place[:MIXED_TOP]
    bits = np.zeros(len(place), np.int64)
    for number, one in enumerate(found):
        here = part == number
        for at, code in enumerate(domains):
            inside = one.question.columns.codes["domains"].any(one.question.part.with_narrower("domains", (code,)), one.rows[place[here]])
            bits[here] |= np.where(inside, 1 << at, 0)
    return bits


def groups(order: Order, found: list[Found]) -> tuple[Bits, Bits]:
    """What the kind and the organization of each entry that may be mixed are known by."""
    part, place = order.part[:MIXED_TOP], order.place[:MIXED_TOP]
    kinds, organizations = (np.zeros(len(place), np.uint64) for _ in range(2))
    for number, one in enumerate(found):
        here = part == number
        columns, rows = one.question.columns, one.rows[place[here]]
        kinds[here] = columns.kind_digest[columns.kind[rows]]
        organizations[here] = columns.organization_digest[columns.organization[rows]]
    return kinds, organizations
