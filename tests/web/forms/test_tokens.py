"""Each button changes what it says and keeps the rest, and a changed question finds the button that asks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.values import Inquiry, MustHaves, Profile, Travel
from tests.web.forms.body import Body
from web.forms.fields import InquiryForm
from web.forms.inquiry import read, to_inquiry
from web.forms.tokens import DEFAULTS, changed, tokens

KEPT = (("text", "food"), ("kinds", "event"), ("kinds", "give"), ("free", "1"), ("minutes", "15"), ("supports", "food"))


def pressed(token: str) -> InquiryForm:
    return read(Body(*KEPT, ("set", token))).form


def test_a_button_sets_one_field_and_keeps_the_rest() -> None:
    before = read(Body(*KEPT)).form
    after = pressed("minutes=75")
    assert after.minutes == "75"
    assert [name for name in DEFAULTS if getattr(before, name) != getattr(after, name)] == ["minutes"]


def test_a_button_may_empty_a_field_or_take_one_choice_out() -> None:
    assert pressed("minutes=").minutes == ""
    assert pressed("free=").free is False
    assert pressed("kinds-=event").kinds == ("give",)
    assert pressed("give=1").give is True


def test_a_button_may_make_several_changes() -> None:
    assert (pressed("text=|supports=").text, pressed("text=|supports=").supports) == ("", ())
    assert pressed("text=|supports=arts").supports == ("arts",)


@pytest.mark.parametrize("token", ["nothing=7", "weights=reach=4", "", "=", "minutes-=15", "|||", "-="])
def test_what_no_button_posts_changes_nothing(token: str) -> None:
    assert pressed(token) == read(Body(*KEPT)).form


@given(st.text(max_size=80))
def test_any_text_as_a_token_leaves_a_form_that_can_be_asked(token: str) -> None:
    form = changed(InquiryForm(), [token])
    assert isinstance(to_inquiry(form), Inquiry)


CULTURE = Inquiry(must=MustHaves(communities=("somali",), confirmed=frozenset({"community"})))
CHANGES = [
    (Inquiry(travel=Travel(minutes=30)), Inquiry(travel=Travel(minutes=45)), "minutes=45"),
    (Inquiry(travel=Travel(minutes=30)), Inquiry(), "minutes="),
    (Inquiry(must=MustHaves(languages=("so",))), Inquiry(), "language_must="),
    (Inquiry(must=MustHaves(languages=("so",), without_interpreter=True)), Inquiry(must=MustHaves(languages=("so",))), "language_direct="),
    (Inquiry(must=MustHaves(languages=("so",), without_interpreter=True)), Inquiry(), "language_must=|language_direct="),
    (Inquiry(must=MustHaves(free=True)), Inquiry(), "free="),
    (Inquiry(must=MustHaves(kinds=("event",))), Inquiry(), "kinds=|show="),
    (Inquiry(must=MustHaves(access=("lift", "parking"))), Inquiry(must=MustHaves(access=("parking",))), "access-=lift"),
    (Inquiry(must=MustHaves(access=("lift", "parking"))), Inquiry(), "access_must="),
    (Inquiry(must=MustHaves(group=("open", "peer_led"))), Inquiry(must=MustHaves(group=("open",))), "group_needs-=peer_led"),
    (Inquiry(must=MustHaves(group=("open", "peer_led"))), Inquiry(), "group_needs="),
    (Inquiry(must=MustHaves(company=True)), Inquiry(), "company_must="),
    (CULTURE, Inquiry(must=MustHaves(communities=("somali",))), "culture_must="),
    (CULTURE, Inquiry(), "culture_must="),
    (Inquiry(profile=Profile(there_and_back=True)), Inquiry(), "with_way="),
    (Inquiry(), Inquiry(profile=Profile(give=True)), "give=1"),
    (Inquiry(text="food"), Inquiry(), "text="),
    (Inquiry(text="food", supports=("food",)), Inquiry(), "text=|supports="),
    (Inquiry(profile=Profile(steer_clear=("arts", "nature"))), Inquiry(profile=Profile(steer_clear=("nature",))), "steer_clear-=arts"),
    (Inquiry(), Inquiry(), ""),
]


@pytest.mark.parametrize(("before", "after", "token"), CHANGES)
def test_a_changed_question_finds_the_button_that_asks_it(before: Inquiry, after: Inquiry, token: str) -> None:
    assert tokens(before, after) == token
