"""One spelling for the many ways a place is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.places.spelling import clean, fold


@given(st.text(st.characters(max_codepoint=127), max_size=20))
def test_plain_letters_fold_the_same_the_long_way_round(text: str) -> None:
    accent = "\u0301"   # falls away, and takes the text off the short way
    assert fold(text) == fold(text + accent)


@given(st.text())
@example("ΐ")
@example("İstanbul")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="latin-1", categories=["L", "N", "Zs", "Pd"])))
def test_folding_does_not_see_case_or_blanks(text: str) -> None:
    assert fold(f"  {text.upper()} ") == fold(text.lower())


@given(st.text())
def test_a_clean_text_is_one_line_without_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert cleaned.isprintable() or not cleaned.isascii()
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(("one", "other"), [
    ("St. Louis", "Saint Louis"), ("St.Louis", "saint louis"), ("Ft Worth", "FORT WORTH"), ("Montréal", "montreal"), ("D.C.", "DC"),
    ("E Palo Alto", "East Palo Alto"), ("Stoke-on-Trent", "Stoke on Trent"), ("King's Lynn", "Kings Lynn"), ("The Bronx", "bronx"),
    ("Łódź", "lodz"), ("Tromsø", "tromso"), ("Weißenburg", "weissenburg"), ("Hammersmith & Fulham", "Hammersmith and Fulham"),
])  # fmt: skip
def test_spellings_of_one_place_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Paris", "Perris"), ("दिल्ली", "दल्ल"), ("San Mateo", "San Mateo County"), ("North", "N")])
def test_different_places_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)
