"""The wording check points at twenty seeded phrases of twenty and at nothing of ours; the reading age is that of its formula."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.wording import pointers_of, reading_age, syllables

SEEDED = (
    "the homeless", "needy families", "addicts", "substance abuse", "the mentally ill", "suffers from", "the disabled", "wheelchair-bound", "special needs",
    "at-risk youth", "ex-offenders", "illegal immigrants", "the elderly", "battered women", "hard to reach", "vulnerable people", "broken homes",
    "low-income families", "illiterate", "underserved communities",
)  # fmt: skip
DEMO = Path(__file__).parent.parent.parent.parent / "seeds" / "demo" / "listings"


@pytest.mark.parametrize("phrase", SEEDED)
def test_every_seeded_phrase_is_pointed_at_with_other_words_for_it(phrase: str) -> None:
    (found,) = pointers_of(f"We work with {phrase.upper()}, every day.")
    assert found.says.casefold() == phrase
    assert found.better
    assert found.why
    assert pointers_of(found.better) == []


def test_nothing_in_our_demonstration_is_pointed_at() -> None:
    texts = [one.get("text", "") for path in sorted(DEMO.glob("*.toml")) for one in tomllib.loads(path.read_text())["listing"]]
    assert len(texts) > 50
    assert [pointer.says for text in texts for pointer in pointers_of(text)] == []


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    pointers_of(text)
    reading_age(text)


def test_a_word_inside_another_is_none() -> None:
    assert pointers_of("Addictive songs, and a poorly lit stage.") == []


def test_the_reading_age_is_that_of_the_formula() -> None:
    text = "We eat at noon on the hill. You can come with us. It is free for you and me. Bring a cup if you have it. The cat is here."
    count = [len(part.split()) for part in text.strip(".").split(". ")]
    assert (sum(count), len(count)) == (30, 5)
    sounds = sum(syllables(word.strip(".")) for word in text.split())
    grade = 0.39 * 30 / 5 + 11.8 * sounds / 30 - 15.59
    assert reading_age(text).years == round(max(5.0, grade + 5), 1) == 5.0


def test_long_words_and_sentences_make_a_text_harder() -> None:
    plain = "We cook for you. You can eat with us at noon. It is good and it is free. Come and sit in the sun on our bench."
    hard = plain + " Participation in organizational activities necessitates preliminary registration, and administration is sequential."
    easy_years, hard_years = reading_age(plain).years, reading_age(hard).years
    assert easy_years is not None
    assert hard_years is not None
    assert hard_years > easy_years


def test_other_languages_and_short_texts_are_not_known() -> None:
    assert reading_age("Soup. Bread. Tea.").years is None
    spanish = "Cocinamos juntos los martes. Hay pan y sopa caliente para todas las personas. Venga con su familia. Nadie paga nada por comer aqui."
    assert reading_age(spanish).years is None
    assert reading_age("نطبخ معا كل يوم. تعال واجلس معنا. الطعام مجاني للجميع. أهلا وسهلا بكم في بيتنا." * 3).years is None
