"""The test phrases are sound: they can be read, name codes that exist, are enough, reach every facet, and none comes twice."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from seeds.words import codes_of, terms_of

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("en", "es", "ar", "vi", "zh-Hans")
SENTENCES_ALONE = ("uk", "ru", "fr", "pt", "fil")
"""Languages without cues of their own: they are read by sentences that people would say."""
LEAST = {
    **{f"strengths.{language}": 200 if language == "en" else 60 for language in (*LANGUAGES, *SENTENCES_ALONE)},
    **{f"danger.{language}": 250 if language == "en" else 75 for language in (*LANGUAGES, *SENTENCES_ALONE)},
    **{f"supports.{language}": 120 if language == "en" else 40 for language in (*LANGUAGES, *SENTENCES_ALONE)},
    **{f"named.{language}": 60 for language in (*LANGUAGES[1:], *SENTENCES_ALONE)},
    "strengths-third.en": 192,
    "supports-second.en": 60,
    "crisis": 40,
    "conditions": 40,
}
MOST_CODES = {"strengths": ("facets", 3), "strengths-third": ("facets", 3), "supports": ("supports", 4), "supports-second": ("supports", 4)}
MOST_ALREADY_CUES = 0.05
"""Two people may happen on the same short sentence; more than this share and the cues were written from the phrases."""
CODED = [name for name in LEAST if name.partition(".")[0] in MOST_CODES]


def phrases(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["phrase"])


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def codes(name: str) -> list[list[str]]:
    field, _ = MOST_CODES[name.partition(".")[0]]
    return [phrase[field] for phrase in phrases(name)]


def taxonomy_of(name: str) -> str:
    return name.partition(".")[0].removesuffix("-second").removesuffix("-third")


def test_every_file_of_phrases_is_among_those_that_are_tested() -> None:
    assert {path.stem for path in FOLDER.iterdir() if not path.stem.startswith("dev")} == set(LEAST)


@pytest.mark.parametrize("name", LEAST)
def test_there_are_enough_phrases(name: str) -> None:
    assert len(phrases(name)) >= LEAST[name]


@pytest.mark.parametrize("name", LEAST)
def test_a_file_says_that_it_is_not_to_be_tuned_on(name: str) -> None:
    opening = [line for line in (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()[:3] if line.startswith("#")]
    assert "ritten without sight of the cues, not to be tuned on" in " ".join(opening)


@pytest.mark.parametrize("name", CODED)
def test_every_code_is_one_that_a_listing_or_a_person_may_carry(name: str) -> None:
    known = codes_of(taxonomy_of(name))
    assert {code for held in codes(name) for code in held} - known == set()


@pytest.mark.parametrize("name", CODED)
def test_a_phrase_has_a_few_codes_and_none_twice(name: str) -> None:
    _, most = MOST_CODES[name.partition(".")[0]]
    assert [held for held in codes(name) if not 1 <= len(held) <= most or len(set(held)) < len(held)] == []


@pytest.mark.parametrize("name", [name for name in CODED if name.startswith("strengths")])
def test_every_facet_has_a_phrase_in_every_language(name: str) -> None:
    assert codes_of("strengths") - {code for held in codes(name) for code in held} == set()


def test_every_kind_of_support_has_a_phrase_in_english() -> None:
    assert codes_of("supports") - {code for held in codes("supports.en") for code in held} == set()


@pytest.mark.parametrize("name", ["crisis", "conditions"])
def test_crisis_and_conditions_are_told_in_every_language(name: str) -> None:
    assert {phrase["language"] for phrase in phrases(name)} == set(LANGUAGES)


@pytest.mark.parametrize("language", [*LANGUAGES, *SENTENCES_ALONE])
def test_danger_and_calm_are_told_alike_often(language: str) -> None:
    told = Counter(phrase["kind"] for phrase in phrases(f"danger.{language}"))
    assert told.keys() == {"life", "violence", "child", "overdose", "another", "calm"}
    assert 0.4 <= told["calm"] / sum(told.values()) <= 0.6


def test_no_phrase_comes_twice_in_any_file() -> None:
    texts = [plain(phrase["text"]) for name in LEAST for phrase in phrases(name)]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_an_english_answer_is_three_to_fourteen_words() -> None:
    assert [phrase["text"] for phrase in phrases("strengths.en") if not 3 <= len(phrase["text"].split()) <= 14] == []


@pytest.mark.parametrize("name", CODED)
def test_hardly_a_phrase_is_a_cue_word_for_word(name: str) -> None:
    cues = {plain(cue) for term in terms_of(taxonomy_of(name)) for cue in term.cues}
    found = phrases(name)
    # Only the count is told, so that whoever adds phrases still has not seen a cue.
    assert sum(plain(phrase["text"]) in cues for phrase in found) <= MOST_ALREADY_CUES * len(found)
