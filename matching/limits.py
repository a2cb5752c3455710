"""Hard limits, three-valued: a known no is out, an unknown stays and is asked about, and nothing is ever quietly relaxed.

Each function judges rows for one limit and gives (fail, ask), or None when the inquiry does not set that limit. A row that is in neither passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from typing import Final, NamedTuple, get_args

import numpy as np

from matching.arrays import EVERY_ROW, Bools, Floats, Ints, Judged, Rows
from matching.columns import COSTS
from matching.company import judge_community, judge_company, judge_focus, judge_group
from matching.fits import time_fits
from matching.question import Question
from matching.signs import ANY_SPOKEN, is_signed
from matching.values import LimitName
from matching.weights import GIVE

EVERYONE: Final = "everyone"
AGES: Final = {
    "babies_toddlers": (0, 3), "children": (3, 12), "young_people": (14, 20), "young_adults": (18, 25), "adults": (21, inf), "older_adults": (65, inf),
}  # fmt: skip
"""Years of age at which somebody is of an audience wherever it is said, from and below."""
OTHER_GENDER: Final = {"women": "men", "men": "women"}


def speaks(column_codes: Iterable[str], wanted: str) -> frozenset[str]:
    """The language codes that meet a wanted one: itself, and the same language as spoken somewhere ("es-MX" for "es")."""
    plain = wanted.casefold()
    return frozenset(code for code in column_codes if (folded := code.casefold()) == plain or folded.startswith(f"{plain}-"))


def interprets(column_codes: Iterable[str], wanted: str, *, direct: bool = False) -> frozenset[str]:
    """The codes that say of a wanted language that it is interpreted: those that ``speaks`` it, and any spoken one where it is not signed.

    Of who asks for a language without an interpreter (``direct``) only what names it counts: who has one for any language may well speak this one.
    """
    codes = frozenset(column_codes)
    return speaks(codes, wanted) | (codes & {ANY_SPOKEN} if not (direct or is_signed(wanted)) else frozenset())


def judge_travel(q: Question, rows: Rows) -> Judged | None:
    """Can it be reached: by minutes, by distance or both; what needs no travel passes, and what has no public place is asked about.

    Where a point is only the middle of an area, a listing is out only when it would be too far even from the nearest edge.
    """
    travel = q.inquiry.travel
    if q.inquiry.place is None or (travel.minutes is None and travel.max_km is None):
        return None
    km = q.km(rows)
    near, perhaps = is_within(q, km), is_within(q, np.maximum(0.0, km - q.margin_km(rows)))
    has_place, away = q.columns.flag("has_place", rows), ~q.is_remote(rows)
    return away & has_place & ~perhaps, away & (~has_place | (perhaps & ~near))


def is_within(q: Question, km: Floats) -> Bools:
    """Distances that the person can travel."""
    inside = np.ones(len(km), np.bool_)
    if q.inquiry.travel.max_km is not None:
        inside &= km <= q.inquiry.travel.max_km
    if q.inquiry.travel.minutes is not None:
        inside &= q.minutes(km) <= q.inquiry.travel.minutes
    return inside


def judge_area(q: Question, rows: Rows) -> Judged | None:
    """Does it serve the person's area: the stated areas of a listing are public, so they are judged for confidential ones as well."""
    if q.inquiry.place is None and not q.inquiry.areas:
        return None
    areas = q.columns.codes["areas"]
    if not areas.codes:
        return None
    elsewhere = areas.stated(rows) & ~areas.any(q.inquiry.areas, rows)
    known = q.columns.flag("areas_resolved", rows) & bool(q.inquiry.areas)
    return elsewhere & known, elsewhere & ~known


def judge_language(q: Question, rows: Rows) -> Judged | None:
    """Is one of the languages spoken, or interpreted where that does: one of those named is enough.

    That there are interpreters, nobody having said for which languages, keeps a listing from being out, and is asked about.
    """
    if not q.inquiry.must.languages:
        return None
    columns, direct = q.columns, q.inquiry.must.without_interpreter
    spoken, refused, through = (columns.codes[name] for name in ("languages", "not_languages", "interpreted"))
    passes = np.zeros(len(columns.kind[rows]), np.bool_)
    no = ~columns.flag("interpreting", rows) | direct
    for wanted in q.inquiry.must.languages:
        helped = through.any(interprets(through.codes, wanted, direct=direct), rows)
        passes |= spoken.any(speaks(spoken.codes, wanted), rows) | (helped & (not direct))
        no &= columns.flag("languages_only", rows) | refused.any(speaks(refused.codes, wanted), rows) | helped
    return ~passes & no, ~passes & ~no


def judge_access(q: Question, rows: Rows) -> Judged | None:
    """Is every access feature there."""
    if not q.inquiry.must.access:
        return None
    yes, no = q.columns.codes["access"], q.columns.codes["not_access"]
    fail = no.any(q.inquiry.must.access, rows)
    ask = np.zeros(len(fail), np.bool_)
    for wanted in q.inquiry.must.access:
        ask |= ~yes.any({wanted}, rows)
    return fail, ask & ~fail


def judge_cost(q: Question, rows: Rows) -> Judged | None:
    """Can the person pay for it: free only, or up to a price."""
    must = q.inquiry.must
    if not must.free and must.most_cost is None:
        return None
    cost, price = q.columns.cost[rows], q.columns.price[rows]
    is_free = (cost == COSTS.index("free")) | (cost == COSTS.index("donation"))
    paid = cost == COSTS.index("paid")
    fail = np.zeros(len(cost), np.bool_)
    ask = fail.copy()
    if must.free:
        fail |= paid
        ask |= ~is_free & ~paid
    if must.most_cost is not None:
        fail |= ~is_free & (price > must.most_cost)
        ask |= ~is_free & np.isnan(price)
    return fail, ask & ~fail


def judge_times(q: Question, rows: Rows) -> Judged | None:
    """Is it open or does it meet in one of the person's free slots within fourteen days, with the way there and back where that counts.

    Where it is not known how long the way is, or only roughly, it is asked about, if it fits at all.
    """
    if not q.inquiry.must.in_my_times or not q.inquiry.profile.times:
        return None
    fits = time_fits(q, rows)
    passes = q.columns.flag("always_open", rows) | (fits.hits > 0)
    unsure = ~q.hours_stated(rows) | (fits.perhaps > 0)
    return ~passes & ~unsure, ~passes & unsure


def judge_age(q: Question, rows: Rows) -> Judged | None:
    """Is the person's age within the stated limits; a listing without limits asks nobody's age."""
    age = q.inquiry.profile.age
    if age is None:
        return None
    fail = (age < q.columns.age_from[rows]) | (age >= q.columns.age_below[rows])
    return fail, np.zeros(len(fail), np.bool_)


def judge_audience(q: Question, rows: Rows) -> Judged:
    """Is it for people like this person, by what they chose to say of themselves: read only where a listing restricts whom it is for."""
    profile = q.inquiry.profile
    is_one, is_not = q.once(("audiences", profile.about, profile.not_about, profile.age), lambda: known_audiences(q))
    only, refused = q.columns.codes["only_for"], q.columns.codes["not_for"]
    passes = ~only.stated(rows) | only.any(is_one, rows)
    fail = only.within(is_not, rows) & ~passes if is_not else np.zeros(len(passes), np.bool_)
    if refused.codes:
        fail |= refused.any(is_one, rows)
    return fail, ~passes & ~fail


def ages_of(age: float | None) -> frozenset[str]:
    """The audiences by age that somebody of an age is of beyond doubt; what is called young or older differs from place to place, and stays to be asked."""
    return frozenset(code for code, (least, below) in AGES.items() if age is not None and least <= age < below)


def known_audiences(q: Question) -> tuple[frozenset[str], frozenset[str]]:
    """The audiences, of those that listings name, that the person is one of, and those that they are not.

    Somebody in a narrower audience is in the broader one; somebody not in a broader one is in none of the narrower. "Women" and "men" leave each
    other out unless both were said. An age that was told tells of audiences by age, where nobody would doubt it.
    """
    about = frozenset(q.inquiry.profile.about) | ages_of(q.inquiry.profile.age)
    if not about and not q.inquiry.profile.not_about:
        return frozenset({EVERYONE}), frozenset()
    said_not = {*q.inquiry.profile.not_about, *(OTHER_GENDER[code] for code in about & OTHER_GENDER.keys() if OTHER_GENDER[code] not in about)}
    is_not = q.part.with_narrower("only_for", said_not)
    named = {*q.columns.codes["only_for"].codes, *q.columns.codes["not_for"].codes}
    is_one = {code for code in named if about & q.part.with_narrower("only_for", {code})}
    return frozenset(is_one | {EVERYONE}), is_not


def judge_format(q: Question, rows: Rows) -> Judged | None:
    """Is it given in one of the ways the person can take part."""
    return any_stated(q, "formats", q.inquiry.must.formats, rows)


def judge_entry(q: Question, rows: Rows) -> Judged | None:
    """Can one get in by one of the routes the person can take."""
    return any_stated(q, "entry", q.inquiry.must.entry, rows)


def any_stated(q: Question, column: str, wanted: tuple[str, ...], rows: Rows) -> Judged | None:
    """One yes among ``wanted`` is enough; only a no to every one of them is a fail."""
    if not wanted:
        return None
    yes, no = q.columns.codes[column], q.columns.codes[f"not_{column}"]
    passes = yes.any(wanted, rows)
    fail = ~passes
    for code in wanted:
        fail &= no.any({code}, rows)
    return fail, ~passes & ~fail


def judge_faith(q: Question, rows: Rows) -> Judged | None:
    """Is it not faith-based. Most listings do not say, so not saying is asked about only by those who want it confirmed."""
    if not q.inquiry.must.not_faith_based:
        return None
    fail = q.columns.codes["faiths"].stated(rows)
    unsure = ~fail & ~q.columns.flag("secular", rows)
    return fail, unsure if "faith" in q.inquiry.must.confirmed else np.zeros(len(fail), np.bool_)


def judge_kind(q: Question, rows: Rows) -> Judged | None:
    """Is it one of the kinds of thing the person wants."""
    if not q.inquiry.must.kinds:
        return None
    passes = q.columns.codes["kinds"].any(q.part.with_narrower("kinds", q.inquiry.must.kinds), rows)
    return ~passes, np.zeros(len(passes), np.bool_)


def judge_give(q: Question, rows: Rows) -> Judged | None:
    """Give listings are for those who ask to give, or whose own strengths are asked for: who needs a meal is not first asked to cook one."""
    if q.asks_to_give:
        return None
    fail = q.columns.codes["kinds"].any({GIVE}, rows) & ~q.columns.codes["wants"].any(q.strengths, rows)
    return fail, np.zeros(len(fail), np.bool_)


def judge_steer_clear(q: Question, rows: Rows) -> Judged | None:
    """Is it something the person does not want to be shown: a kind of support, an interest, a setting, a faith or a kind, or a narrower one."""
    if not q.inquiry.profile.steer_clear:
        return None
    columns = ("supports", "interests", "settings", "faiths", "kinds")
    fail = np.logical_or.reduce([q.columns.codes[name].any(q.part.with_narrower(name, q.inquiry.profile.steer_clear), rows) for name in columns])
    return fail, np.zeros(len(fail), np.bool_)


LIMITS: Final[dict[LimitName, Callable[[Question, Rows], Judged | None]]] = {
    "travel": judge_travel,
    "area": judge_area,
    "language": judge_language,
    "access": judge_access,
    "cost": judge_cost,
    "times": judge_times,
    "age": judge_age,
    "audience": judge_audience,
    "format": judge_format,
    "faith": judge_faith,
    "entry": judge_entry,
    "kind": judge_kind,
    "give": judge_give,
    "steer_clear": judge_steer_clear,
    "group": judge_group,
    "company": judge_company,
    "community": judge_community,
    "focus": judge_focus,
}
LIMIT_NAMES: Final[tuple[LimitName, ...]] = get_args(LimitName)
BIT: Final[dict[LimitName, int]] = {name: 1 << place for place, name in enumerate(LIMIT_NAMES)}


class Verdicts(NamedTuple):
    """For each judged row, one bit a limit: those it fails and those it is to be asked about."""

    fail: Ints
    ask: Ints


def judge(q: Question, rows: Rows = EVERY_ROW, limits: Iterable[LimitName] = tuple(LIMITS)) -> Verdicts:
    """Put every limit to ``rows``, or some ``limits``."""
    length = len(q.columns.kind[rows])
    fails, asks = np.zeros(length, np.int64), np.zeros(length, np.int64)
    for name in limits:
        if (judged := judge_one(q, name, rows)) is not None:
            fails |= judged[0] * BIT[name]
            asks |= judged[1] * BIT[name]
    return Verdicts(fails, asks)


def judge_one(q: Question, name: LimitName, rows: Rows) -> Judged | None:
    """Put one limit to ``rows``; None where nothing was asked of it. Where the person wants it confirmed, an unknown is a no."""
    judged = LIMITS[name](q, rows)
    if judged is None or name not in q.inquiry.must.confirmed:
        return judged
    fail, ask = judged
    return fail | ask, np.zeros(len(ask), np.bool_)
