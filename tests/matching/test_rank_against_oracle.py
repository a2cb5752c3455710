"""The fast ranking and the slow, obvious one give the same listings in the same order with the same scores."""

from __future__ import annotations

from hypothesis import given, settings

from matching import rank
from tests.matching.oracle import FAIL, Oracle
from tests.matching.tongue import VOCABULARY, SmallTexts
from tests.matching.worlds import AT, World, index_of, worlds


def oracle_for(world: World) -> Oracle:
    small = SmallTexts(world.directory)
    scores, row = small.scores(world.inquiry.text), {one.id: number for number, one in enumerate(world.directory)}
    texts = {one.id: float(score) for one, score in zip(world.directory, scores, strict=True)}
    return Oracle(world.inquiry, world.directory, VOCABULARY, texts, AT, told=lambda taxonomy, code, key: small.tells(code, row[key]))


@settings(max_examples=400, deadline=None)
@given(worlds())
def test_the_fast_ranking_equals_the_slow_one(world: World) -> None:
    expected = oracle_for(world).ranked()
    found = rank(world.inquiry, index_of(world.directory), at=AT)
    assert [(one.id, one.score) for one in found.matches] == [(one.id, units / 10**9) for one, units in expected]
    assert found.total == len(expected)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_known_no_is_ever_in_the_results(world: World) -> None:
    oracle = oracle_for(world)
    listing = {one.id: one for one in world.directory}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        assert FAIL not in oracle.verdicts(listing[match.id]).values()
