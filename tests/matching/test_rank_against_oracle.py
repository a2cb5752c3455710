"""The fast ranking and the slow, obvious one give the same listings in the same order with the same scores."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching.values import Opening, Slot
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
@given(worlds(), st.randoms(use_true_random=False))
def test_closed_dates_are_heeded_alike(world: World, dice: Random) -> None:
    """Worlds have no closed dates of their own: what they are ranked to is written down in ``test_same_bytes.py``."""
    directory = [replace(one, closed_on=closed_dates(dice), openings=tuple(now_and_then_one_date(o, dice) for o in one.openings)) for one in world.directory]
    slots = world.inquiry.profile.times or tuple(Slot(weekday=day, starts=0, ends=1440) for day in (1, 5))
    inquiry = replace(world.inquiry, profile=replace(world.inquiry.profile, times=slots))
    closed = World(directory, inquiry)
    found = rank(inquiry, index_of(directory), at=AT)
    assert [(one.id, one.score) for one in found.matches] == [(one.id, units / 10**9) for one, units in oracle_for(closed).ranked()]


def closed_dates(dice: Random) -> tuple[date, ...]:
    days = range(-2, 16)
    return tuple(AT.date() + timedelta(days=day) for day in sorted(dice.sample(days, dice.choice((0, 0, 1, 6, 18)))))


def now_and_then_one_date(opening: Opening, dice: Random) -> Opening:
    day = AT.date() + timedelta(days=dice.randrange(15))
    return replace(opening, weekday=day.weekday(), weeks=(), valid_from=day, valid_to=day) if dice.random() < 0.3 else opening


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_known_no_is_ever_in_the_results(world: World) -> None:
    oracle = oracle_for(world)
    listing = {one.id: one for one in world.directory}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        assert FAIL not in oracle.verdicts(listing[match.id]).values()
