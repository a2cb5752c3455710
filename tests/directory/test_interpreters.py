"""A sentence about interpreters is read for what it says: languages by name, any language, or nothing of which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.interpreters import Interpreters, interpreters_in


@pytest.mark.parametrize(("text", "named"), [
    ("Hmong, Somali and ASL on the day.", {"hmn", "so", "ase"}), ("Spanish and Hmong helpers in class.", {"es", "hmn"}),
    ("Ask for Spanish or Somali when you book.", {"es", "so"}), ("American Sign Language, two weeks ahead", {"ase"}),
    ("Interpretation services are available in Urdu, Polish, and Slovak", {"ur", "pl", "sk"}), ("Interpreter for the deaf available", {"ase"}),
])  # fmt: skip
def test_languages_that_are_named_are_those_and_no_others(text: str, named: set[str]) -> None:
    assert interpreters_in(text, "US") == Interpreters(frozenset(named))


@pytest.mark.parametrize("text", [
    "Any language by phone, day and night.", "By phone in 40 languages. Say yours when you call.", "Ask for any language.", "AT&T Language Line",
    "Translation services available 24/7 for 100+ languages", "all spoken languages",
])  # fmt: skip
def test_any_language_is_any(text: str) -> None:
    assert interpreters_in(text, "US") == Interpreters(frozenset({"mul"}))


@pytest.mark.parametrize("text", ["Interpreter", "On request", "Book an interpreter two days before.", "others available upon request"])
def test_where_no_language_is_named_it_stays_to_be_asked(text: str) -> None:
    assert interpreters_in(text, "US") == Interpreters(unsaid=True)


def test_named_ones_and_others() -> None:
    assert interpreters_in("Spanish, other languages when asked for", "US") == Interpreters(frozenset({"es"}), unsaid=True)


def test_signing_is_that_of_the_country_and_nothing_where_that_is_not_known() -> None:
    said = [interpreters_in("Interpreter for the deaf", country) for country in ("US", "GB", None)]
    assert [one.languages for one in said] == [{"ase"}, {"bfi"}, set()]
    assert not any(one.unsaid for one in said)


def test_a_small_word_is_no_language() -> None:
    assert interpreters_in("we polish it, in finish", "US") == Interpreters(unsaid=True)


@given(st.text())
def test_whatever_is_written_something_or_nothing_is_said(text: str) -> None:
    said = interpreters_in(text, "US")
    assert bool(said.languages or said.unsaid) or not text.strip() or "deaf" in text.lower()
