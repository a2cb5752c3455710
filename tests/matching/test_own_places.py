"""Places of the person's own (row 2): near one is easier to go to; nothing else moves."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching import weights as w
from matching.values import Inquiry, Listing, Place
from tests.matching.oracle import Oracle, kilometres
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import AT, World, index_of, worlds

FAR_KM = 1.8
"""Thirty minutes on foot, by roads, is less than this."""


class OwnPlaces(Oracle):
    """The plain ranking with the rule for places of one's own, one listing at a time."""

    def reach(self, one: Listing, unknown: float) -> float:
        met, there, (easy, far) = super().reach(one, unknown), self.public_place(one), w.NEAR_OWN_MINUTES
        walks = [w.DETOUR * kilometres(own, there) / w.SPEED_KMH["walk"] * 60 for own in self.profile.near_to] if there else []
        share = max((min(1.0, max(0.0, (far - walk) / (far - easy))) for walk in walks), default=0.0)
        return met + (1 - met) * w.OWN_PLACE_CARE * share


def plainly(world: World) -> OwnPlaces:
    made = oracle_for(world)
    made.__class__ = OwnPlaces
    assert isinstance(made, OwnPlaces)
    return made


def with_places(world: World, *own: Place) -> World:
    inquiry = world.inquiry
    return World(world.directory, replace(inquiry, limit=100, offset=0, profile=replace(inquiry.profile, near_to=own)))


def own_places(world: World, dice: Random) -> tuple[Place, ...]:
    public = [one.place for one in world.directory if one.place and not one.confidential] or [Place(latitude=37.5, longitude=-122.3)]
    chosen = [(dice.choice(public), dice.uniform(-0.01, 0.01)) for _ in range(dice.randint(1, 3))]
    return tuple(replace(place, latitude=place.latitude + north, name="the library") for place, north in chosen)


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_places_of_ones_own_count_as_the_plain_ranking_counts_them(world: World, dice: Random) -> None:
    mine = with_places(world, *own_places(world, dice))
    found = rank(mine.inquiry, index_of(mine.directory), at=AT)
    assert [(one.id, one.score) for one in found.matches] == [(one.id, units / 10**9) for one, units in plainly(mine).ranked()][:100]


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_row_2_adding_a_place_raises_listings_near_it_and_no_others(world: World, dice: Random) -> None:
    own = own_places(world, dice)[0]
    before, after = scores(with_places(world)), scores(with_places(world, own))
    assert set(before) == set(after)
    for listing in world.directory:
        if listing.id in before:
            assert after[listing.id] >= before[listing.id]
            if not is_near(listing, own):
                assert after[listing.id] == before[listing.id]


def is_near(listing: Listing, own: Place) -> bool:
    return listing.place is not None and not listing.confidential and kilometres(own, listing.place) < FAR_KM


def scores(world: World) -> dict[str, int]:
    """The score of each listing by itself."""
    oracle = plainly(world)
    return {one.id: oracle.score(one) for one in world.directory}


def test_a_place_of_ones_own_is_named_in_the_reasons() -> None:
    library = Place(latitude=37.52, longitude=-122.3, name="the library")
    listing = Listing(id="1", service_id="1", organization_id="1", name="Reading circle", place=library)
    asked = Inquiry(place=Place(latitude=37.5, longitude=-122.3))
    asked = replace(asked, profile=replace(asked.profile, near_to=(library,)))
    (match,) = rank(asked, index_of([listing]), at=AT).matches
    assert [reason.text for reason in match.reasons if reason.signal == "reach"] == ["2.2 km away, near the library"]
