"""The score: S = N x F x A x Q x K, every part in [0, 1], kept apart so that each can be explained and taken away again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Ints, Rows
from matching.question import Question
from matching.signals import SIGNALS, Measured, freshness, space
from matching.values import SignalName
from matching.weights import ASK_FACTOR, ASK_FLOOR, GATE_FLOOR, SCORE_DECIMALS, SPACE_UNKNOWN, TRUST_FLOOR

UNIT = 10**SCORE_DECIMALS
ASK_FACTORS = np.array([max(ASK_FLOOR, ASK_FACTOR**asks) for asks in range(65)])


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of ``rows`` in parts: gate N, signals with their weights for F, asks A, trust Q, space K."""

    rows: Rows
    gate: Floats
    measured: dict[SignalName, Measured]
    weight: dict[SignalName, float]
    asks: Floats
    trust: Floats
    space: Floats

    def total(self) -> Ints:
        """S in billionths: rounded, so that the last bits in which machines differ cannot decide an order."""
        met = {name: measured.met for name, measured in self.measured.items()}
        return product(self.gate, fit(self.weight, met, len(self.asks)), self.asks, self.trust, self.space)

    def at(self, places: Ints, rows: Ints) -> Scored:
        """The same for some of the rows, which are ``rows``."""
        measured = {name: Measured(one.met[places], one.unknown[places]) for name, one in self.measured.items()}
        parts = (self.asks[places], self.trust[places], self.space[places])
        return Scored(rows, self.gate[places], measured, self.weight, *parts)

    def without(self, part: str) -> Ints:
        """S in billionths, had nobody said anything of ``part``: a signal, "topic", "trust" or "space"."""
        length = len(self.asks)
        met = {name: measured.unknown if name == part else measured.met for name, measured in self.measured.items()}
        gate = np.full(length, GATE_FLOOR) if part == "topic" else self.gate
        trust = np.full(length, TRUST_FLOOR) if part == "trust" else self.trust
        left = np.full(length, SPACE_UNKNOWN) if part == "space" else self.space
        return product(gate, fit(self.weight, met, length), self.asks, trust, left)


def product(gate: Floats, fitting: Floats, asks: Floats, trust: Floats, left: Floats) -> Ints:
    """The parts multiplied, in billionths."""
    return np.rint(gate * fitting * asks * trust * left * UNIT).astype(np.int64)


def score(q: Question, rows: Rows, asks: Ints, relevance: Floats | None) -> Scored:
    """Score ``rows``, whose open questions are the bits of ``asks``; ``relevance`` is how far each is about what was asked, None when nothing was."""
    weight = weights_for(q)
    return Scored(
        rows=rows,
        gate=np.ones(len(asks)) if relevance is None else GATE_FLOOR + (1 - GATE_FLOOR) * relevance,
        measured={name: SIGNALS[name].measure(q, rows) for name in weight},
        weight=weight,
        asks=ASK_FACTORS[np.bitwise_count(asks)],
        trust=freshness.factor(q, rows),
        space=space.factor(q, rows),
    )


def weights_for(q: Question) -> dict[SignalName, float]:
    """The weight of each signal the person said something about, in summing order; it depends on the person only, never on a listing."""
    base = {**q.weights.base, "give": q.weights.give_asked} if q.inquiry.profile.give else q.weights.base
    importance = q.inquiry.profile.importance
    return {name: base[name] * importance.get(name, 1.0) for name, signal in SIGNALS.items() if signal.takes_part(q)}


def fit(weight: dict[SignalName, float], met: dict[SignalName, Floats], length: int) -> Floats:
    """F: the weighted mean of what was met, and 1 where nothing that counts was said."""
    whole = sum(weight.values())
    if whole <= 0:
        return np.ones(length)
    added = np.zeros(length)
    for name, share in weight.items():
        added = added + share * met[name]
    return np.asarray(added / whole)
