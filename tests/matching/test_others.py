"""What is there for others by its nature: less about a question that says nothing of them, never put aside for it, and said so in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import Index, Vocabulary, rank
from matching.values import Inquiry, Listing, Profile, Ranking, Term
from matching.weights import GATE_FLOOR, OTHERS, TAG_NAMED
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.tongue import PARENTS
from tests.matching.worlds import AT, World, index_of

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = Vocabulary([
    Term(taxonomy="supports", code="jobs", label="Finding work", cues=("find a job", "job")),
    Term(taxonomy="supports", code="veterans_desk", label="Help for veterans", people=("veterans",), cues=("medals",)),
    Term(taxonomy="supports", code="respite", label="A break from caring", people=("carers",), cues=("respite",)),
    Term(taxonomy="supports", code="young_break", label="A break for the young", people=("young_carers",), cues=("sunday",)),
    Term(taxonomy="supports", code="volunteering", label="Volunteering", cues=("volunteer",)),
    Term(taxonomy="audiences", code="veterans", label="Veterans", cues=("veteran",)),
    Term(taxonomy="audiences", code="carers", label="Carers", cues=("carer",)),
    Term(taxonomy="audiences", code="young_carers", label="Young carers", parent="carers"),
    Term(taxonomy="communities", code="carers", label="Carers"),
])  # fmt: skip


def listing(name: str, *supports: str, **fields: object) -> Listing:
    return Listing(id=name, service_id=name, organization_id=name, name=name, supports=frozenset(supports), **fields)  # type: ignore[arg-type]


TABLE, DESK = listing("The table", "jobs"), listing("Medals", "jobs", "veterans_desk")
BREAK, YOUNG = listing("Respite", "jobs", "respite"), listing("On Sunday", "jobs", "young_break")
BOTH = listing("Medals and respite", "jobs", "veterans_desk", "respite")
SAYS_SO = listing("Medals, and all", "jobs", "veterans_desk", meant_for=frozenset({"carers"}))
SAYS_LITTLE = listing("The house", "jobs", "veterans_desk", "respite")
SAYS_WORK = listing("Find a job, medals", "jobs", "veterans_desk")
WORKS_MOSTLY = listing("A job to find", "jobs", "veterans_desk", description="For all, with a box of medals by the door.")
HERE = (TABLE, DESK, BREAK, YOUNG, BOTH, SAYS_SO, SAYS_LITTLE, SAYS_WORK, WORKS_MOSTLY)
THEIRS = {"Medals", "Respite", "On Sunday", "Medals and respite", "Medals, and all", "Find a job, medals"}
JOBS = Inquiry(supports=("jobs",), limit=20)


def ranked(inquiry: Inquiry, *listings: Listing) -> Ranking:
    return rank(inquiry, Index.build(listings or HERE, WORDS, on=date(2026, 11, 23)), at=NOW)


def for_others(inquiry: Inquiry) -> set[str]:
    """The listings that score less than they would without any kind of support for certain people."""
    found = {one.name: ranked(inquiry, one).matches[0].score for one in HERE}
    plain = {one.name: ranked(inquiry, replace(one, supports=one.supports & {"jobs"})).matches[0].score for one in HERE}
    return {name for name in found if found[name] < plain[name]}


@pytest.mark.parametrize(
    ("inquiry", "others"),
    [
        (JOBS, THEIRS),
        (replace(JOBS, supports=("jobs", "veterans_desk")), {"Respite", "On Sunday"}),
        (replace(JOBS, profile=Profile(helped_before=("veterans_desk",))), {"Respite", "On Sunday"}),
        (replace(JOBS, profile=Profile(about=("veterans",))), {"Respite", "On Sunday"}),
        (replace(JOBS, profile=Profile(about=("carers",))), {"Medals", "Find a job, medals"}),
        (replace(JOBS, profile=Profile(communities=("carers",))), THEIRS),
        (replace(JOBS, profile=Profile(give=True)), set()),
        (replace(JOBS, supports=("jobs", "volunteering")), set()),
    ],
)  # fmt: skip
def test_what_a_question_is_not_about_counts_less(inquiry: Inquiry, others: set[str]) -> None:
    assert for_others(inquiry) == others


def test_words_that_name_people_are_about_them() -> None:
    found = {match.name: match.score for match in ranked(Inquiry(text="a job for a veteran", limit=20), DESK, BREAK).matches}
    told = {match.name: match.reasons[0].text for match in ranked(Inquiry(text="a job for a veteran", limit=20), DESK, BREAK).matches}
    assert found["Medals"] > found["Respite"]
    assert {name for name, text in told.items() if "mainly for" in text} == {"Respite"}


def test_it_takes_its_share_off_what_a_listing_is_about() -> None:
    (desk,), (plain,) = (ranked(JOBS, one).matches for one in (DESK, replace(DESK, supports=frozenset({"jobs"}))))
    whole, less = (GATE_FLOOR + (1 - GATE_FLOOR) * TAG_NAMED * share for share in (1.0, 1 - OTHERS))
    assert desk.score / plain.score == pytest.approx(less / whole, abs=1e-6)


@given(st.sampled_from(HERE), st.sets(st.sampled_from(["veterans", "carers", "young_carers"])), st.booleans())
def test_nothing_is_put_aside_for_it(one: Listing, about: set[str], gives: bool) -> None:
    asked = replace(JOBS, profile=Profile(about=tuple(sorted(about)), give=gives))
    assert [match.name for match in ranked(asked, one).matches] == [one.name]


@given(st.sampled_from(HERE), st.sets(st.sampled_from(["door", "window", "attic", "cellar", "garden"])))
def test_how_much_else_a_house_offers_moves_nothing(one: Listing, more: set[str]) -> None:
    (before,), (after,) = (ranked(JOBS, house).matches for house in (one, replace(one, supports=one.supports | more)))
    assert (before.score, before.reasons[0].text) == (after.score, after.reasons[0].text)


def test_where_nothing_is_asked_it_has_no_say() -> None:
    assert len({match.score for match in ranked(Inquiry(limit=20)).matches}) == 1


def test_a_reason_says_for_whom_it_mainly_is() -> None:
    told = {match.name: match.reasons[0].text for match in ranked(JOBS).matches}
    assert told == {
        "The table": "Offers: finding work",
        "Medals": "Offers: finding work; mainly for veterans",
        "Respite": "Offers: finding work; mainly for carers",
        "On Sunday": "Offers: finding work; mainly for young carers",
        "Medals and respite": "Offers: finding work; mainly for carers and veterans",
        "Medals, and all": "Offers: finding work; mainly for veterans",
        "The house": "Offers: finding work",
        "Find a job, medals": "Offers: finding work",   # among so many medals, a job is the more telling word
        "A job to find": "Offers: finding work",
    }
    own = {match.name: match.reasons[0].text for match in ranked(replace(JOBS, profile=Profile(about=("veterans",)))).matches}
    assert own["Medals"] == "Offers: finding work"
    assert own["Respite"] == "Offers: finding work; mainly for carers"


@st.composite
def neighbourhoods(draw: st.DrawFn) -> World:
    """Listings that mostly say something of some people, and a question that does now and then."""
    names = ("legal company food", "legal desk", "garden company", "company for food", "company of women", "river choir")
    supports, audiences = (sorted(PARENTS[taxonomy]) for taxonomy in ("supports", "audiences"))
    codes = st.frozensets(st.sampled_from(supports), min_size=1, max_size=3)
    people = st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(audiences), max_size=2))
    texts = st.sampled_from(("", "", "", "lonely", "desk", "carer company", "hungry", "veteran desk"))
    plain = st.builds(lambda name, offers, whom: listing(name, *offers, meant_for=whom), st.sampled_from(names), codes, people)
    directory = [replace(one, id=f"{at}", service_id=f"{at}", organization_id=f"{at}") for at, one in enumerate(draw(st.lists(plain, min_size=1, max_size=4)))]
    profile = Profile(about=tuple(sorted(draw(people))), helped_before=tuple(draw(st.lists(st.sampled_from(supports), max_size=1))))
    return World(directory, Inquiry(text=draw(texts), supports=tuple(sorted(draw(codes))), profile=profile, limit=9))


@settings(max_examples=300, deadline=None)
@given(neighbourhoods())
@example(World([listing("company for food", "company", "food")], Inquiry(supports=("food",), limit=9)))   # a little less plain, and still mainly theirs
def test_the_slow_ranking_finds_the_same_to_be_there_for_others(world: World) -> None:
    found = rank(world.inquiry, index_of(world.directory), at=AT)
    assert {one.id: one.score for one in found.matches} == {one.id: units / 10**9 for one, units in oracle_for(world).ranked()}
