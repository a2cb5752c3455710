"""Practice prompts for caseworkers, each with the guide that it leads to (``guide.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Prompt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to ask or say at a moment, and the guide to it. ``key`` is its place on the page of the guide."""

    key: str
    moment: str
    ask: str
    title: str
    guide: str


@cache
def prompts() -> tuple[Prompt, ...]:
    """Every prompt, in the order of the guide."""
    return msgspec.convert(tomllib.loads((files("web") / "guide.toml").read_text(encoding="utf-8"))["prompt"], tuple[Prompt, ...])


def prompts_at(*moments: str) -> dict[str, list[Prompt]]:
    """The prompts of some moments."""
    return {moment: [one for one in prompts() if one.moment == moment] for moment in moments}
