"""Verbs of a plan: goals set, steps taken, what was done remembered. Papers in, papers out; the day is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from directory.errors import Invalid, NotFound
from directory.papers.parts import Achievement, Achievements, Goal, Goals, GoalState, Papers, Step

A_SMALL_STEP: Final = timedelta(days=14)
"""A step is small when it can be done within two weeks (practice row 18)."""
MOST_GOALS, MOST_STEPS, MOST_LETTERS = 40, 20, 200
UNKNOWN: Final = "That button is not known here. Nothing was changed."


def press(papers: Papers, act: str, *, on: date) -> Papers:
    """What a button does that says everything in a few words: "done g1 2" (the second step), "drop g1 2", "reached g1", "rest g1", "take-up g1",
    "let-go g1", "turn 1" (the first strength turned to where it is wanted becomes a goal), "forget 1". ``Invalid`` for one that is not known."""
    verb, *said = act.split(" ")
    if verb in OF_GOAL and len(said) == 1:
        return OF_GOAL[verb](papers, said[0], on)
    if verb in OF_STEP and len(said) == 2:
        return OF_STEP[verb](papers, said[0], _number(said[1]), on)
    if verb in OF_ROW and len(said) == 1:
        return OF_ROW[verb](papers, _number(said[0]))
    raise Invalid(do=UNKNOWN)


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 4:
        return int(text)
    raise Invalid(do=UNKNOWN)


def set_goal(papers: Papers, words: str, *, why: str = "", strengths: Iterable[str] = (), supports: Iterable[str] = ()) -> Papers:
    """One more goal, in the person's own words; ``Invalid`` for none, or too many letters."""
    if len(papers.goals.goals) >= MOST_GOALS:
        raise Invalid(words=f"There are {MOST_GOALS} goals here. Let go of one first.")
    goal = Goal(key=next(free_keys(keys_used(papers))), words=_line(words, "words"), why=_text(why), strengths=tuple(strengths), supports=tuple(supports))
    return _with_goals(papers, (*papers.goals.goals, goal))


def turn(papers: Papers, number: int) -> Papers:
    """A goal out of a strength that was turned to where it is wanted (row 12); 1 is the first."""
    if not 1 <= number <= len(papers.reframes.reframes):
        raise NotFound("That is not here any more.")
    one = papers.reframes.reframes[number - 1]
    return set_goal(papers, one.wanted or f"Use my strength: {one.strength}"[:MOST_LETTERS], strengths=one.codes, supports=one.supports)


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
    return remember(reached, goal.words or "A goal", on=on, goal=key)


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
    return remember(_with_step(papers, key, number, msgspec.structs.replace(step, done_on=on)), step.words or "A step", on=on, goal=key)


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


def keys_used(papers: Papers) -> set[str | None]:
    """The keys of goals, also of those let go for which something was done."""
    return {goal.key for goal in papers.goals.goals} | {one.goal for one in papers.achievements.achievements}


def free_keys(used: set[str | None]) -> Iterator[str]:
    """g1, g2 ...: those that are not used, without end."""
    return (key for number in count(1) if (key := f"g{number}") not in used)


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


OF_GOAL: Final[dict[str, Callable[[Papers, str, date], Papers]]] = {
    "reached": lambda papers, key, day: reach(papers, key, on=day), "rest": lambda papers, key, _: rest(papers, key),
    "take-up": lambda papers, key, _: take_up(papers, key), "let-go": lambda papers, key, _: let_go(papers, key),
}  # fmt: skip
OF_STEP: Final[dict[str, Callable[[Papers, str, int, date], Papers]]] = {
    "done": lambda papers, key, number, day: finish_step(papers, key, number, on=day), "drop": lambda papers, key, number, _: drop_step(papers, key, number),
}  # fmt: skip
OF_ROW: Final[dict[str, Callable[[Papers, int], Papers]]] = {"turn": turn, "forget": forget}
