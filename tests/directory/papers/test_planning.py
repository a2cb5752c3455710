"""A plan changes only as somebody says: whatever the order of the verbs, the papers still fit their file, and what was done stays done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Invalid, NotFound
from directory.papers import BLANK, load, save
from directory.papers import planning as plan
from directory.papers.parts import Goal, Papers, Step

TODAY = date(2026, 11, 24)
Verb = Callable[[Papers], Papers]
keys = st.sampled_from(["g1", "g2", "g3", "g9"])
words = st.sampled_from(["Cook for eight", "  walk   by the lake ", "学做饭", "x" * 200, "", "y" * 201, "with\x00nothing"])
days = st.integers(-2, 20).map(lambda number: TODAY + timedelta(days=number))
numbers = st.integers(0, 4)
verbs: st.SearchStrategy[Verb] = st.one_of(
    words.map(lambda said: lambda papers: plan.set_goal(papers, said, why=said)),
    st.tuples(keys, words).map(lambda given: lambda papers: plan.change_goal(papers, given[0], words=given[1], confidence=3)),
    st.tuples(keys, words, st.none() | days).map(lambda given: lambda papers: plan.add_step(papers, given[0], given[1], today=TODAY, by=given[2])),
    st.tuples(keys, numbers).map(lambda given: lambda papers: plan.finish_step(papers, *given, on=TODAY)),
    st.tuples(keys, numbers).map(lambda given: lambda papers: plan.drop_step(papers, *given)),
    keys.map(lambda key: lambda papers: plan.reach(papers, key, on=TODAY)),
    keys.map(lambda key: lambda papers: plan.rest(papers, key)),
    keys.map(lambda key: lambda papers: plan.take_up(papers, key)),
    keys.map(lambda key: lambda papers: plan.let_go(papers, key)),
    words.map(lambda said: lambda papers: plan.remember(papers, said, on=TODAY)),
)


def tried(papers: Papers, verb: Verb) -> Papers:
    try:
        return verb(papers)
    except (Invalid, NotFound):
        return papers


@settings(max_examples=400, deadline=None)
@given(st.lists(verbs, max_size=25))
def test_any_story_leaves_papers_that_fit_their_file_and_lose_nothing_done(story: list[Verb]) -> None:
    papers = BLANK
    for verb in story:
        before, papers = papers, tried(papers, verb)
        assert load(save(papers)) == papers
        assert papers.achievements.achievements[: len(before.achievements.achievements)] == before.achievements.achievements
        keys_there = [goal.key for goal in papers.goals.goals]
        assert len(keys_there) == len(set(keys_there))
        assert all((goal.state == "reached") == (goal.reached_on is not None) for goal in papers.goals.goals)
        # Small steps only: no step is further off than two weeks (row 18).
        assert all(TODAY <= step.by <= TODAY + plan.A_SMALL_STEP for goal in papers.goals.goals for step in goal.steps if step.by)


@given(st.lists(verbs, max_size=15), keys)
def test_doing_a_thing_twice_remembers_it_once(story: list[Verb], key: str) -> None:
    papers = BLANK
    for verb in story:
        papers = tried(papers, verb)
    once = tried(papers, lambda one: plan.reach(one, key, on=TODAY))
    assert tried(once, lambda one: plan.reach(one, key, on=TODAY)) == once
    once = tried(papers, lambda one: plan.finish_step(one, key, 1, on=TODAY))
    assert tried(once, lambda one: plan.finish_step(one, key, 1, on=TODAY)) == once


def test_what_was_done_for_a_goal_is_there_when_the_goal_is_not() -> None:
    papers = plan.add_step(plan.set_goal(BLANK, "Cook for eight", why="My children come"), "g1", "Ask for the big pot", today=TODAY)
    papers = plan.reach(plan.finish_step(papers, "g1", 1, on=TODAY), "g1", on=TODAY)
    papers = plan.let_go(papers, "g1")
    assert [one.words for one in papers.achievements.achievements] == ["Ask for the big pot", "Cook for eight"]
    assert plan.set_goal(papers, "Another").goals.goals[0].key == "g2", "what was done for g1 must not seem done for another goal"


def test_the_next_step_is_the_earliest_that_is_not_done() -> None:
    day = TODAY + timedelta(days=3)
    steps = (Step(words="a", by=TODAY, done_on=TODAY), Step(words="b"), Step(words="c", by=day), Step(words="d", by=day))
    assert plan.next_step(Goal(key="g1", words="x", steps=steps)) == (3, steps[2])
    assert plan.next_step(Goal(key="g1", words="x", steps=steps[:1])) is None


def test_a_goal_that_rests_or_was_reached_can_be_taken_up_again() -> None:
    papers = plan.set_goal(BLANK, "Learn to swim")
    for aside in (plan.rest(papers, "g1"), plan.reach(papers, "g1", on=TODAY)):
        assert plan.take_up(aside, "g1").goals == papers.goals


def test_confidence_is_a_number_or_nothing() -> None:
    papers = plan.change_goal(plan.set_goal(BLANK, "Learn to swim"), "g1", confidence=7)
    assert plan.change_goal(papers, "g1", words="Swim").goals.goals[0].confidence == 7
    assert plan.change_goal(papers, "g1", confidence=None).goals.goals[0].confidence is None
    for wrong in (-1, 11):
        with pytest.raises(Invalid):
            plan.change_goal(papers, "g1", confidence=wrong)


def test_there_is_an_end_to_what_fits() -> None:
    papers = BLANK
    for _ in range(plan.MOST_GOALS):
        papers = plan.set_goal(papers, "One more")
    with pytest.raises(Invalid):
        plan.set_goal(papers, "Too many")
    for _ in range(plan.MOST_STEPS):
        papers = plan.add_step(papers, "g1", "A step", today=TODAY)
    with pytest.raises(Invalid):
        plan.add_step(papers, "g1", "A step", today=TODAY)
    for number in range(250):
        papers = plan.remember(papers, f"thing {number}", on=None)
    assert load(save(papers)) == papers
