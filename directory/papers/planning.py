"""Verbs of a plan: goals set, steps taken, what was done remembered. Papers in, papers out; the day is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from directory.errors import Invalid, NotFound
from directory.papers.parts import Achievement, Achievements, Goal, Goals, GoalState, Papers, Step

A_SMALL_STEP: Final = timedelta(days=14)
"""A step is small when it can be done within two weeks (practice row 18)."""
MOST_GOALS, MOST_STEPS, MOST_LETTERS = 40, 20, 200


def set_goal(papers: Papers, words: str, *, why: str = "", strengths: Iterable[str] = (), supports: Iterable[str] = ()) -> Papers:
    """One more goal, in the person's own words; ``Invalid`` for none, or too many letters."""
    if len(papers.goals.goals) >= MOST_GOALS:
        raise Invalid(words=f"There are {MOST_GOALS} goals here. Let go of one first.")
    goal = Goal(key=free_key(papers), words=_line(words, "words"), why=_text(why), strengths=tuple(strengths), supports=tuple(supports))
    return _with_goals(papers, (*papers.goals.goals, goal))


def change_goal(
    papers: Papers, key: str, *, words: str | None = None, why: str | None = None, strengths: Iterable[str] | None = None,
    supports: Iterable[str] | None = None, confidence: int | UnsetType | None = UNSET,
) -> Papers:  # fmt: skip
    """Another wording of a goal; what is not given stays."""
    said = {
        "words": None if words is None else _line(words, "words"), "why": None if why is None else _text(why),
        "strengths": None if strengths is None else tuple(strengths), "supports": None if supports is None else tuple(supports),
    }  # fmt: skip
    given: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    if confidence is not UNSET:
        if confidence is not None and not 0 <= confidence <= 10:
            raise Invalid(confidence="Choose a number from 0 to 10, or none.")
        given["confidence"] = confidence
    return _changed(papers, key, lambda goal: msgspec.structs.replace(goal, **given))


def let_go(papers: Papers, key: str) -> Papers:
    """Take a goal out; what was done on the way stays."""
    goal_of(papers, key)
    return _with_goals(papers, tuple(one for one in papers.goals.goals if one.key != key))


def rest(papers: Papers, key: str) -> Papers:
    """Lay a goal aside without any fault in it."""
    return _to(papers, key, "resting")


def take_up(papers: Papers, key: str) -> Papers:
    """Come back to a goal that rests or was reached (row 24)."""
    return _to(papers, key, "open")


def reach(papers: Papers, key: str, *, on: date) -> Papers:
    """The goal is reached: it is remembered among what was done, once."""
    goal = goal_of(papers, key)
    if goal.state == "reached":
        return papers
    reached = _changed(papers, key, lambda one: msgspec.structs.replace(one, state="reached", reached_on=on))
    return remember(reached, goal.words, on=on, goal=key)


def add_step(papers: Papers, key: str, words: str, *, today: date, by: date | None = None, listing: str | None = None) -> Papers:
    """A small step; it is to be done within two weeks, and in two weeks where no day is said. ``Invalid`` for a day that is past or further off."""
    goal, day = goal_of(papers, key), by or today + A_SMALL_STEP
    if not today <= day <= today + A_SMALL_STEP:
        raise Invalid(by="Choose a day within the next two weeks. Where that is too soon, make the step smaller.")
    if len(goal.steps) >= MOST_STEPS:
        raise Invalid(step=f"There are {MOST_STEPS} steps here. Finish one first, or begin another goal.")
    step = Step(words=_line(words, "step"), by=day, listing=listing)
    return _changed(papers, key, lambda one: msgspec.structs.replace(one, steps=(*one.steps, step)))


def finish_step(papers: Papers, key: str, number: int, *, on: date) -> Papers:
    """A step is done, and remembered among what was done, once (row 25)."""
    step = _step(papers, key, number)
    if step.done_on is not None:
        return papers
    return remember(_with_step(papers, key, number, msgspec.structs.replace(step, done_on=on)), step.words, on=on, goal=key)


def drop_step(papers: Papers, key: str, number: int) -> Papers:
    """Take a step out; when it was done, what was done stays."""
    _step(papers, key, number)
    return _changed(papers, key, lambda one: msgspec.structs.replace(one, steps=one.steps[: number - 1] + one.steps[number:]))


def remember(papers: Papers, words: str, *, on: date | None, goal: str | None = None) -> Papers:
    """Write down something that was done."""
    done = (*papers.achievements.achievements, Achievement(words=_line(words, "words"), on=on, goal=goal))
    return msgspec.structs.replace(papers, achievements=Achievements(achievements=done[-200:]))


def forget(papers: Papers, number: int) -> Papers:
    """Take something out of what was done; 1 is the first."""
    done = papers.achievements.achievements
    if not 1 <= number <= len(done):
        raise NotFound("That is not here any more.")
    return msgspec.structs.replace(papers, achievements=Achievements(achievements=done[: number - 1] + done[number:]))


def goal_of(papers: Papers, key: str) -> Goal:
    """The goal with this key, or ``NotFound``."""
    for goal in papers.goals.goals:
        if goal.key == key:
            return goal
    raise NotFound("That goal is not here any more.")


def next_step(goal: Goal) -> tuple[int, Step] | None:
    """The step that comes next, with its number from 1: the earliest day first. None when there is none that is not done."""
    waiting = [(step.by or date.max, number, step) for number, step in enumerate(goal.steps, 1) if step.done_on is None]
    return min(waiting)[1:] if waiting else None   # numbers differ, so steps are never compared


def _to(papers: Papers, key: str, state: GoalState) -> Papers:
    return _changed(papers, key, lambda one: msgspec.structs.replace(one, state=state, reached_on=None))


def _changed(papers: Papers, key: str, change: Callable[[Goal], Goal]) -> Papers:
    goal_of(papers, key)
    return _with_goals(papers, tuple(change(one) if one.key == key else one for one in papers.goals.goals))


def _with_goals(papers: Papers, goals: tuple[Goal, ...]) -> Papers:
    return msgspec.structs.replace(papers, goals=Goals(goals=goals))


def _with_step(papers: Papers, key: str, number: int, step: Step) -> Papers:
    return _changed(papers, key, lambda one: msgspec.structs.replace(one, steps=(*one.steps[: number - 1], step, *one.steps[number:])))


def _step(papers: Papers, key: str, number: int) -> Step:
    steps = goal_of(papers, key).steps
    if not 1 <= number <= len(steps):
        raise NotFound("That step is not here any more.")
    return steps[number - 1]


def free_key(papers: Papers) -> str:
    """g1, g2 ...: one that no goal has, nor anything that was done for a goal let go."""
    used = {goal.key for goal in papers.goals.goals} | {one.goal for one in papers.achievements.achievements}
    return next(f"g{number}" for number in range(1, len(used) + 2) if f"g{number}" not in used)


def _line(words: str, field: str) -> str:
    tidy = " ".join(words.replace("\x00", " ").split())
    if not tidy:
        raise Invalid(**{field: "Write a few words."})
    if len(tidy) > MOST_LETTERS:
        raise Invalid(**{field: f"Say it in at most {MOST_LETTERS} letters."})
    return tidy


def _text(words: str) -> str:
    tidy = words.replace("\x00", " ").strip()
    if len(tidy) > 2_000:
        raise Invalid(why="Say it in at most 2,000 letters.")
    return tidy
