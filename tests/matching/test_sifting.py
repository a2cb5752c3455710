"""A wide search finds what looking closely at every row would find."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching.geography import distance_km
from matching.limits import judge
from matching.question import Question
from matching.score import ceiling, score
from matching.sifting import last_of_first, of_sample
from matching.values import Inquiry, Place, Travel
from tests.matching.worlds import AT, World, index_of, world_of, worlds

PLACES = st.builds(Place, latitude=st.floats(-89, 89), longitude=st.floats(-180, 180))


@settings(max_examples=150, deadline=None)
@given(worlds(least=5, most=40), st.integers(1, 6), st.booleans(), st.booleans())
def test_sifting_changes_nothing(world: World, needed: int, stays: bool, travels: bool) -> None:
    inquiry = world.inquiry if stays else Inquiry(place=world.inquiry.place, profile=world.inquiry.profile)
    kept = {name: getattr(inquiry, name) for name in ("text", "supports", "place", "areas", "must", "profile", "travel")}
    inquiry = Inquiry(**kept | ({} if travels else {"travel": Travel()}), limit=needed)
    index = index_of(world.directory)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("order", "rank", "diversity", "sifting"):
            patch.setattr(sys.modules[f"matching.{module}"], "MIXED_TOP", needed)
        close = rank(inquiry, index, at=AT)
        patch.setattr("matching.found.LARGE", 2)
        patch.setattr("matching.sifting.LARGE", 3)
        assert rank(inquiry, index, at=AT) == close


@given(worlds(least=3, most=30))
def test_nothing_scores_more_than_its_ceiling(world: World) -> None:
    q = Question(world.inquiry, index_of(world.directory).parts[0], AT)
    rows = np.arange(len(world.directory))
    relevance, asks = q.relevance(rows) if q.asks_for_something else None, np.zeros(len(rows), np.int64)
    assert (score(q, rows, asks, relevance).total() <= ceiling(q, rows, asks, relevance)).all()


@given(worlds(least=5, most=40), st.integers(1, 5))
def test_a_sample_promises_no_more_than_the_last_one_needed_has(world: World, wanted: int) -> None:
    q = Question(world.inquiry, index_of(world.directory).parts[0], AT)
    rows = np.arange(len(world.directory))
    relevance = q.relevance(rows) if q.asks_for_something else None
    passed = rows[judge(q).fail == 0]
    units = score(q, passed, judge(q).ask[passed], None if relevance is None else relevance[passed]).total()
    assert of_sample(q, rows, relevance, wanted) <= last_of_first(q, passed, units, wanted)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), PLACES, st.lists(PLACES, min_size=1, max_size=20))
def test_no_row_is_nearer_than_its_cell_may_be(number: int, here: Place, places: Sequence[Place]) -> None:
    spread = [replace(one, place=place, confidential=False) for one, place in zip(world_of(number, len(places)).directory, places, strict=False)]
    index = index_of(spread)
    q = Question(Inquiry(place=here), index.parts[0], AT)
    rows = np.arange(len(spread))
    assert (q.roughly().km(rows) <= np.nan_to_num(distance_km(here, q.columns.latitude, q.columns.longitude), nan=1e9)).all()
    assert q.roughly().km(slice(0, len(spread))).tolist() == q.roughly().km(rows).tolist()
