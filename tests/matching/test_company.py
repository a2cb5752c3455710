"""The company somebody wishes for: truth tables of what has to be so, what moves up, what is asked, and who never comes first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import rank
from matching.company import asked_together
from matching.values import HYBRID, Inquiry, Listing, Match, MustHaves, Profile, Stated
from tests.matching.test_limits import listing, must, verdict
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import AT, World, index_of, worlds

SMALL_AND_QUIET = Profile(size="small", tone="quiet")


def said(*yes: str, no: tuple[str, ...] = ()) -> Listing:
    return listing(group=Stated(yes=frozenset(yes), no=frozenset(no)))


def ranked(inquiry: Inquiry, *directory: Listing) -> tuple[Match, ...]:
    return rank(inquiry, index_of(directory), at=AT).matches


def other(**fields: Any) -> Listing:
    return listing(**{"id": "two", "service_id": "two", "organization_id": "two", **fields})


@pytest.mark.parametrize(
    ("needed", "one", "expected"),
    [
        (("peer_led",), said("peer_led"), "pass"),
        (("peer_led",), said(no=("peer_led",)), "fail"),
        (("peer_led",), said("someone_meets_you"), "ask"),
        (("peer_led", "shared"), said("shared", no=("peer_led",)), "pass"),
        (("peer_led", "shared"), said(no=("peer_led",)), "ask"),
        (("peer_led", "shared"), said(no=("peer_led", "shared")), "fail"),
        (("peer_led", "open"), said("peer_led", no=("open",)), "fail"),
        (("someone_meets_you", "may_just_listen"), said("someone_meets_you"), "ask"),
        (("someone_meets_you", "may_just_listen"), said("someone_meets_you", no=("may_just_listen",)), "fail"),
        (("someone_meets_you", "may_just_listen"), said("someone_meets_you", "may_just_listen"), "pass"),
    ],
)
def test_a_fact_of_a_group(needed: tuple[str, ...], one: Listing, expected: str) -> None:
    assert verdict("group", must(group=needed), one) == expected


def test_of_one_heading_one_is_enough_and_every_other_stands_alone() -> None:
    wanted = asked_together(("open", "may_just_listen", "shared", "bring_someone", "peer_led", "open"))
    assert wanted == (("peer_led", "shared"), ("open",), ("bring_someone",), ("may_just_listen",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"size": "small", "tone": "quiet"}, "pass"), ({"size": "small"}, "ask"), ({"tone": "quiet"}, "ask"), ({}, "ask"),
        ({"size": "medium", "tone": "quiet"}, "fail"), ({"size": "large"}, "fail"), ({"size": "small", "tone": "lively"}, "fail"),
    ],
)  # fmt: skip
def test_only_this_company(fields: dict[str, Any], expected: str) -> None:
    inquiry = Inquiry(profile=SMALL_AND_QUIET, must=MustHaves(company=True))
    assert verdict("company", inquiry, listing(**fields)) == expected
    assert verdict("company", replace(inquiry, must=MustHaves()), listing(**fields)) == "pass"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"for_communities": {"somali"}}, "pass"), ({"led_by": {"somali"}}, "pass"), ({"welcomes": {"east_african"}}, "pass"),
        ({"for_communities": {"eritrean"}}, "ask"), ({"for_communities": {"roma"}}, "ask"), ({}, "ask"),
    ],
)  # fmt: skip
def test_one_of_my_communities_and_naming_another_is_no_no(fields: dict[str, Any], expected: str) -> None:
    one = listing(**{name: frozenset(codes) for name, codes in fields.items()})
    assert verdict("community", must(communities=("somali",)), one) == expected
    confirmed = must(communities=("somali",), confirmed=frozenset({"community"}))
    assert verdict("community", confirmed, one) == ("pass" if expected == "pass" else "fail")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"interests": {"choir"}}, "pass"), ({"interests": {"music"}}, "pass"), ({"interests": {"drums"}}, "ask"), ({}, "ask"),
        ({"meant_for": {"carers"}}, "pass"), ({"for_communities": {"somali"}}, "ask"),
    ],
)  # fmt: skip
def test_what_people_share_goes_by_the_parts_that_were_chosen(fields: dict[str, Any], expected: str) -> None:
    about_me = Profile(interests=("choir",), communities=("somali",), about=("carers",))
    inquiry = Inquiry(profile=about_me, must=MustHaves(focus=("interests", "experience")))
    assert verdict("focus", inquiry, listing(**{name: frozenset(codes) for name, codes in fields.items()})) == expected


def test_a_part_of_which_the_person_said_nothing_asks_nothing() -> None:
    assert verdict("focus", must(focus=("faith", "topic")), listing()) == "pass"


@pytest.mark.parametrize(("wanted", "yes", "no", "expected"), [
    ((HYBRID,), {"in_person", "online", HYBRID}, set(), "pass"), ((HYBRID,), {"in_person"}, set(), "ask"), ((HYBRID,), {"in_person"}, {HYBRID}, "fail"),
    (("in_person",), {"in_person", "online", HYBRID}, set(), "pass"), (("online",), {"in_person"}, {"online", HYBRID}, "fail"),
])  # fmt: skip
def test_in_person_online_and_hybrid_are_each_a_filter(wanted: tuple[str, ...], yes: set[str], no: set[str], expected: str) -> None:
    assert verdict("format", must(formats=wanted), listing(formats=Stated(yes=frozenset(yes), no=frozenset(no)))) == expected


@pytest.mark.parametrize(
    ("profile", "better", "words"),
    [
        (Profile(group=("someone_meets_you",)), {"group": Stated(yes=frozenset({"someone_meets_you"}))}, "As you like a group: someone meets you"),
        (Profile(size="small", tone="quiet"), {"size": "small", "tone": "quiet"}, "The company you like: a small group and quiet"),
        (Profile(communities=("somali",), focus=("community",)), {"led_by": frozenset({"somali"})}, "People there share with you: Somali"),
    ],
)
def test_a_wish_that_is_met_comes_first_and_says_so_and_not_knowing_lies_between(profile: Profile, better: dict[str, Any], words: str) -> None:
    unknown, met = listing(), other(**better)
    found = ranked(Inquiry(profile=profile), unknown, met)
    assert [one.id for one in found] == ["two", "one"]
    assert words in [reason.text for reason in found[0].reasons]
    if "group" in better:
        refused = replace(unknown, id="three", service_id="three", organization_id="three", group=Stated(no=frozenset({"someone_meets_you"})))
        scores = {one.id: one.score for one in ranked(Inquiry(profile=profile), unknown, met, refused)}
        assert scores["three"] < scores["one"] < scores["two"]
        assert any(one.about == "group" for one in found[1].unknowns)


def test_what_has_to_be_so_and_is_not_known_is_asked_once_and_what_it_costs_is_offered() -> None:
    one, out = listing(group=Stated(yes=frozenset({"open"}))), other(group=Stated(no=frozenset({"peer_led", "open"})))
    answer = rank(must(group=("peer_led", "open")), index_of([one, out]), at=AT)
    assert [unknown.text for unknown in answer.matches[0].unknowns if unknown.about == "group"] == ["Peer led? Ask first"]
    assert [(left.limit, left.ids) for left in answer.not_shown] == [("group", ("two",))]
    offers = [offer for offer in answer.would_match if offer.limit == "group"]
    assert [offer.text for offer in offers] == ["1 more if any sort of group were fine"]
    assert {match.id for match in rank(offers[0].inquiry, index_of([one, out]), at=AT).matches} == {"one", "two"}


def crowded(one: Listing) -> bool:
    return one.size == "large" or one.tone == "lively"


@settings(max_examples=300, deadline=None)
@given(worlds(least=2, most=25), st.sampled_from([("small", "quiet"), ("small", None), (None, "quiet")]))
def test_small_and_quiet_never_puts_a_crowd_first(world: World, wish: tuple[Any, Any]) -> None:
    """Whatever else fits it better: as long as there is a service that is not known to be a crowd wherever it may be shown."""
    size, tone = wish
    inquiry = replace(world.inquiry, profile=replace(world.inquiry.profile, size=size, tone=tone))
    shown = [match.service_id for match in rank(inquiry, index_of(world.directory), at=AT).matches]
    oracle = oracle_for(World(world.directory, inquiry))

    def is_crowd(service: str) -> bool:
        rows = [one for one in oracle.visible() if one.service_id == service]
        return all((size is not None and one.size == "large") or (tone is not None and one.tone == "lively") for one in rows)

    if shown and not all(map(is_crowd, shown)):
        assert not is_crowd(shown[0])


@settings(max_examples=150, deadline=None)
@given(worlds(least=2, most=25))
def test_only_small_and_quiet_shows_no_crowd_at_all(world: World) -> None:
    inquiry = replace(world.inquiry, profile=replace(world.inquiry.profile, size="small", tone="quiet"), must=replace(world.inquiry.must, company=True))
    by_id = {one.id: one for one in world.directory}
    assert not any(crowded(by_id[match.id]) for match in rank(inquiry, index_of(world.directory), at=AT).matches)


@settings(max_examples=150, deadline=None)
@given(worlds(least=2, most=25))
def test_who_wishes_for_no_company_has_the_best_first(world: World) -> None:
    profile = replace(world.inquiry.profile, size=None, tone=None)
    matches = rank(replace(world.inquiry, profile=profile), index_of(world.directory), at=AT).matches
    assert not matches or matches[0].score // 0.0025 == max(match.score for match in matches) // 0.0025
