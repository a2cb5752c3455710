"""The measure of own words to strengths bites, and the phrases it reads are in order."""

from __future__ import annotations

import tomllib

import pytest

from tests.relevance.strengths import FLOORS, PHRASES, by_labels, by_rapidfuzz, facets, hit_rate, phrases, suggested, vocabulary

KINDS = ("dev", "dev-second", "strengths", "strengths-third")
FILES = [path for kind in KINDS for path in sorted(PHRASES.glob(f"{kind}.*.toml")) if "supports" not in path.name]
CODES = {term.code for term in facets()}
SAID = [("a", frozenset({"x"})), ("b", frozenset({"y", "z"}))]


def test_there_are_phrases_to_work_by_in_every_language() -> None:
    assert {f"dev.{language}.toml" for language in FLOORS} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_phrase_names_facets_that_exist(path: object) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert [phrase["text"] for phrase in table["phrase"] if not phrase["facets"] or not set(phrase["facets"]) <= CODES] == []


@pytest.mark.parametrize(("kind", "language"), [*(("dev", language) for language in FLOORS), ("dev-second", "en")])
def test_no_phrase_to_work_by_is_a_cue(kind: str, language: str) -> None:
    cues = {cue.casefold() for term in facets() for cue in term.cues}
    assert cues.isdisjoint(text.casefold() for text, _ in phrases(kind, language))


def test_a_hit_needs_a_facet_among_the_first_three() -> None:
    assert hit_rate(lambda text: ["q", "r", "x", "y"], SAID) == 0.5
    assert hit_rate(lambda text: ["q", "r", "s", "x"], SAID) == 0
    assert hit_rate(lambda text: ["z", "x"], SAID) == 1


def test_the_baselines_find_what_is_plain() -> None:
    assert by_labels("gardens and growing things")[0] == "gardening"
    assert by_rapidfuzz("bake bread")[0] == "cooking"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("people tell me their problems", "listening"),
        ("I was a foreman on building sites", "leading"),
        ("my mates say I always get a laugh", "humour"),
        ("cocinaba para toda la cuadra", "cooking"),
        ("أصلح سيارات الجيران", "making_fixing"),
        ("toi nau an ngon", "cooking"),
        ("tôi hay đọc sách", "reading"),
        ("我经常帮邻居修自行车", "making_fixing"),
        ("I want to learn to cook", "cooking"),
        ("люблю готувати борщ на всю родину", "cooking"),
        ("чиню соседям велосипеды", "making_fixing"),
        ("je cuisine pour tout le quartier", "cooking"),
        ("conserto a bicicleta dos vizinhos", "making_fixing"),
        ("mahilig akong magluto para sa mga kapitbahay", "cooking"),
    ],
)
def test_a_strength_is_understood_in_every_language(text: str, code: str) -> None:
    assert code in suggested(text)


@pytest.mark.parametrize("text", [
    "I can't cook", "no sé cocinar", "我不会做饭", "tôi không biết nấu ăn", "لا أعرف الطبخ", "не вмію готувати", "не умею готовить", "je sais pas cuisiner",
    "não sei cozinhar", "hindi ako marunong magluto",
])  # fmt: skip
def test_what_somebody_cannot_do_is_not_suggested(text: str) -> None:
    assert "cooking" not in suggested(text)


@pytest.mark.parametrize(
    "text", ["I have bipolar", "I was diagnosed with schizophrenia", "living with depression for years", "抑郁", "trầm cảm", "tengo ansiedad"]
)
def test_a_condition_alone_suggests_nothing(text: str) -> None:
    assert suggested(text) == []


@pytest.mark.parametrize("text", ["I cook and I want to die", "canto y quiero morir"])
def test_words_of_crisis_bring_help_and_no_strength(text: str) -> None:
    assert vocabulary().urgent_by_phrase(text)
    assert suggested(text) == []


@pytest.mark.parametrize("text", ["у меня депрессия", "маю депресію", "ma dépression", "tenho depressão", "may depresyon ako", "diagnosed with autism"])
def test_a_condition_is_no_strength_in_any_language(text: str) -> None:
    assert suggested(text) == []
