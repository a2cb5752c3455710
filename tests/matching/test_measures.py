"""The unknown is worth more than no and less than yes, whatever a catalogue says on average."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.measures import UNKNOWN_USUAL, unknown_value
from matching.values import Listing, Place, Stated
from tests.matching.oracle import Oracle
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import World, measures_of, worlds


def speaking(number: int, *languages: str, kind: str = "service") -> Listing:
    return Listing(id=f"{number}", service_id=f"{number}", organization_id="o", name="a", kind=kind, languages=Stated(yes=frozenset(languages)))


@settings(max_examples=100)
@given(st.floats(0.15, 0.5))
def test_unknown_lies_between_no_and_yes(rate: float) -> None:
    assert 0.2 < unknown_value(rate) <= 0.6


def test_the_rate_is_of_those_that_say_anything_of_the_same_kind() -> None:
    listings = [speaking(n, "en", "so") for n in range(2)] + [speaking(n, "en") for n in range(2, 8)] + [speaking(n) for n in range(8, 20)]
    listings += [speaking(n, "so", kind="peer_group") for n in range(20, 30)]
    measures = measures_of(listings)
    assert measures.rate("languages", "service", "so") == pytest.approx((2 + 0.8) / (8 + 2))
    assert measures.rate("languages", "service", "en") == 0.5  # clipped from (8 + 0.8) / 10
    assert measures.rate("languages", "service", "pl") == 0.15  # clipped from 0.08
    assert measures.rate("languages", "peer_group", "so") == 0.5
    assert measures.rate("languages", "activity", "so") == pytest.approx(0.4)  # nobody says anything


def test_the_usual_unknown_is_that_of_the_prior_rate() -> None:
    assert pytest.approx(0.498, abs=0.001) == UNKNOWN_USUAL


def test_nothing_of_a_confidential_place_is_measured() -> None:
    hidden = Listing(id="a", service_id="a", organization_id="a", name="a", confidential=True, place=Place(latitude=1.0, longitude=1.0))
    assert len(measures_of([hidden]).latitude) == 0


@settings(max_examples=50, deadline=None)
@given(worlds(least=3))
def test_measures_agree_with_counting_one_by_one(world: World) -> None:
    oracle: Oracle = oracle_for(world)
    measures = measures_of(world.directory)
    for one in world.directory[:3]:
        for aspect, code in (("languages", "so"), ("strengths", "cooking"), ("belonging", "somali"), ("cost", "free"), ("helped_before", one.kind)):
            assert measures.unknown(aspect, one.kind, code) == pytest.approx(oracle.unknown(aspect, code, one), abs=1e-12)
