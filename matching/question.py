"""An inquiry made ready to be put to a part of an index: wishes merged and sorted, and what is costly worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Final

import numpy as np

from matching.arrays import EVERY_ROW, Bools, Floats, Ints, Rows
from matching.columns import NO_DAY
from matching.geography import distance_km, rurality, travel_km, travel_minutes
from matching.lazy import lazy
from matching.memory import Memo, Memory
from matching.names import Typed
from matching.part import TAXONOMY, Part
from matching.reading import Word
from matching.telling import Phrase, Told, borne_out, told_among
from matching.topic import Topic, topic_of
from matching.values import Inquiry, Mode, Place
from matching.weights import (
    DEFAULT,
    ENJOY,
    GIVE,
    GIVING,
    MARGIN_KM,
    NEW_DAYS,
    REMOTE_FORMATS,
    REMOTE_KM,
    TOPIC_KNOWN,
    USUAL_MODES,
    Weights,
)

OF_WORDS: Final = ("implied", "loved", "words", "typed", "speaks_of_giving")
"""What hangs on the words of a question and on nothing else of it."""
OF_PLACE: Final = ("rurality",)
"""What hangs on the place."""


class Question(Memory):
    """One inquiry, one part of an index, one moment: what every limit and signal is given.

    Wishes that must be met are also wishes, so a must-have language counts in the language signal as well. All are sorted and without doubles, so
    that the order in which a person named things cannot matter.
    """

    def __init__(self, inquiry: Inquiry, part: Part, at: datetime, weights: Weights = DEFAULT, memo: Memo | None = None) -> None:
        if at.tzinfo is None:
            raise ValueError("The moment of a ranking needs a time zone: without one, nobody can say what is open. Pass an aware datetime.")
        super().__init__(memo)
        self.inquiry, self.part, self.at, self.weights = inquiry, part, at, weights
        self.columns = part.columns
        profile, must = inquiry.profile, inquiry.must
        self.strengths = {one.code: ENJOY[one.enjoy] for one in sorted(profile.strengths, key=lambda one: (one.code, one.enjoy))}
        self.interests = sorted(set(profile.interests))
        self.domains = sorted(set(profile.domains))
        self.helped_before = sorted(set(profile.helped_before))
        self.communities = sorted({*profile.communities, *must.communities})
        self.faiths = sorted(set(profile.faiths))
        self.languages = sorted({*profile.languages, *must.languages})
        self.access = sorted({*profile.access, *must.access})
        self.formats = sorted({*profile.formats, *must.formats})
        self.group = sorted({*profile.group, *must.group})
        self.focus = sorted({*profile.focus, *must.focus})
        self.supports = sorted(set(inquiry.supports))
        self.modes: tuple[Mode, ...] = inquiry.travel.modes or USUAL_MODES
        self.remote = REMOTE_FORMATS & frozenset(must.formats) if must.formats else REMOTE_FORMATS
        """The formats that spare the way: of those, the ones that the person would take."""
        self.is_only_remote = bool(must.formats) and frozenset(must.formats) <= REMOTE_FORMATS
        self.text = inquiry.text.strip()
        self.is_rough = False
        self._phrases: dict[tuple[str, str], Sequence[Phrase]] = {}
        """Those of the first part, for all parts: how telling a phrase is must not differ between them."""

    def on(self, part: Part) -> Question:
        """The same question put to another part of the index."""
        other = copy(self)
        other.part, other.columns = part, part.columns
        other._memo, other._kept, other._last = {}, {}, {}
        for hangs_on_part in ("bounds", "cell_km"):
            other.__dict__.pop(hangs_on_part, None)
        return other

    def roughly(self) -> Question:
        """The same question with every row as near as its map cell may be: what bounds are made of."""
        other = copy(self)
        other.is_rough, other._kept, other._last = True, {}, {}
        return other

    def changed(self, inquiry: Inquiry) -> Question:
        """The same question with one thing changed, keeping what was worked out already and cannot hang on that."""
        other = Question(inquiry, self.part, self.at, self.weights, self._memo)
        other._phrases = self._phrases
        kept = (*(OF_WORDS if other.text == self.text else ()), *(OF_PLACE if inquiry.place == self.inquiry.place else ()))
        other.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return other

    @lazy
    def today(self) -> int:
        """The day number of the moment, in the moment's own zone."""
        return self.at.date().toordinal()

    def is_new(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that came to the directory in the last thirty days."""
        added = self.columns.added_on[rows]
        return np.asarray((added != NO_DAY) & (self.today - added < NEW_DAYS))

    @lazy
    def asks_for_something(self) -> bool:
        """True when words or kinds of support were given: then only what is about them is an answer."""
        return bool(self.text or self.supports)

    @lazy
    def implied(self) -> Sequence[tuple[str, float]]:
        """The kinds of support that the words stand for or point to, each with how surely."""
        return self.part.words.meant(self.text, self.part.texts.has) if self.text else ()

    @lazy
    def loved(self) -> Sequence[tuple[str, float]]:
        """The interests that the words name, each with how surely."""
        return self.part.words.loved(self.text, self.part.texts.has) if self.text else ()

    @lazy
    def words(self) -> Sequence[Word]:
        """The telling words of the question, as words, and the labels of the communities that they call otherwise; the kinds of support that they stand
        for are asked for by themselves (``implied``)."""
        read = " ".join((self.text, *self.part.words.communities_called(self.text)))
        return [word._replace(codes=()) for word in self.part.texts.read(read)] if self.text else ()

    @lazy
    def typed(self) -> Typed:
        """What was typed, read as a name."""
        return self.part.texts.name_in(self.text)

    @lazy
    def asks_to_give(self) -> bool:
        """True when the person says so, names that kind of listing, or asks for ways to give in codes or in words."""
        return self.inquiry.profile.give or GIVE in self.inquiry.must.kinds or GIVING in self.supports or self.speaks_of_giving

    @lazy
    def speaks_of_giving(self) -> bool:
        """True when the words ask for ways to give."""
        may_be = any(code == GIVING for code, _ in self.implied)  # what is recognised is implied, and that was read already
        return may_be and any(code == GIVING for code, _ in self.part.words.recognise(self.text, self.part.texts.has))

    def topic(self, bounds: Ints | None = None) -> Topic:
        """The rows that are about what was asked, in the runs of ``bounds`` or anywhere, and how far they are. Only for a question that asks for
        something."""
        if bounds is not None:
            return topic_of(self, bounds)
        return self.once(("topic", *self._asked_about), lambda: topic_of(self, None))

    def phrases(self, taxonomy: str, code: str) -> Sequence[Phrase]:
        """What listings would say of a term, by the words of the whole directory."""
        if (known := self._phrases.get((taxonomy, code))) is None:
            known = self._phrases[taxonomy, code] = self.part.texts.phrases(taxonomy, code)
        return known

    def told(self, column: str, code: str, rows: Rows = EVERY_ROW) -> Floats:
        """How plainly each row's own words tell of a term (0 to 1), whatever it is tagged with; in reach only."""
        found, telling = np.zeros(len(self.columns.kind[rows])), self.telling(column, code, rows)
        found[telling.places] = telling.values
        return found

    def telling(self, column: str, code: str, rows: Rows = EVERY_ROW) -> Told:
        """The same for those rows alone whose words do tell of it."""
        phrases = self.phrases(TAXONOMY[column], code)
        return told_among(*self.kept("told", (column, code), lambda: self.part.texts.told(phrases, self.bounds)), rows)

    def related(self, column: str, code: str, rows: Rows = EVERY_ROW) -> Floats:
        """How far each row has to do with a term, by its tags and its words."""
        return borne_out(self.nearest(column, code, rows), self.telling(column, code, rows))

    def relevance(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far each row is about what was asked, 0 where it is not: for looking beyond what is in reach."""
        return np.asarray(self.once(("relevance", *self._asked_about), self._everywhere)[rows], np.float64)

    @property
    def _asked_about(self) -> tuple[object, ...]:
        """What relevance hangs on."""
        return self.text, tuple(self.supports), self.inquiry.profile.about, tuple(self.helped_before), self.asks_to_give

    def _everywhere(self) -> Floats:
        topic, everywhere = self.topic(), np.zeros(len(self.columns))
        everywhere[topic.rows] = topic.relevance
        return everywhere

    def on_topic(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that are about what was asked; all of them when nothing was."""
        if self.asks_for_something:
            return np.asarray(self.relevance(rows) > 0)
        return np.ones(len(self.columns.kind[rows]), np.bool_)

    @lazy
    def is_known(self) -> bool:
        """True where it is known what kind of support is meant."""
        return bool(self.supports) or any(weight >= TOPIC_KNOWN for _, weight in self.implied)

    @lazy
    def bounds(self) -> Ints | None:
        """The runs of rows that hold everything in reach; None when every row may be. What lies outside is too far for certain."""
        place, travel = self.inquiry.place, self.inquiry.travel
        if place is None or (travel.minutes is None and travel.max_km is None):
            return None
        margin = MARGIN_KM[place.precision] + max(MARGIN_KM.values())
        by_time = max((travel_km(travel.minutes, mode) for mode in self.modes), default=0.0) if travel.minutes is not None else np.inf
        reach = min(by_time, np.inf if travel.max_km is None else travel.max_km) + margin
        must_be_near = not self.remote and "travel" in self.inquiry.must.confirmed
        afar = np.inf if self.is_only_remote else max(reach, REMOTE_KM + margin)
        return self.columns.cells.runs(place, (reach, afar if self.remote else reach), nowhere=not must_be_near)

    def km(self, rows: Rows = EVERY_ROW) -> Floats:
        """Distance from the person's place, NaN where the listing has no public one. Only for an inquiry with a place."""
        place = self.inquiry.place
        if place is None:
            raise ValueError("There is no distance without a place.")
        return self.of_rows("km", rows, lambda: self._least_km(place, rows) if self.is_rough else self._exact_km(place, rows))

    def _exact_km(self, place: Place, rows: Rows) -> Floats:
        """Only where there is a place: what is not a number is slow to reckon with."""
        has_place = self.columns.flag("has_place", rows)
        if has_place.all():
            return distance_km(place, self.columns.latitude[rows], self.columns.longitude[rows])
        found, placed = np.full(len(has_place), np.nan), np.flatnonzero(has_place)
        numbers = placed + rows.start if isinstance(rows, slice) and rows != EVERY_ROW else placed if isinstance(rows, slice) else rows[placed]
        found[placed] = distance_km(place, self.columns.latitude[numbers], self.columns.longitude[numbers])
        return found

    def _least_km(self, place: Place, rows: Rows) -> Floats:
        """At most the distance of each row: that of its map cell."""
        return np.asarray(self.cell_km[self.columns.cells.of(rows)])

    @lazy
    def cell_km(self) -> Floats:
        """The least that the distance of anything in each map cell may be."""
        if self.inquiry.place is None:
            raise ValueError("There is no distance without a place.")
        return self.columns.cells.least_km(self.inquiry.place)

    def margin_km(self, rows: Rows = EVERY_ROW) -> Floats:
        """How far off that distance may be, because one of the two points is only the middle of an area."""
        own = MARGIN_KM[self.inquiry.place.precision] if self.inquiry.place else 0.0
        return np.asarray(self.columns.margin_km(rows) + own)

    def minutes(self, km: Floats) -> Floats:
        """Minutes by the quickest of the person's ways to travel."""
        found = travel_minutes(km, self.modes[0])
        for mode in self.modes[1:]:
            found = np.minimum(found, travel_minutes(km, mode))
        return found

    @lazy
    def rurality(self) -> float:
        """How far apart things lie around the person's place: 1 in a town, up to 4."""
        measures = self.part.measures
        return rurality(self.inquiry.place, measures.latitude, measures.longitude) if self.inquiry.place else 1.0

    def is_remote(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that can be had without going anywhere, in a way the person would take.

        What has a place and names no area it serves is taken to serve the country around it, unless the person takes part from afar only.
        """
        return self.of_rows("remote", rows, lambda: self._is_remote(rows))

    def _is_remote(self, rows: Rows) -> Bools:
        remote = self.columns.codes["formats"].any(self.remote, rows)
        if self.inquiry.place is None or self.is_only_remote or not remote.any():
            return remote
        far = self.columns.flag("has_place", rows) & ~self.columns.codes["areas"].stated(rows)
        far &= self.km(rows) - self.margin_km(rows) > REMOTE_KM
        return remote & ~far

    @lazy
    def counts_the_way(self) -> bool:
        """True when the way there and back has to fit into the person's times, and it is known where they set out."""
        return self.inquiry.profile.there_and_back and bool(self.inquiry.profile.times) and self.inquiry.place is not None

    def hours_stated(self, rows: Rows = EVERY_ROW) -> Bools:
        """Rows that say when they are open."""
        return np.asarray(self.columns.openings.stated(self.at)[self.columns.openings.number[rows]] | self.columns.flag("always_open", rows))

    def unknown(self, aspect: str, code: str, rows: Rows = EVERY_ROW) -> Floats:
        """What "not stated" is worth for ``code``, row by row."""
        return self.by_kind(self.part.unknown(aspect, code), rows)

    def by_kind(self, values: Floats, rows: Rows = EVERY_ROW) -> Floats:
        """What holds for all listings of a kind alike, row by row."""
        return values.take(self.of_rows("kind", rows, lambda: self.columns.kind[rows]))

    def nearest(self, column: str, code: str, rows: Rows = EVERY_ROW) -> Floats:
        """The similarity to ``code`` of each row's nearest code in a column."""
        numbers = self.of_rows(column, rows, lambda: self.columns.codes[column].number[rows])
        return self.part.nearest_sets(column, code).take(numbers)
