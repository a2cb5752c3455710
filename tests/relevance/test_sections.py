"""The report in pieces: the same figures whatever the number of processes, in the order of the sections, and nothing remembered that was not so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from tests.matching.worlds import index_of, world_of
from tests.relevance.figures import Figure
from tests.relevance.metamorphic.case import AT
from tests.relevance.ordering import ordered, without_words
from tests.relevance.remembered import remembered, remembered_days
from tests.relevance.sections import Made, Section, measured, shares, whole


def squares(numbers: range) -> int:
    """Some work that can be cut."""
    return sum(number * number for number in numbers)


def named(name: str) -> str:
    return name


def ten() -> Sequence[Figure]:
    """Ten: what is one piece"""
    return [Figure(name="ten", value=10)]


def added(made: Made) -> Sequence[Figure]:
    return [Figure(name=" ".join(made["words"]), value=sum(made["numbers"]))]


CUT = Section("Cut", {"numbers": shares(squares, 100), "words": [partial(named, word) for word in ("in", "their", "order")]}, added)


@pytest.mark.parametrize("processes", [1, 3])
def test_figures_are_the_same_whatever_the_number_of_processes(processes: int) -> None:
    found = list(measured([CUT, whole(ten)], processes))
    assert [(one.section.heading, [(figure.name, figure.value) for figure in one.figures]) for one in found] == [
        ("Cut", [("in their order", squares(range(100)))]),
        ("Ten: what is one piece", [("ten", 10)]),
    ]


@pytest.mark.parametrize("count", [0, 5, 8, 101])
def test_shares_hold_every_number_once(count: int) -> None:
    pieces = shares(list, count)
    assert [number for piece in pieces for number in piece()] == list(range(count))


def test_what_is_remembered_changes_no_ranking() -> None:
    worlds = [world_of(number, 8) for number in range(40)]
    with without_words():
        plain = [ordered(world.inquiry, index_of(world.directory), AT) for world in worlds]
        with remembered():
            twice = [[ordered(world.inquiry, index_of(world.directory), AT) for world in worlds] for _ in range(2)]
        with remembered_days():
            days = [ordered(world.inquiry, index_of(world.directory), AT) for world in worlds]
    assert [*twice, days] == [plain, plain, plain]
