"""Words are met in the forms of several languages, whichever one a text is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.tongues import Forms, arabic, cue_forms, is_vietnamese, readings, skeleton, spanish
from matching.words import words


def spelt_forms(reading: list[Forms]) -> set[str]:
    return {form for forms in reading for form, _ in forms}


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_every_form_has_a_trust(text: str) -> None:
    for reading in (*readings(text), cue_forms(text)):
        assert all(forms and all(form and 0 < trust <= 1 for form, trust in forms) for forms in reading)


@given(st.text(max_size=60))
def test_words_that_may_not_be_read_leave_no_form(text: str) -> None:
    assert not any(readings(text, kept=()))


@given(st.text(alphabet="abc áéíñ ăđ 我们 سلام", max_size=40))
def test_a_cue_is_met_by_itself(cue: str) -> None:
    assert spelt_forms(readings(cue)[0]) <= spelt_forms(cue_forms(cue))


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        ("cocino cocinar cocinaba cocinera cocinando", "cocin"),
        ("cuento cuentas contar conté", "cont"),
        ("bordo bordados bordar", "bord"),
        ("vendo vendí vendedora vendiendo", "vend"),
    ],
)
def test_spanish_words_of_one_family_share_a_stem(forms: str, shared: str) -> None:
    assert {spanish(word) for word in words(forms)} == {shared}


@pytest.mark.parametrize(("word", "bare"), [("والحديقة", "حديق"), ("بالخياطة", "خياط"), ("للاطفال", "اطفال"), ("طبخ", "طبخ")])
def test_arabic_words_lose_what_is_written_on_to_them(word: str, bare: str) -> None:
    assert arabic(words(word)[0]) == bare


def test_arabic_words_of_one_root_share_their_consonants() -> None:
    assert {skeleton(arabic(word)) for word in words("أطبخ طباخ مطبخ يطبخ طبخ")} == {"طبخ"}


@pytest.mark.parametrize("text", ["tôi nấu ăn", "hát hay", "đi chùa", "làm bánh"])
def test_vietnamese_is_known_by_its_letters_or_the_shape_of_its_words(text: str) -> None:
    assert is_vietnamese(text)


@pytest.mark.parametrize("text", ["I bake bread", "corto el pelo a mi mamá", "我会做饭", "أطبخ", "café owner", ""])
def test_other_languages_are_not_taken_for_vietnamese(text: str) -> None:
    assert not is_vietnamese(text)


def test_vietnamese_without_its_marks_is_met_by_pairs() -> None:
    unmarked = readings("nau an")[1]
    assert spelt_forms(unmarked) <= spelt_forms(cue_forms("nấu ăn"))


def test_a_marked_syllable_is_not_another_marked_syllable() -> None:
    assert spelt_forms(readings("mẫu")[0]).isdisjoint(spelt_forms(readings("mậu")[0]))


def test_chinese_is_met_by_pairs_and_less_surely_by_single_characters() -> None:
    trusts = dict(form for forms in readings("做饭")[0] for form in forms)
    assert trusts["做饭"] > trusts["c:饭"] > 0
