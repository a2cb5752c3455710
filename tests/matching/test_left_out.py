"""Nothing stays out without a reason that can be opened and is true."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching.left_out import MOST_IDS
from matching.values import Inquiry, Listing, MustHaves, Profile
from tests.matching.oracle import FAIL
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import AT, World, index_of, worlds


@settings(max_examples=200, deadline=None)
@given(worlds(most=40))
def test_every_service_is_shown_or_in_a_list_of_why_not(world: World) -> None:
    ranking = rank(world.inquiry, index_of(world.directory), at=AT)
    service = {one.id: one.service_id for one in world.directory}
    hidden = {service[listing_id] for one in ranking.not_shown for listing_id in one.ids}
    shown = {match.service_id for match in ranking.matches}
    assert not hidden & shown
    assert hidden | shown == set(service.values())
    assert ranking.hidden == len(hidden)
    assert all(one.total == len(one.ids) for one in ranking.not_shown)


@settings(max_examples=200, deadline=None)
@given(worlds(most=40))
def test_every_reason_for_leaving_out_is_true(world: World) -> None:
    oracle = oracle_for(world)
    listing = {one.id: one for one in world.directory}
    for left_out in rank(world.inquiry, index_of(world.directory), at=AT).not_shown:
        for listing_id in left_out.ids:
            if left_out.limit == "topic":
                assert oracle.relevance(listing[listing_id]) <= oracle.least
            else:
                assert oracle.verdicts(listing[listing_id])[left_out.limit] == FAIL  # type: ignore[index]


def test_the_longest_list_comes_first_and_says_how_many_there_are() -> None:
    def listing(number: int, **fields: object) -> Listing:
        return Listing(id=f"{number:04}", service_id=f"{number:04}", organization_id="o", name="Kin circle", **fields)  # type: ignore[arg-type]

    directory = [listing(number, cost="paid") for number in range(MOST_IDS + 50)] + [listing(9999, minimum_age=90.0)]
    ranking = rank(Inquiry(must=MustHaves(free=True), profile=Profile(age=30.0)), index_of(directory), at=AT)
    assert [(one.text, one.total, len(one.ids)) for one in ranking.not_shown] == [
        (f"{MOST_IDS + 50} cost more than you can pay", MOST_IDS + 50, MOST_IDS),
        ("1 is for other ages", 1, 1),
    ]
    assert ranking.hidden == MOST_IDS + 51


def test_a_stray_word_is_no_answer_where_it_is_known_what_is_meant() -> None:
    def listing(name: str, **fields: object) -> Listing:
        return Listing(id=name, service_id=name, organization_id=name, name=name, **fields)  # type: ignore[arg-type]

    directory = [listing("pantry", supports=frozenset({"food_bank"})), listing("stray", description="hungry for chess and long talks")]
    question = "hungry and new here in this town"
    known, unsure = (rank(Inquiry(text=text), index_of(directory), at=AT) for text in (question, question.replace("hungry", "chess")))
    assert [match.id for match in known.matches] == ["pantry"]
    assert [match.id for match in unsure.matches] == ["stray"]


def test_a_limit_that_had_to_be_confirmed_says_so() -> None:
    one = Listing(id="a", service_id="a", organization_id="a", name="Kin circle")
    inquiry = Inquiry(must=MustHaves(free=True, confirmed=frozenset({"cost"})))
    assert rank(inquiry, index_of([one]), at=AT).not_shown[0].text == "1 costs more than you can pay or has not confirmed it"


@settings(max_examples=100, deadline=None)
@given(worlds(most=20))
def test_a_list_that_need_not_say_what_lies_around_it_is_the_same_list(world: World) -> None:
    index = index_of(world.directory)
    whole, bare = (rank(world.inquiry, index, at=AT, around=around) for around in (True, False))
    assert bare == replace(whole, not_shown=(), would_match=())


@settings(max_examples=100, deadline=None)
@given(worlds(most=20), st.integers(0, 6))
def test_what_lies_around_is_told_only_where_there_is_not_enough(world: World, enough: int) -> None:
    index = index_of(world.directory)
    whole, bare, found = (rank(world.inquiry, index, at=AT, **how) for how in ({}, {"around": False}, {"enough": enough}))
    assert found == (whole if len(whole.matches) < enough else bare)
