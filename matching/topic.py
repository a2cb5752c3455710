"""What is about a question: kinds of support by tags and by listings' own words, interests by tags, and the words of the question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matching.arrays import Floats, Ints
from matching.names import NOBODY, Named
from matching.others import for_others
from matching.telling import related
from matching.text import together
from matching.weights import ALL_OF_THEM, IMPLIED_LEAST, LOVED, NAME_BY_SLIPS, TAG_ALONE, TAG_NAMED, TOPIC_LEAST, WHOM, WHOM_LEAST, WORDS_ALONE

if TYPE_CHECKING:
    from matching.question import Question

NAMES = np.array(NAME_BY_SLIPS)
NOTHING = np.zeros(0, np.int64), np.zeros(0)


class Topic(NamedTuple):
    """Rows, rising, that are about what was asked, and how far each is (0 to 1)."""

    rows: Ints
    relevance: Floats


class Source(NamedTuple):
    """What one kind of support, or one interest, that is wanted finds: the rows tagged with it or near it, by rising nearness; the rows whose words tell of
    it, and how plainly; how surely it is meant; and whether the person named it."""

    tagged: list[tuple[Ints, float]]
    told: tuple[Ints, Floats]
    weight: float
    is_named: bool


class Best:
    """Several wishes taken together, row by row: mostly the best one, for the rest the weighted mean, so that what meets two counts more."""

    def __init__(self, length: int) -> None:
        self._best, self._sum, self._weights = np.zeros(length), np.zeros(length), 0.0

    def add(self, met: Floats, weight: float) -> None:
        """One more wish: how far each row meets it, and what it weighs."""
        self._best = np.maximum(self._best, weight * met)
        self._sum += weight * met
        self._weights += weight

    @property
    def value(self) -> Floats:
        """0 where nothing is met, 1 where all is."""
        return self._best * (1 - ALL_OF_THEM) + ALL_OF_THEM * self._sum / self._weights if self._weights else self._best


def topic_of(q: Question, bounds: Ints | None) -> Topic:
    """The rows that are about what was asked, in the runs of ``bounds`` or anywhere, and how far they are: 1 - (1 - K)(1 - T), K being what comes of
    the kinds of support (named, or implied by the words, as interests may be) and T of the words. Only for a question that asks for something.

    Where it is known what kind is meant, words alone count half, but for a whole name: T is at least what that is worth.
    """
    sources = list(sources_of(q, bounds))
    texts = q.part.texts.hits(q.words, bounds) if q.words else NOTHING
    named_rows, slips = bearers(q, bounds)
    rows, place = together([*(rows for source in sources for rows, _ in (*source.tagged, source.told)), texts[0], named_rows])
    cuts = iter(np.split(place, np.cumsum([*(len(found) for source in sources for found, _ in (*source.tagged, source.told)), len(texts[0])])))
    named, implied = Best(len(rows)), Best(len(rows))
    for source in sources:
        near, said = np.zeros(len(rows)), np.zeros(len(rows))
        for _, level in source.tagged:
            near[next(cuts)] = level  # levels rise, so that the nearest stays
        said[next(cuts)] = source.told[1]
        (named if source.is_named else implied).add(related(near, said, TAG_NAMED if source.is_named else TAG_ALONE), source.weight)
    kinds, words = np.maximum(named.value, implied.value), np.zeros(len(rows))
    words[next(cuts)] = texts[1]
    if q.is_known:
        words *= np.where(kinds > 0, 1.0, WORDS_ALONE)
    here = next(cuts)
    words[here] = np.maximum(words[here], NAMES[slips])
    relevance = 1 - (1 - kinds) * (1 - words)
    about = relevance > (TOPIC_LEAST if q.is_known else 0.0)
    return Topic(rows[about], relevance[about] * for_whom(q, rows[about]) * for_others(q, whom(q), rows[about]))


def for_whom(q: Question, rows: Ints) -> Floats | float:
    """What is left of the relevance of each row: all of it where it is there for the people whom the question is about, else less by ``WHOM``.

    What is asked for is mostly offered to many; who says that it is for just these people answers better. Nothing is put aside for not saying so.
    """
    if not (people := whom(q)):
        return 1.0
    met = np.zeros(len(rows))
    for code, weight in people.items():
        near = q.nearest("meant_for", code, rows)
        met = np.maximum(met, weight * np.where(near >= WHOM_LEAST, near, 0.0))
    return 1 - WHOM + WHOM * met


def whom(q: Question) -> dict[str, float]:
    """The groups of people that the person said they are of, or wrote of, each with how surely."""
    return q.kept("whom", "", lambda: (dict(q.part.words.whom(q.text)) if q.text else {}) | dict.fromkeys(sorted(set(q.inquiry.profile.about)), 1.0))


def bearers(q: Question, bounds: Ints | None) -> Named:
    """The rows whose whole name was typed, in the runs of ``bounds`` or anywhere."""
    where = None if bounds is None else bounds.tobytes()
    return q.kept("named", where, lambda: q.part.texts.named(q.typed, bounds)) if q.text else NOBODY


def sources_of(q: Question, bounds: Ints | None) -> Iterator[Source]:
    """What each kind of support that was named or that the words imply finds, and each interest that they stand for. Of an interest only tags are read:
    the words that stand for it are looked for anyway."""
    for code in q.supports:
        yield Source(tagged_with(q, "supports", code, 0.0, bounds), told_of(q, code, bounds), 1.0, True)
    for code, weight in q.implied:
        yield Source(tagged_with(q, "supports", code, IMPLIED_LEAST, bounds), told_of(q, code, bounds), weight, False)
    for code, weight in q.loved:
        yield Source(tagged_with(q, "interests", code, IMPLIED_LEAST, bounds), NOTHING, LOVED * weight, False)


def tagged_with(q: Question, column: str, code: str, least: float, bounds: Ints | None) -> list[tuple[Ints, float]]:
    """The rows that have a code of a column or one near it, by ``least`` or more, by rising nearness."""
    levels = [(near, codes) for near, codes in q.part.closeness(column, code) if near >= least]
    return [(q.columns.tagged[column].rows_of_any(sorted(codes), bounds).astype(np.int64), near) for near, codes in levels]


def told_of(q: Question, code: str, bounds: Ints | None) -> tuple[Ints, Floats]:
    """The rows whose own words tell of a kind of support, and how plainly."""
    return q.part.texts.told(q.phrases("supports", code), bounds)
