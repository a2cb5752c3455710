"""Every way in which a part of the ranking is broken on purpose, one at a time, to see that a check notices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec
import numpy as np

from matching import company, diversity, fits, found, limits, measures, openings, order, others, passing, question, score, topic, way
from matching.arrays import EVERY_ROW, Judged, Rows
from matching.geography import distance_km
from matching.question import Question
from matching.signals import SIGNALS, cost, focus, freshness, languages, reach, social, space, times
from matching.signals.base import Measured
from matching.values import LimitName, SignalName
from matching.way import met

REPLACE = msgspec.structs.replace


class Mutant(NamedTuple):
    """A part of the ranking, how it is broken, and what breaks it for as long as it is entered."""

    part: str
    how: str
    broken: Callable[[], AbstractContextManager[Any]]


def constant(part: str, how: str, module: object, name: str, value: object) -> Mutant:
    """A number or a function replaced; it must be there, so that no mutant ever changes nothing."""
    return Mutant(part, how, lambda: patch.object(module, name, value))


def signal(name: SignalName, how: str, change: Callable[[Measured], Measured]) -> Mutant:
    """A signal that measures something else."""
    usual = SIGNALS[name]
    return Mutant(f"signal {name}", how, lambda: patch.dict(SIGNALS, {name: usual._replace(measure=lambda q, rows: change(usual.measure(q, rows)))}))


def unread(measured: Measured) -> Measured:
    return Measured(measured.unknown, measured.unknown)


def upside_down(measured: Measured) -> Measured:
    return Measured(np.asarray(1 - measured.met), measured.unknown)


def unjudged(name: LimitName) -> Mutant:
    """A limit that is not put to anybody."""
    return Mutant(f"limit {name}", "not judged", lambda: patch.dict(limits.LIMITS, {name: lambda q, rows: None}))


def never_asked(name: LimitName) -> Mutant:
    """A limit for which not knowing is as good as yes."""
    usual = limits.LIMITS[name]

    def sure(q: Question, rows: Rows) -> Judged | None:
        judged = usual(q, rows)
        return None if judged is None else (judged[0], np.zeros(len(judged[0]), np.bool_))

    return Mutant(f"limit {name}", "the unknown passes", lambda: patch.dict(limits.LIMITS, {name: sure}))


def unconfirmed(q: Question, rows: Rows) -> passing.Passing:
    must = REPLACE(q.inquiry.must, confirmed=frozenset())
    return passing.passing(q.changed(REPLACE(q.inquiry, must=must)), rows)


def everything(q: Question) -> tuple[Any, Any]:
    """Every row, about what was asked or not."""
    rows = np.arange(len(q.columns))
    return rows, q.relevance(rows) if q.asks_for_something else None


def first_row_of_a_service(parts: Any, units: Any, service: Any) -> tuple[Any, Any]:
    """The first of a service's rows, instead of its best."""
    ranked = np.argsort(service, kind="stable")
    return ranked, np.unique(service[ranked], return_index=True)[1]


def one_for_all(q: Question, rows: Rows) -> Any:
    return np.ones(len(q.columns.kind[rows]))


def turned(factor: Callable[[Question, Rows], Any]) -> Callable[[Question, Rows], Any]:
    return lambda q, rows: 1.5 - factor(q, rows)


def unimportant(q: Question) -> dict[SignalName, float]:
    return {name: q.weights.base[name] for name, one in SIGNALS.items() if one.takes_part(q)}


def equally_heavy(q: Question) -> dict[SignalName, float]:
    return dict.fromkeys((name for name, one in SIGNALS.items() if one.takes_part(q)), 1.0)


SCORE = (
    constant("gate N", "always open", score, "GATE_FLOOR", 1.0),
    constant("gate N", "nothing left of what is far from the question", score, "GATE_FLOOR", 0.0),
    constant("gate N", "what is about something else is shown", found, "candidates", everything),
    constant("gate N", "a stray word is an answer", topic, "TOPIC_LEAST", 0.0),
    constant("gate N", "what words imply counts with its neighbours", topic, "IMPLIED_LEAST", 0.0),
    constant("gate N", "every kind of thing is done for the love of it", score, "OF_ONESELF", {}),
    constant("gate N", "for whom it is there is not read", topic, "WHOM", 0.0),
    constant("gate N", "what is there for others counts as much", others, "OTHERS", 0.0),
    constant("fit F", "importance is not read", score, "weights_for", unimportant),
    constant("fit F", "every signal as heavy as the others", score, "weights_for", equally_heavy),
    constant("asks A", "left out", score, "ASK_FACTORS", np.maximum(0.6, 1.0 ** np.arange(65))),
    constant("asks A", "a question lifts", score, "ASK_FACTORS", 1.15 ** np.arange(65)),
    constant("asks A", "through its floor", score, "ASK_FACTORS", np.where(np.arange(65) > 1, 0.5, 0.95 ** np.arange(65))),
    constant("trust Q", "left out", freshness, "factor", one_for_all),
    constant("trust Q", "the older the better", freshness, "factor", turned(freshness.factor)),
    constant("trust Q", "half as long", freshness, "BY_DAYS", freshness.BY_DAYS[::2]),
    constant("space K", "left out", space, "factor", one_for_all),
    constant("space K", "full before open", space, "factor", turned(space.factor)),
    constant("space K", "never fades", space, "SPACE_HALF_LIFE_DAYS", 1e9),
    constant("unknown", "is no", measures, "unknown_value", lambda rate: 0.0),
    constant("unknown", "is better than yes", measures, "unknown_value", lambda rate: 1.2),
    constant("unknown", "without the spread", measures, "UNKNOWN_SPREAD", 0.0),
    constant("unknown", "without the prior", measures, "PRIOR_COUNT", 1e-9),
    constant("times", "the unknown is no", times, "UNKNOWN_USUAL", 0.0),
    constant("times", "once is as good as always", times, "TIMES_BY_HITS", (0.0, 1.0, 1.0, 1.0)),
    constant("times", "a week ahead", openings, "DAYS_AHEAD", 7),
    constant("times", "a minute is enough", openings, "OVERLAP_MINUTES", 1),
    constant("reach", "no rurality", question, "rurality", lambda place, latitude, longitude: 1.0),
    constant("reach", "distance a tenth off", question, "distance_km", lambda *points: 1.1 * distance_km(*points)),
    constant("reach", "no easy minutes", reach, "EASY_MINUTES", 0.0),
    constant("reach", "a call is a place", reach, "REMOTE_LIKING", 1.0),
    constant("times", "the way takes no time", fits, "met", lambda found, timetables, minutes: met(found, timetables, 0 * np.minimum(minutes, 1e9))),
    constant("times", "for a meeting half an hour is enough", way, "MEETING_MOST", 0),
    constant("times", "free times that touch are two", way, "stretch_around", lambda first, last, dates: (first, last)),
    constant("group", "each that is named has to be so", company, "HEADINGS", ()),
    constant("focus", "what is shared is worth nothing", focus, "FOCUS_CARE", 0.0),
    constant("strengths", "joy is not read", question, "ENJOY", (1.0, 1.0, 1.0, 1.0)),
    constant("language", "interpreters are not read", languages, "INTERPRETING", 0.0),
    constant("cost", "donation as good as free", cost, "BY_COST", np.array([0.0, 1.0, 1.0, 0.7, 0.0])),
    constant("social", "the next size is as good as none", social, "NEIGHBOURING_SIZE", 0.0),
)
ORDER = (
    constant("bands", "twice as wide", order, "BAND_UNITS", 2 * order.BAND_UNITS),
    constant("bands", "none", order, "BAND_UNITS", 1),
    constant("turns", "the same every day", order, "turns", lambda digests, day: digests),
    constant("turns", "by the name", order, "turns", lambda digests, day: np.zeros(len(digests), np.uint64)),
    constant("best row of a service", "the first one instead", order, "best_of_each", first_row_of_a_service),
    constant("mix of kinds", "none", diversity, "KIND_PENALTY", 0),
    constant("mix of kinds", "ten times as strong", diversity, "KIND_PENALTY", 10 * diversity.KIND_PENALTY),
    constant("mix of kinds", "counts on and on", diversity, "MIX_KIND_MOST", 9),
    constant("first place", "a crowd for a small group", order, "opposites", lambda found: None),
    constant("cap of an organization", "none", diversity, "ORGANIZATION_CAP", 10),
    constant("cap of an organization", "one", diversity, "ORGANIZATION_CAP", 1),
    constant("sixth place", "not kept open", diversity, "OPEN_PLACE", 99),
    constant("sixth place", "the third instead", diversity, "OPEN_PLACE", 3),
    constant("sixth place", "nothing counts more", order, "LIFT", order.LIFT_BASE),
    constant("sixth place", "counts twice", order, "LIFT", 2 * order.LIFT),
    constant("sixth place", "nothing is new", question, "NEW_DAYS", 0),
)
LIMITS = (
    *(unjudged(name) for name in limits.LIMIT_NAMES),
    *(never_asked(name) for name in ("travel", "area", "language", "access", "cost", "times", "audience", "format", "entry")),
    *(never_asked(name) for name in ("group", "company", "community", "focus")),
    constant("limits", "confirmed is not read", found, "passing", unconfirmed),
    constant("limits", "a rough place is taken for an exact one", Question, "margin_km", lambda q, rows=EVERY_ROW: np.zeros(len(q.columns.kind[rows]))),
)
MUTANTS: tuple[Mutant, ...] = (
    *(signal(name, "not read", unread) for name in SIGNALS),
    *(signal(name, "upside down", upside_down) for name in SIGNALS),
    *SCORE,
    *ORDER,
    *LIMITS,
)
