"""What looks like a number or an address is noticed however it is written, and ordinary words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.peers.talking.care import contacts_in

NUMBERS = st.text("0123456789", min_size=10, max_size=10).filter(lambda digits: digits[0] in "23456789")
WRITTEN = ("{0}{1}{2}", "{0}-{1}-{2}", "({0}) {1}-{2}", "{0}.{1}.{2}", "+1 {0} {1} {2}", "{0} {1} {2}")
PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "Zs", "Po"), exclude_characters="@/#"), max_size=200)


@given(NUMBERS, st.sampled_from(WRITTEN), st.sampled_from(("{}", "Call me: {}", "my number is {}, thanks", "\n{}\n")))
def test_a_telephone_number_is_noticed_however_it_is_written(digits: str, form: str, around: str) -> None:
    assert "phone" in contacts_in(around.format(form.format(digits[:3], digits[3:6], digits[6:])), "US")


@given(st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@[a-z]{2,12}\.(org|net|example)", fullmatch=True))
def test_an_e_mail_address_is_noticed(address: str) -> None:
    assert "email" in contacts_in(f"write to {address}!", "US")
    assert "email" in contacts_in(address.replace("@", " (at) "), "US")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("12 River Street", "address"), ("come to 7 elm ave", "address"), ("I am at 4 Old Mill Rd.", "address"), ("Lindenstraße 12", "address"),
        ("Calle Mayor, 5", "address"),
        ("apt 4B", "address"), ("see www.me.example", "site"), ("https://a.example/x", "site"), ("+44 20 7946 0958", "phone"),
    ],
)
def test_addresses_are_noticed(words: str, kind: str) -> None:
    assert kind in contacts_in(words, "US")


@pytest.mark.parametrize(
    "words",
    [
        "See you at 16:30", "on 2026-11-30", "it was 12.11.2026", "about 100 people came in 1999", "I am 34", "Two streets from the river, I walk a lot",
        "At 5 I drive home", "My son is in class 4, at the square", "It cost 1,200 dollars", "", "3 times a week for 20 minutes", "20 minutes of a long way",
    ],
)
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert contacts_in(words, "US") == ()


@given(PLAIN)
def test_words_without_digits_hold_no_number(words: str) -> None:
    assert "phone" not in contacts_in(words, "US")
