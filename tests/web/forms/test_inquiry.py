"""The form: whatever is posted is read without an error of ours, means what it says, and each button changes one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from matching.values import Inquiry, MustHaves, Slot, Travel
from tests.web.forms.body import Body
from web.forms.fields import IMPORTANCES, PER_PAGE, SHOWN, WEIGHED, InquiryForm
from web.forms.inquiry import read, to_inquiry

NAMES = [field.name for field in fields(InquiryForm)] + [f"weight_{name}" for name in WEIGHED] + ["set", "unheard_of"]
bodies = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=25).map(lambda pairs: Body(*pairs))


@given(bodies)
def test_whatever_is_posted_makes_an_inquiry(body: Body) -> None:
    assert isinstance(to_inquiry(read(body).form), Inquiry)


@given(bodies)
def test_reading_a_form_that_was_read_changes_nothing(body: Body) -> None:
    form = read(body).form
    assert read(posted_again(form)).form == form


def posted_again(form: InquiryForm) -> Body:
    """What the page built from this form posts."""
    pairs: list[tuple[str, str]] = []
    for field in fields(InquiryForm):
        value = getattr(form, field.name)
        if field.name == "weights":
            pairs += [("weight_" + weight.split("=")[0], weight.split("=")[1]) for weight in value]
        elif isinstance(value, tuple):
            pairs += [(field.name, one) for one in value]
        elif value:
            pairs.append((field.name, "1" if value is True else value))
    return Body(*pairs)


def test_an_empty_form_asks_for_everything_and_says_nothing_of_anyone() -> None:
    assert to_inquiry(read(Body()).form) == Inquiry(limit=PER_PAGE)


def test_every_answer_reaches_the_inquiry() -> None:
    form = read(Body(
        ("text", "a choir"), ("supports", "arts"), ("strengths", "cooking"), ("interests", "choir"), ("give", "1"), ("languages", "tl"),
        ("language_must", "1"), ("access", "step_free"), ("access_must", "1"), ("modes", "bus"), ("minutes", "45"), ("times", "1e"),
        ("only_times", "1"), ("free", "1"), ("no_faith", "1"), ("open_door", "1"), ("kinds", "peer_group"), ("age", "34"), ("about", "carers"),
        ("size", "small"), ("tone", "quiet"), ("newness", "new"), ("steer_clear", "sport_movement"), ("weight_reach", "4"),
    )).form
    asked = to_inquiry(form)
    assert asked.must == MustHaves(
        languages=("tl",), access=("step_free",), entry=("drop_in", "self_refer"), kinds=("peer_group",), free=True, in_my_times=True,
        not_faith_based=True,
    )
    assert asked.travel == Travel(modes=("bus",), minutes=45)
    assert asked.profile.times == (Slot(weekday=1, starts=1020, ends=1320),)
    assert (asked.profile.age, asked.profile.newness, asked.profile.importance) == (34, 1.0, {"reach": 4.0})
    assert (asked.profile.give, asked.profile.size, asked.profile.tone, asked.profile.steer_clear) == (True, "small", "quiet", ("sport_movement",))


def test_to_do_without_an_interpreter_is_to_need_the_language() -> None:
    """The tick stands below the one for the language, and means it where that was left out; without a language it asks for nothing."""
    said = (("languages", "so"), ("language_direct", "1"))
    assert to_inquiry(read(Body(*said)).form).must == MustHaves(languages=("so",), without_interpreter=True)
    assert to_inquiry(read(Body(*said, ("language_must", "1"))).form).must == MustHaves(languages=("so",), without_interpreter=True)
    assert to_inquiry(read(Body(*said, ("set", "language_direct="))).form).must == MustHaves(languages=("so",))
    assert to_inquiry(read(Body(*said, ("set", "language_must=|language_direct="))).form).must == MustHaves()
    assert to_inquiry(read(Body(("language_direct", "1"))).form).must == MustHaves()


def test_what_a_group_should_be_like_reaches_the_inquiry_as_a_wish_or_as_a_need() -> None:
    asked = to_inquiry(read(Body(
        ("group", "peer_led"), ("group", "someone_meets_you"), ("group_needs", "open"), ("size", "small"), ("company_must", "1"), ("focus", "interests"),
        ("focus", "nonsense"), ("focus_must", "1"), ("communities", "somali"), ("culture_must", "1"), ("with_way", "1"),
        ("ordinary", "1"), ("show", "groups"), ("kinds", "event"),
    )).form)   # fmt: skip
    profile, must = asked.profile, asked.must
    assert (profile.group, profile.focus, profile.there_and_back, profile.size) == (("peer_led", "someone_meets_you"), ("interests",), True, "small")
    assert profile.ordinary_places
    assert (must.group, must.company, must.communities, must.focus, must.kinds) == (("open",), True, ("somali",), ("interests",), ("event",))
    assert must.confirmed == {"community", "focus"}


def test_a_need_without_what_it_is_about_asks_nothing() -> None:
    must = to_inquiry(read(Body(("company_must", "1"), ("culture_must", "1"), ("focus_must", "1"))).form).must
    assert must == MustHaves()


@pytest.mark.parametrize(("kinds", "show", "expected"), [
    ((), "groups", SHOWN["groups"][1]), (("event", "give"), "groups", ("event",)), (("give",), "groups", SHOWN["groups"][1]), (("event",), "", ("event",)),
    ((), "nonsense", ()),
])  # fmt: skip
def test_a_part_of_the_list_and_the_kinds_that_were_ticked(kinds: tuple[str, ...], show: str, expected: tuple[str, ...]) -> None:
    assert to_inquiry(read(Body(("show", show), *(("kinds", one) for one in kinds))).form).must.kinds == expected


@pytest.mark.parametrize("age", ["young", "-3", "131", "3e9", "½"])
def test_an_age_that_is_none_is_kept_said_and_not_used(age: str) -> None:
    filled = read(Body(("age", age)))
    assert filled.form.age == age
    assert "as a number" in filled.errors["age"]
    assert to_inquiry(filled.form).profile.age is None


NEVER_OFFERED = [
    ("minutes", "601"), ("minutes", "-5"), ("minutes", "½"), ("minutes", "1e2"),
    ("size", "giant"), ("tone", "loud"), ("newness", "x"), ("offset", "-1"), ("offset", "9999"), ("offset", "²"),
]


@pytest.mark.parametrize(("name", "value"), NEVER_OFFERED)
def test_a_choice_that_was_never_offered_is_left_out(name: str, value: str) -> None:
    assert getattr(read(Body((name, value))).form, name) == ""


def test_a_way_to_travel_that_was_never_offered_is_said() -> None:
    filled = read(Body(("modes", "broom"), ("modes", "bus")))
    assert "broom" in filled.errors["modes"]
    assert to_inquiry(filled.form).travel.modes == ("bus",)


def test_every_weight_can_be_said() -> None:
    for weight in IMPORTANCES:
        form = read(Body(("weight_language", weight))).form
        assert to_inquiry(form).profile.importance == {"language": float(weight)}
