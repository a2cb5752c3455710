"""What one change would bring, in a short cut and in full: each changed inquiry ranked as a whole, and what is new in it counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import Index, rank
from matching.changes import place_of
from matching.found import find
from matching.order import in_order
from matching.overlay import Overlay
from matching.question import Question
from matching.steps import Rung, Step, ladders
from matching.values import Inquiry, Travel, WouldMatch
from tests.matching import worlds
from tests.matching.tongue import PARENTS
from tests.matching.worlds import AT, World, index_of, world_of

SHARING: tuple[dict[str, Any], ...] = (
    {},
    {"formats": ("phone",), "in_my_times": True},
    {"formats": ("online",), "confirmed": frozenset({"travel", "times"})},
    {"kinds": ("give",)},
    {"kinds": ("give", "service"), "confirmed": frozenset({"focus"}), "focus": ("topic", "interests")},
    {"focus": ("topic",), "confirmed": frozenset({"focus"})},
    {"communities": ("somali",), "focus": ("community",), "confirmed": frozenset({"community", "focus"})},
)
"""Must-haves that more than one limit reads, or that decide how others are read."""


def inquiries(world: World, number: int) -> Inquiry:
    """The world's inquiry, with must-haves that hang together, and often with a way that matters or words that nothing is about."""
    dice, asked = Random(f"changes {number}"), world.inquiry
    asked = replace(asked, must=replace(asked.must, **dice.choice(SHARING)))
    if dice.random() < 0.4:
        asked = replace(asked, travel=Travel(modes=("walk",), minutes=dice.choice((5, 20)), max_km=dice.choice((None, 2.0))), place=worlds.HERE)
    if dice.random() < 0.3:
        asked = replace(asked, text=dice.choice(("xylophone", "choir")), supports=dice.choice(((), (sorted(PARENTS["supports"])[0],))))
    return asked


def in_parts(world: World, number: int) -> Index:
    """The world's directory, half of which was changed since the index was built: parts beside it, and rows in it that are not alive any more."""
    dice = Random(f"parts {number}")
    base = index_of(world.directory)
    overlay = Overlay(base, lambda ordered: worlds.part_of(ordered, base.measures))
    changed = {one.service_id for one in world.directory if dice.random() < 0.5}
    other = {one.id: one for one in world_of(number + 1, len(world.directory)).directory}
    for service in sorted(changed):
        kept = [one for one in world.directory if one.service_id == service]
        now = [replace(other[one.id], service_id=service, organization_id=one.organization_id, kind=one.kind) for one in kept]
        overlay.replace({service: now if dice.random() < 0.8 else []})
    return overlay.index


def in_full(asked: Inquiry, index: Index) -> tuple[WouldMatch, ...]:
    """The offers, each from a ranking of its own."""
    before = {service for service, _ in ranked(asked, index)}
    tried = ladders(Question(asked, index.parts[0], AT), is_empty=not before)
    offers = [offer for ladder in tried for offer in lowest(ladder, index, before)]
    return tuple(sorted(offers, key=lambda one: (-len(one.ids), place_of(one.limit))))


def lowest(ladder: Sequence[Rung], index: Index, before: set[str]) -> list[WouldMatch]:
    """Those of the first rung that has any."""
    return next((offers for rung in ladder if (offers := list(brought_by(rung, index, before)))), [])


def brought_by(rung: Sequence[Step], index: Index, before: set[str]) -> Iterator[WouldMatch]:
    """The steps that bring a service into view that was not."""
    for step in rung:
        new = tuple(listing for service, listing in ranked(step.inquiry, index) if service not in before)
        if new:
            yield WouldMatch(limit=step.limit, text=f"{len(new):,} more if {step.words}", ids=new, inquiry=step.inquiry)


def ranked(asked: Inquiry, index: Index) -> list[tuple[str, str]]:
    """Every service that is shown, in the order of bands and turns, with its listing."""
    first = Question(asked, index.parts[0], AT)
    found = [find(first if number == 0 else first.on(part), len(index) + 1) for number, part in enumerate(index.parts)]
    order = in_order(found, AT.date(), len(index) + 1)
    rows = [found[part].question.part.row(int(found[part].rows[place])) for part, place in zip(order.part.tolist(), order.place.tolist(), strict=True)]
    return [(row.service_id, row.id) for row in rows]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 40))
def test_offers_are_what_a_ranking_of_their_own_brings(number: int, size: int) -> None:
    world = world_of(number, size)
    asked, index = inquiries(world, number), index_of(world.directory)
    assert rank(asked, index, at=AT).would_match == in_full(asked, index)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(2, 40))
def test_offers_are_the_same_over_parts_with_rows_that_are_gone(number: int, size: int) -> None:
    world = world_of(number, size)
    asked, index = inquiries(world, number), in_parts(world, number)
    assert rank(asked, index, at=AT).would_match == in_full(asked, index)
