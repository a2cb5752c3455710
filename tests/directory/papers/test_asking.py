"""What papers ask: every answer in its place, and nothing of what is the person's alone."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.papers import BLANK, NEVER_SENT, PARTS, Papers
from directory.papers.asking import Toward, going_well, inquiry_of
from directory.papers.parts import About, Domains, Goals, Helped, Hopes, Kept, OwnWords, Reframe, Reframes, Shortlist
from matching.values import Inquiry, Profile, Strength
from tests.directory.papers.shapes import values_of

SOME_PAPERS = values_of(Papers)
NEVER_SCORED = ("scales", "gratitude", "achievements", "came_through", "resilience", "goals", "to_raise")


def profile_of(papers: Papers, toward: Toward | None = None) -> Profile:
    return inquiry_of(papers, toward=toward).profile


@settings(max_examples=80, deadline=None)
@given(SOME_PAPERS)
def test_every_question_of_papers_is_one_that_matching_takes(papers: Papers) -> None:
    inquiry = inquiry_of(papers)
    assert msgspec.json.decode(msgspec.json.encode(inquiry, order="sorted"), type=Inquiry) == inquiry


@settings(max_examples=60, deadline=None)
@given(SOME_PAPERS, SOME_PAPERS)
def test_rows_20_25_and_26_what_is_mine_alone_changes_no_question(papers: Papers, others: Papers) -> None:
    changed = replace(papers, **{name: getattr(others, name) for name in NEVER_SCORED})
    assert inquiry_of(changed) == inquiry_of(papers)


def test_row_8_what_goes_well_is_a_resource_and_never_a_need() -> None:
    papers = replace(BLANK, domains=Domains(answers={"home": "well", "play": "more", "money": "so_so"}))
    assert profile_of(papers).domains == ("play",)
    assert going_well(papers) == ("home",)


def test_row_4_what_helped_before_is_asked_for_only_by_what_was_confirmed() -> None:
    words = OwnWords(helped=(Helped(words="walking by the sea", activities=("walking",)), Helped(words="my choir")))
    assert profile_of(replace(BLANK, own_words=words)).helped_before == ("walking",)


def test_row_7_taking_the_mark_back_restores_the_question_to_the_letter() -> None:
    kept = Kept(listing="a", activities=("choir",), liked_before=True)
    marked = replace(BLANK, shortlist=Shortlist(kept=(kept,)))
    assert profile_of(marked).helped_before == ("choir",)
    unmarked = replace(marked, shortlist=Shortlist(kept=(replace(kept, liked_before=False),)))
    assert inquiry_of(unmarked) == inquiry_of(BLANK)


def turned(supports: tuple[str, ...] = ("find_home",)) -> Papers:
    one = Reframe(strength="I can find anything", codes=("resourcefulness",), wanted="a home", supports=supports, steer_clear=("gambling_support",))
    brings = Profile(strengths=(Strength(code="cooking", enjoy=3), Strength(code="resourcefulness")))
    return replace(BLANK, about=About(profile=brings), reframes=Reframes(reframes=(one,)))


def test_row_11_a_turned_strength_is_used_toward_its_goal_and_nowhere_else() -> None:
    assert [one.code for one in profile_of(turned()).strengths] == ["cooking"]
    toward = Toward(words="a home", supports=("find_home",), strengths=("resourcefulness",))
    assert {one.code for one in profile_of(turned(), toward).strengths} == {"cooking", "resourcefulness"}
    elsewhere = Toward(words="a job", supports=("find_work",), strengths=("resourcefulness",))
    assert [one.code for one in profile_of(turned(), elsewhere).strengths] == ["cooking"]


def test_row_11_what_to_steer_clear_of_holds_in_every_question() -> None:
    for toward in (None, Toward(supports=("find_home",)), Toward(words="anything")):
        assert profile_of(turned(), toward).steer_clear == ("gambling_support",)


def test_a_strength_keeps_how_much_it_is_enjoyed() -> None:
    toward = Toward(supports=("find_home",), strengths=("cooking",))
    assert Strength(code="cooking", enjoy=3) in profile_of(turned(), toward).strengths


def test_what_somebody_would_like_more_of_is_asked_for_in_their_words() -> None:
    papers = replace(BLANK, hopes=Hopes(more_of="company\nin the evenings"))
    assert inquiry_of(papers).text == "company in the evenings"
    assert inquiry_of(replace(papers, about=About(text="a choir"))).text == "a choir"
    assert inquiry_of(replace(papers, about=About(supports=("company",)))).text == ""


@settings(max_examples=40, deadline=None)
@given(SOME_PAPERS, st.sampled_from(["goals", "achievements", "gratitude"]))
def test_a_part_is_a_value_of_its_own(papers: Papers, name: str) -> None:
    part = getattr(papers, name)
    assert msgspec.json.decode(msgspec.json.encode(part, order="sorted"), type=PARTS[name]) == part
    assert name not in NEVER_SENT
    assert Goals() == PARTS["goals"]()
