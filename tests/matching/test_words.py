"""Text becomes the same words however it was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.words import fold, is_unspaced, plain, words

ANY_TEXT = st.text(max_size=60)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_the_unicode_form_changes_no_word(text: str) -> None:
    read = words(text)
    assert all(words(unicodedata.normalize(form, text)) == read for form in ("NFC", "NFD", "NFKC", "NFKD"))


@given(ANY_TEXT)
def test_plain_text_is_made_of_words_with_single_spaces(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="abc éÀßñŁ 'ОЖ日本ไทย-", max_size=40))
def test_case_changes_no_word(text: str) -> None:
    assert words(text.upper()) == words(text) == words(text.lower())


@given(ANY_TEXT)
def test_pairs_alone_are_among_what_is_kept_to_be_found(text: str) -> None:
    assert set(words(text)) <= set(words(text, alone=True))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("Łódź, Ærø; Straße", ["lodz", "aero", "strasse"]),
        ("İstanbul ISTANBUL ıstanbul", ["istanbul", "istanbul", "istanbul"]),
        ("ｆｕｌｌ ﬁt", ["full", "fit"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("Ёлка ёлка елка", ["елка", "елка", "елка"]),
        ("أحمد احمد أَحْمَد", ["احمد", "احمد", "احمد"]),
        ("שָׁלוֹם שלום", ["שלום", "שלום"]),
    ],
)
def test_accents_width_and_invisible_marks_are_left_out(typed: str, read: list[str]) -> None:
    assert words(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("it's I'll we’re", ["it", "i", "we"]),  # "ill" would be another matter
        ("don't can’t", ["dont", "cant"]),
        ("women's", ["women"]),
        ("l’aide d'urgence qu'il", ["l", "aide", "d", "urgence", "quil"]),
        ("п'ять", ["пять"]),
        ("self-care, drop-in", ["self", "care", "drop", "in"]),
        ("__init__ 12-step", ["init", "12", "step"]),
    ],
)
def test_apostrophes_and_hyphens_part_or_join_as_people_mean(typed: str, read: list[str]) -> None:
    assert words(typed) == read


def test_scripts_without_spaces_come_as_overlapping_pairs() -> None:
    assert words("心理支援") == ["心理", "理支", "支援"]
    assert words("茶") == ["茶"]
    assert words("パソコンPC教室") == ["パソ", "ソコ", "コン", "pc", "教室"]
    assert words("상담") == ["상담"]
    assert words("茶道", alone=True) == ["茶道", "茶", "道"]


def test_a_thai_vowel_sign_stays_with_its_letter() -> None:
    assert words("สวัสดี") == ["สวั", "วัส", "สดี"]


def test_hindi_words_stay_whole() -> None:
    assert words("हिंदी में बात") == ["हिंदी", "में", "बात"]


def test_only_scripts_without_spaces_are_said_to_be_so() -> None:
    assert all(map(is_unspaced, "日あアกກ한"))
    assert not any(map(is_unspaced, "aжαहअبש1"))


@pytest.mark.parametrize("empty", ["", "   ", "!?,;", "\u200b", "'''", "-"])
def test_text_without_a_letter_has_no_words(empty: str) -> None:
    assert words(empty) == []


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_words_are_those_of_the_plain_text(text: str) -> None:
    assert words(text) == plain(text).split()
