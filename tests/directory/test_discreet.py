"""Discreet names: what tells is said in plain words, and what does not is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.discreet import OTHER, PLAIN, TELLING, discreet_page, tells
from directory.listings import ListingPage
from directory.timetable.values import Timetable
from matching.conditions import CONDITIONS
from matching.values import Place
from tests.directory.meetings.test_week import page

KINDS = (*PLAIN, "service", "self_help", "a kind of tomorrow")
TELL = ("Peers with PTSD", "Depresión: hablemos", "Sober walkers", "Green card evenings", "Trans elders' lunch", "躁郁之友", "Men's mental-health breakfast")
QUIET = ("Grandmothers' table", "Translation help", "Sextant sailing club", "Recover your bike", "Anxious to sing? Choir", "Women's circle")
WORD = st.sampled_from(sorted(TELLING | CONDITIONS))
HARMLESS = st.sampled_from(("Tuesday", "choir", "Lunch", "bikes", "harbour", "of", "for", "walkers", "Riverside"))


def called(name: str, kind: str) -> ListingPage:
    """The page of a listing that nothing is known of but its name, its kind and where it is."""
    return page(name, Timetable(), kind=kind, place=Place(latitude=44.26, longitude=-88.41))


@given(st.lists(HARMLESS, max_size=3), WORD, st.lists(HARMLESS, max_size=3), st.sampled_from(KINDS), st.sampled_from((str, str.upper, str.title)))
def test_wherever_a_word_stands_that_tells_the_name_is_a_plain_word(before: list[str], word: str, after: list[str], kind: str, written: type[str]) -> None:
    name = written(" ".join([*before, word, *after]))
    assert tells(name)
    said = discreet_page(called(name, kind)).card.name
    assert said == PLAIN.get(kind, OTHER)
    assert not tells(said)


@given(st.lists(HARMLESS, min_size=1, max_size=6), st.sampled_from(KINDS))
def test_a_name_that_tells_nothing_stays_as_it_is(said: list[str], kind: str) -> None:
    shown = called(" ".join(said), kind)
    assert discreet_page(shown) == shown


@pytest.mark.parametrize("name", TELL)
def test_names_of_many_kinds_tell(name: str) -> None:
    assert tells(name)


@pytest.mark.parametrize("name", QUIET)
def test_a_word_that_only_looks_alike_does_not(name: str) -> None:
    assert not tells(name)
