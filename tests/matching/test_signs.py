"""Languages that are signed are known by their tags, and nobody is said to speak them."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from matching.signs import SIGNED, is_signed, used_of


@pytest.mark.parametrize("tag", ["ase", "ASE", "ase-US", "bfi", "sgn", "sgn-US"])
def test_signed_wherever_it_is_used(tag: str) -> None:
    assert is_signed(tag)


@pytest.mark.parametrize("tag", ["en", "es-MX", "as", "", "asé", "e"])
def test_spoken_or_unknown(tag: str) -> None:
    assert not is_signed(tag)


def test_every_language_that_is_named_a_sign_language_is_one() -> None:
    """Against another list: the English names of the CLDR."""
    named = {tag for tag, name in Locale("en").languages.items() if "sign language" in name.casefold()}
    assert named
    assert named <= SIGNED
    assert not {tag for tag, name in Locale("en").languages.items() if tag in SIGNED and "sign" not in name.casefold()}


@given(st.lists(st.tuples(st.sampled_from(("so", "es", "ase", "bfi")), st.sampled_from("ABCD")), min_size=1, max_size=4), st.sampled_from(("and", "or")))
def test_every_language_is_named_once_and_with_what_is_done_with_it(labels: list[tuple[str, str]], word: str) -> None:
    said = used_of(labels, word)
    spoken, _, rest = said.rpartition(" spoken") if " spoken" in said else ("", "", said)
    assert sorted(spoken.split(f" {word} ") if spoken else []) == sorted(name for tag, name in labels if not is_signed(tag))
    signed = rest.removesuffix(" signed").removeprefix(f" {word} ")
    assert sorted(signed.split(f" {word} ") if signed else []) == sorted(name for tag, name in labels if is_signed(tag))


def test_in_a_question() -> None:
    assert used_of([("so", "Somali"), ("ase", "ASL")], "or", "is ") == "Somali is spoken or ASL is signed"
