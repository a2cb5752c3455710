"""The filtered search for near words finds exactly what comparing all of them finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matching.typos import Repair, Spellings, halves, most_slips

NEAR_ALPHABET = st.text(alphabet="abcde", min_size=1, max_size=11)
MIXED = st.text(alphabet="aábcчжαβ", min_size=1, max_size=10)


def nearest_slowly(known: set[str], word: str) -> tuple[Repair, ...]:
    """Compare with every known word; keep those at the smallest distance within the limit."""
    limit = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    distances = {near: OSA.distance(word, near) for near in known}
    least = min(distances.values(), default=0)
    return tuple(Repair(near, least) for near in sorted(known) if distances[near] == least) if least <= limit and limit else ()


@given(st.sets(NEAR_ALPHABET, max_size=40), NEAR_ALPHABET)
def test_the_filter_loses_no_near_word_and_adds_none(known: set[str], word: str) -> None:
    assert Spellings.build(known).nearest(word) == nearest_slowly(known, word)


@given(st.sets(MIXED, max_size=40), MIXED)
def test_the_filter_holds_for_other_alphabets(known: set[str], word: str) -> None:
    assert Spellings.build(known).nearest(word) == nearest_slowly(known, word)


def slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word
    return chance.choice([word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped])


def test_over_many_words_with_slips_the_filter_equals_comparing_all() -> None:
    chance = random.Random(7)
    known = {"".join(chance.choices("etaoinshrdlucm", k=chance.randint(3, 12))) for _ in range(3000)}
    spellings = Spellings.build(known)
    for word in chance.sample(sorted(known), 120):
        typed = slip(slip(word, chance), chance) if len(word) > 8 else slip(word, chance)
        assert spellings.nearest(typed) == nearest_slowly(known, typed)


@given(NEAR_ALPHABET, st.randoms(use_true_random=False))
def test_a_word_with_one_slip_is_always_found_again(word: str, chance: random.Random) -> None:
    typed = slip(word, chance)
    if most_slips(typed):
        assert word in [repair.word for repair in Spellings.build([word, "zzzzzzzz"]).nearest(typed)]


def test_the_nearest_words_win_over_those_farther_off() -> None:
    assert Spellings.build(["childcare", "childrens"]).nearest("childcars") == (Repair("childcare", 1),)


def test_words_equally_near_all_come_in_order() -> None:
    assert [repair.word for repair in Spellings.build(["rental", "mental", "dental"]).nearest("xental")] == ["dental", "mental", "rental"]


@pytest.mark.parametrize("word", ["", "abc", "l33t", "2024", "心理支援", "สวัสดี", "two words"])
def test_short_words_numbers_and_paired_scripts_are_taken_as_written(word: str) -> None:
    assert most_slips(word) == 0
    assert Spellings.build(["abcd", "2025", "心理支持"]).nearest(word) == ()


@pytest.mark.parametrize(("word", "slips"), [("food", 1), ("housing", 1), ("eviction", 2), ("жильеее", 1)])
def test_longer_words_may_hold_more_slips(word: str, slips: int) -> None:
    assert most_slips(word) == slips


def test_nothing_known_repairs_nothing() -> None:
    assert Spellings.build([]).nearest("housing") == ()


@given(st.text(alphabet="abc1ж", max_size=14))
def test_halves_put_together_are_the_word(word: str) -> None:
    assert all(first + second == word and len(first) >= 4 and len(second) >= 4 for first, second in halves(word))


def test_a_word_of_eight_letters_has_one_way_to_part() -> None:
    assert list(halves("foodbank")) == [("food", "bank")]
    assert list(halves("rentals")) == []
