"""The measure of everyday words to kinds of support is sound: what is hidden is hidden, and baselines find what is plain."""

from __future__ import annotations

from matching.values import Listing
from tests.relevance.everyday import LANGUAGES, by_descriptions, support_phrases, supports, supports_meant
from tests.relevance.hidden import CUES, hide, overlap, questions

CODES = {term.code for term in supports()}
PANTRY = Listing(
    id="1",
    service_id="s",
    organization_id="o",
    name="Corner",
    supports=frozenset({"food_pantry", "clothing"}),
    keywords=("Food Pantries", "Clothing", "Corner shop"),
)


def test_there_are_phrases_in_every_language_and_they_name_kinds_that_exist() -> None:
    for language in LANGUAGES:
        assert {code for _, codes in support_phrases(language) for code in codes} <= CODES


def test_a_hidden_kind_goes_with_the_keywords_that_led_to_it_and_the_rest_stays() -> None:
    (found,) = hide([PANTRY], {"food_pantry": frozenset({"s"})})
    assert found.supports == {"clothing"}
    assert found.keywords == ("Clothing", "Corner shop")


def test_nothing_is_hidden_at_another_service() -> None:
    assert hide([PANTRY], {"food_pantry": frozenset({"t"}), "find_work": frozenset({"s"})}) == [PANTRY]


def test_each_kind_is_asked_for_by_its_label_and_by_three_cues() -> None:
    asked = list(questions(["food_pantry", "clothing"], {"food_pantry": frozenset({"s"}), "clothing": frozenset({"s"})}))
    assert [one.way for one in asked] == ["label", *["cue"] * CUES] * 2
    assert len({one.text for one in asked}) == len(asked)


def test_what_two_lists_share_is_between_none_and_all() -> None:
    assert overlap([], []) == overlap(["a"], ["b"]) == 0
    assert overlap(["a", "b"], ["b", "a"]) == 1
    assert overlap(["a", "b"], ["b"]) == 0.5


def test_the_product_and_the_baseline_find_what_is_plain() -> None:
    assert "dental_care" in supports_meant("toothache")[:3]
    assert "dental_care" in by_descriptions("a dentist for my teeth")
    assert by_descriptions("qqq") == []
