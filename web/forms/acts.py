"""What a button or a tick does to papers: confirms a suggestion, keeps a listing, marks a step done. Each is a plain change of the document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from directory.papers import Papers
from directory.papers.parts import Achievement, Achievements, Goal, Goals, Kept, Shortlist, Step
from directory.papers.planning import A_SMALL_STEP, free_key
from matching.values import Strength

MOST_KEPT = 60
MOST_COMPARED = 4
STEP_DAYS = A_SMALL_STEP.days
"""A step is something for the coming two weeks."""
PROFILE_LISTS = ("interests", "helped_before", "steer_clear", "communities")


def confirm(papers: Papers, had: Iterable[str], yes: Iterable[str]) -> Papers:
    """Ticks as they are now, against those that the page showed ticked: "strengths:cooking", "helped:0:walking", "reframe:0:codes:cooking"."""
    before, now = dict.fromkeys(had), dict.fromkeys(yes)
    for token in [one for one in before if one not in now]:
        papers = _tick(papers, token.split(":"), on=False)
    for token in [one for one in now if one not in before]:
        papers = _tick(papers, token.split(":"), on=True)
    return papers


def ticked(papers: Papers) -> frozenset[str]:
    """Every tick that these papers hold."""
    profile = papers.about.profile
    found = [f"strengths:{one.code}" for one in profile.strengths] + [f"supports:{code}" for code in papers.about.supports]
    found += [f"{name}:{code}" for name in PROFILE_LISTS for code in getattr(profile, name)]
    found += [f"helped:{at}:{code}" for at, one in enumerate(papers.own_words.helped) for code in one.activities]
    found += [f"reframe:{at}:{name}:{code}" for at, one in enumerate(papers.reframes.reframes) for name in REFRAME_LISTS for code in getattr(one, name)]
    found += [f"goal:{at}:{name}:{code}" for at, one in enumerate(papers.goals.goals) for name in GOAL_LISTS for code in getattr(one, name)]
    return frozenset(found)


REFRAME_LISTS = ("codes", "supports", "steer_clear")
GOAL_LISTS = ("strengths", "supports")


def _tick(papers: Papers, token: list[str], *, on: bool) -> Papers:
    """One tick. Tokens that mean nothing change nothing."""
    if len(token) == 2 and token[0] in ("strengths", "supports", *PROFILE_LISTS):
        return _tick_about(papers, token[0], token[1][:80], on=on)
    if len(token) == 3 and token[0] == "helped":
        return _tick_row(papers, "own_words", "helped", token[1], "activities", token[2], on=on)
    if len(token) == 4 and token[0] == "reframe" and token[2] in REFRAME_LISTS:
        return _tick_row(papers, "reframes", "reframes", token[1], token[2], token[3], on=on)
    if len(token) == 4 and token[0] == "goal" and token[2] in GOAL_LISTS:
        return _tick_row(papers, "goals", "goals", token[1], token[2], token[3], on=on)
    return papers


def _tick_about(papers: Papers, name: str, code: str, *, on: bool) -> Papers:
    about = papers.about
    if name == "supports":
        return replace(papers, about=replace(about, supports=_with(about.supports, code, on=on)))
    if name == "strengths":
        others = tuple(one for one in about.profile.strengths if one.code != code)
        changed: tuple[Any, ...] = (*others, Strength(code=code))[:60] if on else others
    else:
        changed = _with(getattr(about.profile, name), code, on=on)
    return replace(papers, about=replace(about, profile=replace(about.profile, **{name: changed})))


def _tick_row(papers: Papers, part: str, rows_name: str, number: str, name: str, code: str, *, on: bool) -> Papers:
    rows = list(getattr(getattr(papers, part), rows_name))
    if not number.isdecimal() or int(number) >= len(rows):
        return papers
    row = rows[int(number)]
    rows[int(number)] = replace(row, **{name: _with(getattr(row, name), code[:80], on=on)})
    return _put(papers, part, rows_name, rows)


def _with(codes: tuple[str, ...], code: str, *, on: bool) -> tuple[str, ...]:
    others = tuple(one for one in codes if one != code)
    return (*others, code)[:40] if on else others


def _put(papers: Papers, part: str, name: str, rows: list[Any]) -> Papers:
    return replace(papers, **{part: replace(getattr(papers, part), **{name: tuple(rows)})})


# --- the shortlist ----------------------------------------------------------------------------------------------------------------


def keep(papers: Papers, listing: str, name: str) -> Papers:
    """Put a listing on the shortlist; one that is there stays as it is."""
    kept = papers.shortlist.kept
    if any(one.listing == listing for one in kept) or len(kept) >= MOST_KEPT:
        return papers
    return replace(papers, shortlist=Shortlist(kept=(*kept, Kept(listing=listing, name=name[:200]))))


def let_go(papers: Papers, listing: str) -> Papers:
    """Take a listing off the shortlist."""
    return replace(papers, shortlist=Shortlist(kept=tuple(one for one in papers.shortlist.kept if one.listing != listing)))


def mark_worked(papers: Papers, listing: str, name: str, activities: tuple[str, ...], *, on: bool) -> Papers:
    """Mark that a listing worked before, so that more of its kind comes up, or take the mark back: the order is then exactly as it was."""
    papers = keep(papers, listing, name)
    rows = [replace(one, liked_before=on, activities=activities if on else ()) if one.listing == listing else one for one in papers.shortlist.kept]
    return replace(papers, shortlist=Shortlist(kept=tuple(rows)))


# --- goals ------------------------------------------------------------------------------------------------------------------------


def do(papers: Papers, act: str, *, on: date) -> Papers:
    """What a button of the papers does: "drop goals.goals.0", "done goals.goals.0.steps.1", "reached goals.goals.0", "rest ...", "reopen ...",
    "goal reframes.reframes.0". One that means nothing changes nothing."""
    verb, _, path = act.partition(" ")
    steps = path.split(".")
    if verb == "drop":
        return _drop(papers, steps)
    if verb == "goal" and steps[:2] == ["reframes", "reframes"]:
        return _goal_of(papers, steps[2:])
    if steps[:2] != ["goals", "goals"] or len(steps) < 3 or not steps[2].isdecimal() or int(steps[2]) >= len(papers.goals.goals):
        return papers
    number, goal = int(steps[2]), papers.goals.goals[int(steps[2])]
    if verb == "done" and len(steps) == 5 and steps[3] == "steps" and steps[4].isdecimal() and int(steps[4]) < len(goal.steps):
        return _done(papers, number, int(steps[4]), on)
    if verb == "reached":
        return _achieve(_with_goal(papers, number, replace(goal, state="reached", reached_on=on)), goal.words, goal, on)
    if verb in STATES:
        return _with_goal(papers, number, replace(goal, state=STATES[verb], reached_on=None))
    return papers


STATES: dict[str, Any] = {"rest": "resting", "reopen": "open"}


def _drop(papers: Papers, steps: list[str]) -> Papers:
    """Take out one row of a part, or one step of a goal."""
    if len(steps) == 5 and steps[:2] == ["goals", "goals"] and steps[3] == "steps" and steps[2].isdecimal() and int(steps[2]) < len(papers.goals.goals):
        goal = papers.goals.goals[int(steps[2])]
        return _with_goal(papers, int(steps[2]), replace(goal, steps=_without(goal.steps, steps[4])))
    if len(steps) != 3 or steps[:2] not in DROPPED:
        return papers
    return _put(papers, steps[0], steps[1], list(_without(getattr(getattr(papers, steps[0]), steps[1]), steps[2])))


DROPPED = [
    ["goals", "goals"], ["achievements", "achievements"], ["came_through", "cards"], ["gratitude", "lines"], ["circle", "people"], ["circle", "places"],
    ["shortlist", "kept"], ["reframes", "reframes"], ["scales", "scales"], ["own_words", "helped"],
]  # fmt: skip


def _without(rows: tuple[Any, ...], number: str) -> tuple[Any, ...]:
    return tuple(row for at, row in enumerate(rows) if str(at) != number)


def _goal_of(papers: Papers, steps: list[str]) -> Papers:
    """A goal out of a strength turned to where it is wanted."""
    rows = papers.reframes.reframes
    if len(steps) != 1 or not steps[0].isdecimal() or int(steps[0]) >= len(rows) or len(papers.goals.goals) >= 40:
        return papers
    one = rows[int(steps[0])]
    words = one.wanted or f"Use my strength: {one.strength}"[:200]
    return add_goal(papers, words, strengths=one.codes, supports=one.supports)


def add_goal(papers: Papers, words: str, *, strengths: tuple[str, ...] = (), supports: tuple[str, ...] = ()) -> Papers:
    """A new goal, open, in its own words."""
    return replace(papers, goals=Goals(goals=(*papers.goals.goals, Goal(key=free_key(papers), words=words, strengths=strengths, supports=supports))))


def add_step(papers: Papers, number: int, step: Step) -> Papers:
    """One more step of a goal; twenty at most."""
    goal = papers.goals.goals[number]
    return papers if len(goal.steps) >= 20 else _with_goal(papers, number, replace(goal, steps=(*goal.steps, step)))


def _done(papers: Papers, number: int, step: int, on: date) -> Papers:
    goal = papers.goals.goals[number]
    steps = tuple(replace(one, done_on=on) if at == step else one for at, one in enumerate(goal.steps))
    return _achieve(_with_goal(papers, number, replace(goal, steps=steps)), goal.steps[step].words, goal, on)


def _with_goal(papers: Papers, number: int, goal: Goal) -> Papers:
    goals = tuple(goal if at == number else one for at, one in enumerate(papers.goals.goals))
    return replace(papers, goals=Goals(goals=goals))


def _achieve(papers: Papers, words: str, goal: Goal, on: date) -> Papers:
    """What was done is an achievement: private, as all of this is."""
    made = Achievement(words=words or "A step", on=on, goal=goal.key)
    return replace(papers, achievements=Achievements(achievements=(*papers.achievements.achievements, made)[-200:]))


