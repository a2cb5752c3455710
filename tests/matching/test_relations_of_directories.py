"""What may not happen to an answer when the directory around it changes: other listings, their order, their ids, and what is hidden."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import rank
from matching.values import Place, Ranking
from matching.weights import ORGANIZATION_CAP
from tests.matching.worlds import AT, Chance, World, index_of, world_of, worlds

REPLACE = msgspec.structs.replace
MANY_WORLDS = """
import sys
from hashlib import sha256
import msgspec
from matching import rank
from tests.matching.worlds import AT, index_of, world_of
for number in range(40):
    world = world_of(number, 25)
    sys.stdout.write(sha256(msgspec.json.encode(rank(world.inquiry, index_of(world.directory), at=AT), order="deterministic")).hexdigest())
"""


def as_bytes(ranking: Ranking) -> bytes:
    return msgspec.json.encode(ranking, order="deterministic")


@settings(max_examples=150, deadline=None)
@given(worlds(most=30))
def test_a_listing_that_does_not_fit_changes_nothing_for_the_others(world: World) -> None:
    inquiry = REPLACE(world.inquiry, profile=REPLACE(world.inquiry.profile, age=40.0))
    unfit = REPLACE(Chance("unfit").listing(99), id="unfit", service_id="unfit", minimum_age=90.0)
    measures = index_of(world.directory).measures
    before = rank(inquiry, index_of(world.directory, measures), at=AT)
    after = rank(inquiry, index_of([*world.directory, unfit], measures), at=AT)
    assert (before.matches, before.total, before.would_match) == (after.matches, after.total, after.would_match)


@settings(max_examples=150, deadline=None)
@given(worlds(least=2, most=30), st.integers(0, 10**6))
def test_a_copy_takes_no_more_places_than_its_organization_may_have(world: World, pick: int) -> None:
    chosen = world.directory[pick % len(world.directory)]
    copies = [REPLACE(chosen, id=f"copy-{number}", service_id=f"copy-{number}") for number in range(6)]
    matches = rank(world.inquiry, index_of([*world.directory, *copies], index_of(world.directory).measures), at=AT).matches
    from_others = Counter(match.organization_id for match in matches if match.organization_id != chosen.organization_id)
    room_for_others = sum(min(ORGANIZATION_CAP, times) for times in from_others.values())
    from_it = sum(match.organization_id == chosen.organization_id for match in matches[:10])
    assert from_it <= max(ORGANIZATION_CAP, 10 - room_for_others)


@settings(max_examples=100, deadline=None)
@given(worlds(most=30), st.integers(0, 10**6))
def test_the_order_of_records_changes_no_byte(world: World, seed: int) -> None:
    shuffled = Random(seed).sample(world.directory, len(world.directory))
    assert as_bytes(rank(world.inquiry, index_of(shuffled), at=AT)) == as_bytes(rank(world.inquiry, index_of(world.directory), at=AT))


@settings(max_examples=100, deadline=None)
@given(worlds(most=30))
def test_other_ids_change_only_the_turns_inside_a_band(world: World) -> None:
    renamed = [REPLACE(one, id=f"x{one.id}", service_id=f"y{one.service_id}") for one in world.directory]
    scores = sorted(match.score for match in rank(world.inquiry, index_of(world.directory), at=AT).matches)
    assert sorted(match.score for match in rank(world.inquiry, index_of(renamed), at=AT).matches) == scores


@settings(max_examples=150, deadline=None)
@given(worlds(most=30), st.integers(0, 10**6))
def test_where_a_confidential_listing_is_changes_no_byte(world: World, seed: int) -> None:
    random = Random(seed)

    def elsewhere() -> Place | None:
        return random.choice((None, Place(latitude=random.uniform(37.4, 37.6), longitude=random.uniform(-122.4, -122.2), precision="code")))

    hidden = [REPLACE(one, place=elsewhere()) if one.confidential else one for one in world.directory]
    assert as_bytes(rank(world.inquiry, index_of(hidden), at=AT)) == as_bytes(rank(world.inquiry, index_of(world.directory), at=AT))


@settings(max_examples=60, deadline=None)
@given(worlds(most=60), st.integers(1, 7))
def test_pages_are_slices_of_one_list(world: World, size: int) -> None:
    index = index_of(world.directory)
    whole = rank(world.inquiry, index, at=AT).matches
    pages = [rank(REPLACE(world.inquiry, limit=size, offset=start), index, at=AT).matches for start in range(0, len(whole) + 1, size)]
    assert tuple(match for page in pages for match in page) == whole


def test_same_question_same_bytes_in_every_process() -> None:
    """Sets are walked in another order in each process; nothing of that may be seen."""
    answers = {
        subprocess.run(
            [sys.executable, "-c", MANY_WORLDS], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop()) == 40 * 64


def test_ties_take_turns_from_day_to_day() -> None:
    world = world_of(7, 1)
    twins = [REPLACE(world.directory[0], id=f"twin-{n}", service_id=f"twin-{n}", organization_id=f"o-{n}", kind="service") for n in range(6)]
    index, inquiry = (
        index_of(twins),
        REPLACE(world.inquiry, text="", supports=(), must=type(world.inquiry.must)(), profile=type(world.inquiry.profile)()),
    )
    firsts = {rank(inquiry, index, at=AT + timedelta(days=day)).matches[0].id for day in range(60)}
    assert firsts == {one.id for one in twins}
