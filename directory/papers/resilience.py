"""The plan for hard days: four short lists, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from directory.errors import Invalid
from directory.papers.parts import Papers

LISTS: Final = ("strengths", "people", "places", "helps")
MOST_LINES, MOST_LETTERS = 40, 200


def set_lines(papers: Papers, texts: Mapping[str, str]) -> Papers:
    """The four lists as they were typed, a line each; ``Invalid`` names the list that is too long. A list that is not given stays."""
    said = {name: _lines(name, texts[name]) for name in LISTS if name in texts}
    return replace(papers, resilience=replace(papers.resilience, **said))


def _lines(name: str, text: str) -> tuple[str, ...]:
    lines = tuple(filter(None, (" ".join(line.replace("\x00", " ").split()) for line in text.splitlines())))
    if len(lines) > MOST_LINES or any(len(line) > MOST_LETTERS for line in lines):
        raise Invalid(**{name: f"Write at most {MOST_LINES} lines of {MOST_LETTERS} letters."})
    return lines
