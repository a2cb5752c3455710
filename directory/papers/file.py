"""Papers to a file and back. What does not fit is named by its field in plain words, and nothing is left out in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from directory.errors import UnreadableInput
from directory.papers.parts import PARTS, VERSION, Papers

T = TypeVar("T", bound=Struct)
MOST_BYTES = 200_000
"""Several hundred pages of handwriting."""
MOST_DEPTH = 16
BLANK = Papers(version=VERSION)
_AT = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$(?P<where>[^`]*)`)?$", re.DOTALL)
_PLAIN = (
    (re.compile(r"Expected `str` of length <= (\d+)"), r"It may be at most \1 letters long."),
    (re.compile(r"Expected `(?:array|object)` of length <= (\d+)"), r"There may be at most \1 of these."),
    (re.compile(r"Expected `(?:int|float)` >= ([\d.]+)"), r"The number may not be below \1."),
    (re.compile(r"Expected `(?:int|float)` <= ([\d.]+)"), r"The number may not be above \1."),
    (re.compile(r"Expected `str` matching regex .*", re.DOTALL), "This must be a short name of small letters, digits and hyphens."),
    (re.compile(r"Invalid RFC3339-encoded date|Invalid .*date.*"), "This is no date. Write it as 2026-11-22."),
    (re.compile(r"Invalid enum value (.*)", re.DOTALL), r"\1 is none of the choices."),
    (re.compile(r"Object contains unknown field `(.*)`", re.DOTALL), r"There is no field “\1”."),
    (re.compile(r"Object missing required field `(.*)`", re.DOTALL), r"The field “\1” is missing."),
    (re.compile(r"Expected `str.*"), "This must be text."),
    (re.compile(r"Expected `int.*"), "This must be a whole number."),
    (re.compile(r"Expected `float.*"), "This must be a number."),
    (re.compile(r"Expected `bool.*"), "This must be true or false."),
    (re.compile(r"Expected `array.*"), "This must be a list."),
    (re.compile(r"Expected `object.*"), "This must be an object with fields."),
    (re.compile(r"Expected `date.*"), "This is no date. Write it as 2026-11-22."),
)


class Problem(Struct, frozen=True):
    """One thing in a file that does not fit: where ("goals.goals[2].why"; empty for the whole file), and what is wrong, in words."""

    field: str
    words: str


class UnreadablePapers(UnreadableInput):
    """A file that is not somebody's papers, or holds something that does not fit. Nothing of it was taken; ``problems`` names each."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(f"{one.field}: {one.words}" if one.field else one.words for one in problems))
        self.problems = problems


def save(papers: Papers) -> bytes:
    """The file: JSON in UTF-8, indented so that a person can read it, the same bytes for the same papers."""
    return msgspec.json.format(_encoded(papers), indent=1) + b"\n"


def pack(papers: Papers) -> str:
    """The same in one line, to travel in a form."""
    return _encoded(papers).decode()


def _encoded(papers: Papers) -> bytes:
    """Parts that say nothing are left out, whichever object they are: the encoder goes by identity."""
    return msgspec.json.encode(_shared(replace(papers, about=_shared(papers.about))), order="deterministic")


def _shared(value: T) -> T:
    """The same value with the defaults of its kind wherever it equals them."""
    usual = _defaults(type(value))
    return replace(value, **{name: default for name, default in usual.items() if getattr(value, name) == default})


@cache
def _defaults(shape: type[Struct]) -> dict[str, Any]:
    return {one.name: one.default for one in fields(shape) if not one.required}


def load(body: bytes) -> Papers:
    """The papers in a file. ``UnreadablePapers`` names the first problem of every part."""
    given = _read(body)
    if given.get("version") != VERSION or isinstance(given.get("version"), bool):
        raise UnreadablePapers(_about_version(given))
    known = {"version", "for_somebody", *PARTS}
    problems = [Problem(name[:80], "There is no such part.") for name in given if name not in known]
    parts: dict[str, Any] = {}
    for name, shape in {"for_somebody": bool, **PARTS}.items():
        if name in given:
            try:
                parts[name] = msgspec.convert(given[name], shape)
            except msgspec.ValidationError as error:
                problems.append(_problem(name, str(error)))
    if problems:
        raise UnreadablePapers(*problems)
    return Papers(version=VERSION, **parts)


def _about_version(given: dict[str, Any]) -> Problem:
    if "version" not in given:
        return Problem("version", "This file does not say that it is Homeground papers. Choose the file that you saved here.")
    return Problem("version", f"This file is of another version than {VERSION}, so it cannot be read here without losing something.")


def _problem(part: str, message: str) -> Problem:
    found = _AT.match(message)
    what, where = (found["what"], found["where"] or "") if found else (message, "")
    plain = next((pattern.sub(words, what) for pattern, words in _PLAIN if pattern.match(what)), f"{what}.")
    return Problem(f"{part}{where}"[:200], plain[:300])


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise _whole(f"The file is larger than {MOST_BYTES // 1000} KB, so it cannot be papers from here.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _whole("The file is no text that can be read. Choose the file that you saved here.") from None
    try:
        given = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except UnreadablePapers:
        raise
    except json.JSONDecodeError as error:
        raise _whole(f"The file is not Homeground papers, or part of it is missing: it cannot be read at line {error.lineno}.") from None
    except (ValueError, RecursionError):
        raise _whole("The file holds a number or a nesting that is too large.") from None
    if not isinstance(given, dict):
        raise _whole("The file is not Homeground papers. Choose the file that you saved here.")
    _check_letters(given)
    return given


def _whole(words: str) -> UnreadablePapers:
    return UnreadablePapers(Problem("", words))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise UnreadablePapers(Problem(next(name for name in names if names.count(name) > 1)[:80], "This is there twice, and only one could be kept."))
    return made


def _no_constant(name: str) -> None:
    raise _whole(f"{name} is not a number.")


def _check_letters(given: dict[str, Any]) -> None:
    for name, text in _texts(given):
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise UnreadablePapers(Problem(name[:80], "It holds a character that cannot be kept."))


def _texts(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text with the part it is in; refuses what is nested deeper than papers are."""
    waiting: list[tuple[str, Any, int]] = [(name, value, 1) for name, value in given.items()] + [(name, name, 1) for name in given]
    while waiting:
        name, value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise UnreadablePapers(Problem(name[:80], "It is nested deeper than papers are."))
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            waiting += [(name, inner, depth + 1) for pair in value.items() for inner in pair]
        elif isinstance(value, list):
            waiting += [(name, inner, depth + 1) for inner in value]
