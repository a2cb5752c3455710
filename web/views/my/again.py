"""What was typed into the page of a plan, shown again: beside what another window kept meanwhile, and where its goal is not open any more."""

from __future__ import annotations

from typing import Final

from directory.papers import Papers
from web.forms.posted import PostedForm

LINES: Final = ("strengths", "people", "places", "helps")
"""The lists for hard days, by the name of their field."""


def lines_shown(papers: Papers, typed: PostedForm, *, is_stale: bool) -> dict[str, str]:
    """The lines for hard days as their form shows them: as they are kept, or as they were typed, with what another window kept meanwhile."""
    kept: dict[str, list[str]] = {name: list(getattr(papers.resilience, name)) for name in LINES}
    if typed.get("do") != "lines":
        return {name: "\n".join(lines) for name, lines in kept.items()}
    said = {name: typed.get(name) or "" for name in LINES}
    if not is_stale:
        return said
    # Saving replaces a whole list, so a line that only the other window had would be lost with the next press.
    return {name: "\n".join(dict.fromkeys([*kept[name], *_tidy(text)])) for name, text in said.items()}


def adrift(papers: Papers, typed: PostedForm) -> list[str]:
    """What was typed for a goal that is not among the open ones any more, and so has no field on the page."""
    key = typed.get("goal")
    if not key or any(goal.key == key and goal.state == "open" for goal in papers.goals.goals):
        return []
    return [words for words in (typed.get(name) for name in ("step", "words", "why")) if words]


def _tidy(text: str) -> list[str]:
    """The lines of a field as they would be kept."""
    return list(filter(None, (" ".join(line.split()) for line in text.splitlines())))
