"""What may not happen when a person changes their question, or says the same thing in another way."""

from __future__ import annotations

from datetime import datetime
from random import Random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import rank
from matching.limits import judge
from matching.question import Question
from matching.score import score
from matching.values import Inquiry, MustHaves, Shared, Strength, Travel
from matching.weights import DEFAULT, Weights
from tests.matching.worlds import AT, World, index_of, worlds

REPLACE = msgspec.structs.replace


def shown(world: World, inquiry: Inquiry) -> set[str]:
    """The services that are shown."""
    return {match.service_id for match in rank(inquiry, index_of(world.directory), at=AT).matches}


@pytest.mark.parametrize("name", MustHaves.__struct_fields__)
@settings(max_examples=60, deadline=None)
@given(worlds(most=30))
def test_taking_a_limit_away_never_shrinks_the_result(name: str, world: World) -> None:
    if name == "kinds" and "give" in world.inquiry.must.kinds:
        return  # naming that kind is also what asks for it
    unset = getattr(MustHaves(), name)
    freer = REPLACE(world.inquiry, must=REPLACE(world.inquiry.must, **{name: unset}))
    assert shown(world, world.inquiry) <= shown(world, freer)


@settings(max_examples=100, deadline=None)
@given(worlds(most=30))
def test_steering_clear_of_nothing_never_shrinks_the_result(world: World) -> None:
    freer = REPLACE(world.inquiry, profile=REPLACE(world.inquiry.profile, steer_clear=()))
    assert shown(world, world.inquiry) <= shown(world, freer)


@settings(max_examples=200, deadline=None)
@given(worlds(most=30), st.integers(0, 120), st.floats(0, 50))
def test_travelling_further_keeps_everything_that_was_shown(world: World, more_minutes: int, more_km: float) -> None:
    travel = world.inquiry.travel
    further = Travel(
        modes=travel.modes and (*travel.modes, "car"),
        minutes=None if travel.minutes is None else travel.minutes + more_minutes,
        max_km=None if travel.max_km is None else travel.max_km + more_km,
    )
    assert shown(world, world.inquiry) <= shown(world, REPLACE(world.inquiry, travel=further))


@settings(max_examples=100, deadline=None)
@given(worlds(most=30))
def test_one_more_strength_never_drops_a_listing(world: World) -> None:
    profile = world.inquiry.profile
    richer = REPLACE(profile, strengths=(*profile.strengths, Strength(code="driving", enjoy=3)))
    assert shown(world, world.inquiry) <= shown(world, REPLACE(world.inquiry, profile=richer))


@settings(max_examples=150, deadline=None)
@given(worlds(least=2, most=30), st.sampled_from(("strengths", "language", "access", "times", "belonging", "cost", "reach")))
def test_what_counts_more_never_puts_a_no_above_a_yes(world: World, name: str) -> None:
    index = index_of(world.directory)

    def scores(importance: float) -> tuple[np.ndarray, np.ndarray]:
        profile = REPLACE(world.inquiry.profile, importance={name: importance})
        q = Question(REPLACE(world.inquiry, profile=profile), index.parts[0], AT)
        rows = np.arange(len(index))
        scored = score(q, rows, judge(q).ask, q.relevance(rows) if q.asks_for_something else None)
        return scored.total(), scored.measured[name].met if name in scored.measured else np.full(len(rows), 0.5)  # type: ignore[index]

    (before, met), (after, _) = scores(1.0), scores(4.0)
    for yes in np.flatnonzero(met == 1):
        for no in np.flatnonzero(met == 0):
            assert not (before[yes] > before[no] + 1 and after[yes] + 1 < after[no])


@settings(max_examples=100, deadline=None)
@given(worlds(most=30), st.integers(0, 10**6))
def test_the_order_in_which_things_are_said_changes_nothing(world: World, seed: int) -> None:
    random = Random(seed)

    def shuffled(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(values, len(values)))

    def mixed(value: msgspec.Struct) -> dict[str, object]:
        held = {name: getattr(value, name) for name in value.__struct_fields__}
        return {name: shuffled(one) for name, one in held.items() if isinstance(one, tuple)}

    inquiry = world.inquiry
    other = REPLACE(
        inquiry,
        profile=REPLACE(inquiry.profile, **mixed(inquiry.profile)),
        must=REPLACE(inquiry.must, **mixed(inquiry.must)),
        supports=shuffled(inquiry.supports),
    )
    index = index_of(world.directory)
    first, second = rank(inquiry, index, at=AT), rank(other, index, at=AT)
    assert (first.matches, first.total, first.not_shown) == (second.matches, second.total, second.not_shown)
    assert [(one.text, one.ids) for one in first.would_match] == [(one.text, one.ids) for one in second.would_match]


@settings(max_examples=100, deadline=None)
@given(worlds(most=30), st.floats(0.01, 100))
def test_only_the_ratios_of_weights_count(world: World, factor: float) -> None:
    base = {name: share * factor for name, share in DEFAULT.base.items()}
    scaled = Weights(base=base, give_asked=DEFAULT.give_asked * factor, answer=DEFAULT.answer * factor)
    index = index_of(world.directory)
    usual, other = rank(world.inquiry, index, at=AT).matches, rank(world.inquiry, index, at=AT, weights=scaled).matches
    assert [one.id for one in usual] == [one.id for one in other]
    assert all(abs(a.score - b.score) <= 1.1e-9 for a, b in zip(usual, other, strict=True))


@settings(max_examples=100, deadline=None)
@given(worlds(most=30))
def test_what_nobody_asks_about_a_person_changes_nothing(world: World) -> None:
    """The swap test: community and faith are read for belonging only, so with that at no importance they cannot matter to anybody who did not choose
    them as what people should share."""
    chosen = REPLACE(world.inquiry.must, focus=without_protected(world.inquiry.must.focus), communities=())
    world = World(world.directory, REPLACE(world.inquiry, must=chosen))
    profile = REPLACE(world.inquiry.profile, steer_clear=(), importance={"belonging": 0.0}, focus=without_protected(world.inquiry.profile.focus))
    swapped = REPLACE(profile, communities=("roma",), faiths=("sikh",))
    plain = REPLACE(profile, communities=(), faiths=())
    index = index_of(world.directory)
    assert rank(REPLACE(world.inquiry, profile=swapped), index, at=AT).matches == rank(REPLACE(world.inquiry, profile=plain), index, at=AT).matches


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        rank(Inquiry(), index_of([]), at=datetime(2026, 11, 22, 9, 30))  # noqa: DTZ001 - that is what is refused


def test_an_empty_directory_has_an_empty_answer() -> None:
    ranking = rank(Inquiry(text="kitchen"), index_of([]), at=AT)
    assert (ranking.matches, ranking.total, ranking.not_shown, ranking.would_match) == ((), 0, (), ())


def without_protected(parts: tuple[Shared, ...]) -> tuple[Shared, ...]:
    return tuple(part for part in parts if part not in ("community", "faith"))
