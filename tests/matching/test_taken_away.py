"""All parts taken away from all results in one go: the same numbers, to the last bit, as one part after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.arrays import Floats
from matching.explain import COMMON, TOPIC
from matching.score import Scored
from matching.signals.base import Measured
from matching.taken_away import without
from matching.values import SignalName

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


@given(scores())
def test_it_is_the_same_as_one_after_the_other(scored: Scored) -> None:
    parts = (*scored.names, TOPIC, *COMMON)
    assert without(scored, parts).tolist() == [scored.without(part).tolist() for part in parts]


@given(scores())
def test_what_has_no_part_in_it_changes_nothing(scored: Scored) -> None:
    assert without(scored, ("setting",)).tolist() == [scored.total().tolist()]
