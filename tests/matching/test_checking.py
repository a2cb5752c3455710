"""What cannot be meant is refused in the library's own words, before anything is worked out with it."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from matching import Index, Vocabulary, rank
from matching.checking import check_inquiry, check_slot
from matching.errors import MatchingError, NotAllowed
from matching.values import Inquiry, Listing, MustHaves, Opening, Place, Profile, Slot, Strength, Travel
from tests.matching.worlds import AT, World, worlds

KITCHEN = Listing(id="1", service_id="1", organization_id="1", name="Kitchen")


def index_of(*listings: Listing) -> Index:
    return Index.build(listings, Vocabulary(()), on=AT.date())


def at(latitude: float, longitude: float) -> Place:
    return Place(latitude=latitude, longitude=longitude)


def test_a_caller_may_ask_for_the_whole_directory() -> None:
    """How many strangers may ask for is bounded where they are answered."""
    assert len(rank(Inquiry(limit=10_000, offset=0), index_of(KITCHEN), at=AT).matches) == 1


@pytest.mark.parametrize(("said", "field", "allowed"), [
    ({"offset": -1}, "offset", "a whole number of 0 or more"),
    ({"offset": 10_001}, "offset", "a whole number of 10000 or less"),
    ({"limit": 0}, "limit", "a whole number of 1 or more"),
    ({"text": None}, "text", "text"),
    ({"text": "x" * 401}, "text", "text no longer than 400"),
    ({"supports": "food"}, "supports", "a list"),
    ({"place": at(91, 0)}, "place.latitude", "a number of 90 or less"),
    ({"place": at(0, -181)}, "place.longitude", "a number of -180 or more"),
    ({"place": at(nan, 0)}, "place.latitude", "a number of -90 or more"),
    ({"place": at(0, inf)}, "place.longitude", "a number of 180 or less"),
    ({"travel": Travel(max_km=-3)}, "travel.max_km", "a number above 0"),
    ({"travel": Travel(max_km=nan)}, "travel.max_km", "a number above 0"),
    ({"travel": Travel(minutes=0)}, "travel.minutes", "a whole number of 1 or more"),
    ({"travel": Travel(modes=("fly",))}, "travel.modes[0]", "one of bus, car, cycle, walk, wheel"),  # type: ignore[arg-type]
    ({"must": MustHaves(confirmed=frozenset({"luck"}))}, "must.confirmed[0]", "one of access, "),  # type: ignore[arg-type]
    ({"profile": None}, "profile", "an object"),
    ({"profile": Profile(size="huge")}, "profile.size", "one of large, medium, small"),  # type: ignore[arg-type]
    ({"profile": Profile(importance={"luck": 1})}, "profile.importance", "one of access, "),  # type: ignore[dict-item]
    ({"profile": Profile(near_to=(at(0, 0), at(0, nan)))}, "profile.near_to[1].longitude", "a number of -180 or more"),
    ({"profile": Profile(strengths=(Strength(code="cooking", enjoy=4),))}, "profile.strengths[0].enjoy", "a whole number of 3 or less"),
    ({"profile": Profile(times=(Slot(weekday=7, starts=0, ends=60),))}, "profile.times[0].weekday", "a whole number of 6 or less"),
    ({"profile": Profile(times=(Slot(weekday=0, starts=0, ends=60), Slot(weekday=0, starts=60, ends=60)))}, "profile.times[1].ends", "a time after starts"),
])  # fmt: skip
def test_a_question_that_cannot_be_meant_is_refused_with_its_field(said: dict[str, Any], field: str, allowed: str) -> None:
    with pytest.raises(NotAllowed) as raised:
        rank(Inquiry(**said), index_of(KITCHEN), at=AT)
    assert (raised.value.field, raised.value.allowed.startswith(allowed)) == (field, True), raised.value.allowed
    assert str(raised.value) == f"{field}: this has to be {raised.value.allowed}."
    assert isinstance(raised.value, MatchingError)
    assert isinstance(raised.value, ValueError)


@given(worlds(most=3))
def test_whatever_can_be_meant_is_let_through(world: World) -> None:
    check_inquiry(world.inquiry)


def test_numbers_that_numpy_made_are_numbers() -> None:
    assert rank(Inquiry(place=at(np.float64(37.5), np.float32(-122.25))), index_of(KITCHEN), at=AT).total == 1


@pytest.mark.parametrize(("starts", "ends"), [(540, 600), (1320, 120), (1320, 1560), (0, 1440), (1439, 0), (2000, 561)])
def test_a_slot_may_run_over_midnight_however_it_is_written(starts: int, ends: int) -> None:
    check_slot(Slot(weekday=0, starts=starts, ends=ends), "slot")


@pytest.mark.parametrize(("starts", "ends"), [(540, 540), (2000, 560), (2880, 100), (0, 0)])
def test_a_slot_that_is_over_before_it_begins_is_refused(starts: int, ends: int) -> None:
    with pytest.raises(NotAllowed, match=r"slot\.ends"):
        check_slot(Slot(weekday=0, starts=starts, ends=ends), "slot")


@pytest.mark.parametrize(("wrong", "field"), [
    ({"place": at(91, 0)}, "place.latitude"), ({"place": at(nan, 0)}, "place.latitude"), ({"place": at(0, -180.5)}, "place.longitude"),
    ({"openings": (Opening(weekday=0, opens=0, closes=60), Opening(weekday=8, opens=0, closes=60))}, "openings[1].weekday"),
    ({"openings": (Opening(weekday=0, opens=2000, closes=100),)}, "openings[0].closes"),
    ({"openings": (Opening(weekday=0, opens=-5, closes=100),)}, "openings[0].opens"),
])  # fmt: skip
def test_a_listing_that_cannot_be_meant_is_refused_when_the_index_is_built(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(NotAllowed) as raised:
        index_of(KITCHEN, Listing(id="2", service_id="2", organization_id="1", name="Shed", **wrong))
    assert raised.value.field == f"listing 2: {field}"


def test_nothing_is_told_of_a_place_that_is_confidential() -> None:
    assert len(index_of(Listing(id="2", service_id="2", organization_id="1", name="Shelter", place=at(91, 0), confidential=True))) == 1
