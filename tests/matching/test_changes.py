"""What one change would bring is exactly what it brings: every offer is ranked again and compared."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings

from matching import rank
from matching.values import Inquiry, Listing, MustHaves, Opening, Place, Profile, Ranking, Slot, Stated, Travel
from tests.matching.oracle import FAIL, slots
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import AT, HERE, World, index_of, worlds


def listing(number: int, **fields: Any) -> Listing:
    return Listing(**{"id": f"l{number}", "service_id": f"s{number}", "organization_id": f"o{number}", "name": "Kin circle", **fields})


def offers(ranking: Ranking) -> list[str]:
    return [offer.text for offer in ranking.would_match]


@settings(max_examples=300, deadline=None)
@given(worlds(most=40))
def test_every_offer_brings_exactly_what_it_says(world: World) -> None:
    index = index_of(world.directory)
    now = rank(world.inquiry, index, at=AT)
    before = {match.service_id for match in now.matches}
    for offer in now.would_match:
        then = rank(offer.inquiry, index, at=AT)
        assert set(offer.ids) == {match.id for match in then.matches if match.service_id not in before}
        assert offer.text.startswith(f"{len(offer.ids)} more if ")
        assert offer.ids


@settings(max_examples=150, deadline=None)
@given(worlds(most=40))
def test_an_offer_changes_one_thing_and_starts_at_the_first_page(world: World) -> None:
    index = index_of(world.directory)
    second_page = msgspec.structs.replace(world.inquiry, limit=2, offset=2)
    for offer in rank(second_page, index, at=AT).would_match:
        changed = {name for name in Inquiry.__struct_fields__ if getattr(offer.inquiry, name) != getattr(second_page, name)} - {"offset"}
        assert offer.inquiry.offset == 0
        assert changed in ({"travel"}, {"must"}, {"must", "profile"}, {"profile"}, {"text"}, {"supports"}, {"text", "supports"})


@settings(max_examples=150, deadline=None)
@given(worlds(most=30))
def test_whoever_misses_by_one_must_have_alone_is_offered(world: World) -> None:
    """A service that only fails one of the limits a person can drop is in some offer of that limit."""
    oracle = oracle_for(world)
    ranking = rank(world.inquiry, index_of(world.directory), at=AT)
    offered = {(offer.limit, listing_id) for offer in ranking.would_match for listing_id in offer.ids}
    services = {one.service_id for one in world.directory}
    rows_of = {service: [one for one in world.directory if one.service_id == service] for service in services}
    for rows in rows_of.values():
        if len(rows) > 1 or (oracle.asks and oracle.relevance(rows[0]) <= oracle.least):
            continue
        fails = [name for name, said in oracle.verdicts(rows[0]).items() if said == FAIL]
        if len(fails) == 1 and fails[0] in ("language", "cost", "times", "faith", "entry", "kind") and fails[0] not in world.inquiry.must.confirmed:
            if fails[0] == "kind" and rows[0].kind == "give" and not world.inquiry.profile.give:
                continue  # asking for no kind in particular is not asking to give
            if fails[0] == "language" and world.inquiry.must.without_interpreter and any(limit == "language" for limit, _ in offered):
                continue  # an interpreter is offered first, and doing without the language where that brings nothing
            if fails[0] == "times" and world.inquiry.profile.there_and_back and any(limit == "times" for limit, _ in offered):
                continue  # the time without the way is offered first, and any time where that brings nothing
            assert (fails[0], rows[0].id) in offered


def test_whoever_does_without_an_interpreter_is_told_what_one_would_bring() -> None:
    directory = [listing(1, interpreted=frozenset({"so"})), listing(2, languages_only=True), listing(3, languages=Stated(yes=frozenset({"so"})))]
    ranking = rank(Inquiry(must=MustHaves(languages=("so",), without_interpreter=True)), index_of(directory), at=AT)
    assert offers(ranking) == ["1 more if an interpreter were fine too"]
    assert ranking.would_match[0].inquiry.must == MustHaves(languages=("so",))
    assert [match.id for match in rank(ranking.would_match[0].inquiry, index_of(directory), at=AT).matches] == [directory[2].id, directory[0].id]


def test_a_little_further_is_tried_before_any_distance() -> None:
    directory = [listing(n, place=Place(latitude=37.5 + 0.017 * n, longitude=-122.3)) for n in range(4)]
    ranking = rank(Inquiry(place=HERE, travel=Travel(modes=("walk",), minutes=30)), index_of(directory), at=AT)
    assert offers(ranking) == ["1 more if you could travel 15 more minutes"]
    assert ranking.would_match[0].inquiry.travel == Travel(modes=("walk",), minutes=45)
    far = [listing(1, place=Place(latitude=39.5, longitude=-122.3))]
    assert offers(rank(Inquiry(place=HERE, travel=Travel(modes=("walk",), minutes=30)), index_of(far), at=AT)) == [
        "1 more if the way there did not matter"
    ]
    assert offers(rank(Inquiry(place=HERE, travel=Travel(max_km=1.0)), index_of(directory), at=AT)) == ["1 more if you could go 2 km further"]


def test_each_must_have_is_offered_in_words() -> None:
    directory = [
        listing(1, languages_only=True),
        listing(2, access=Stated(no=frozenset({"step_free"}))),
        listing(3, cost="paid"),
        listing(4, openings=(Opening(weekday=3, opens=0, closes=60),)),
        listing(5, formats=Stated(no=frozenset({"online"}))),
        listing(6, entry=Stated(no=frozenset({"drop_in"}))),
        listing(7, faiths=frozenset({"sikh"})),
        listing(8, kind="therapy"),
        listing(9, kind="give"),
    ]
    must = MustHaves(
        languages=("so",),
        access=("step_free",),
        free=True,
        formats=("online",),
        entry=("drop_in",),
        in_my_times=True,
        not_faith_based=True,
        kinds=("service",),
    )
    ranking = rank(Inquiry(must=must, profile=Profile(times=slots((1, 600, 700)))), index_of(directory), at=AT)
    assert offers(ranking) == [
        "1 more if Somali were not required",
        "1 more if step-free were not required",
        "1 more if it need not be free",
        "1 more if it need not be in your free times",
        "1 more if it need not be online",
        "1 more if faith-based ones were fine too",
        "1 more if drop in were not required",
        "1 more if other kinds were fine too",
    ]


def test_what_need_not_be_met_is_still_wished_for() -> None:
    ranking = rank(Inquiry(must=MustHaves(languages=("so",))), index_of([listing(1, languages_only=True)]), at=AT)
    assert ranking.would_match[0].inquiry == Inquiry(profile=Profile(languages=("so",)))


def test_doing_without_a_format_frees_the_way_there_and_back_as_well() -> None:
    """Online needs no way either: who need not have it by phone any more has time for it, though the place itself is too far for an hour."""
    far, hour = Place(latitude=HERE.latitude + 0.2, longitude=HERE.longitude), Slot(weekday=0, starts=600, ends=660)
    meets = Opening(weekday=0, opens=600, closes=660)
    online = listing(1, kind="peer_group", place=far, formats=Stated(yes=frozenset({"online"})), openings=(meets,))
    must = MustHaves(formats=("phone",), in_my_times=True)
    profile = Profile(times=(hour,), there_and_back=True)
    ranking = rank(Inquiry(place=HERE, must=must, profile=profile), index_of([online]), at=AT)
    assert [(offer.limit, offer.ids) for offer in ranking.would_match if offer.limit == "format"] == [("format", ("l1",))]


def test_asking_first_is_offered_before_doing_without() -> None:
    inquiry = Inquiry(must=MustHaves(access=("step_free",), confirmed=frozenset({"access"})))
    ranking = rank(inquiry, index_of([listing(1), listing(2, access=Stated(no=frozenset({"step_free"})))]), at=AT)
    assert offers(ranking) == ["1 more if you would ask first about access"]
    assert ranking.would_match[0].ids == ("l1",)


def test_access_features_are_offered_one_by_one_and_then_together() -> None:
    inquiry = Inquiry(must=MustHaves(access=("step_free", "quiet_room")))
    one_missing = listing(1, access=Stated(no=frozenset({"step_free"})))
    both_missing = listing(2, access=Stated(no=frozenset({"step_free", "quiet_room"})))
    assert offers(rank(inquiry, index_of([one_missing, both_missing]), at=AT)) == ["1 more if step-free were not required"]
    assert offers(rank(inquiry, index_of([both_missing]), at=AT)) == ["1 more if quiet room and step-free were not required"]


def test_words_that_match_nothing_are_no_dead_end() -> None:
    ranking = rank(Inquiry(text="xylophone"), index_of([listing(1), listing(2)]), at=AT)
    assert ranking.matches == ()
    assert offers(ranking) == ["2 more if it need not be about what you asked"]
    assert [one.text for one in ranking.not_shown] == ["2 are about something else"]


def test_nobody_is_offered_what_they_steer_clear_of() -> None:
    ranking = rank(Inquiry(profile=Profile(steer_clear=("choir",))), index_of([listing(1, interests=frozenset({"choir"}))]), at=AT)
    assert ranking.would_match == ()
    assert [(one.limit, one.total) for one in ranking.not_shown] == [("steer_clear", 1)]


def test_doing_without_the_words_is_offered_only_where_there_is_nothing_to_show() -> None:
    found = rank(Inquiry(text="circle"), index_of([listing(1), listing(2, name="Fix it shed")]), at=AT)
    assert (found.total, found.would_match) == (1, ())
