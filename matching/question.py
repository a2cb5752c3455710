"""An inquiry made ready to be put to an index: wishes merged and sorted, and what is costly worked out once."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

import numpy as np

from matching.arrays import EVERY_ROW, Bools, Floats, Ints, Rows
from matching.columns import NO_DAY
from matching.geography import distance_km, rurality, travel_minutes
from matching.index import Index
from matching.values import Inquiry, Mode, Slot
from matching.weights import DEFAULT, ENJOY, GIVE, GIVING, IMPLIED_LEAST, MARGIN_KM, NEW_DAYS, REMOTE_FORMATS, TOPIC_KNOWN, TOPIC_LEAST, USUAL_MODES, Weights

Memo = dict[tuple[object, ...], Floats | Ints]


class Question:
    """One inquiry, one index, one moment: what every limit and signal is given.

    Wishes that must be met are also wishes, so a must-have language counts in the language signal as well. All are sorted and without doubles, so
    that the order in which a person named things cannot matter.
    """

    def __init__(self, inquiry: Inquiry, index: Index, at: datetime, weights: Weights = DEFAULT, memo: Memo | None = None) -> None:
        if at.tzinfo is None:
            raise ValueError("The moment of a ranking needs a time zone: without one, nobody can say what is open. Pass an aware datetime.")
        self.inquiry, self.index, self.at, self.weights = inquiry, index, at, weights
        self.columns = index.columns
        profile, must = inquiry.profile, inquiry.must
        self.strengths = {one.code: ENJOY[one.enjoy] for one in sorted(profile.strengths, key=lambda one: (one.code, one.enjoy))}
        self.interests = sorted(set(profile.interests))
        self.domains = sorted(set(profile.domains))
        self.helped_before = sorted(set(profile.helped_before))
        self.communities = sorted(set(profile.communities))
        self.faiths = sorted(set(profile.faiths))
        self.languages = sorted({*profile.languages, *must.languages})
        self.access = sorted({*profile.access, *must.access})
        self.formats = sorted({*profile.formats, *must.formats})
        self.supports = sorted(set(inquiry.supports))
        self.modes: tuple[Mode, ...] = inquiry.travel.modes or USUAL_MODES
        self.remote = REMOTE_FORMATS & frozenset(must.formats) if must.formats else REMOTE_FORMATS
        """The formats that spare the way: of those, the ones that the person would take."""
        self._memo: Memo = {} if memo is None else memo

    def changed(self, inquiry: Inquiry) -> Question:
        """The same question with one thing changed, keeping what was worked out already."""
        return Question(inquiry, self.index, self.at, self.weights, self._memo)

    @property
    def today(self) -> int:
        """The day number of the moment, in the moment's own zone."""
        return self.at.date().toordinal()

    def is_new(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that came to the directory in the last thirty days."""
        added = self.columns.added_on[rows]
        return np.asarray((added != NO_DAY) & (self.today - added < NEW_DAYS))

    @cached_property
    def asks_for_something(self) -> bool:
        """True when words or kinds of support were given: then only what is about them is an answer."""
        return bool(self.inquiry.text.strip() or self.supports)

    @cached_property
    def asks_to_give(self) -> bool:
        """True when the person says so, names that kind of listing, or asks for ways to give in codes or in words."""
        if self.inquiry.profile.give or GIVE in self.inquiry.must.kinds or GIVING in self.supports:
            return True
        return any(code == GIVING for code, _ in self.index.words.recognise(self.inquiry.text))

    def relevance(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far each row is about what was asked, 0 to 1: the best of kinds of support, words, and the support that the words imply."""
        key = ("relevance", self.inquiry.text, *self.supports)
        if key not in self._memo:
            self._memo[key] = self._relevance()
        return np.asarray(self._memo[key][rows], np.float64)

    def _relevance(self) -> Floats:
        best = np.zeros(len(self.index))
        supports = self.columns.codes["supports"]
        for code in self.supports:
            best = np.maximum(best, supports.nearest(self.index.closeness("supports", code)))
        if text := self.inquiry.text.strip():
            best = np.maximum(best, self.index.texts.scores(text))
            for code, weight in self.index.words.recognise(text):
                implied = tuple(level for level in self.index.closeness("supports", code) if level[0] >= IMPLIED_LEAST)
                best = np.maximum(best, weight * supports.nearest(implied))
        return best

    def on_topic(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that are about what was asked; all of them when nothing was."""
        relevance = self.relevance(rows)
        return relevance > self.least_relevance if self.asks_for_something else np.ones(len(relevance), np.bool_)

    @cached_property
    def least_relevance(self) -> float:
        """What a row must be above to be about the question: nought, or more where it is known what kind of support is meant."""
        known = bool(self.supports) or any(weight >= TOPIC_KNOWN for _, weight in self.index.words.recognise(self.inquiry.text))
        return TOPIC_LEAST if known else 0.0

    def km(self, rows: Rows = EVERY_ROW) -> Floats:
        """Distance from the person's place, NaN where the listing has no public one. Only for an inquiry with a place."""
        place = self.inquiry.place
        if place is None:
            raise ValueError("There is no distance without a place.")
        return distance_km(place, self.columns.latitude[rows], self.columns.longitude[rows])

    def margin_km(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far off that distance may be, because one of the two points is only the middle of an area."""
        own = MARGIN_KM[self.inquiry.place.precision] if self.inquiry.place else 0.0
        return np.asarray(self.columns.margin_km[rows] + own)

    def minutes(self, km: Floats) -> Floats:
        """Minutes by the quickest of the person's ways to travel."""
        return np.asarray(np.min([travel_minutes(km, mode) for mode in self.modes], axis=0))

    @cached_property
    def rurality(self) -> float:
        """How far apart things lie around the person's place: 1 in a town, up to 4."""
        measures = self.index.measures
        return rurality(self.inquiry.place, measures.latitude, measures.longitude) if self.inquiry.place else 1.0

    def is_remote(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that can be had without going anywhere, in a way the person would take."""
        return self.columns.codes["formats"].any(self.remote, rows)

    def time_hits(self, rows: Rows = EVERY_ROW) -> Ints:
        """How many of the person's free slots each row meets in the coming fourteen days."""
        key = ("times", *self.inquiry.profile.times)
        if key not in self._memo:
            self._memo[key] = self.columns.openings.hits(sorted(set(self.inquiry.profile.times), key=slot_key), self.at)
        return np.asarray(self._memo[key][rows], np.int64)

    def hours_stated(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that say when they are open."""
        key = ("hours",)
        if key not in self._memo:
            self._memo[key] = (self.columns.always_open | self.columns.openings.stated(self.at)).astype(np.int64)
        return np.asarray(self._memo[key][rows] != 0)

    def unknown(self, aspect: str, code: str, rows: Rows = EVERY_ROW) -> Floats:
        """What "not stated" is worth for ``code``, row by row."""
        return np.asarray(self.index.unknown(aspect, code)[self.columns.kind[rows]])


def slot_key(slot: Slot) -> tuple[int, int, int]:
    """Slots in the order of the week."""
    return slot.weekday, slot.starts, slot.ends
