"""The checks that a broken ranking has to get past, each on a small sample; each stops at the first thing it finds, and says what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch

from matching.values import Inquiry, Listing
from tests.matching import worlds
from tests.matching.oracle import Oracle
from tests.matching.tongue import VOCABULARY, SmallTexts
from tests.matching.worlds import AT, World, index_of, world_of
from tests.relevance import town
from tests.relevance.facts import FACTS
from tests.relevance.metamorphic import RELATIONS
from tests.relevance.metamorphic.case import Case
from tests.relevance.never_wrong import wrongs
from tests.relevance.ordering import ordered

Ranked = list[tuple[str, float]]
LAYOUT = worlds.laid_out
ORACLE_WORLDS = range(500)
RELATION_WORLDS = range(4)
PEOPLE = range(180)


@contextmanager
def laid_out_once() -> Iterator[None]:
    """Inside, each small directory is laid out once, for all mutants: none of them has to do with what lies in columns, and what is remembered beside the
    columns (what the unknown is worth) is a part's own."""
    with patch.object(worlds, "laid_out", known_layout):
        yield


@lru_cache(maxsize=2_000)
def known(directory: tuple[Listing, ...]) -> Any:
    return LAYOUT(directory)


def known_layout(directory: Sequence[Listing]) -> Any:
    return known(tuple(directory))


@cache
def expected(number: int) -> tuple[World, Ranked]:
    """A world with its ranking by the slow, obvious way; made once, for nothing that is broken takes part in it."""
    world = world_of(number, 18)
    small, row = SmallTexts(world.directory), {one.id: number for number, one in enumerate(world.directory)}
    scores = small.scores(world.inquiry.text)
    texts = {one.id: float(score) for one, score in zip(world.directory, scores, strict=True)}
    oracle = Oracle(world.inquiry, world.directory, VOCABULARY, texts, AT, told=lambda taxonomy, code, key: small.tells(code, row[key]))
    return world, [(one.id, units / 10**9) for one, units in oracle.ranked()]


def oracle(numbers: range = ORACLE_WORLDS) -> str:
    """Where the ranking differs from the slow one."""
    for number in numbers:
        world, ranked = expected(number)
        if [(match.id, match.score) for match in ordered(world.inquiry, index_of(world.directory), AT)] != ranked:
            return "oracle"
    return ""


def relations(numbers: range = RELATION_WORLDS) -> str:
    """The first relation that is broken."""
    for number in numbers:
        case = Case(number)
        for relation in RELATIONS:
            if not all(pair.score and pair.rank for pair in relation.pairs(case)):
                return f"relation: {relation.name}"
    return ""


STREET = (
    Listing(id="letters", service_id="letters", organization_id="1", name="The writing club", description="We write a letter together."),
    Listing(id="stay", service_id="stay", organization_id="2", name="Stay put", description="Eviction, court, notice.", supports=frozenset({"keep_home"})),
    Listing(id="talks", service_id="talks", organization_id="3", name="Side by side", supports=frozenset({"prevention_education"})),
    Listing(id="alone", service_id="alone", organization_id="4", name="One to one", supports=frozenset({"talking_therapy"})),
)
TOPICS = {"got an eviction letter from the court": {"stay"}, "counselling": {"alone"}}
"""What is asked in words, and all that is an answer to it."""


def topics() -> str:
    """The first question that something else is an answer to."""
    index = town.index_of(STREET)
    for text, answers in TOPICS.items():
        if {match.id for match in ordered(Inquiry(text=text), index, AT)} != answers:
            return f"topics: {text}"
    return ""


def limits(people: range = PEOPLE) -> str:
    """The first must-have that somebody's list goes against."""
    for start in range(people.start, people.stop, 10):
        found = wrongs(range(start, start + 10))
        if names := [name for name in FACTS if found[name]]:
            return f"limits: {names[0]}"
    return ""
