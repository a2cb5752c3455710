"""The score: S = N x F x A x Q x K, every part in [0, 1], kept apart so that each can be explained and taken away again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Ints
from matching.question import Question
from matching.signals import SIGNALS, Measured, freshness, space
from matching.values import SignalName
from matching.weights import ASK_FACTOR, ASK_FLOOR, GATE_FLOOR, SCORE_DECIMALS, SPACE_UNKNOWN, TRUST_FLOOR

UNIT = 10**SCORE_DECIMALS


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of ``rows`` in parts: gate N, signals with their weights for F, asks A, trust Q, space K."""

    rows: Ints
    gate: Floats
    measured: dict[SignalName, Measured]
    weight: dict[SignalName, float]
    asks: Floats
    trust: Floats
    space: Floats

    def total(self) -> Ints:
        """S in billionths: rounded, so that the last bits in which machines differ cannot decide an order."""
        met = {name: measured.met for name, measured in self.measured.items()}
        return self._rounded(self.gate, fit(self.weight, met, len(self.rows)), self.trust, self.space)

    def without(self, part: str, place: int) -> int:
        """S in billionths of the row at ``place``, had nobody said anything of ``part``: a signal, "topic", "trust" or "space"."""
        at = slice(place, place + 1)
        met = {name: (measured.unknown if name == part else measured.met)[at] for name, measured in self.measured.items()}
        gate = np.full(1, GATE_FLOOR) if part == "topic" else self.gate[at]
        trust = np.full(1, TRUST_FLOOR) if part == "trust" else self.trust[at]
        left = np.full(1, SPACE_UNKNOWN) if part == "space" else self.space[at]
        one = Scored(self.rows[at], gate, {}, {}, self.asks[at], trust, left)
        return int(one._rounded(gate, fit(self.weight, met, 1), trust, left)[0])

    def _rounded(self, gate: Floats, fitting: Floats, trust: Floats, left: Floats) -> Ints:
        return np.rint(gate * fitting * self.asks * trust * left * UNIT).astype(np.int64)


def score(q: Question, rows: Ints, asks: Ints) -> Scored:
    """Score ``rows``, whose open questions are the bits of ``asks``."""
    weight = weights_for(q)
    return Scored(
        rows=rows,
        gate=GATE_FLOOR + (1 - GATE_FLOOR) * q.relevance(rows) if q.asks_for_something else np.ones(len(rows)),
        measured={name: SIGNALS[name].measure(q, rows) for name in weight},
        weight=weight,
        asks=np.maximum(ASK_FLOOR, ASK_FACTOR ** np.bitwise_count(asks).astype(np.float64)),
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
