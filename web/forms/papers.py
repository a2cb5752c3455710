"""A posted form to papers: each field is named by its path, such as ``goals.goals.0.why``, and read by the shape of the papers alone.

The papers so far travel along in one field, so that nothing is kept here and every page knows every answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, inspect

from directory.papers import BLANK, MOST_BYTES, NEVER_SENT, PARTS, Papers, UnreadablePapers, load, save
from directory.papers.planning import free_keys
from web.forms.fields import Posted
from web.refused import FieldError, Refused

PATH = re.compile(r"^[a-z_]+(?:\.[a-z_0-9]+){1,6}\Z")
MOST_ROWS = 300
FULL = "That is more than papers can hold. Nothing of this page was taken yet: save a file, and take something out first."
SAYS_NOTHING = ("key", "state", "about")
"""Fields that a page fills in by itself."""
_NO_DATE = "Write the date as year-month-day, such as 2026-11-30."


class Bound(Struct, frozen=True, kw_only=True):
    """Papers after a page was posted; ``typed`` and ``errors`` are by path, for what could not be taken."""

    papers: Papers
    errors: Mapping[str, str] = {}
    typed: Mapping[str, str] = {}


def carried(posted: Posted) -> Papers:
    """The papers that travelled along. ``UnreadablePapers`` where somebody changed them on the way."""
    text = posted.get("papers") or ""
    return without_unsent(load(text.encode("utf-8", "replace"))) if text.strip() else BLANK


def carried_or_refused(posted: Posted) -> Papers:
    """The same, or ``Refused`` with what is wrong."""
    try:
        return carried(posted)
    except UnreadablePapers as error:
        fields = tuple(FieldError(one.field, one.words) for one in error.problems)
        raise Refused(422, f"The papers that came with this page cannot be read. {error}", errors=fields) from None


def without_unsent(papers: Papers) -> Papers:
    """Papers without what no page may send."""
    return msgspec.structs.replace(papers, **{name: PARTS[name]() for name in NEVER_SENT})


def bind(posted: Posted, names: list[str]) -> Bound:
    """The papers that travelled along, with every path among ``names`` set to what was posted. A list of choices is named by a field ``shown`` even when
    nothing of it is chosen. What does not fit is told beside its field and kept as it was typed."""
    papers = carried_or_refused(posted)
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(papers))
    paths = [name for name in dict.fromkeys([*names, *posted.getall("shown", [])]) if PATH.match(name) and name.split(".")[0] in set(PARTS) - NEVER_SENT]
    typed = {path: "\n".join(str(one) for one in posted.getall(path, [])) for path in paths}
    wrong = {path: words for path in paths if (words := _set(plain, path, posted.getall(path, [])))}
    bound, errors = _converted(papers, plain)
    return Bound(papers=bound, errors={**errors, **wrong}, typed={path: typed.get(path, "") for path in {**errors, **wrong}})


def _converted(papers: Papers, plain: dict[str, Any]) -> tuple[Papers, dict[str, str]]:
    """The plain values as papers; a part that does not fit stays as it was."""
    _tidy(plain)
    parts: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, shape in PARTS.items():
        try:
            parts[name] = msgspec.convert(plain[name], shape) if name in plain else getattr(papers, name)
        except msgspec.ValidationError as error:
            parts[name] = getattr(papers, name)
            errors[_path_in(name, str(error))] = "This is too long, or not what can be kept here. What you had before stays."
    made = Papers(version=1, for_somebody=bool(plain.get("for_somebody")), **parts)
    return (made, errors) if len(save(made)) <= MOST_BYTES else (papers, {**errors, "": FULL})


def _path_in(part: str, message: str) -> str:
    where = message.partition("`$")[2].rstrip("`")
    return part + re.sub(r"\[(\w+|\.\.\.)\]", r".\1", where)


def _set(plain: dict[str, Any], path: str, values: list[Any]) -> str:
    """Set one path; words for what is wrong with the value, else nothing. A path that the papers have no place for changes nothing."""
    part, *steps = path.split(".")
    at: Any = plain.setdefault(part, {})
    info = _shape(part)
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        info = _inside(info, step)
        if info is None:
            return ""
        if not following:
            return _put(at, step, info, values)
        at = _enter(at, step, info)
        if at is None:
            return ""
    return ""


def _inside(info: inspect.Type, step: str) -> Any:
    """The shape of what a step leads to; None where there is no such thing."""
    if isinstance(info, inspect.StructType):
        return next((one.type for one in info.fields if one.name == step), None)
    if isinstance(info, inspect.VarTupleType):
        return info.item_type if step.isdecimal() and int(step) < MOST_ROWS else None
    return info.value_type if isinstance(info, inspect.DictType) else None


def _enter(at: Any, step: str, info: inspect.Type) -> Any:
    if isinstance(at, list):
        number = int(step)
        while len(at) <= number:
            at.append({})
        return at[number]
    if isinstance(info, (inspect.StructType, inspect.DictType)):
        return at.setdefault(step, {})
    return at.setdefault(step, []) if isinstance(info, inspect.VarTupleType) else None


def _put(at: Any, step: str, info: inspect.Type, values: list[Any]) -> str:
    """Put the value of a form field, by the shape it has to have."""
    if not isinstance(at, dict):
        return ""
    if isinstance(info, inspect.VarTupleType):
        at[step] = list(dict.fromkeys(line for value in values for one in str(value).splitlines() if (line := clean(one))))
        return ""
    if isinstance(info, inspect.BoolType):
        at[step] = bool(values and values[0])
        return ""
    kinds = info.types if isinstance(info, inspect.UnionType) else (info,)
    text = written(str(values[0])) if values else ""
    if not text:
        _empty(at, step, kinds)
        return ""
    value, words = _read(text, kinds)
    if not words:
        at[step] = value
    return words


def _empty(at: dict[str, Any], step: str, kinds: tuple[inspect.Type, ...]) -> None:
    if any(isinstance(kind, inspect.StrType) for kind in kinds) and not any(isinstance(kind, inspect.NoneType) for kind in kinds):
        at[step] = ""
    else:
        at.pop(step, None)


def _read(text: str, kinds: tuple[inspect.Type, ...]) -> tuple[Any, str]:
    for kind in kinds:
        if isinstance(kind, inspect.IntType):
            return (int(text), "") if re.fullmatch(r"\d{1,3}", text) else (None, "Write a number from 0 to 10, or leave it empty.")
        if isinstance(kind, inspect.FloatType):
            return (float(text), "") if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text) else (None, "Write a number.")
        if isinstance(kind, inspect.DateType):
            return (text, "") if _is_date(text) else (None, _NO_DATE)
        if isinstance(kind, inspect.LiteralType):
            return (text, "") if text in kind.values else (None, "Choose one of those offered.")
        if isinstance(kind, inspect.StrType):
            most = kind.max_length or 200
            return (clean(text) if most <= 400 else text, "") if len(text) <= most else (None, f"This may be at most {most} letters long; it has {len(text)}.")
    return None, "This cannot be kept here."


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-30")


def _tidy(plain: dict[str, Any]) -> None:
    """Leave out rows in which nothing was written, and name goals that have no name yet."""
    for name, part in plain.items():
        if isinstance(part, dict):
            _tidy_rows(part, _shape(name))
    goals = plain.get("goals", {}).get("goals", [])
    done = plain.get("achievements", {}).get("achievements", [])
    fresh = free_keys({goal.get("key") for goal in goals} | {one.get("goal") for one in done})
    for goal in goals:
        goal["key"] = goal.get("key") or next(fresh)


def _tidy_rows(at: dict[str, Any], info: inspect.Type) -> None:
    """The rows of one struct, and of the structs in them. A row that says something has its first words, empty ones if need be: nothing is lost."""
    for field in info.fields if isinstance(info, inspect.StructType) else ():
        item = field.type.item_type if isinstance(field.type, inspect.VarTupleType) else None
        if not isinstance(item, inspect.StructType) or not isinstance(at.get(field.name), list):
            continue
        rows = [row for row in at[field.name] if isinstance(row, dict) and _says(row)]
        for row in rows:
            _tidy_rows(row, item)
            row.update({one.name: "" for one in item.fields if one.required and one.name not in ("key", "listing", *row)})
        at[field.name] = rows


def _says(row: dict[str, Any]) -> bool:
    return any(value not in ("", None, [], {}, False) for name, value in row.items() if name not in SAYS_NOTHING)


@cache
def _shape(part: str) -> inspect.Type:
    return inspect.type_info(PARTS[part])


def clean(text: str) -> str:
    """One line of text: no control characters, single spaces."""
    return " ".join("".join(letter for letter in text if letter >= " " or letter in "\t\n").split())


def written(text: str) -> str:
    """Text of several lines as it was written, without what no file can keep."""
    kept = "".join(letter for letter in text.replace("\r\n", "\n") if (letter >= " " or letter in "\t\n") and not "\ud800" <= letter <= "\udfff")
    return kept.strip()
