"""How many of a person's free times each row meets, with the way there and back where it counts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.arrays import EVERY_ROW, Floats, Ints, Rows
from matching.question import Question
from matching.values import Slot
from matching.way import Slack, met, slack
from matching.weights import MEETING_KINDS


class TimeFits(NamedTuple):
    """How many of a person's free slots each row meets for certain, and how many it may meet, as far as anybody knows."""

    hits: Ints
    perhaps: Ints


def time_fits(q: Question, rows: Rows = EVERY_ROW) -> TimeFits:
    """How many of the person's free slots each row meets in the coming fourteen days, with the way there and back where it counts."""
    if not q.counts_the_way:
        hits = time_hits(q, rows)
        return TimeFits(hits, hits)
    known = q.of_rows("hits", rows, lambda: hits_within(q, rows, q.km(rows), np.inf))
    return TimeFits(known, q.of_rows("perhaps", rows, lambda: hits_within(q, rows, np.maximum(0.0, q.km(rows) - q.margin_km(rows)), 0.0)))


def time_hits(q: Question, rows: Rows) -> Ints:
    """The same without the way."""
    slots = slots_of(q)
    hits = q.once(("times", *slots), lambda: q.columns.openings.hits(slots, q.at))
    return np.asarray(hits[q.columns.openings.number[rows]], np.int64)


def hits_within(q: Question, rows: Rows, km: Floats, unsaid: float) -> Ints:
    """How many free slots each row meets when it is so far away; ``unsaid`` minutes where there is no public place."""
    minutes = np.where(q.is_remote(rows), 0.0, np.where(q.columns.flag("has_place", rows), q.minutes(km), unsaid))
    timetables = q.columns.openings.number[rows]
    by_kind = q.kept("meets", "", lambda: np.array([kind in MEETING_KINDS for kind in q.columns.kind_names]))
    meeting = by_kind[q.columns.kind[rows]]
    return np.where(meeting, met(slack_of(q, meets=True), timetables, minutes), met(slack_of(q, meets=False), timetables, minutes))


def slack_of(q: Question, *, meets: bool) -> Slack:
    """The most minutes one way with which each date of each slot is met, by timetable."""
    slots = slots_of(q)
    return q.once(("way", meets, *slots), lambda: slack(q.columns.openings, slots, q.at, meets=meets))


def slots_of(q: Question) -> list[Slot]:
    """The person's free slots in the order of the week, none twice."""
    return sorted(set(q.inquiry.profile.times), key=lambda slot: (slot.weekday, slot.starts, slot.ends))
