"""Forms of a word come together, and different words stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.stems import agent, gist, root, stem

LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@pytest.mark.parametrize(
    "forms",
    [
        "counsellor counsellors counselor counselors",
        "counselling counseling",
        "organisation organisations organization",
        "organise organize",
        "neighbour neighbours neighbor",
        "neighbourhood neighborhoods",
        "programme programmes program programs",
        "centre centres center centers",
        "theatre theater",
        "family families familys",
        "church churches",
        "class classes",
        "box boxes",
        "bus buses",
        "headache headaches",
        "cookie cookies",
        "shoe shoes",
        "potato potatoes",
        "woman women",
        "child children",
        "house houses",
        "nurse nurses",
        "mum mums mom moms",
        "licence license licences",
        "paediatric pediatric",
        "catalogue catalog",
        "analyse analyze",
    ],
)
def test_plurals_and_spellings_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "house housing",
        "meet meeting",
        "dental mental rental",
        "hour or",
        "course corse",
        "new news",
        "bus bu",
        "glass glas",
        "care car",
        "tennis tenni",
    ],
)
def test_different_words_keep_different_stems(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == len(words.split())


@given(LETTERS)
def test_a_plural_s_makes_no_difference_to_a_word_that_takes_one(word: str) -> None:
    if len(word) >= 4 and word[-1] in "bdgklmnprtw" and not word.endswith("men") and not word.endswith("children"):
        assert stem(word + "s") == stem(word)


@given(st.text(max_size=12))
def test_words_outside_the_latin_alphabet_and_numbers_come_back_as_they_are(word: str) -> None:
    if not (word.isascii() and word.isalpha()):
        assert stem(word) == word


@pytest.mark.parametrize(
    "forms",
    [
        "bake bakes baked baking",
        "run runs running",
        "garden gardens gardening",
        "organise organising organized",
        "drive drives driving",
        "tidy tidied tidies",
        "care cares caring cared",
        "listen listens listened listening",
        "sing sings singing",
        "sew sewing sewed",
        "cut cutting",
    ],
)
def test_forms_of_a_verb_have_one_root(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["care car", "sing s", "wed weed", "thing th", "bed b"])
def test_short_words_are_not_worn_down_to_another(words: str) -> None:
    assert len({root(word) for word in words.split()}) == 2


@pytest.mark.parametrize(
    ("doer", "deed"), [("baker", "bake"), ("runner", "running"), ("gardener", "gardening"), ("organiser", "organise"), ("sailor", "sail")]
)
def test_who_does_it_leads_to_what_is_done(doer: str, deed: str) -> None:
    assert agent(doer) == root(deed)


@pytest.mark.parametrize("word", ["cook", "her", "or", "водитель", ""])
def test_a_word_that_names_no_doer_leads_nowhere(word: str) -> None:
    assert agent(word) == ""


@pytest.mark.parametrize("forms", ["готую готував готувати", "ремонтирую ремонтировала ремонт", "велосипед велосипеды велосипедами"])
def test_forms_of_a_cyrillic_word_are_read_alike(forms: str) -> None:
    assert len({gist(form) for form in forms.split()}) == 1


@given(st.text(max_size=12))
def test_sentences_in_other_letters_are_read_by_roots(word: str) -> None:
    if not "\u0400" <= word[:1] <= "\u04ff":
        assert gist(word) == root(word)
