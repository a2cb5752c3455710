"""What is there for others by its nature: less about a question that says nothing of them, never put aside for it, and said so in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import Index, Vocabulary, rank
from matching.values import Inquiry, Listing, Profile, Ranking, Term
from matching.weights import GATE_FLOOR, OTHERS, TAG_NAMED

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = Vocabulary([
    Term(taxonomy="supports", code="jobs", label="Finding work", cues=("find a job",)),
    Term(taxonomy="supports", code="veterans_desk", label="Help for veterans", people=("veterans",), cues=("medals",)),
    Term(taxonomy="supports", code="respite", label="A break from caring", people=("carers",)),
    Term(taxonomy="supports", code="young_break", label="A break for the young", people=("young_carers",)),
    Term(taxonomy="supports", code="volunteering", label="Volunteering", cues=("volunteer",)),
    Term(taxonomy="audiences", code="veterans", label="Veterans", cues=("veteran",)),
    Term(taxonomy="audiences", code="carers", label="Carers", cues=("carer",)),
    Term(taxonomy="audiences", code="young_carers", label="Young carers", parent="carers"),
    Term(taxonomy="communities", code="carers", label="Carers"),
])  # fmt: skip


def listing(name: str, *supports: str, **fields: object) -> Listing:
    return Listing(id=name, service_id=name, organization_id=name, name=name, supports=frozenset(supports), **fields)  # type: ignore[arg-type]


TABLE, DESK = listing("Job table", "jobs"), listing("Desk", "jobs", "veterans_desk")
BREAK, YOUNG = listing("Break", "jobs", "respite"), listing("Young break", "jobs", "young_break")
BOTH = listing("Both", "jobs", "veterans_desk", "respite")
MANY = listing("Many", "jobs", "veterans_desk", "a", "b")
SAYS_SO = listing("Says so", "jobs", "veterans_desk", meant_for=frozenset({"carers"}))
HERE = (TABLE, DESK, BREAK, YOUNG, BOTH, SAYS_SO, MANY)
JOBS = Inquiry(supports=("jobs",), limit=20)


def ranked(inquiry: Inquiry, *listings: Listing) -> Ranking:
    return rank(inquiry, Index.build(listings or HERE, WORDS, on=date(2026, 11, 23)), at=NOW)


def scores(inquiry: Inquiry) -> dict[str, float]:
    return {match.name: match.score for match in ranked(inquiry).matches}


@pytest.mark.parametrize(
    ("inquiry", "others"),
    [
        (JOBS, {"Desk", "Break", "Young break", "Both", "Says so"}),
        (replace(JOBS, supports=("jobs", "veterans_desk")), {"Break", "Young break"}),
        (replace(JOBS, supports=(), text="find a job, medals"), {"Break", "Young break"}),
        (replace(JOBS, profile=Profile(helped_before=("veterans_desk",))), {"Break", "Young break"}),
        (replace(JOBS, profile=Profile(communities=("carers",))), {"Desk", "Break", "Young break", "Both", "Says so"}),
        (replace(JOBS, profile=Profile(give=True)), set()),
        (replace(JOBS, supports=("jobs", "volunteering")), set()),
    ],
)  # fmt: skip
def test_what_a_question_is_not_about_counts_less(inquiry: Inquiry, others: set[str]) -> None:
    found = scores(inquiry)
    others_only = {name: score for name, score in found.items() if name in {"Desk", "Break", "Young break", "Both", "Says so"}}
    assert {name for name, score in others_only.items() if score < found["Job table"]} == others


@pytest.mark.parametrize(("about", "theirs"), [("veterans", {"Desk", "Both", "Says so"}), ("carers", {"Break", "Young break", "Both", "Says so"})])
def test_who_says_whom_they_are_of_finds_what_is_theirs_as_before(about: str, theirs: set[str]) -> None:
    asked = replace(JOBS, profile=Profile(about=(about,)))
    before = {one.name: ranked(asked, replace(one, supports=frozenset({"jobs"}))).matches[0].score for one in HERE}
    found = {one.name: ranked(asked, one).matches[0].score for one in HERE}
    assert {name for name in found if found[name] == before[name]} == theirs | {"Job table", "Many"}


def test_it_takes_its_share_off_what_a_listing_is_about() -> None:
    found = scores(JOBS)
    whole, less = (GATE_FLOOR + (1 - GATE_FLOOR) * TAG_NAMED * share for share in (1.0, 1 - OTHERS))
    assert found["Desk"] / found["Job table"] == pytest.approx(less / whole, abs=1e-6)


@given(st.sampled_from(HERE), st.sets(st.sampled_from(["veterans", "carers", "young_carers"])), st.booleans())
def test_nothing_is_put_aside_for_it(one: Listing, about: set[str], gives: bool) -> None:
    asked = replace(JOBS, profile=Profile(about=tuple(sorted(about)), give=gives))
    assert [match.name for match in ranked(asked, one).matches] == [one.name]


@pytest.mark.parametrize(("more", "is_theirs"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_house_with_many_doors_is_nobodys_for_one_of_them(more: int, is_theirs: bool) -> None:
    house = listing("House", "jobs", "veterans_desk", *(f"door_{number}" for number in range(more)))
    (match,) = ranked(JOBS, house).matches
    (plain,) = ranked(JOBS, listing("House", "jobs")).matches
    assert (match.score < plain.score) == is_theirs == ("mainly for" in match.reasons[0].text)


def test_where_nothing_is_asked_it_has_no_say() -> None:
    assert len({match.score for match in ranked(Inquiry(limit=20)).matches}) == 1


def test_a_reason_says_for_whom_it_mainly_is() -> None:
    told = {match.name: match.reasons[0].text for match in ranked(JOBS).matches}
    assert told == {
        "Job table": "Offers: finding work",
        "Desk": "Offers: finding work; mainly for veterans",
        "Break": "Offers: finding work; mainly for carers",
        "Young break": "Offers: finding work; mainly for young carers",
        "Both": "Offers: finding work; mainly for carers and veterans",
        "Says so": "Offers: finding work; mainly for veterans",
        "Many": "Offers: finding work",
    }
    own = {match.name: match.reasons[0].text for match in ranked(replace(JOBS, profile=Profile(about=("veterans",)))).matches}
    assert own["Desk"] == "Offers: finding work"
    assert own["Break"] == "Offers: finding work; mainly for carers"
