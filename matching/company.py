"""The company that somebody wishes for: who leads and who may come, how many and how lively, and what the people there share with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

import numpy as np

from matching.arrays import EVERY_ROW, Bools, Floats, Judged, Rows
from matching.columns import SIZES, TONES
from matching.question import Question
from matching.values import Shared

HEADINGS: Final = (("peer_led", "shared", "professional_led"), ("open", "closed", "invitation"))
"""Facts of a group of which only one can be so: who leads, and who may come when."""
BONDS: Final = ("for_communities", "led_by", "welcomes")
HELD: Final[dict[Shared, tuple[str, ...]]] = {
    "topic": ("supports",),
    "interests": ("interests",),
    "community": ("for_communities", "led_by"),
    "faith": ("faiths",),
    "experience": ("meant_for",),
    "strengths": ("builds_on",),
}
"""The columns that tell what the people of a listing have in common, by what may be shared."""


def asked_together(codes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Facts of a group that were asked for, those under one heading together, for one of them is enough; each other by itself. In a fixed order."""
    wanted = sorted(set(codes))
    together = [tuple(code for code in heading if code in wanted) for heading in HEADINGS]
    alone = [(code,) for code in wanted if not any(code in heading for heading in HEADINGS)]
    return tuple(one for one in (*together, *alone) if one)


def own_of(q: Question, shared: Shared) -> Sequence[str]:
    """What the person said of themselves in that respect."""
    said: dict[Shared, Sequence[str]] = {
        "topic": q.supports,
        "interests": q.interests,
        "community": q.communities,
        "faith": q.faiths,
        "experience": sorted(set(q.inquiry.profile.about)),
        "strengths": list(q.strengths),
    }
    return said[shared]


def focus_of(q: Question, parts: Iterable[Shared]) -> tuple[Shared, ...]:
    """The respects in which something can be shared: those that were chosen and that the person said something of, in a fixed order."""
    chosen = set(parts)
    return tuple(part for part in HELD if part in chosen and own_of(q, part))


def shares(q: Question, part: Shared, rows: Rows) -> Floats:
    """How near each row's nearest code is to what the person said of themselves in one respect: 1 the same, 0 nothing near."""
    found = [q.nearest(column, code, rows) for column in HELD[part] for code in own_of(q, part)]
    return np.asarray(np.max(found, axis=0), np.float64)


def has_own(q: Question, columns: Iterable[str], wanted: Iterable[str], rows: Rows) -> Bools:
    """Rows that hold one of ``wanted``, or something broader that holds it."""
    named = frozenset(wanted)
    found = np.zeros(len(q.columns.kind[rows]), np.bool_)
    for column in columns:
        found |= q.columns.codes[column].any(q.once(("holding", column, named), partial(holding, q, column, named)), rows)
    return found


def holding(q: Question, column: str, named: frozenset[str]) -> frozenset[str]:
    """The codes of a column that are one of ``named``, or broader."""
    return frozenset(code for code in q.columns.codes[column].codes if named & q.part.with_narrower(column, {code}))


def is_opposite(q: Question, rows: Rows = EVERY_ROW) -> Bools:
    """Rows known to be the opposite of the company wished for: many people for a small group, lively for quiet, and the other way round."""
    profile, found = q.inquiry.profile, np.zeros(len(q.columns.kind[rows]), np.bool_)
    if profile.size in ("small", "large"):
        found |= q.columns.size[rows] == SIZES.index("large" if profile.size == "small" else "small")
    if profile.tone:
        found |= q.columns.tone[rows] == TONES.index("lively" if profile.tone == "quiet" else "quiet")
    return found


def judge_group(q: Question, rows: Rows) -> Judged | None:
    """Is each fact of a group as the person needs it: of those under one heading one yes is enough, and only a no to all of them is a no."""
    if not q.inquiry.must.group:
        return None
    yes, no = q.columns.codes["group"], q.columns.codes["not_group"]
    length = len(q.columns.kind[rows])
    fail, ask = np.zeros(length, np.bool_), np.zeros(length, np.bool_)
    for wanted in asked_together(q.inquiry.must.group):
        passes = yes.any(wanted, rows)
        refused = np.logical_and.reduce([no.any({code}, rows) for code in wanted]) & ~passes
        fail |= refused
        ask |= ~passes & ~refused
    return fail, ask & ~fail


def judge_company(q: Question, rows: Rows) -> Judged | None:
    """Are there as many people, and is it as quiet or lively, as the person said: another size or tone is a no."""
    size, tone = q.inquiry.profile.size, q.inquiry.profile.tone
    if not q.inquiry.must.company or not (size or tone):
        return None
    length = len(q.columns.kind[rows])
    fail, ask = np.zeros(length, np.bool_), np.zeros(length, np.bool_)
    for wish, column, among in ((size, q.columns.size, SIZES), (tone, q.columns.tone, TONES)):
        if wish:
            fail |= (column[rows] != 0) & (column[rows] != among.index(wish))
            ask |= column[rows] == 0
    return fail, ask & ~fail


def judge_community(q: Question, rows: Rows) -> Judged | None:
    """Does it say that it is for, is led by or welcomes one of the communities. What names others has not said no: it is asked about."""
    if not q.inquiry.must.communities:
        return None
    passes = has_own(q, BONDS, q.inquiry.must.communities, rows)
    return np.zeros(len(passes), np.bool_), ~passes


def judge_focus(q: Question, rows: Rows) -> Judged | None:
    """Do the people there share one of the things that the person chose. What speaks of other things has not said no: it is asked about."""
    parts = focus_of(q, q.inquiry.must.focus)
    if not parts:
        return None
    passes = np.logical_or.reduce([has_own(q, HELD[part], own_of(q, part), rows) for part in parts])
    return np.zeros(len(passes), np.bool_), ~passes
