"""Words of crisis are found however they are written, and ordinary words are not taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.urgent import UrgentPhrase, UrgentWords, is_slip
from tests.matching.wordbook import URGENT, VOCABULARY

PHRASES = st.sampled_from(URGENT)
AROUND = st.text(alphabet="xyz ", max_size=12)


@given(PHRASES, AROUND, AROUND)
def test_a_phrase_is_found_whatever_stands_around_it(phrase: UrgentPhrase, before: str, after: str) -> None:
    assert phrase.topic in VOCABULARY.urgent(f"{before} {phrase.phrase.upper()}, {after}")


def test_a_phrase_with_a_full_stop_is_meant_where_nothing_else_was_written() -> None:
    words = UrgentWords([UrgentPhrase(topic="life", phrase="suicide.")], lambda _: False)
    assert words.topics("Suicide") == words.topics("suiicide!") == ("life",)
    assert words.topics("suicide prevention course") == words.topics("lost my brother to suicide") == words.topics("") == ()


@given(st.text(alphabet="xyz ", max_size=40))
def test_text_without_such_words_is_not_urgent(text: str) -> None:
    assert VOCABULARY.urgent(text) == ()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I want to kill myself", ("life",)),
        ("thinking of killing myself", ("life",)),
        ("He HIT me again", ("violence",)),
        ("suiside", ("life",)),
        ("sucide", ("life",)),
        ("suicdie", ("life",)),
        ("SUICÍDIO", ("life",)),
        ("我想自杀", ("life",)),
        ("he hits me and I think of suicide, suicide", ("life", "violence")),
    ],
)
def test_crisis_is_recognised_in_its_forms(text: str, topics: tuple[str, ...]) -> None:
    assert VOCABULARY.urgent(text) == topics


@pytest.mark.parametrize(
    "text",
    ["I keep people amused", "buttered bread", "killer cakes", "me hits he", "kill the weeds myself", "he hits the drums", "", "!!", "杀价 自学"],
)
def test_ordinary_words_are_not_taken_for_crisis(text: str) -> None:
    assert VOCABULARY.urgent(text) == ()


def test_urgent_words_are_found_at_the_end_of_a_very_long_text() -> None:
    assert VOCABULARY.urgent("word " * 5000 + "suicide") == ("life",)


def test_a_known_word_is_never_read_as_a_misspelt_word_of_crisis() -> None:
    phrases = [UrgentPhrase(topic="fire", phrase="burning")]
    assert UrgentWords(phrases, lambda word: word == "buring").topics("buring") == ()
    assert UrgentWords(phrases, lambda word: False).topics("buring") == ("fire",)


def test_a_phrase_without_a_word_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="holds no word"):
        UrgentWords([UrgentPhrase(topic="life", phrase="?!")], VOCABULARY.knows)


def test_no_phrases_means_nothing_is_urgent() -> None:
    assert UrgentWords([], VOCABULARY.knows).topics("suicide") == ()


@pytest.mark.parametrize(("written", "meant"), [("suiside", "suicide"), ("voilence", "violence"), ("overdos", "overdose"), ("batterred", "battered")])
def test_a_likely_slip_is_forgiven(written: str, meant: str) -> None:
    assert is_slip(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("amused", "abused"), ("talked", "stalked"), ("buttered", "battered"), ("tape", "rape"), ("abused", "abused"), ("abuses", "bruise")],
)
def test_another_word_is_not_a_slip(written: str, meant: str) -> None:
    assert not is_slip(written, meant)
