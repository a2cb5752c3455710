"""What people write in need reaches the most helpful kind of support first: read with the vocabularies that are shipped."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import seeds
from matching import Vocabulary
from matching.values import Term

FOLDER = Path(seeds.__file__).parent / "vocabularies"
FIELDS = ("code", "label", "description", "parent", "group")


def read(taxonomy: str) -> list[Term]:
    terms = tomllib.loads((FOLDER / f"{taxonomy}.toml").read_text("utf-8"))["terms"]
    return [Term(taxonomy=taxonomy, cues=tuple(term.get("cues", ())), **{name: term[name] for name in FIELDS if name in term}) for term in terms]


VOCABULARY = Vocabulary([*read("supports"), *read("strengths")])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I am hungry", {"food_pantry", "free_meals"}),
        ("we are so hungry", {"food_pantry", "free_meals"}),
        ("no food in the house for my kids", {"food_pantry"}),
        ("someone to talk to at night", {"listening_line"}),
        ("my brother died last year", {"grief_support"}),
        ("lonely since my wife died", {"grief_support"}),
        ("violent husband", {"safety_from_violence"}),
        ("new baby and no family here", {"baby_toddler_groups", "company"}),
        ("ride to the doctor", {"transport"}),
        ("eviction notice", {"keep_home", "housing_law"}),
        ("women only exercise", {"sport_movement"}),
        ("veteran, nightmares since the war", {"talking_therapy", "veterans_support"}),
    ],
)
def test_a_need_in_own_words_reaches_the_most_helpful_support_first(text: str, first: set[str]) -> None:
    found = VOCABULARY.recognise(text)
    assert {code for code, weight in found if weight == found[0][1]} == first


@pytest.mark.parametrize("text", ["I am hungry", "nothing to eat"])
def test_hunger_never_leads_to_a_course_or_a_garden(text: str) -> None:
    for code, _ in VOCABULARY.recognise(text):
        assert all(VOCABULARY.similarity("supports", code, other) < 0.5 for other in ("cooking_nutrition", "grow_food"))


@pytest.mark.parametrize("text", ["lonely since my wife died", "nightmares since the war"])
def test_a_small_word_is_never_taken_for_a_misspelling(text: str) -> None:
    assert "arts" not in dict(VOCABULARY.recognise(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I look after my dad", "caring_adults"),
        ("I walk miles and miles every day", "sport"),
        ("I saved up enough to buy a car", "money_stretching"),
    ],
)
def test_a_strength_in_own_words_is_suggested(text: str, code: str) -> None:
    assert code in [one.code for one in VOCABULARY.suggest("strengths", text)]
