"""Tests of passwords that others would try first: they are refused, and phrases of several words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.accounts.guessable import COMMON, is_guessable

WORN = [
    "password123", "Password1!", "P@ssw0rd2026", "qwertyuiop", "1234567890", "aaaaaaaaaaaa", "abcabcabcabc", "homeground1", "Homeground2026!", "letmein12345",
    "iloveyou1234", "welcome2026!!", "0987654321", "abcdefghijkl", "qwerty123456", "zxcvbnm12345", "ana.lopez1234",
    "anaLopez2026", "sunshinedragon", "11112222333344",
    "football-2026", "adminadmin123", "poiuytrewq", "PASSWORDPASSWORD",
]
GOOD = [
    "river stone lantern", "seven geese over water", "correct horse battery", "Blaue Kuh tanzt", "xK9#mP2$vL7q", "my kitchen smells of rain",
    "kitchen library church walk",
]


@pytest.mark.parametrize("password", WORN)
def test_what_others_try_first_is_refused(password: str) -> None:
    assert is_guessable(password, "ana.lopez@people.example", "Ana Lopez")


@pytest.mark.parametrize("password", GOOD)
def test_a_phrase_is_taken(password: str) -> None:
    assert not is_guessable(password, "ana.lopez@people.example", "Ana Lopez")


@given(st.sampled_from(sorted(COMMON)), st.integers(0, 99_999), st.sampled_from(["", "!", "!!", "?", "."]))
def test_no_common_word_with_a_number_is_taken(word: str, number: int, mark: str) -> None:
    assert is_guessable(f"{word}{number}{mark}")
    assert is_guessable(f"{mark}{number}{word.upper()}")


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert is_guessable(text, text) in (True, False)
