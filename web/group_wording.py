"""What a person wants to know of a group before a first visit: what makes it easier to come, then who leads, who can come, how many and how it feels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from directory.listings import Fact
from web.house import Vocabulary

TAXONOMY: Final = "group_facts"
PRACTICAL: Final = "practical"
ELSEWHERE: Final = frozenset({"first_visit", "space"})
"""Facts that the page tells in another place."""
YES: Final = ("", "yes")


class GroupLines(Struct, frozen=True, kw_only=True):
    """``visit``: what makes a first visit easier, a sentence each; ``about``: what the group is like, heading and words."""

    visit: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


def group_lines(facts: Iterable[Fact], vocabulary: Vocabulary) -> GroupLines:
    """The facts of a group in the order of the vocabulary; those under one heading stand in one line."""
    stated = {fact.code: fact for fact in facts if fact.taxonomy == TAXONOMY and fact.stated and fact.code not in ELSEWHERE}
    visit: list[str] = []
    about: dict[str, list[str]] = {}
    for term in vocabulary.terms(TAXONOMY):
        fact = stated.pop(term.code, None)
        if fact is None:
            continue
        if not term.parent:
            visit.append(_with_value(fact))
        elif term.parent == PRACTICAL:
            about.setdefault(fact.label, []).append("Yes" if fact.value in YES else fact.value)
        else:
            about.setdefault(vocabulary.label(TAXONOMY, term.parent), []).append(_with_value(fact))
    visit += [_with_value(fact) for fact in stated.values()]   # of a vocabulary that has moved on
    return GroupLines(visit=tuple(visit), about=tuple((words, "; ".join(said)) for words, said in about.items()))


def _with_value(fact: Fact) -> str:
    return fact.label if fact.value in YES else f"{fact.label}: {fact.value}"
