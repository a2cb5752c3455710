"""Words one after the other: each once, in their order, and an "and" before the last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.wording import joined

WORDS = st.lists(st.sampled_from(["Hmong", "Monday", "3rd", "Somali", "09:00 to noon", "chess"]))


@pytest.mark.parametrize(("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")])
def test_words_are_joined_as_people_say_them(words: tuple[str, ...], said: str) -> None:
    assert joined(words) == said


@given(WORDS)
def test_every_word_is_said_in_its_order_with_one_and_at_most(words: list[str]) -> None:
    said = joined(words)
    assert [word for word in re.split(", | and ", said) if word] == words
    assert said.count(" and ") == (len(words) > 1)
