"""Row 51: for who wishes it, what is in a place of everyday life comes first of what fits alike; nothing else moves, and the place is named."""

from __future__ import annotations

from hypothesis import given, settings
from msgspec.structs import replace

from matching import ordinary, rank
from matching.index import Index
from matching.values import Inquiry, Listing, Profile, Term
from matching.vocabulary import Vocabulary
from tests.bench.data import vocabulary
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import AT, World, index_of, worlds

EVERYDAY = frozenset({"public_places"})
WORDS = Vocabulary([Term(taxonomy="settings", code="public_places", label="Public", group=True),
                    Term(taxonomy="settings", code="library", label="Library", parent="public_places"),
                    Term(taxonomy="settings", code="clinic", label="Clinic")])   # fmt: skip


def wishing(world: World, *, wish: bool = True) -> World:
    """The same world, whose libraries are places of everyday life, asked by somebody who would rather go there."""
    directory = [replace(one, settings=EVERYDAY if "library" in one.settings else one.settings) for one in world.directory]
    return World(directory, replace(world.inquiry, profile=replace(world.inquiry.profile, ordinary_places=wish)))


@settings(max_examples=250, deadline=None)
@given(worlds())
def test_row_51_the_fast_ranking_equals_the_slow_one_with_the_wish(drawn: World) -> None:
    world = wishing(drawn)
    found = rank(world.inquiry, index_of(world.directory), at=AT)
    assert [(one.id, one.score) for one in found.matches] == [(one.id, units / 10**9) for one, units in oracle_for(world).ranked()]


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_row_51_the_wish_changes_no_score_and_lets_nothing_in_or_out(drawn: World) -> None:
    with_it, without = (rank(one.inquiry, index_of(one.directory), at=AT) for one in (wishing(drawn), wishing(drawn, wish=False)))
    assert {(one.service_id, one.score) for one in with_it.matches} == {(one.service_id, one.score) for one in without.matches}
    assert not [reason for one in without.matches for reason in one.reasons if reason.signal == "setting"]


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_row_51_the_place_is_named_where_it_is_one_and_nowhere_else(drawn: World) -> None:
    world = wishing(drawn)
    settings_of = {one.id: one.settings for one in world.directory}
    order = [oracle_for(world).key(one, units) for one, units in oracle_for(world).ordered()]
    key_of = {one.id: oracle_for(world).key(one, units) for one, units in oracle_for(world).ordered()}
    for match in rank(world.inquiry, index_of(world.directory), at=AT).matches:
        told = [reason for reason in match.reasons if reason.signal == "setting"]
        assert bool(told) == bool(settings_of[match.id] & EVERYDAY)
        band, _, turn, service = key_of[match.id]
        assert [one.decisive for one in told] == [any(key_of[match.id] < key < (band, True, turn, service) for key in order) for _ in told]


def pair(wish: bool, *, first: str, second: str) -> list[str]:
    named = {"a": first, "b": second}
    listings = [Listing(id=one, service_id=one, organization_id=one, name=one, settings=frozenset({named[one]})) for one in named]
    index = Index.build(listings, WORDS, on=AT.date())
    matches = rank(Inquiry(profile=Profile(ordinary_places=wish)), index, at=AT).matches
    return [one.id + "".join(f" {reason.text}" for reason in one.reasons if reason.signal == "setting") for one in matches]


def test_of_two_that_fit_alike_the_library_comes_before_the_clinic_only_when_that_is_wished() -> None:
    told = "In an everyday place: library"
    assert pair(True, first="library", second="clinic") == [f"a {told}", "b"]
    assert pair(True, first="clinic", second="library") == [f"b {told}", "a"]
    assert pair(False, first="library", second="clinic") == pair(False, first="clinic", second="library"), "else it goes by the day's turn"


def test_the_headings_are_those_of_the_vocabulary_and_hold_nothing_of_health() -> None:
    words = vocabulary()
    below = {code for heading in ordinary.HEADINGS for code in words.descendants("settings", heading)}
    assert {"library", "cafe", "sports_club", "faith_place"} <= below
    assert not below & {"clinic", "hospital", "pharmacy", "shelter", "home", "custody", "residential"}
