"""All parts taken away from all results in one go: the same numbers, to the last bit, as one part after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.arrays import Floats
from matching.explain import COMMON, TOPIC
from matching.score import Scored
from matching.signals.base import Measured
from matching.taken_away import without
from matching.values import SignalName
from matching.weights import SPACE_UNKNOWN, TRUST_FLOOR

MEASURED: tuple[SignalName, ...] = ("reach", "language", "cost")
GAINED: tuple[SignalName, ...] = ("strengths", "interests")
share = st.floats(0, 1)


@st.composite
def scores(draw: st.DrawFn) -> Scored:
    """Scores of some rows, about what was asked or about the person or about nothing."""
    length = draw(st.integers(1, 5))

    def rows() -> Floats:
        return np.array(draw(st.lists(share, min_size=length, max_size=length)))

    asked = draw(st.booleans())
    measured = {name: Measured(rows(), rows()) for name in draw(st.lists(st.sampled_from(MEASURED), unique=True))}
    gained = {} if asked else {name: rows() for name in draw(st.lists(st.sampled_from(GAINED), unique=True))}
    return Scored(
        rows=np.arange(length),
        relevance=rows() if asked else None,
        gained=gained,
        most=draw(st.floats(0.01, 1)),
        measured=measured,
        answer=draw(st.floats(0.1, 8)),
        weight={name: draw(st.floats(0, 16)) for name in measured},
        asks=rows(), trust=rows(), space=rows(),
    )  # fmt: skip


def one_alone(scored: Scored, part: str) -> list[int]:
    """S without one part, by a record of which just that is unknown."""
    length = len(scored.asks)
    changed: dict[str, Any] = {
        "relevance": np.zeros(length) if part == TOPIC and scored.relevance is not None else scored.relevance,
        "gained": {name: np.zeros(length) if name == part else gained for name, gained in scored.gained.items()},
        "measured": {name: Measured(one.unknown, one.unknown) if name == part else one for name, one in scored.measured.items()},
        "trust": np.full(length, TRUST_FLOOR) if part == "trust" else scored.trust,
        "space": np.full(length, SPACE_UNKNOWN) if part == "space" else scored.space,
    }
    found: list[int] = replace(scored, **changed).total().tolist()
    return found


@given(scores())
def test_it_is_the_same_as_one_after_the_other(scored: Scored) -> None:
    parts = (*scored.names, TOPIC, *COMMON)
    assert without(scored, parts).tolist() == [one_alone(scored, part) for part in parts]


@given(scores())
def test_what_has_no_part_in_it_changes_nothing(scored: Scored) -> None:
    assert without(scored, ("setting",)).tolist() == [scored.total().tolist()]
