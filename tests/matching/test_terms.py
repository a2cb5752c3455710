"""Terms: labels, which are broader, and how near they are to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.terms import Terms
from tests.matching.wordbook import TERMS, VOCABULARY, strength, support

SUPPORT_CODES = [term.code for term in VOCABULARY.terms("supports")]


# --- labels and terms


def test_a_label_is_the_one_given() -> None:
    assert VOCABULARY.label("supports", "food_pantry") == "Food to take home"


@pytest.mark.parametrize(("code", "readable"), [("repair_cafe", "Repair cafe"), ("one-to-one", "One to one"), ("", ""), ("_x_", "X")])
def test_a_code_nobody_described_is_made_readable(code: str, readable: str) -> None:
    assert VOCABULARY.label("supports", code) == VOCABULARY.label("nowhere", code) == readable


def test_terms_come_in_the_order_given_with_headings() -> None:
    assert VOCABULARY.terms("strengths") == tuple(term for term in TERMS if term.taxonomy == "strengths")
    assert VOCABULARY.terms("nowhere") == ()


def test_a_term_is_found_by_its_taxonomy_and_code_only() -> None:
    assert VOCABULARY.term("supports", "food") == support("food", "Food", "hungry", "nothing to eat")
    assert VOCABULARY.term("strengths", "food") is None
    assert VOCABULARY.term("nowhere", "food") is None


def test_a_code_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'food' comes twice"):
        Terms([support("food", "Food"), support("food", "Other food")])


def test_the_same_code_may_stand_in_two_taxonomies() -> None:
    both = Terms([support("sport", "Sport"), strength("sport", "Being sporty")])
    assert (both.label("supports", "sport"), both.label("strengths", "sport")) == ("Sport", "Being sporty")


@pytest.mark.parametrize("parents", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}])
def test_terms_above_each_other_are_refused(parents: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="each other's broader term"):
        Terms([support(code, code, parent=parent) for code, parent in parents.items()])


# --- nearness


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("food", "food", 1.0),
        ("food", "hot_meals", 0.6),
        ("hot_meals", "soup_run", 0.6),
        ("food", "soup_run", 0.36),
        ("food_pantry", "hot_meals", 0.3),
        ("food_pantry", "soup_run", 0.0),
        ("food", "rent_help", 0.0),  # both stand at the top, which makes them no kin
        ("unheard_of", "unheard_of", 1.0),
        ("unheard_of", "food", 0.0),
    ],
)
def test_nearness_follows_the_broader_terms(a: str, b: str, near: float) -> None:
    assert VOCABULARY.similarity("supports", a, b) == pytest.approx(near)


def test_terms_under_one_heading_are_siblings() -> None:
    assert VOCABULARY.similarity("communities", "somali", "eritrean") == 0.3
    assert VOCABULARY.similarity("communities", "somali", "polish") == 0.0


@given(st.sampled_from(SUPPORT_CODES), st.sampled_from(SUPPORT_CODES))
def test_nearness_is_the_same_both_ways_and_within_bounds(a: str, b: str) -> None:
    near = VOCABULARY.similarity("supports", a, b)
    assert near == VOCABULARY.similarity("supports", b, a)
    assert 0 <= near <= 1
    assert (near == 1) == (a == b)


SEE_ALSO = Terms([support("rent", "Rent", related=("law",)), support("law", "Law"), support("flats", "Flats", parent="rent", related=("rent", "law"))])


@pytest.mark.parametrize(("a", "b", "near"), [("rent", "law", 0.4), ("law", "rent", 0.4), ("flats", "rent", 0.6), ("law", "flats", 0.4)])
def test_what_is_related_is_near_both_ways_and_never_less_than_in_the_tree(a: str, b: str, near: float) -> None:
    assert SEE_ALSO.similarity("supports", a, b) == near


def test_what_is_related_in_one_taxonomy_is_not_in_another() -> None:
    assert SEE_ALSO.similarity("interests", "rent", "law") == 0.0


def test_descendants_hold_the_term_and_all_under_it() -> None:
    assert VOCABULARY.descendants("supports", "food") == {"food", "food_pantry", "hot_meals", "soup_run"}
    assert VOCABULARY.descendants("supports", "soup_run") == {"soup_run"}
    assert VOCABULARY.descendants("communities", "east_africa") == {"east_africa", "somali", "eritrean"}


@given(st.sampled_from(SUPPORT_CODES), st.sampled_from(SUPPORT_CODES))
def test_a_descendant_is_always_near(above: str, below: str) -> None:
    if below in VOCABULARY.descendants("supports", above):
        assert VOCABULARY.similarity("supports", above, below) >= 0.36
