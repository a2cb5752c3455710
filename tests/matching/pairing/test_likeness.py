"""Words that may mean somebody: every way of writing a name that people use is found, in either order; and other people's names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.pairing.likeness import may_mean
from matching.pairing.short_names import FORMS, are_forms_of_one

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzáéíñöüç", min_size=3, max_size=9)


@pytest.mark.parametrize(("words", "name"), [
    ("José Ramírez", "jose ramirez"), ("RAMIREZ, JOSE", "José Ramírez"), ("Jose", "José Ramírez"), ("Rosa M.", "Rosa M."), ("my uncle Walter", "Walter"),
    ("Walter of the mill", "Walter"), ("Dr. Amara Okafor", "Amara Okafor"),
])  # fmt: skip
def test_the_same_words_are_found_whatever_their_case_accents_and_order(words: str, name: str) -> None:
    assert may_mean(words, name) == "same"


@pytest.mark.parametrize(("words", "name"), [
    ("Walter Smith", "Walter Smyth"), ("Wálter Smith", "Walther Smit"), ("Bill Turner", "William Turner"), ("Pepe Ramirez", "José Ramírez"),
    ("Muhamad Hassan", "Mohammed Hasan"), ("Yusuf Ali", "Youssef Ali"), ("Katherine Jones", "Catarina Jones"), ("Soledad", "Sole Reyes"),
    ("Rosa M.", "Rosa Martinez"), ("Anamaria Lopez", "Ana Maria Lopez"), ("Wally of the mill", "Walter Smith"), ("Bob", "Robert"), ("Chuy", "Jesús Ortega"),
    ("Steven", "Stephen"), ("Farah Noor", "Fara Nour"),
])  # fmt: skip
def test_another_spelling_a_short_form_and_a_slip_may_mean_the_same(words: str, name: str) -> None:
    assert may_mean(words, name)


@pytest.mark.parametrize(("words", "name"), [
    ("Walter Smith", "Wilma Jones"), ("Rosa Martinez", "Rosa Lopez"), ("Sol", "Ana"), ("", "Rosa"), ("Rosa", ""), ("of the", "the of"), ("R.", "Rosa"),
    ("An uncle", "Ana"), ("Farouk", "Farah"), ("Wen Li", "Sol Reyes"), ("my father", "Matthew Reyes"), ("...", "Rosa"),
])  # fmt: skip
def test_other_people_are_not_meant(words: str, name: str) -> None:
    assert may_mean(words, name) == ""


@given(LETTERS, LETTERS)
def test_whoever_may_be_meant_one_way_may_be_the_other_way(one: str, other: str) -> None:
    assert may_mean(one, other) == may_mean(other, one)


@given(st.lists(LETTERS, min_size=1, max_size=3), st.randoms())
def test_a_name_means_itself_in_any_order_and_case(words: list[str], dice: object) -> None:
    turned = list(reversed(words))
    assert may_mean(" ".join(words).upper(), " ".join(turned)) in ("same", "") if all(word in {"the", "and", "los", "las"} for word in words) else "same"


@given(LETTERS.filter(lambda word: len(word) >= 6), LETTERS, st.integers(0, 8))
def test_one_slip_in_a_long_name_hides_nobody(first: str, last: str, at: int) -> None:
    slipped = first[: at % len(first)] + first[at % len(first) + 1 :]
    assert may_mean(f"{first} {last}", f"{slipped} {last}")


def test_short_forms_go_both_ways_and_are_folded() -> None:
    assert are_forms_of_one("bill", "william")
    assert are_forms_of_one("william", "bill")
    assert not are_forms_of_one("bill", "robert")
    assert not are_forms_of_one("nobody", "nobody"), "two that are not in the list are compared by their letters elsewhere"
    assert all(form.isascii() and form.islower() for form in FORMS)
