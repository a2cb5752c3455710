"""Two people's-worth of papers that are one person's: each part as one of the two says it, or both together; no goal takes another's key."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec.structs import fields, replace

from directory.errors import Invalid
from directory.papers.parts import Papers, Part
from directory.papers.planning import free_keys, keys_used

APART: Final = frozenset({"about"})
"""Parts of single answers, which cannot stand beside each other: one of the two is chosen."""


def rekeyed(mine: Papers, theirs: Papers) -> tuple[Papers, dict[str, str]]:
    """``theirs`` with keys for its goals that ``mine`` never used, so that nothing done for one goal seems done for another; and which became which."""
    used = keys_used(mine)
    fresh = free_keys(used | keys_used(theirs))
    keys = {key: next(fresh) for key in sorted(one for one in keys_used(theirs) if one) if key in used}
    goals = tuple(replace(one, key=keys.get(one.key, one.key)) for one in theirs.goals.goals)
    done = tuple(replace(one, goal=keys.get(one.goal or "", one.goal)) for one in theirs.achievements.achievements)
    return replace(theirs, goals=replace(theirs.goals, goals=goals), achievements=replace(theirs.achievements, achievements=done)), keys


def both(name: str, mine: Part, theirs: Part) -> Part:
    """What both say of one part: lines under each other, lists one after the other, nothing twice. ``Invalid`` where that is more than fits."""
    shape = type(mine)
    joined = {one.name: _both(getattr(mine, one.name), getattr(theirs, one.name)) for one in fields(shape)}
    try:
        return msgspec.json.decode(msgspec.json.encode(shape(**joined)), type=shape)
    except msgspec.ValidationError:
        raise Invalid(**{name: "Both together are more than fits here. Choose one of the two."}) from None


def _both(mine: Any, theirs: Any) -> Any:
    if isinstance(mine, tuple):
        listed = {getattr(one, "listing", None) for one in mine} - {None} if mine and hasattr(mine[0], "way") else set()
        return (*mine, *(one for one in theirs if one not in mine and getattr(one, "listing", None) not in listed))
    if isinstance(mine, dict):
        return {**theirs, **mine}
    if isinstance(mine, str) and mine and theirs and mine != theirs:
        return f"{mine}\n{theirs}"
    return mine or theirs
