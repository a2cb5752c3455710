"""A posted form to papers: paths, limits, ticks; and the form of the search to papers and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from directory.papers import BLANK, PARTS, Papers, load, pack, save
from directory.papers.parts import Goal, Goals, Step
from directory.papers.planning import press
from tests.directory.papers.shapes import values_of
from web.forms.about import form_of, with_form
from web.forms.acts import confirm, keep, let_go, mark_worked, ticked
from web.forms.fields import InquiryForm
from web.forms.inquiry import read
from web.forms.papers import FULL, bind, carried, without_unsent
from web.forms.posted import PostedForm
from web.refused import Refused
from web.views.papers import pressed

SOME_PAPERS = values_of(Papers)
TODAY = date(2026, 11, 24)
PATHS = st.from_regex(r"\A[a-z_]{2,9}(\.[a-z0-9_]{1,9}){1,4}\Z")
REAL = st.sampled_from([
    "own_words.good_at", "own_words.helped.2.words", "own_words.helped.0.activities", "circle.people.0.name", "circle.places.1.where", "domains.answers.home",
    "scales.scales.0.value", "reframes.reframes.0.supports", "goals.goals.0.words", "goals.goals.1.steps.0.by", "goals.goals.0.state", "goals.goals.0.key",
    "achievements.achievements.0.on", "resilience.people", "shortlist.kept.0.note", "shortlist.kept.0.liked_before", "about.profile.newness",
    "about.profile.languages", "about.travel.minutes", "about.travel.modes", "about.must_haves.free", "about.profile.strengths",
    "to_raise.whom", "to_raise.lines",
])  # fmt: skip
VALUES = st.text(max_size=30) | st.sampled_from(["7", "2026-11-30", "well", "open", "1", "x" * 3000, "\x00", "a\r\nb"])


def posted(*pairs: tuple[str, str], papers: Papers = BLANK) -> PostedForm:
    return PostedForm([("papers", pack(papers)), *pairs])


@settings(max_examples=200, deadline=None)
@given(SOME_PAPERS, st.lists(st.tuples(REAL | PATHS, VALUES), max_size=8))
def test_whatever_is_posted_gives_papers_that_load_again(papers: Papers, pairs: list[tuple[str, str]]) -> None:
    bound = bind(posted(*pairs, papers=papers), [name for name, _ in pairs])
    assert load(save(bound.papers)) == bound.papers
    assert bound.papers.to_raise == PARTS["to_raise"](), "row 33: no form puts anything there"
    assert set(bound.errors) == set(bound.typed)


@settings(max_examples=80, deadline=None)
@given(SOME_PAPERS)
def test_a_page_that_changes_nothing_loses_nothing(papers: Papers) -> None:
    sent = without_unsent(papers)
    assert carried(posted(papers=papers)) == sent
    goals = {goal.key for goal in sent.goals.goals}
    assume(len(goals) == len(sent.goals.goals))
    again = bind(posted(papers=sent), []).papers
    assert bind(posted(papers=again), []).papers == again


def test_what_does_not_fit_is_said_beside_its_field_and_kept_as_typed_and_the_old_value_stays() -> None:
    papers = bind(posted(("goals.goals.0.words", "learn"), ("goals.goals.0.steps.0.words", "call"), ("goals.goals.0.steps.0.by", "2026-11-30")), [
        "goals.goals.0.words", "goals.goals.0.steps.0.words", "goals.goals.0.steps.0.by"]).papers   # fmt: skip
    bound = bind(posted(("goals.goals.0.steps.0.by", "soon"), papers=papers), ["goals.goals.0.steps.0.by"])
    assert bound.errors == {"goals.goals.0.steps.0.by": "Write the date as year-month-day, such as 2026-11-30."}
    assert bound.typed == {"goals.goals.0.steps.0.by": "soon"}
    assert bound.papers.goals.goals[0].steps[0].by == date(2026, 11, 30)


def test_papers_that_would_grow_too_large_are_left_as_they_were() -> None:
    names = [f"achievements.achievements.{number}.words" for number in range(200)]
    large = bind(posted(*[(name, "ü" * 190) for name in names]), names).papers
    cards = [f"came_through.cards.{number}.how" for number in range(40)]
    bound = bind(posted(*[(name, "ü" * 2000) for name in cards], papers=large), cards)
    assert bound.errors == {"": FULL}
    assert bound.papers == large


@pytest.mark.parametrize("text", ["{", '{"version": 3}', '{"version": 1, "goals": 1}', "[]", "\ud800"])
def test_papers_that_were_broken_on_the_way_are_refused(text: str) -> None:
    from web.forms.papers import carried_or_refused

    with pytest.raises(Refused) as refused:
        carried_or_refused(PostedForm([("papers", text)]))
    assert refused.value.status == 422


# --- the form of the search ---------------------------------------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(SOME_PAPERS)
def test_a_form_that_was_not_touched_changes_no_papers(papers: Papers) -> None:
    assert with_form(papers, form_of(papers)) == papers


FORM_FIELDS = [one.name for one in fields(InquiryForm) if one.name not in ("offset", "own_strengths", "own_culture")]
FILLED = [
    ("text", "company"), ("supports", "food"), ("place", "54911"), ("strengths", "cooking"), ("interests", "walking"), ("give", "1"),
    ("helped_before", "peer_group"), ("steer_clear", "sport"), ("languages", "es"), ("language_must", "1"), ("language_direct", "1"),
    ("communities", "latino"), ("access", "lift"), ("access_must", "1"), ("modes", "bus"),
    ("minutes", "45"), ("times", "1e"), ("only_times", "1"), ("formats", "online"), ("format_must", "1"), ("free", "1"), ("no_faith", "1"), ("open_door", "1"),
    ("kinds", "event"), ("about", "parents"), ("age", "34"), ("size", "small"), ("tone", "quiet"), ("newness", "new"), ("own_strengths", "I cook"),
    ("own_culture", "my own"), ("weight_cost", "4"), ("group", "peer_led"), ("group_needs", "open"), ("company_must", "1"), ("focus", "interests"),
    ("focus_must", "1"), ("culture_must", "1"), ("with_way", "1"),
    ("ordinary", "1"), ("show", "groups"),
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(SOME_PAPERS, st.lists(st.sampled_from(FILLED), unique=True))
def test_what_the_form_says_is_what_the_papers_say_and_the_rest_stays(papers: Papers, pairs: list[tuple[str, str]]) -> None:
    form = read(PostedForm(pairs)).form
    made = with_form(papers, form)
    assert load(save(made)) == made
    shown = form_of(made)
    if not made.hopes.more_of:
        assert {name: getattr(shown, name) for name in FORM_FIELDS if name not in UNCERTAIN} == {
            name: getattr(form, name) for name in FORM_FIELDS if name not in UNCERTAIN
        }
    kept = {name: getattr(papers, name) for name in PARTS if name not in ("about", "own_words")}
    assert {name: getattr(made, name) for name in kept} == kept


UNCERTAIN = (
    "times", "newness", "weights", "open_door", "language_must", "language_direct", "languages", "access", "access_must", "formats", "format_must", "minutes",
    "strengths", "only_times", "age", "company_must", "focus", "focus_must", "culture_must", "kinds", "show",
)  # fmt: skip
"""Fields that stand for less than the papers may say: a slot of an odd length, half new."""


# --- ticks and buttons --------------------------------------------------------------------------------------------------------------

TOKENS = ["strengths:cooking", "interests:walking", "supports:food", "helped:0:walking", "reframe:0:codes:hope", "goal:0:supports:food", "x:y", "helped:99:a"]
ACTS = r"\A(drop|done|reached|rest|take-up|let-go|turn|forget)( (g[0-9]|[0-9]{1,5})){0,3}\Z"


@settings(max_examples=80, deadline=None)
@given(SOME_PAPERS, st.lists(st.sampled_from(TOKENS)))
def test_row_1_a_tick_adds_what_was_ticked_and_taking_it_away_takes_it_away(papers: Papers, tokens: list[str]) -> None:
    fresh = [token for token in dict.fromkeys(tokens) if token not in ticked(papers)]
    made = confirm(papers, [], fresh)
    assert ticked(made) - ticked(papers) <= set(fresh)
    assert ticked(confirm(made, fresh, [])) == ticked(papers)


@settings(max_examples=100, deadline=None)
@given(SOME_PAPERS, st.text(max_size=40) | st.from_regex(ACTS))
def test_no_button_breaks_papers(papers: Papers, act: str) -> None:
    made = pressed(papers, act, on=TODAY)
    assert load(save(made)) == made


GOAL = replace(BLANK, goals=Goals(goals=(Goal(key="g1", words="sing", steps=(Step(words="call"),)),)))


def test_row_25_marking_done_adds_an_achievement() -> None:
    made = press(GOAL, "done g1 1", on=TODAY)
    assert [(one.words, one.on, one.goal) for one in made.achievements.achievements] == [("call", TODAY, "g1")]
    assert press(made, "reached g1", on=TODAY).achievements.achievements[-1].words == "sing"


def test_row_24_a_goal_that_rests_opens_again() -> None:
    resting = press(GOAL, "rest g1", on=TODAY)
    assert resting.goals.goals[0].state == "resting"
    assert press(resting, "take-up g1", on=TODAY) == GOAL


def test_row_12_a_strength_that_bites_becomes_a_goal_in_its_own_words() -> None:
    names = [("reframes.reframes.0.strength", "I can find anything"), ("reframes.reframes.0.bites", "trouble"), ("reframes.reframes.0.wanted", "find a home")]
    papers = bind(posted(*names), [name for name, _ in names]).papers
    (goal,) = press(papers, "turn 1", on=TODAY).goals.goals
    assert goal.words == "find a home"


def test_row_7_the_mark_is_taken_back_to_the_letter() -> None:
    kept = keep(BLANK, "a", "A choir")
    marked = mark_worked(kept, "a", "A choir", ("choir",), on=True)
    assert marked.shortlist.kept[0].activities == ("choir",)
    assert mark_worked(marked, "a", "", (), on=False) == kept
    assert let_go(marked, "a") == BLANK
