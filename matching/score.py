"""The score: S = N x F x A x Q x K, every part in [0, 1], kept apart so that each can be explained and taken away again.

N is how far a listing is about what was asked; where nothing was, how far it is about what the person brings and loves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.arrays import Bools, Floats, Ints, Rows
from matching.question import Question
from matching.signals import SIGNALS, Measured, freshness, space
from matching.signals.base import gain, together
from matching.values import SignalName
from matching.weights import ASK_FACTOR, ASK_FLOOR, GATE_FLOOR, OF_ONESELF, SCORE_DECIMALS

UNIT = 10**SCORE_DECIMALS
ASK_FACTORS = np.array([max(ASK_FLOOR, ASK_FACTOR**asks) for asks in range(65)])


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of ``rows`` in parts: how far each is about what was asked (None where nothing was) or, ``gained`` by signal, about the person: N;
    signals with their weights for F, asks A, trust Q, space K."""

    rows: Rows
    relevance: Floats | None
    gained: dict[SignalName, Floats]
    most: float
    measured: dict[SignalName, Measured]
    answer: float
    weight: dict[SignalName, float]
    asks: Floats
    trust: Floats
    space: Floats

    @property
    def names(self) -> tuple[SignalName, ...]:
        """The signals that take part."""
        return (*self.gained, *self.measured)

    def total(self) -> Ints:
        """S in billionths: rounded, so that the last bits in which machines differ cannot decide an order."""
        met = {name: measured.met for name, measured in self.measured.items()}
        return product(self.gate(), fit(self.answer, self.weight, met, len(self.asks)), self.asks, self.trust, self.space)

    def at(self, places: Ints, rows: Ints) -> Scored:
        """The same for some of the rows, which are ``rows``."""
        measured = {name: Measured(one.met[places], one.unknown[places]) for name, one in self.measured.items()}
        parts = (self.asks[places], self.trust[places], self.space[places])
        relevance = None if self.relevance is None else self.relevance[places]
        return Scored(rows, relevance, {name: one[places] for name, one in self.gained.items()}, self.most, measured, self.answer, self.weight, *parts)

    def gate(self) -> Floats:
        """N: the floor and, for the rest, the relevance, or what is gained, 1 - prod(1 - g), as a share of the most that could be; 1 where a person came
        with nothing of that sort."""
        length = len(self.asks)
        if self.relevance is not None:
            return GATE_FLOOR + (1 - GATE_FLOOR) * self.relevance
        if not self.gained:
            return np.ones(length)
        gained = gain(self.gained.values(), length)
        return np.asarray(GATE_FLOOR + (1 - GATE_FLOOR) * np.minimum(1.0, gained / self.most))

    def is_met(self, name: SignalName) -> Bools:
        """Rows that a signal lifts above what they would be worth if nobody had said anything of it."""
        if name in self.gained:
            return np.asarray(self.gained[name] > 0)
        return np.asarray(self.measured[name].met > self.measured[name].unknown)


def product(gate: Floats, fitting: Floats, asks: Floats, trust: Floats, left: Floats) -> Ints:
    """The parts multiplied, in billionths."""
    return np.rint(gate * fitting * asks * trust * left * UNIT).astype(np.int64)


def ceiling(q: Question, rows: Rows, asks: Ints, relevance: Floats | None) -> Ints:
    """The most that ``rows`` may score, in billionths, however they fit: S with F = 1, and one more, for F may be rounded up."""
    return score(q, rows, asks, relevance, fitting=False).total() + 1


def score(q: Question, rows: Rows, asks: Ints, relevance: Floats | None, *, fitting: bool = True) -> Scored:
    """Score ``rows``, whose open questions are the bits of ``asks``; ``relevance`` is how far each is about what was asked, None when nothing was.

    Without ``fitting`` nothing is measured for F, which is then 1.
    """
    weight = weights_for(q) if len(asks) else {}  # most parts beside an index have no row to weigh
    brought = {} if q.asks_for_something else brought_by(q, weight)
    counted = [name for name in weight if name not in brought] if fitting else []
    return Scored(
        rows=rows,
        relevance=relevance,
        gained={name: 1 - (1 - counted_by_kind(q, name, gained(q, rows), rows)) ** power for name, (gained, power) in brought.items()},
        most=together(1 - (1 - SIGNALS[name].most(q)) ** importance for name, (_, importance) in brought.items()),
        measured={name: SIGNALS[name].measure(q, rows) for name in counted},
        answer=q.weights.answer,
        weight={name: weight[name] for name in counted},
        asks=ASK_FACTORS.take(np.bitwise_count(asks)),
        trust=freshness.factor(q, rows),
        space=space.factor(q, rows),
    )


def brought_by(q: Question, weight: dict[SignalName, float]) -> dict[SignalName, tuple[Callable[[Question, Rows], Floats], float]]:
    """The signals that make N for a person who asks for nothing, each with its importance, which is the power of 1 - g. What is of none is out, as is what
    cannot be met."""
    importance = q.inquiry.profile.importance
    found = {name: (SIGNALS[name].gained, importance.get(name, 1.0)) for name in weight if SIGNALS[name].most(q) > 0}
    return {name: (gained, power) for name, (gained, power) in found.items() if gained is not None and power > 0}


def counted_by_kind(q: Question, name: SignalName, gained: Floats, rows: Rows) -> Floats:
    """What is gained by a signal, less where it is a strength or an interest and the kind of thing is one that people go to for something else."""
    if name not in ("strengths", "interests"):
        return gained
    share = q.of_rows("by kind", rows, lambda: np.array([OF_ONESELF.get(kind, 1.0) for kind in q.columns.kind_names])[q.columns.kind[rows]])
    return np.asarray(gained * share)


def weights_for(q: Question) -> dict[SignalName, float]:
    """The weight of each signal the person said something about, in summing order; it depends on the person only, never on a listing."""
    base = {**q.weights.base, "give": q.weights.give_asked} if q.inquiry.profile.give else q.weights.base
    importance = q.inquiry.profile.importance
    return {name: base[name] * importance.get(name, 1.0) for name, signal in SIGNALS.items() if signal.takes_part(q)}


def fit(answer: float, weight: dict[SignalName, float], met: dict[SignalName, Floats], length: int) -> Floats:
    """F: the weighted mean of what was met, beside being an answer at all; 1 where nothing that counts was said."""
    added = np.full(length, answer)
    for name, share in weight.items():
        added = added + share * met[name]
    return np.asarray(added / (answer + sum(weight.values())))
