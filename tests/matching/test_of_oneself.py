"""Who asks for nothing is shown first what people do for the love of it; whoever asks, or comes for their own people, is shown the same as before."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from matching import rank, score
from matching.values import Inquiry, Listing, Profile, Stated, Strength
from matching.weights import OF_ONESELF
from tests.matching.worlds import AT, World, index_of, worlds

LOVED = Profile(strengths=(Strength(code="cooking", enjoy=3),), interests=("chess",))
KINDS = ("service", "peer_group", "activity", "therapy", "give")


def alike(kind: str, **told: frozenset[str]) -> Listing:
    """One of some listings that differ in their kind alone."""
    wants = frozenset({"cooking"}) if kind == "give" else frozenset[str]()
    met = {"interests": frozenset({"chess"}), "builds_on": Stated(yes=frozenset({"cooking"})), "wants": wants}
    return Listing(id=kind, service_id=kind, organization_id=kind, name=f"The {kind}", kind=kind, **{**met, **told})  # type: ignore[arg-type]


def scores(inquiry: Inquiry, **told: frozenset[str]) -> dict[str, float]:
    """The score of each kind of thing."""
    return {one.kind: one.score for one in rank(inquiry, index_of([alike(kind, **told) for kind in KINDS]), at=AT).matches}


def test_an_activity_comes_before_a_service_and_both_before_a_group_of_those_who_share_something_hard() -> None:
    found = scores(Inquiry(profile=LOVED))
    assert found["activity"] == found["give"] > found["service"] > found["peer_group"] == found["therapy"]


@pytest.mark.parametrize("asked", [Inquiry(text="chess"), Inquiry(supports=("keep_home",)), Inquiry()], ids=["words", "a kind of support", "nothing at all"])
def test_for_who_asks_or_says_nothing_of_themselves_the_kind_says_nothing(asked: Inquiry) -> None:
    usual = scores(asked)
    with patch.object(score, "OF_ONESELF", {}):
        assert scores(asked) == usual


def test_to_be_among_ones_own_people_counts_whole_whatever_it_is() -> None:
    found = scores(Inquiry(profile=Profile(communities=("somali",))), for_communities=frozenset({"somali"}))
    assert len(found) == len(KINDS) - 1, "a way to give is for who asks to give, or can do what it asks for"
    assert len(set(found.values())) == 1


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_a_kind_never_lifts_and_never_takes_more_than_its_share(drawn: World) -> None:
    inquiry = replace(drawn.inquiry, text="", supports=(), limit=100)
    index = index_of(drawn.directory)
    counted = {one.id: one for one in rank(inquiry, index, at=AT).matches}
    with patch.object(score, "OF_ONESELF", {}):
        whole = {one.id: one for one in rank(inquiry, index, at=AT).matches}
    assert len(counted) == len(whole)
    little = any(0 < inquiry.profile.importance.get(name, 1.0) < 1 for name in ("strengths", "interests"))
    for key in counted.keys() & whole.keys():
        assert counted[key].score <= whole[key].score
        assert little or counted[key].score >= OF_ONESELF.get(counted[key].kind, 1.0) * whole[key].score - 1e-9
